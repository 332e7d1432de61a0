/**
 * The board as a fresh hall would have it whose clock stands at a past moment and which holds only the living events up to
 * it: the sums as they are now, out of which is taken what came about later.
 */
import { CellTable, headOf, type Cell } from '../board/cells.ts';
import { NOTHING } from '../board/contribution.ts';
import type { DatedRow } from '../board/entity-row.ts';
import { contribute, doesSpeakOfStations } from '../board/fold.ts';
import type { HistoryView } from '../board/histories.ts';
import { winningAcceptance } from '../board/parts/case.ts';
import { contributeStar, contributeWindow } from '../board/parts/standing.ts';
import { checkDaysOf, RUNNING } from '../board/residency.ts';
import {
  createBoardState,
  isInRange,
  nameIn,
  noteHeard,
  putEntry,
  type BoardState,
  type Range,
} from '../board/state.ts';
import { dayOf, momentOf, type Zone } from '../calendar/zone.ts';
import { singleKey, type LedgerEvent } from '../events/event.ts';
import type { HallConfig } from '../profile/profile.ts';
import type { LazyRange, PastRanges } from './past-ranges.ts';
import type { PastSource } from './past-source.ts';

/** A board at a past moment. */
export interface PastBoard {
  readonly state: BoardState;
  /** What makes of the stored cells those of the moment, up to its day. */
  readonly changes: readonly Cell[];
}

export interface PastContext {
  readonly config: HallConfig;
  readonly zone: Zone;
  readonly ranges: PastRanges;
}

/**
 * Nothing is told of corrections; who was last heard from is told as far back as the source goes.
 * @param at epoch ms
 * @param look is given the board, which is there no longer than the look: its tables are shared with other moments
 */
export function lookAt<T>(source: PastSource, at: number, context: PastContext, look: (board: PastBoard) => T): T {
  const { config, zone, ranges } = context;
  const day = dayOf(zone, at);
  const state = { ...createBoardState(), seq: source.cells.seq, day };
  for (const one of checkDaysOf(config, day))
    if (one < day && source.wasOpened(one, momentOf(zone, one))) state.days.set(one, OPENED);
  state.days.set(day, OPENED);
  const changes = addEntities(state, source, at, zone);
  addStanding(state, source, at, zone);
  for (const { source: from, type, station, at: heardAt } of source.heardBefore(at))
    if (doesSpeakOfStations(from, type)) noteHeard(state, station, heardAt);
  const tables = new ChangedTables(changes);
  for (const range of ranges.of(day, source.cells)) state.ranges.set(range.spec.id, tables.change(range));
  try {
    return look({ state, changes });
  } finally {
    tables.changeBack();
  }
}

const OPENED = { openings: 1, closings: 0, hours: [] };

/** What lives at the moment, and of all that reaches it, how its cells differ from those that are stored. */
function addEntities(state: BoardState, source: PastSource, at: number, zone: Zone): Cell[] {
  const day = state.day!;
  const uncounted = new Set(source.cells.uncounted());
  const changes = new Map<string, Cell>();
  const running = new CellTable();
  const open = (cells: readonly Cell[]): void => {
    for (const { station, name, n } of cells) if (headOf(name) === 'open') running.add(station, name, n);
  };
  const recounted = new Map<string, DatedRow | undefined>();
  for (const key of uncounted) if (!key.startsWith(SINGLE)) recounted.set(key, undefined);
  for (const row of source.reaching(day, at)) {
    const { key, touched, cells } = row;
    if (touched > at && key.startsWith(SINGLE)) note(changes, day, cells, -1);
    else if (touched > at || isShownOn(row, day)) recounted.set(key, row);
    else if (row.open) {
      open(cells);
      if (row.open.entry) putEntry(state, row.open.entry, zone);
    }
  }
  const histories = new PastHistories(source, at, uncounted);
  histories.load([...recounted.keys()]);
  for (const [key, row] of recounted) {
    const { cells, entry } = contribute(key, histories, zone) ?? NOTHING;
    if (row) note(changes, day, row.cells, -1);
    note(changes, day, cells, 1);
    open(cells);
    if (entry) putEntry(state, entry, zone);
  }
  state.ranges.set(RUNNING, { spec: { id: RUNNING, heads: ['open'] }, table: running });
  return [...changes.values()].filter(({ n }) => n !== 0);
}

