/** The fold: one event at a time, the old contribution of what it touches is taken out and the new one put in. */
import { dayOf, type Zone } from '../calendar/zone.ts';
import { eventKey, type LedgerEvent, type LedgerEventOf } from '../events/event.ts';
import type { Cell } from './cells.ts';
import { contributeEntity } from './contribute.ts';
import type { Histories } from './histories.ts';
import { contributeSingle } from './parts/single.ts';
import { addToRanges, pruneEntries, putEntry, takeEntry, type BoardState } from './state.ts';

/** Changes whenever a contribution changes its meaning: stored checkpoints and cells of another version are not used. */
export const FOLD_VERSION = '4';

type Void = LedgerEventOf<'hall.event.voided'>;

/**
 * Folds one event into `state` (changed in place) and hands every cell to `emit`.
 * `histories` must have been loaded for it. The event's `seq` must be the state's next.
 */
export function foldEvent(
  state: BoardState,
  event: LedgerEvent,
  histories: Histories,
  zone: Zone,
  emit: (cell: Cell) => void,
): void {
  if (event.seq !== state.seq + 1) throw new Error(`fold at ${state.seq} was given event ${event.seq}`);
  state.seq = event.seq;
  const change: Change = { state, histories, zone, emit };
  hear(state, event);
  const voided = state.orphanVoids.size > 0 && state.orphanVoids.delete(eventKey(event.source, event.id));

  if (event.type === 'hall.event.voided') {
    foldVoid(change, event);
    return;
  }
  correct(change, event, event.seq);
  if (event.type === 'hall.day.closed' && !state.closedDays.has(event.data.day))
    state.closedDays.set(event.data.day, event.seq);
  if (voided) {
    // Its voids came first: it never counts, but that it was voided does.
    for (const earlier of histories.get(`void:${eventKey(event.source, event.id)}`))
      correct(change, event, earlier.seq);
    count(change, event, 'voided', 1);
    return;
  }
  retouch(change, event, () => histories.insert(event));
  for (const cell of contributeSingle(event, zone)) apply(change, cell);
  if (event.type === 'hall.day.opened' && (state.day === undefined || event.data.day > state.day)) {
    state.day = event.data.day;
    pruneEntries(state);
  }
}

interface Change {
  readonly state: BoardState;
  readonly histories: Histories;
  readonly zone: Zone;
  readonly emit: (cell: Cell) => void;
}

function foldVoid(change: Change, event: Void): void {
  const { histories, state, zone } = change;
  const identity = eventKey(event.data.source, event.data.id);
  const isFirst = histories.get(`void:${identity}`).length === 0;
  histories.insert(event);
  const target = histories.target(identity);
  if (!target || target.seq > event.seq) {
    state.orphanVoids.add(identity);
    return;
  }
  if (target.type === 'hall.event.voided') return;
  correct(change, target, event.seq);
  if (!isFirst) return;
  count(change, target, 'voided', 1);
  retouch(change, target, () => histories.remove(target));
  for (const cell of contributeSingle(target, zone)) apply(change, { ...cell, n: -cell.n });
}

/** Takes out what the touched entities contribute, lets `alter` change the histories, and puts the new parts in. */
function retouch(change: Change, event: LedgerEvent, alter: () => void): void {
  const { histories, zone, state } = change;
  // An acceptance that comes or goes can change which cases a ticket's ratings belong to: look both before and after.
  const keys = touchedBy(event, histories);
  const before = keys.map((key) => contributeEntity(key, histories, zone));
  alter();
  keys.forEach((key, i) => {
    const was = before[i]!;
    const is = contributeEntity(key, histories, zone);
    exchange(change, was.cells, is.cells);
    if (was.entry && !is.entry) takeEntry(state, was.entry);
    if (is.entry) putEntry(state, is.entry);
  });
}

/** Takes `was` out and puts `is` in. Most events only add to their entity's cells, so what both begin with is left. */
function exchange(change: Change, was: readonly Cell[], is: readonly Cell[]): void {
  let kept = 0;
  while (kept < was.length && kept < is.length && isSameCell(was[kept]!, is[kept]!)) kept++;
  for (let i = kept; i < was.length; i++) apply(change, { ...was[i]!, n: -was[i]!.n });
  for (let i = kept; i < is.length; i++) apply(change, is[i]!);
}

function isSameCell(a: Cell, b: Cell): boolean {
  return a.name === b.name && a.day === b.day && a.station === b.station && a.n === b.n;
}

/** The entities whose contributions an event can change: its own, and the cases of a ticket that it rates. */
function touchedBy(event: LedgerEvent, histories: Histories): readonly string[] {
  const [entity, link] = histories.keysOf(event);
  if (entity === undefined) return [];
  if (event.type !== 'hall.rating.given') return [entity];
  const touched = new Set([entity]);
  for (const key of [entity, link]) {
    if (key?.startsWith('ticket:') !== true) continue;
    for (const other of histories.get(key))
      if (other.type === 'hall.case.accepted') touched.add(`case:${other.data.case}`);
  }
  return [...touched];
}

function apply({ state, emit }: Change, cell: Cell): void {
  addToRanges(state, cell);
  emit(cell);
}

function count(change: Change, event: LedgerEvent, name: string, n: number): void {
  apply(change, { day: dayOf(change.zone, event.at), station: stationOf(event), name, n });
}

/** Spec L2: counts one correction if the day of `event` had closed before position `seq`. */
function correct(change: Change, event: LedgerEvent, seq: number): void {
  if (event.type.startsWith('hall.day.') || event.type === 'hall.profile.changed') return;
  const closedAt = change.state.closedDays.get(dayOf(change.zone, event.at));
  if (closedAt !== undefined && closedAt < seq) count(change, event, 'corrected', 1);
}

/** The station that an event itself names, or `''`. */
function stationOf(event: LedgerEvent): string {
  return 'station' in event.data ? (event.data.station ?? '') : '';
}

/** An alarm speaks about a station, not from it: one about its silence must not end that silence (A3). */
function hear(state: BoardState, event: LedgerEvent): void {
  if (event.type.startsWith('hall.alarm.')) return;
  const station = stationOf(event);
  if (station !== '' && event.at > (state.heardAt.get(station) ?? -Infinity)) state.heardAt.set(station, event.at);
}
