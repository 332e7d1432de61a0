/** The fold: one event at a time, the old contribution of what it touches is taken out and the new one put in. */
import { HALL_DAY_SOURCE, type DayRecord } from '../calendar/hall-day.ts';
import { dayOf, endOfDay, type Zone } from '../calendar/zone.ts';
import { DESK_SOURCE } from '../desk/entry.ts';
import { isWellFormed } from '../events/declared.ts';
import { eventKey, singleKey, type LedgerEvent, type LedgerEventOf } from '../events/event.ts';
import type { EventType } from '../events/schema.ts';
import { isHallItself, isHousekeeping, isOfDays } from '../events/own.ts';
import { addTo } from '../measures/spread.ts';
import type { Cell } from './cells.ts';
import { contributeEntity } from './contribute.ts';
import { isSound, NOTHING, type Contribution, type Entry } from './contribution.ts';
import { lateKey, rowOfEntity, rowOfLedger, rowOfSingle, voidedKey, type RowChange } from './entity-row.ts';
import type { Histories, HistoryView } from './histories.ts';
import { contributeSingle } from './parts/single.ts';
import { addToRanges, noteHeard, pruneEntries, putEntry, takeEntry, type BoardState } from './state.ts';

/** Changes whenever a contribution changes its meaning: stored checkpoints and cells of another version are not used. */
export const FOLD_VERSION = '15';

type Void = LedgerEventOf<'hall.event.voided'>;
type HallDay = LedgerEventOf<'hall.day.opened' | 'hall.day.closed'>;

/** What one event changes: worked out as a whole before any of it is applied. */
interface Effects {
  readonly cells: Cell[];
  readonly take: Entry[];
  readonly put: Entry[];
  /** Corrections of closed days (spec L2). */
  readonly corrections: { readonly event: LedgerEvent; readonly seq: number; readonly cell: Cell }[];
  readonly rows: RowChange[];
  /** Keys of what cannot be counted any more, and of what can again. */
  readonly lost: string[];
  readonly found: string[];
}

interface Change extends Effects {
  readonly state: BoardState;
  readonly histories: Histories;
  readonly zone: Zone;
}

/** Where the fold puts what it makes beside the state. */
export interface FoldOutput {
  cell(cell: Cell): void;
  row(change: RowChange): void;
}

/**
 * Folds one event into `state` (changed in place) and hands every cell and row to `out`. `histories` must have been
 * loaded for it. The event's `seq` must be the state's next. What cannot be computed contributes nothing and is named in
 * `state.uncounted`; no event stops the fold.
 */
export function foldEvent(
  state: BoardState,
  event: LedgerEvent,
  histories: Histories,
  zone: Zone,
  out: FoldOutput,
): void {
  if (event.seq !== state.seq + 1) throw new Error(`fold at ${state.seq} was given event ${event.seq}`);
  state.seq = event.seq;
  const isReadable = isWellFormed(event.type, event.data);
  // One whose void came first never counts, so nothing is left out by it; what it would have been is read no further.
  const isVoid = event.type === 'hall.event.voided';
  const isVoided = !isVoid && state.orphanVoids.has(eventKey(event.source, event.id));
  if (!isReadable && !isVoided) {
    state.uncounted.add(singleKey(event));
    return;
  }
  if (isOfDays(event.type)) {
    if (!isReadable || !isHallDay(event) || !isOwnDay(event)) return;
    for (const cell of foldDay(state, event, zone)) {
      apply(state, cell, out);
      out.row({ forget: lateKey(cell.day) });
    }
    return;
  }
  const change: Change = {
    state,
    histories,
    zone,
    cells: [],
    take: [],
    put: [],
    corrections: [],
    rows: [],
    lost: [],
    found: [],
  };
  try {
    if (isReadable) hear(state, event, zone);
    collect(change, event);
  } catch {
    // Its parts were caught one by one: what is left cannot even be filed or dated.
    state.uncounted.add(singleKey(event));
    return;
  }
  for (const cell of change.cells) apply(state, cell, out);
  for (const { event: late, seq, cell } of change.corrections) {
    noteCorrection(state, cell);
    apply(state, cell, out);
    const key = lateKey(cell.day, seq);
    out.row({ key, row: rowOfLedger('late', key, late, cell) });
  }
  for (const row of change.rows) out.row(row);
  for (const entry of change.take) takeEntry(state, entry);
  for (const entry of change.put) putEntry(state, entry, zone);
  for (const key of change.found) state.uncounted.delete(key);
  for (const key of change.lost) state.uncounted.add(key);
}