const SINGLE = 'event:';

/** Of what was over at the moment: a case that was accepted on the day and an alarm are shown until it ends. */
function isShownOn({ kind, open, cells }: DatedRow, day: string): boolean {
  return open === undefined && (kind === 'alarm' || (kind === 'case' && cells[0]!.day === day));
}

/** Adds cells up to the day, each once: most of what is taken out is put in again. */
function note(changes: Map<string, Cell>, day: string, cells: readonly Cell[], sign: 1 | -1): void {
  for (const cell of cells) {
    if (cell.day > day) continue;
    const key = `${cell.day}${cell.station.length}:${cell.station}${cell.name}`;
    changes.set(key, { ...cell, n: (changes.get(key)?.n ?? 0) + sign * cell.n });
  }
}

/** Windows and stars: what stands until it changes is in no row. */
function addStanding(state: BoardState, source: PastSource, at: number, zone: Zone): void {
  const uncounted = new Set(source.cells.uncounted());
  const isCounted = (event: LedgerEvent): boolean => !uncounted.has(singleKey(event));
  for (const [key, latestFirst] of source.windowsUntil(at)) {
    for (const event of latestFirst) {
      if (!isCounted(event)) continue;
      const { entry } = contributeWindow(key.slice(key.indexOf(':') + 1), [event]);
      if (entry) putEntry(state, entry, zone);
      break;
    }
  }
  for (const [key, events] of source.allUntil('star', at)) {
    const { entry } = contributeStar(key.slice(key.indexOf(':') + 1), events.filter(isCounted));
    if (entry) putEntry(state, entry, zone);
  }
}

/** Tables as the moment has them, each changed when it is first read. */
class ChangedTables {
  readonly #read: Range[] = [];

  constructor(private readonly changes: readonly Cell[]) {}

  change({ spec, sum }: LazyRange): Range {
    const take = (): CellTable => {
      const range = { spec, table: sum() };
      this.#add(range, 1);
      this.#read.push(range);
      return range.table;
    };
    let table: CellTable | undefined;
    return {
      spec,
      get table() {
        return (table ??= take());
      },
    };
  }

  changeBack(): void {
    for (const range of this.#read.splice(0)) this.#add(range, -1);
  }

  #add({ spec, table }: Range, sign: 1 | -1): void {
    for (const cell of this.changes)
      if (isInRange(spec, cell.day, cell.name)) table.add(cell.station, nameIn(spec, cell), sign * cell.n);
  }
}

/** Histories up to a moment. */
class PastHistories implements HistoryView {
  readonly #events = new Map<string, readonly LedgerEvent[]>();

  constructor(
    private readonly source: PastSource,
    private readonly at: number,
    private readonly uncounted: ReadonlySet<string>,
  ) {}

  load(keys: readonly string[]): void {
    this.#fetch(keys);
    // Only what is finished asks for the ratings that came by its ticket.
    const tickets = new Set<string>();
    for (const key of keys) {
      if (!key.startsWith('case:')) continue;
      const events = this.get(key);
      const ticket = winningAcceptance(events)?.data.ticket;
      if (ticket && events.some(({ type }) => type === 'hall.case.finished')) tickets.add(`ticket:${ticket}`);
    }
    this.#fetch([...tickets].filter((key) => !this.#events.has(key)));
  }

  get(key: string): readonly LedgerEvent[] {
    return this.#events.get(key) ?? [];
  }

  ticketEventsOf(caseEvents: readonly LedgerEvent[]): readonly LedgerEvent[] {
    const ticket = winningAcceptance(caseEvents)?.data.ticket;
    return ticket ? this.get(`ticket:${ticket}`) : [];
  }

  #fetch(keys: readonly string[]): void {
    for (const [key, events] of this.source.historiesUntil(keys, this.at))
      this.#events.set(
        key,
        this.uncounted.size === 0 ? events : events.filter((event) => !this.uncounted.has(singleKey(event))),
      );
  }
}
