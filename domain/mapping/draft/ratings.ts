/** Drafts of ratings: those of a system of its own, and those that stand in the rows of tickets and cases. */
import type { EventSpec, ValueSpec } from '../schema.ts';
import type { Column } from './columns.ts';
import { isScale } from './roles.ts';
import type { Fields, Sketch, ThingId } from './sketch.ts';
import { isUnrated, mediumOf, scoreOf } from './words.ts';

/** What a rating is of, and when it was given where nothing else says so. */
interface Rated {
  readonly field: 'ticket' | 'case' | undefined;
  readonly value: ValueSpec | undefined;
  readonly id: ThingId;
  readonly time: EventSpec['time'];
}

export function addRating(
  sketch: Sketch,
  { field, value, id, time }: Rated,
  place: Fields,
  more: Pick<EventSpec, 'once'> = {},
): void {
  const column = sketch.column('score');
  if (!column) return;
  const { station, window, staff } = place;
  const data: Fields = {
    score: readScore(sketch, column),
    station,
    ...(field ? { [field]: value } : {}),
    window,
    staff,
    medium: readMedium(sketch),
    byDefault: readDefault(sketch, column),
  };
  sketch.add('hall.rating.given', `${id.template}/rating`, time, data, {
    where: { column: column.name, blank: false },
    ...more,
  });
}

export function draftRatings(sketch: Sketch): boolean {
  const time = sketch.moment('rated', 'rated', 'moment', 'finished', 'served', 'received', 'accepted', 'date');
  if (time === undefined) return false;
  const caseColumn = sketch.column('caseId');
  const ticketColumn = caseColumn ? undefined : sketch.column('ticketId');
  const own = sketch.column('ratingId');
  const id = own
    ? sketch.thing(['ratingId'], ['rated', 'moment', 'date'])
    : sketch.thing(['caseId', 'ticketId', 'rowId'], ['rated', 'moment', 'date', 'window', 'station', 'score']);
  if (ticketColumn) sketch.restartTickets(ticketColumn);
  const of = caseColumn ?? ticketColumn;
  const station = sketch.station();
  const place = { station, window: sketch.place('window', 'window'), staff: sketch.place('staff', 'staff') };
  const field = caseColumn ? 'case' : ticketColumn ? 'ticket' : undefined;
  // A second rating of one case is one more, and not the first one again.
  const told = id.repeats ? sketch.build([...id.columns], ['rated', 'moment', 'date', 'window', 'score']) : id;
  addRating(sketch, { field, value: of && sketch.use(of), id: told, time }, place);
  return true;
}

/** Words say what they mean; numbers do not, and from 0 to 4 they are one too low. */
function readScore(sketch: Sketch, column: Column): ValueSpec {
  const path = sketch.pathOf('score');
  const marks = column.texts.filter((text) => !isUnrated(text));
  const isNumbers = isScale(column.texts);
  const levels = marks.map(Number).filter((mark) => mark <= 5);
  const shift = isNumbers && levels.includes(0) && !levels.includes(5) ? 1 : 0;
  if (isNumbers) sketch.questions.ask('score-scale', path, [column.label], { values: [...marks].sort() });
  const byNumber = (text: string): number | undefined => {
    const score = Number(text) + shift;
    return score >= 1 && score <= 5 ? score : undefined;
  };
  const means = (text: string) => (isNumbers ? byNumber(text) : scoreOf(text)?.score);
  // What says that nobody rated means nothing, and is not asked about.
  sketch.use(column, column.texts.filter(isUnrated));
  return sketch.words('score', { ...column, texts: marks }, means, 'score-unknown');
}

function readDefault(sketch: Sketch, column: Column): ValueSpec | undefined {
  const texts = sketch.say(column, column.texts).values.filter((text) => scoreOf(text)?.byDefault);
  if (texts.length === 0) return undefined;
  sketch.questions.ask('default-rating', sketch.pathOf('byDefault'), [column.label], { values: texts });
  return { from: sketch.use(column), map: { ...Object.fromEntries(texts.map((text) => [text, true])), '*': null } };
}

function readMedium(sketch: Sketch): ValueSpec {
  const column = sketch.column('ratingMedium');
  if (column && column.texts.some((text) => mediumOf(text) !== undefined))
    return sketch.words('medium', column, mediumOf, 'medium-unknown', 'pad');
  sketch.questions.ask('medium-assumed', sketch.pathOf('medium'), [], { values: ['pad'] });
  return 'pad';
}