/** The day that the event makes the current one; `undefined` where it makes none, or it is current already (spec L4). */
export function turnsTo(state: BoardState, event: LedgerEvent): string | undefined {
  if (event.type !== 'hall.day.opened' || !isOwnDay(event)) return undefined;
  if (!isWellFormed(event.type, event.data)) return undefined;
  return event.data.day === state.day ? undefined : event.data.day;
}

function collect(change: Change, event: LedgerEvent): void {
  const { state, histories, zone } = change;
  const voided = state.orphanVoids.size > 0 && state.orphanVoids.delete(eventKey(event.source, event.id));
  if (event.type === 'hall.event.voided') {
    foldVoid(change, event);
    return;
  }
  correct(change, event, event.seq);
  if (voided) {
    // Its voids came first: it never counts, but that it was voided does.
    for (const earlier of histories.get(`void:${eventKey(event.source, event.id)}`))
      if (!isUndo(earlier)) correct(change, event, earlier.seq);
    countVoided(change, event);
    return;
  }
  retouch(change, event, () => histories.insert(event));
  const single = contributeAlone(event, zone);
  if (!single) change.lost.push(singleKey(event));
  else if (single.length > 0) {
    change.cells.push(...single);
    change.rows.push({ key: singleKey(event), row: rowOfSingle(event, single) });
  }
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
  // A void of a void, and of the hall's own days, changes no count.
  if (target.type === 'hall.event.voided') return;
  if (isOfDays(target.type)) {
    change.found.push(singleKey(target));
    return;
  }
  // What was not counted when it came is now known to have come, and there is nothing of it to take out.
  const wasCounted = !state.uncounted.has(singleKey(target));
  if (isFirst && !wasCounted) correct(change, target, target.seq);
  if (!isUndo(event)) correct(change, target, event.seq);
  if (!isFirst) return;
  countVoided(change, target);
  retouch(change, target, () => histories.remove(target));
  const single = wasCounted ? contributeAlone(target, zone) : undefined;
  for (const cell of single ?? []) change.cells.push({ ...cell, n: -cell.n });
  if (single && single.length > 0) change.rows.push({ key: singleKey(target), row: undefined });
  change.found.push(singleKey(target));
}

/** Takes out what the touched entities contribute, lets `alter` change the histories, and puts the new parts in. */
function retouch(change: Change, event: LedgerEvent, alter: () => void): void {
  const { histories, zone } = change;
  // An acceptance that comes or goes can change which cases a ticket's ratings belong to: look both before and after.
  const keys = touchedBy(event, histories);
  const before = keys.map((key) => contribute(key, histories, zone));
  alter();
  keys.forEach((key, i) => {
    const was = before[i] ?? NOTHING;
    const now = contribute(key, histories, zone);
    const is = now ?? NOTHING;
    exchange(change.cells, was.cells, is.cells);
    if (was.entry && !is.entry) change.take.push(was.entry);
    if (is.entry) change.put.push(is.entry);
    if (!now) change.lost.push(key);
    else if (!before[i]) change.found.push(key);
    if (was.cells.length === 0 && is.cells.length === 0) return;
    const events = histories.get(key);
    const others = key.startsWith('case:') ? histories.ticketEventsOf(events) : [];
    const row = rowOfEntity(key, events, is, zone, others);
    change.rows.push({ key, row });
  });
}

/** What the entity contributes; `undefined` where that cannot be computed, or could not be stored. */
export function contribute(key: string, histories: HistoryView, zone: Zone): Contribution | undefined {
  try {
    const contribution = contributeEntity(key, histories, zone);
    return isSound(contribution) ? contribution : undefined;
  } catch {
    return undefined;
  }
}

function contributeAlone(event: LedgerEvent, zone: Zone): readonly Cell[] | undefined {
  try {
    const cells = contributeSingle(event, zone);
    return isSound({ cells }) ? cells : undefined;
  } catch {
    return undefined;
  }
}

/** Takes `was` out and puts `is` in. Most events only add to their entity's cells, so what both begin with is left. */
function exchange(cells: Cell[], was: readonly Cell[], is: readonly Cell[]): void {
  let kept = 0;
  while (kept < was.length && kept < is.length && isSameCell(was[kept]!, is[kept]!)) kept++;
  for (let i = kept; i < was.length; i++) cells.push({ ...was[i]!, n: -was[i]!.n });
  for (let i = kept; i < is.length; i++) cells.push(is[i]!);
}

function isSameCell(a: Cell, b: Cell): boolean {
  return a.name === b.name && a.day === b.day && a.station === b.station && a.n === b.n;
}

