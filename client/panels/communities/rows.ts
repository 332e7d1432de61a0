/** The stations as rows beside one another, and their totals. */
import { countPassed, isHeard, isQueueUntold } from '../../../domain/board/now.ts';
import type { Ratio, TodayRatings } from '../../../domain/board/topics/data.ts';
import {
  CASE_KINDS,
  type CaseKind,
  type CommunitiesData,
  type StationRow,
} from '../../../domain/board/topics/data-communities.ts';
import { dayOf, MINUTE_MS } from '../../../domain/calendar/zone.ts';
import { formatCount } from '../../../domain/measures/numbers.ts';
import type { TermId } from '../../../domain/measures/terms.ts';
import type { Behind } from '../../ui/behind.ts';
import type { Tone } from '../../ui/line.ts';
import type { Words } from '../../words/wall.ts';
import { isListening, isOver, type Moment } from '../moment.ts';
import { describeChecks, sumToday, type ChecksView } from './exceptions.ts';
import { own } from '../../../domain/wire/own.ts';

type Scope = Pick<Behind, 'station' | 'of'>;

/** A figure with what is odd about it. */
export interface Cell {
  value: string;
  note?: string;
  /** Nothing to state, or nothing odd. */
  isQuiet?: true;
  flag?: { text: string; tone: Tone; behind?: Behind };
  /** The measures that the value and the note are. */
  behind?: Behind;
  behindNote?: Behind;
}

export interface RowView {
  key: string;
  name: string;
  /** What its figures are measures of; absent where it stands for several stations. */
  scope?: Scope;
  /** Not in the profile. */
  unknown?: string;
  /** With numbers that it gave out on an earlier day already. */
  reused?: string;
  tone?: Tone;
  accepted: string;
  /** Parts of a full bar. */
  load: { kind: CaseKind; share: number }[];
  finished: string;
  waiting: Cell;
  onTime: Cell;
  ratings: Cell;
  heard: Cell;
  checks: ChecksView;
}

/** The total is of the whole hall, known stations and others. */
const WHOLE: Scope = {};

export interface CommunitiesView {
  hall: RowView | undefined;
  /** What the hall's queue is like now; absent where it takes no tickets. */
  queue: Cell | undefined;
  rows: RowView[];
  total: Omit<RowView, 'checks' | 'load'> & { checks: { when: string; areas: { area: string; text: string }[] } };
  /** A community takes tickets, so their column is worth its place. */
  hasWaits: boolean;
  hallScale: number;
  scale: number;
  /** The kinds that occur today. */
  kinds: CaseKind[];
}

export function buildCommunities(data: CommunitiesData, moment: Moment, words: Words): CommunitiesView {
  const entries = data.order.map((id) => [id, own(data.stations, id)!] as const);
  const halls = entries.filter(([, station]) => station.kind === 'hall');
  // Of several halls the first stands apart; the rest are rows like any other.
  const [hallId] = halls[0] ?? [];
  const others = entries.filter(([id]) => id !== hallId);
  const hallRow = hallId === undefined ? undefined : own(data.stations, hallId)!;
  const scale = findScale(others.map(([, station]) => station.accepted));
  const hallScale = findScale(hallRow ? [hallRow.accepted] : []);
  const all = entries.map(([, station]) => station);
  return {
    hall: hallId === undefined ? undefined : toRow(hallId, hallRow!, hallScale, data, moment, words),
    queue: hallRow?.tickets ? describeQueue(hallRow, data, moment, words) : undefined,
    rows: others.map(([id, station]) => toRow(id, station, scale, data, moment, words)),
    total: toTotal(all, data, moment, words),
    hasWaits: others.some(([, station]) => station.tickets === true || station.waiting > 0),
    hallScale,
    scale,
    kinds: CASE_KINDS.filter((kind) => kind !== 'other' || all.some((station) => (station.load.other ?? 0) > 0)),
  };
}

