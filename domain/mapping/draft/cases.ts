/** Drafts of what a one-window platform exports: cases, from their acceptance to their end. */
import type { EventSpec, ValueSpec } from '../schema.ts';
import { addRating } from './ratings.ts';
import { UNSTATED, type Fields, type Sketch } from './sketch.ts';
import { both, itemOf, where } from './visits.ts';
import { channelOf, handlingOf, isUnderWay, outcomeOf } from './words.ts';

export function draftCases(sketch: Sketch): boolean {
  const accepted = sketch.moment('accepted', 'accepted', 'received', 'called', 'taken', 'moment', 'date');
  const finished = sketch.moment('finished', 'finished', 'served', 'answered');
  const begins = accepted ?? finished;
  if (begins === undefined) return false;
  const id = sketch.thing(
    ['caseId', 'rowId'],
    ['accepted', 'date', 'moment', 'window', 'item', 'itemCode', 'station', 'staff'],
  );
  const of = id.template;
  const once = id.repeats ? { once: of } : {};
  if (id.repeats)
    sketch.questions.ask(
      'id-repeats',
      'events[0].once',
      id.columns.map(({ label }) => label),
      {
        rows: sketch.repeatedLines(id.columns[0]!),
      },
    );
  const station = sketch.station();
  const window = sketch.place('window', 'window');
  const staff = sketch.place('staff', 'staff');
  const data: Fields = {
    case: of,
    station,
    channel: readChannel(sketch),
    item: readItem(sketch),
    line: sketch.place('line', 'line'),
    window,
    staff,
    handling: readHandling(sketch),
    promisedBy: readPromise(sketch),
  };
  sketch.add('hall.case.accepted', `${of}/accepted`, begins, data, once);
  const end = readEnd(sketch, finished !== undefined);
  if (finished && end) {
    const over = both(sketch.filled('finished', 'served', 'answered'), end.where);
    const told = { case: of, outcome: end.outcome, window, staff };
    sketch.add('hall.case.finished', `${of}/finished`, finished, told, { ...where(over), ...once });
  } else sketch.questions.ask('no-end', '', []);
  const rated = sketch.moment('rated', 'rated');
  addRating(
    sketch,
    { field: 'case', value: of, id, time: sketch.either(rated, finished, begins)! },
    { station, window, staff },
    once,
  );
  return true;
}

function readChannel(sketch: Sketch): ValueSpec {
  const column = sketch.column('channel');
  if (column) return sketch.words('channel', column, channelOf, 'channel-unknown');
  sketch.questions.ask('channel-assumed', sketch.pathOf('channel'), [], { values: ['window'] });
  return 'window';
}

function readItem(sketch: Sketch): ValueSpec {
  const item = itemOf(sketch);
  if (item !== undefined) return item;
  sketch.questions.ask('item-missing', sketch.pathOf('item'), [], { values: [UNSTATED] });
  return UNSTATED;
}

function readHandling(sketch: Sketch): ValueSpec | undefined {
  const column = sketch.column('handling');
  if (!column) return undefined;
  if (column.texts.some((text) => handlingOf(text) !== undefined))
    return sketch.words('handling', column, handlingOf, 'handling-unknown');
  sketch.questions.ask('handling-unread', sketch.pathOf('handling'), [column.label], sketch.say(column, column.texts));
  return undefined;
}

function readPromise(sketch: Sketch): ValueSpec | undefined {
  const promised = sketch.moment('promised', 'promised');
  return promised === undefined ? undefined : { moment: promised };
}

/** How a case ended; a state that says that it has not is a condition. */
function readEnd(sketch: Sketch, hasTime: boolean): { outcome: ValueSpec; where?: EventSpec['where'] } | undefined {
  if (!hasTime) return undefined;
  const column = sketch.column('status');
  const path = `events[1].data.outcome`;
  if (!column || !column.texts.some((text) => outcomeOf(text) !== undefined && !isOpen(text))) {
    sketch.questions.ask('outcome-assumed', path, [], { values: ['approved'] });
    return { outcome: 'approved' };
  }
  const open = sketch.say(column, column.texts.filter(isOpen)).values;
  const ended = { ...column, texts: column.texts.filter((text) => !isOpen(text)) };
  const outcome = sketch.words('outcome', ended, outcomeOf, 'outcome-unknown', 'approved');
  sketch.questions.ask('outcome-assumed', path, [column.label], { values: sketch.say(column, ended.texts).values });
  return { outcome, ...(open.length > 0 ? { where: { column: column.name, not: open } } : {}) };
}

function isOpen(text: string): boolean {
  return isUnderWay(text) && outcomeOf(text) !== 'not-accepted';
}