/** The entities whose contributions an event can change: its own, the plan of a star, and the cases of a ticket that it rates. */
function touchedBy(event: LedgerEvent, histories: Histories): readonly string[] {
  const [entity, link] = histories.keysOf(event);
  if (entity === undefined) return [];
  // A star that is published or withdrawn ends its plan.
  if (link?.startsWith('plan:') === true) return [entity, link];
  if (event.type !== 'hall.rating.given') return [entity];
  const touched = new Set([entity]);
  for (const key of [entity, link]) {
    if (key?.startsWith('ticket:') !== true) continue;
    for (const other of histories.get(key))
      if (other.type === 'hall.case.accepted') touched.add(`case:${other.data.case}`);
  }
  return [...touched];
}

function apply(state: BoardState, cell: Cell, out: FoldOutput): void {
  addToRanges(state, cell);
  out.cell(cell);
}

function countVoided({ zone, cells, rows }: Change, target: LedgerEvent): void {
  const cell = { day: dayOf(zone, target.at), station: stationOf(target), name: 'voided', n: 1 };
  const key = voidedKey(target);
  cells.push(cell);
  rows.push({ key, row: rowOfLedger('voided', key, target, cell) });
}

/** Spec L2: counts one correction if the day of `event` had closed before position `seq`, and stands closed. */
function correct({ state, zone, corrections }: Change, event: LedgerEvent, seq: number): void {
  if (isHousekeeping(event.type)) return;
  const day = dayOf(zone, event.at);
  const closedAt = state.days.get(day)?.closedAt;
  if (closedAt === undefined || closedAt >= seq) return;
  const cell = { day, station: stationOf(event), name: 'corrected', n: 1 };
  corrections.push({ event, seq, cell });
}

/** A desk's own word that nothing was corrected: whoever wrote it down took it back within its minute (spec L2). */
function isUndo(event: LedgerEvent): boolean {
  return event.type === 'hall.event.voided' && event.source === DESK_SOURCE && event.data.undo === true;
}

/** Under its closing, so that an opening can take it back. */
function noteCorrection(state: BoardState, { day, station }: Cell): void {
  const record = state.days.get(day)!;
  const { corrected = new Map<string, number>() } = record;
  if (!record.corrected) state.days.set(day, { ...record, corrected });
  addTo(corrected, station, 1);
}

function isHallDay(event: LedgerEvent): event is HallDay {
  return event.type === 'hall.day.opened' || event.type === 'hall.day.closed';
}

/** Only the hall opens and closes its days; what an older version let others say of them is nobody's. */
function isOwnDay({ source }: HallDay): boolean {
  return source === HALL_DAY_SOURCE;
}

/**
 * Notes an opening or a closing (spec L2, L4), in the order of arrival alone. An opening makes its day the current
 * one and undoes the closings before it: what was counted as a correction under them is none.
 * @returns the cells that it takes back
 */
function foldDay(state: BoardState, { seq, type, data }: HallDay, zone: Zone): Cell[] {
  const { day, hours } = data;
  const { corrected, closedAt, ...record } = state.days.get(day) ?? { openings: 0, closings: 0, hours };
  if (type === 'hall.day.closed') {
    const closed: DayRecord = { ...record, closings: record.closings + 1, closedAt: closedAt ?? seq };
    state.days.set(day, corrected ? { ...closed, corrected } : closed);
    return [];
  }
  state.days.set(day, { ...record, openings: record.openings + 1, hours });
  if (state.day !== day) {
    const isBack = state.day !== undefined && day < state.day;
    state.day = day;
    pruneEntries(state, zone);
    // What a clock ahead of its time was told lies in days to come: no station was heard from then.
    if (isBack) for (const [id, at] of state.heardAt) if (at >= endOfDay(zone, day)) state.heardAt.delete(id);
  }
  return [...(corrected ?? [])].map(([station, n]) => ({ day, station, name: 'corrected', n: -n }));
}

/** The station that an event itself names, or `''`. */
function stationOf(event: LedgerEvent): string {
  const station = 'station' in event.data ? event.data.station : undefined;
  return typeof station === 'string' ? station : '';
}

/** The hall itself, and an alarm, speak about a station, not from it: one about its silence must not end that silence (A3). */
function hear(state: BoardState, event: LedgerEvent, zone: Zone): void {
  if (isHallItself(event.source)) return;
  state.since ??= dayOf(zone, event.at);
  if (!doesSpeakOfStations(event.source, event.type)) return;
  const station = stationOf(event);
  if (station !== '') noteHeard(state, station, event.at);
}

/** Whether an event that names a station is a word from there. */
export function doesSpeakOfStations(source: string, type: EventType): boolean {
  return !isHallItself(source) && !type.startsWith('hall.alarm.');
}
