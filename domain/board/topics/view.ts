/** What every topic is derived from: the board's state with the hall's configuration, and today's measures read off it. */
import { unknownYears } from '../../calendar/calendar.ts';
import { endOfDay, momentOf, type Zone } from '../../calendar/zone.ts';
import { toWireCalendar } from '../../calendar/wire-calendar.ts';
import { toMinuteHours, type HoursOn } from '../../calendar/working-hours.ts';
import { buildMeasures, countChecksDue } from '../../measures/build.ts';
import type { Measures } from '../../measures/measures.ts';
import { DaySums, type DayPlace } from '../../measures/day-sums.ts';
import { stationNames, type HallConfig, type Profile, type Station } from '../../profile/profile.ts';
import { cellName, CellTable, sumNames, type CellHead } from '../cells.ts';
import { RUNNING, TODAY } from '../residency.ts';
import type { BoardState } from '../state.ts';
import { NAME_SHOWN, shorten } from './bounds.ts';
import type { CountdownBasis, DayHead, HallHead, Spread } from './data.ts';

export interface BoardView {
  readonly state: BoardState;
  readonly config: HallConfig;
  readonly zone: Zone;
  /** The current day; before any was opened, the first of all. */
  readonly day: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly demo: boolean;
  /** Today's measures as of the day's end: all but what depends on the moment. */
  readonly today: Measures;
  readonly table: (rangeId: string) => CellTable;
  /** Hours that count as working time: the profile's, on working days alone. */
  readonly workingHours: HoursOn;
  /** Stations at which something has happened today. */
  readonly activeStations: readonly string[];
  /** Today's waits by station: since when, ascending. */
  readonly queues: ReadonlyMap<string, readonly number[]>;
}

const EMPTY = new CellTable();
const AGAIN = cellName('ticket', 'again');

export function createView(state: BoardState, config: HallConfig, zone: Zone, demo: boolean): BoardView {
  const day = state.day ?? '1970-01-01';
  const table = (id: string) => state.ranges.get(id)?.table ?? EMPTY;
  const startsAt = momentOf(zone, day);
  const daySums = (): DaySums => followDay(table(TODAY), { config, zone, day });
  const measure = (): Measures =>
    buildMeasures({
      from: day,
      to: day,
      config,
      sums: daySums().sums,
      unknownStations: daySums().unknownStations,
      open: countOpen(table(RUNNING)),
      overdueOpen: 0,
      checksDue: countChecksDue(config, { from: day, to: day }),
      supplyAhead: 0,
      suppliedAhead: 0,
      unknownYears: unknownYears(config.calendar, day, day),
      uncounted: state.uncounted,
      seq: state.seq,
    });
  const plainHours = toMinuteHours(config.profile.hours);
  let today: Measures | undefined;
  let queues: ReadonlyMap<string, readonly number[]> | undefined;
  return {
    state,
    config,
    zone,
    day,
    startsAt,
    endsAt: endOfDay(zone, day),
    demo,
    table,
    // Not everybody who looks at the board asks for measures.
    get today() {
      return (today ??= measure());
    },
    get activeStations() {
      return daySums().activeStations;
    },
    workingHours: (one) => (config.calendar.isWorkingDay(one) ? plainHours : []),
    get queues() {
      return (queues ??= readQueues(state, day));
    },
  };
}

const followed = new WeakMap<CellTable, DaySums>();

/** A wall asks for the day's sums ten times a second: they are kept up with each of its cells, not added up anew. */
function followDay(table: CellTable, place: DayPlace): DaySums {
  const known = followed.get(table);
  if (known?.isAt(place)) return known;
  const sums = new DaySums(place);
  for (const [station, name, n] of table.entries()) sums.add(station, name, n);
  table.follow((station, name, n) => sums.add(station, name, n));
  followed.set(table, sums);
  return sums;
}

function countOpen(running: CellTable): number {
  let open = 0;
  for (const names of running.of('open').values()) open += sumNames(names);
  return open;
}

/** What is read off one table alone: worked out again only where one of its heads, or the configuration, has changed. */
export function perTable<T>(
  heads: readonly CellHead[],
  read: (table: CellTable, config: HallConfig) => T,
): (table: CellTable, config: HallConfig) => T {
  const known = new WeakMap<CellTable, { readonly config: HallConfig; readonly revision: number; readonly found: T }>();
  return (table, config) => {
    const revision = table.revision(heads);
    let one = known.get(table);
    if (one?.revision !== revision || one.config !== config)
      known.set(table, (one = { config, revision, found: read(table, config) }));
    return one.found;
  };
}

/** What several topics, stations or alarms read off one view, worked out once for it. */
export function perView<T>(read: (view: BoardView) => T): (view: BoardView) => T {
  const known = new WeakMap<BoardView, { readonly found: T }>();
  return (view) => {
    let one = known.get(view);
    if (!one) known.set(view, (one = { found: read(view) }));
    return one.found;
  };
}

