/** Drafts of what a hotline exports: requests, and complaints of the hall's own conduct. */
import type { ValueSpec } from '../schema.ts';
import type { Column } from './columns.ts';
import type { Fields, Sketch } from './sketch.ts';
import { both, conditionOf, onceOf, where } from './visits.ts';
import { requestStateOf, yesOf } from './words.ts';

const CONDUCT = /作风|服务态度|工作人员|窗口人员|conduct|attitude/i;

export function draftRequests(sketch: Sketch): boolean {
  const received = sketch.moment('received', 'received', 'accepted', 'moment', 'date');
  if (received === undefined) return false;
  const id = sketch.thing(
    ['requestId', 'complaintId', 'caseId', 'rowId'],
    ['received', 'accepted', 'date', 'moment', 'station', 'topic', 'channel'],
  );
  const isComplaint = !sketch.has('requestId') && sketch.has('complaintId');
  askConduct(sketch, id.columns);
  const once = onceOf(sketch, id);
  const station = sketch.station();
  const topic = sketch.column('topic') ?? sketch.column('nature');
  const medium = sketch.column('channel');
  const words = topic && sketch.use(topic);
  const data: Fields = isComplaint
    ? { complaint: id.template, station, about: words }
    : { request: id.template, station, topic: words, medium: medium && sketch.use(medium) };
  const kind = isComplaint ? 'complaint' : 'request';
  sketch.add(`hall.${kind}.received`, `${id.template}/received`, received, data, once);
  const answered = sketch.moment('answered', 'answered', 'finished', 'served');
  const onTime = isComplaint ? undefined : readOnTime(sketch);
  const answer = { [kind]: id.template, station, ...(onTime === undefined ? {} : { onTime }) };
  if (answered) {
    const filled = both(sketch.filled('answered', 'finished', 'served'));
    sketch.add(`hall.${kind}.answered`, `${id.template}/answered`, answered, answer, { ...where(filled), ...once });
    return true;
  }
  const status = sketch.column('status');
  const texts = status ? status.texts.filter((text) => requestStateOf(text) === 'answered') : [];
  const holds = status && conditionOf(status, sketch.say(status, texts).values);
  if (!holds) sketch.questions.ask('no-end', '', []);
  else {
    sketch.questions.ask('answer-time-unknown', 'events[1].time', [status.label], {
      values: sketch.say(status, texts).values,
    });
    const told = isComplaint ? answer : { ...answer, timeUnknown: true };
    sketch.add(`hall.${kind}.answered`, `${id.template}/answered`, received, told, { where: holds, ...once });
  }
  return true;
}

/** A complaint of the hall's own conduct is no request, and a hotline's list may hold both. */
function askConduct(sketch: Sketch, ids: readonly Column[]): void {
  const words = (['nature', 'topic'] as const).flatMap((role) => sketch.column(role) ?? []);
  const column = words.find(({ texts }) => texts.some((text) => CONDUCT.test(text)));
  if (column) {
    const said = sketch.say(
      column,
      column.texts.filter((text) => CONDUCT.test(text)),
    );
    sketch.questions.ask('request-or-complaint', 'events[0].type', [column.label], said);
  } else if (sketch.has('complaintId')) {
    sketch.questions.ask(
      'request-or-complaint',
      'events[0].type',
      ids.map(({ label }) => label),
    );
  }
}

/** 是否按时 and 是否超期 say the same the other way round. */
function readOnTime(sketch: Sketch): ValueSpec | undefined {
  const column = sketch.column('onTime');
  if (!column) return undefined;
  const isLate = /超|逾|late|overdue/.test(column.plain);
  const meanings = column.texts.flatMap((text) => {
    const yes = yesOf(text) ?? (/超|逾/.test(text) ? isLate : /按/.test(text) ? !isLate : undefined);
    return yes === undefined ? [] : [[text, isLate ? !yes : yes] as const];
  });
  if (meanings.length === 0) return undefined;
  return { from: sketch.use(column), map: { ...Object.fromEntries(meanings), '*': null } };
}
