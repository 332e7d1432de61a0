/** How events travel to the writer and how they lie in the table. */
import { keepDeclared } from '../../../domain/events/declared.ts';
import { filingOf } from '../../../domain/events/filing.ts';
import type { LedgerEvent } from '../../../domain/events/event.ts';
import type { Zone } from '../../../domain/calendar/zone.ts';
import { formatActor, type Actor } from '../actor.ts';
import { LedgerError, type PendingEvent } from '../port.ts';

export type Value = string | number | null;

/**
 * A batch on its way between threads: one flat array, because cloning an array of plain values costs a third of
 * cloning as many objects. Each event takes ROW_WIDTH values, in the order of ROW_COLUMNS.
 */
export interface PackedBatch {
  readonly values: readonly Value[];
  readonly receivedAt: number;
  /** Who recorded all of it, as one text. */
  readonly actor: string | null;
}

export const ROW_COLUMNS = [
  'source',
  'id',
  'type',
  'at',
  'time_given',
  'subject',
  'data',
  'entity',
  'link',
  'dropped',
] as const;
export const ROW_WIDTH = ROW_COLUMNS.length;

export const COLUMN = {
  source: 0,
  id: 1,
  type: 2,
  at: 3,
  timeGiven: 4,
  subject: 5,
  data: 6,
  entity: 7,
  link: 8,
  dropped: 9,
} as const;

/** Characters that SQLite would cut or change, so that two identities could become one. */
const UNKEEPABLE = /[\0\p{Surrogate}]/u;

/** @throws TypeError for an identity or key that cannot be kept as it is: parsing refuses those */
export function packBatch(
  batch: readonly PendingEvent[],
  receivedAt: number,
  zone: Zone,
  actor: Actor | null,
): PackedBatch {
  const values = new Array<Value>(batch.length * ROW_WIDTH);
  let i = 0;
  for (const { event, timeGiven, dropped = [] } of batch) {
    const { entity, link } = filingOf(event, zone);
    values[i++] = keepable(event.source);
    values[i++] = keepable(event.id);
    values[i++] = event.type;
    values[i++] = event.at;
    values[i++] = timeGiven ? 1 : 0;
    values[i++] = event.subject === undefined ? null : keepable(event.subject);
    values[i++] = JSON.stringify(event.data);
    values[i++] = entity === null ? null : keepable(entity);
    values[i++] = link === null ? null : keepable(link);
    values[i++] = dropped.length === 0 ? null : JSON.stringify(dropped);
  }
  return { values, receivedAt, actor: actor ? keepable(formatActor(actor)) : null };
}

function keepable(name: string): string {
  if (UNKEEPABLE.test(name)) throw new TypeError('A NUL or a lone surrogate in an identity cannot be kept.');
  return name;
}

/** The columns that make up an event, in the order that `unpackEvent` reads. */
export const EVENT_COLUMNS = 'e.seq, e.source, e.id, e.type, e.at, e.subject, e.data';

export type EventRow = readonly [
  seq: number,
  source: string,
  id: string,
  type: string,
  at: number,
  subject: string | null,
  data: string,
];

export function unpackEvent([seq, source, id, type, at, subject, data]: EventRow): LedgerEvent {
  // Every row went through the checks of an append, so type and data belong together; what else an older version
  // let in beside the declared fields stays in the row.
  const content = keepDeclared(type, parseStored(data, `number ${seq}`));
  const event =
    subject === null
      ? { seq, source, id, type, at, data: content }
      : { seq, source, id, type, at, subject, data: content };
  return event as LedgerEvent;
}

/** A row's JSON text. @param which tells the event to whoever must mend the ledger. @throws LedgerError `damaged` */
export function parseStored(text: string, which: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LedgerError(
      'damaged',
      `The ledger is damaged: its event ${which} cannot be read. Keep the files and restore a backup.`,
      { cause: error },
    );
  }
}