/** One walk over the tickets, however many stations ask. */
function readQueues({ entries }: BoardState, day: string): Map<string, number[]> {
  const queues = new Map<string, number[]>();
  for (const ticket of entries.ticket.values()) {
    if (ticket.stage !== 'waiting' || ticket.day !== day) continue;
    const queue = queues.get(ticket.station);
    if (queue) queue.push(ticket.since);
    else queues.set(ticket.station, [ticket.since]);
  }
  for (const queue of queues.values()) queue.sort((a, b) => a - b);
  return queues;
}

export function toHallHead({ config, demo }: Pick<BoardView, 'config' | 'demo'>): HallHead {
  const { name, timeZone } = config.profile;
  return { name: name.zh, ...(name.en ? { nameEn: name.en } : {}), demo, timeZone };
}

export function toDayHead({ day, startsAt, endsAt, state, config }: BoardView): DayHead {
  const record = state.days.get(day);
  const { calendar, profile } = config;
  const hall = profile.stations.find(({ kind }) => kind === 'hall')?.id;
  return {
    day,
    startsAt,
    endsAt,
    working: calendar.isWorkingDay(day, hall),
    closed: record?.closedAt !== undefined,
    hours: toMinuteHours(calendar.hoursOf(day, hall)),
  };
}

export function toCountdownBasis({ config, day }: BoardView): CountdownBasis {
  return { countdownHours: toMinuteHours(config.profile.hours), calendar: toWireCalendar(config.calendar, day) };
}

export function toSpread({ medianMs, p90Ms, n }: { medianMs: number | null; p90Ms: number | null; n: number }): Spread {
  return { n, ...(medianMs === null ? {} : { medianMs }), ...(p90Ms === null ? {} : { p90Ms }) };
}

export interface StationNames {
  name: string;
  short: string;
  nameEn?: string;
  shortEn?: string;
  unknown?: true;
}

/** A station as a screen names it: the full and the short name, and whether the profile knows it. */
export function nameStation(view: BoardView, id: string): StationNames {
  const known = view.config.stations.get(id);
  if (!known) {
    const name = nameUnknown(id);
    return { name, short: name, unknown: true };
  }
  const { zh, en } = stationNames(known, view.day);
  return {
    name: zh,
    short: shortName(known, zh),
    ...(en ? { nameEn: en } : {}),
    ...shortNameEn(known, en),
  };
}

/** The day's ticket numbers at some stations that an earlier day gave out already (C9). */
export function countReused(view: BoardView, ids: readonly string[]): { reusedTickets?: number } {
  const reusedTickets = ids.reduce((sum, id) => sum + (view.table(TODAY).at('ticket', id).get(AGAIN) ?? 0), 0);
  return reusedTickets > 0 ? { reusedTickets } : {};
}

/** What the profile does not know is called by its id, as far as there is room for it. */
export function nameUnknown(id: string): string {
  return shorten(id, NAME_SHOWN);
}

/** A window's label, or its id where the profile does not know it. */
export function nameWindow({ config }: BoardView, id: string): string {
  return config.profile.windows.find((window) => window.id === id)?.label ?? nameUnknown(id);
}

/** The tile's name: the profile's short one, unless the station bears another name on this day. */
function shortName(station: Station, name: string): string {
  if (station.short && name.startsWith(station.short)) return station.short;
  return station.kind === 'hall' ? (station.short ?? name) : name.replace(/社区$/, '');
}

/** As `shortName`: of a community whose name is another on this day, that name without its last word. */
function shortNameEn(station: Station, name: string | undefined): { shortEn?: string } {
  const { shortEn } = station;
  if (shortEn && (station.kind === 'hall' || name?.startsWith(shortEn))) return { shortEn };
  return name === undefined || station.kind === 'hall' ? {} : { shortEn: name.replace(/ Community$/, '') };
}

/** A staff member's name in the roster, or the id where the roster does not know it. */
export function nameStaff({ config }: BoardView, id: string): string {
  return config.profile.staff.find((entry) => entry.id === id)?.name ?? nameUnknown(id);
}

/** What somebody is in the roster's words, and in English where it has them. */
export function nameRole({ role, roleEn }: Pick<Profile['staff'][number], 'role' | 'roleEn'>): {
  role?: string;
  roleEn?: string;
} {
  return { ...(role ? { role } : {}), ...(roleEn ? { roleEn } : {}) };
}

export function itemName({ config }: BoardView, code: string): string {
  return config.items.get(code)?.name ?? nameUnknown(code);
}

/** The English name of an item beside the Chinese one; nothing where the catalogue has none. */
export function itemNameEn({ config }: BoardView, code: string): { nameEn?: string } {
  const nameEn = config.items.get(code)?.nameEn;
  return nameEn === undefined ? {} : { nameEn };
}