function toRow(
  id: string,
  station: StationRow,
  scale: number,
  data: CommunitiesData,
  moment: Moment,
  words: Words,
): RowView {
  const waiting = describeWaiting(station, data, moment, words);
  const scope = station.merged ? undefined : { station: id, of: nameOf(station, words) };
  const onTime = describeOnTime(readOnTime([station], moment), readOverdue(station, moment), words, scope);
  const ratings = describeRatings(station.ratings, words, scope);
  const heard = describeHeard(id, station, data, moment, words);
  const tones = [waiting, onTime, ratings, heard].map(({ flag }) => flag?.tone);
  const tone = tones.includes('trouble') ? 'trouble' : tones.includes('warning') ? 'warning' : undefined;
  return {
    key: id,
    name: nameOf(station, words),
    ...(scope ? { scope } : {}),
    ...(station.unknown ? { unknown: words.communities.unknown } : {}),
    ...(station.reusedTickets ? { reused: words.stations.reused } : {}),
    ...(tone ? { tone } : {}),
    accepted: formatCount(station.accepted),
    load: CASE_KINDS.filter((kind) => (station.load[kind] ?? 0) > 0).map((kind) => {
      return { kind, share: station.load[kind]! / scale };
    }),
    finished: formatCount(station.finished),
    waiting,
    onTime,
    ratings,
    heard,
    checks: describeChecks(data, station, moment, words),
  };
}

function toTotal(
  stations: readonly StationRow[],
  data: CommunitiesData,
  moment: Moment,
  words: Words,
): CommunitiesView['total'] {
  const sum = (read: (station: StationRow) => number) => stations.reduce((total, station) => total + read(station), 0);
  const ratings: TodayRatings = {
    satisfied: sumRatios(stations.map((station) => station.ratings.satisfied)),
    activelySatisfied: sumRatios(stations.map((station) => station.ratings.activelySatisfied)),
    byDefault: sum((station) => station.ratings.byDefault),
    poor: sum((station) => station.ratings.poor),
  };
  const { heardAt } = data.proof;
  const heard = Object.values(heardAt).filter((at) => isHeard(at, data.thresholds.unheardMinutes, moment.now)).length;
  const areas = sumToday(data, stations, words);
  const { today, thatDay, noChecks } = words.communities;
  const when = areas.length === 0 ? noChecks : moment.phase === 'past' ? thatDay : today;
  return {
    key: 'total',
    name: words.communities.total,
    scope: WHOLE,
    accepted: formatCount(sum((station) => station.accepted)),
    finished: formatCount(sum((station) => station.finished)),
    waiting: { value: words.communities.people(formatCount(sum((station) => station.waiting))) },
    onTime: describeOnTime(
      readOnTime(stations, moment),
      sum((station) => readOverdue(station, moment)),
      words,
      WHOLE,
    ),
    ratings: describeRatings(ratings, words, WHOLE),
    heard: { value: moment.phase === 'open' ? `${heard}/${data.proof.stations}` : '' },
    checks: { when, areas },
  };
}

export function nameOf(station: StationRow, words: Words): string {
  return station.merged ? words.stations.others(station.merged) : words.pick(station.short, station.shortEn);
}

/** Open cases of the station whose promise has passed at the moment. */
export function readOverdue({ promises }: StationRow, { now }: Moment): number {
  return promises.overdueBefore + countPassed(promises, now);
}

function readOnTime(stations: readonly StationRow[], moment: Moment): Ratio {
  return sumRatios(
    stations.map((station) => {
      const { finishedOnTime, finishedPromised } = station.promises;
      return { n: finishedOnTime, of: finishedPromised + readOverdue(station, moment) };
    }),
  );
}

function sumRatios(ratios: readonly Ratio[]): Ratio {
  return ratios.reduce((sum, { n, of }) => ({ n: sum.n + n, of: sum.of + of }), { n: 0, of: 0 });
}

function describeRatio({ n, of }: Ratio, words: Words): Cell {
  return of === 0 ? { value: words.none, isQuiet: true } : { value: `${formatCount(n)}/${formatCount(of)}` };
}

