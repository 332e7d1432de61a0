/** Everything that was ever said of one entity, what was voided included. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { compareEvents } from '../../../domain/events/event.ts';
import { parseActor, type Actor } from '../actor.ts';
import type { EntityLife, LifeEvent } from '../port.ts';
import { EVENT_COLUMNS, unpackEvent, type EventRow } from './rows.ts';

type LifeRow = readonly [...EventRow, receivedAt: number, actor: string | null];
type VoidRow = readonly [seq: number, at: number, data: string, actor: string | null];

const LIFE_COLUMNS = `${EVENT_COLUMNS}, e.received_at, e.actor`;

const OF_ENTITY = `SELECT ${LIFE_COLUMNS} FROM events e WHERE e.entity = ?1 AND e.seq <= ?2 ORDER BY e.seq LIMIT ?3`;
const OF_SEQ = `SELECT ${LIFE_COLUMNS} FROM events e WHERE e.seq = ?1 AND e.seq <= ?2 LIMIT ?3`;
/** By the identity in one text, as keys have it: its length, a colon, the source, the id. */
const OF_IDENTITY = `SELECT ${LIFE_COLUMNS} FROM events e WHERE e.source = ?1 AND e.id = ?4 AND e.seq <= ?2 LIMIT ?3`;

const VOID_OF = `SELECT e.seq, e.at, e.data, e.actor FROM voids v JOIN events e ON e.seq = v.seq
  WHERE v.target_source = ? AND v.target_id = ? AND v.seq <= ? ORDER BY v.seq LIMIT 1`;

/** A window's or a machine's history grows for ever: the newest are enough for whoever looks. */
const MOST_EVENTS = 1_000;

/** `undefined` where nothing was ever said of it. */
export function readLife(db: DatabaseSyncInstance, key: string, upTo: number): EntityLife | undefined {
  const rows = readRows(db, key, upTo);
  if (rows.length === 0) return undefined;
  const findVoid = db.prepare(VOID_OF);
  findVoid.setReturnArrays(true);
  const events = rows.map((row): LifeEvent => {
    const [, source, id] = row;
    const voided = findVoid.get(source, id, upTo) as VoidRow | undefined;
    const event = unpackEvent(row as unknown as EventRow);
    return {
      event,
      receivedAt: row[7],
      ...actorOf(row[8]),
      ...(voided && event.type !== 'hall.event.voided' ? { voided: readVoid(voided) } : {}),
    };
  });
  return { events: events.sort((a, b) => compareEvents(a.event, b.event)), seq: upTo };
}

function readRows(db: DatabaseSyncInstance, key: string, upTo: number): LifeRow[] {
  const read = (sql: string, ...values: (string | number)[]): LifeRow[] => {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    return statement.all(...values) as unknown as LifeRow[];
  };
  const colon = key.indexOf(':');
  const kind = key.slice(0, colon);
  const rest = key.slice(colon + 1);
  if (kind === 'late') return read(OF_SEQ, Number(rest.slice(rest.lastIndexOf(':') + 1)), upTo, 1);
  if (kind !== 'event' && kind !== 'voided') return read(OF_ENTITY, key, upTo, MOST_EVENTS);
  const identity = rest.indexOf(':') + 1;
  const end = identity + Number(rest.slice(0, identity - 1));
  return read(OF_IDENTITY, rest.slice(identity, end), upTo, 1, rest.slice(end));
}

function readVoid([seq, at, data, actor]: VoidRow): NonNullable<LifeEvent['voided']> {
  const { reason } = JSON.parse(data) as { reason?: string };
  return { seq, at, ...(reason ? { reason } : {}), ...actorOf(actor) };
}

function actorOf(text: string | null): { actor?: Actor } {
  const actor = parseActor(text);
  return actor ? { actor } : {};
}