function describeOnTime(onTime: Ratio, overdue: number, words: Words, scope: Scope | undefined): Cell {
  const figure = { ...describeRatio(onTime, words), ...behindOf('onTime', scope) };
  if (overdue === 0) return figure;
  const text = words.communities.overdue(formatCount(overdue));
  return { ...figure, flag: { text, tone: 'trouble', ...behindOf('overdueOpen', scope) } };
}

function behindOf(term: TermId, scope: Scope | undefined): { behind?: Behind } {
  return scope ? { behind: { term, ...scope } } : {};
}

/** What people gave as a ratio; what nobody gave beside it. */
function describeRatings(
  { activelySatisfied, byDefault, poor }: TodayRatings,
  words: Words,
  scope: Scope | undefined,
): Cell {
  const { communities } = words;
  const flag = { text: communities.poor(formatCount(poor)), tone: 'trouble' as const, ...behindOf('poor', scope) };
  const { behind: behindNote } = behindOf('byDefault', scope);
  return {
    ...describeRatio(activelySatisfied, words),
    ...behindOf('activelySatisfied', scope),
    ...(byDefault > 0
      ? { note: communities.byDefault(formatCount(byDefault)), ...(behindNote && { behindNote }) }
      : {}),
    ...(poor > 0 ? { flag } : {}),
  };
}

function isUntold({ tickets, waiting, wait }: StationRow): boolean {
  return tickets === true && isQueueUntold(waiting, wait.n);
}

function describeWaiting(station: StationRow, data: CommunitiesData, moment: Moment, words: Words): Cell {
  const { communities } = words;
  if (station.waitingSince === undefined)
    return {
      value: isUntold(station) ? words.none : station.tickets ? communities.people('0') : communities.noTickets,
      isQuiet: true,
    };
  const minutes = Math.max(0, Math.floor((moment.now - station.waitingSince) / MINUTE_MS));
  const text = communities.longest(minutes);
  const value = communities.people(formatCount(station.waiting));
  // A queue that the day left behind is not waiting any more.
  if (isOver(moment)) return { value };
  return minutes > data.thresholds.waitMinutes ? { value, flag: { text, tone: 'trouble' } } : { value, note: text };
}

function describeQueue(station: StationRow, data: CommunitiesData, moment: Moment, words: Words): Cell {
  const { communities } = words;
  const { flag, note } = describeWaiting(station, data, moment, words);
  if (isUntold(station)) return { value: communities.noWaits };
  const value = station.waiting === 0 ? communities.noQueue : communities.queue(formatCount(station.waiting));
  const { medianMs } = station.wait;
  const median = medianMs === undefined ? undefined : communities.median(Math.ceil(medianMs / MINUTE_MS));
  const notes = [note, median].filter((text) => text !== undefined);
  return { value, ...(notes.length > 0 ? { note: notes.join(' · ') } : {}), ...(flag ? { flag } : {}) };
}

function describeHeard(id: string, station: StationRow, data: CommunitiesData, moment: Moment, words: Words): Cell {
  const { communities } = words;
  const at = own(data.proof.heardAt, id);
  if (station.unknown) return { value: words.none };
  const silent = isListening(data, moment) && !isHeard(at, data.thresholds.unheardMinutes, moment.now);
  if (at === undefined)
    return silent
      ? { value: '', flag: { text: communities.neverHeard, tone: 'warning' } }
      : { value: communities.never };
  const minutes = Math.max(0, Math.floor((moment.now - at) / MINUTE_MS));
  if (silent) return { value: '', flag: { text: communities.silent(minutes), tone: 'warning' } };
  const [day, today] = [dayOf(moment.zone, at), dayOf(moment.zone, moment.now)];
  if (day !== today) return { value: communities.heardOn(words.date(day, today)) };
  return { value: communities.heard(minutes) };
}

/** What a full bar stands for: the least round number that holds all, and never so few that one case fills it. */
export function findScale(counts: readonly number[]): number {
  const most = Math.max(5, ...counts);
  for (let power = 1; ; power *= 10) {
    const scale = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= most);
    if (scale !== undefined) return scale;
  }
}
