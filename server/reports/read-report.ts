/** One question for all figures of a report, at one position of the ledger. */
import type { Ratio } from '../../domain/board/topics/data.ts';
import { createView, toHallHead, type BoardView } from '../../domain/board/topics/view.ts';
import { comparisonsOf, comparisonsOfSpan, earliestOf, periodOf, type CompareBy } from '../../domain/brief/periods.ts';
import type { Language } from '../../domain/wire/language.ts';
import { countWorkingDays } from '../../domain/calendar/calendar.ts';
import {
  addDays,
  dayNumber,
  dayOf,
  endOfDay,
  lastDayOf,
  momentOf,
  weekdayOf,
  type Zone,
} from '../../domain/calendar/zone.ts';
import { compareText } from '../../domain/events/event.ts';
import type { SummedCorrections } from '../../domain/frozen/months.ts';
import type { Span } from '../../domain/measures/build.ts';
import { isInForce, listStations, stationNames, type HallConfig } from '../../domain/profile/profile.ts';
import { buildReport } from '../../domain/report/build.ts';
import { formatMoment } from '../../domain/calendar/written.ts';
import {
  isPeriod,
  MOST_FROZEN,
  MOST_SUMMED,
  type Overdue,
  type Part,
  type ReportInput,
  type Tomorrow,
  type Written,
} from '../../domain/report/input.ts';
import { DEFAULT_SECTIONS, MADE_OF, type ReportKind } from '../../domain/report/kinds.ts';
import type { FoundRow, RowPlace, RowQuery } from '../../domain/rows/query.ts';
import type { FrozenDays } from '../../domain/wire/frozen.ts';
import type { Report } from '../../domain/wire/report.ts';
import type { Board } from '../board/board.ts';
import { LedgerError } from '../ledger/port.ts';

/** Up to so many days a run is told by day, beyond it by month, and not at all where even that is longer than a page. */
const BY_DAY = 35;
const BY_MONTH = 36;
/** Of so many overdue cases it is looked what they are. */
const MOST_OVERDUE = 40_000;
const OVERDUE_AT_ONCE = 2_000;

export interface AskedReport {
  readonly kind: ReportKind;
  readonly span: Span;
  readonly station: string | undefined;
  readonly language: Language;
}

export interface ReadReportOptions {
  readonly board: Board;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly demo: boolean;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** Days as they were published; only asked of spans that are short enough. */
  readonly readFrozen: (from: string, to: string) => Promise<FrozenDays>;
  /** What was corrected of longer spans, by month. */
  readonly readCorrections: (asked: Span & { readonly station: string | undefined }) => Promise<SummedCorrections>;
  /** The first published day of a span whose figures were counted by other rules than now. */
  readonly publishedOtherwise: (from: string, to: string) => Promise<string | undefined>;
  /** What a day's reconciliation came to; `undefined` where no system is reconciled. */
  readonly sayReconciled: (day: string, language: Language) => Promise<string | undefined>;
  /** What the hall wrote for a report of this span. */
  readonly readWords: (asked: AskedReport) => Promise<readonly Written[]>;
}

export type ReadReport = (asked: AskedReport) => Promise<Report>;

export function createReadReport(options: ReadReportOptions): ReadReport {
  const { board, config: readConfig, zone, demo, now } = options;
  return async (asked) => {
    const { kind, span, station, language } = asked;
    const at = now();
    const today = dayOf(zone, at);
    const config = readConfig();
    await board.caughtUp();
    const { since } = board.state;
    const compared = compare(asked, { today, since, calendar: config.calendar, station });
    const series = cutSeries(asked, today, config);
    const places = station === undefined ? config.profile.stations.filter((one) => isOpenIn(one, span)) : [];
    const of = station === undefined ? {} : { station };
    const spans = [span, ...compared.flatMap((one) => [one.now, one.then]), ...series.parts.map((one) => one.span)];
    const ahead = kind === 'day' ? addDays(span.to, 1) : undefined;
    // What is due on a day, and has not come, is known of today and of the day that comes.
    const isNear = ahead !== undefined && (span.to === today || ahead === today);
    const queries = [
      ...spans.map(({ from, to }) => ({ from, to, now: at, ...of })),
      ...places.map(({ id }) => ({ ...span, now: at, station: id })),
      // As its end will find it where nothing more comes.
      ...(isNear ? [{ from: ahead, to: ahead, now: endOfDay(zone, ahead), ...of }] : []),
    ];
    const sections = config.profile.reports?.[kind] ?? DEFAULT_SECTIONS[kind];
    // Of one position with the rest, or asked for not at all.
    const { measures: all, breakdown } = sections.some((id) => MADE_OF.has(id))
      ? await board.figuresOf({ breakdown: queries[0]!, measures: queries })
      : { measures: await board.measuresOf(queries) };
    const overdue =
      kind === 'day' && sections.includes('timeliness')
        ? await readOverdue(board, { ...span, now: at, ...of }, all[0]!.overdueOpen)
        : undefined;
    const publishedOtherwise = await options.publishedOtherwise(earliestOf(span, compared), span.to);
    const words = await options.readWords(asked);
    const days = dayNumber(span.to) - dayNumber(span.from) + 1;
    const frozen = days <= MOST_FROZEN ? await options.readFrozen(span.from, span.to) : undefined;
    const isSummed = frozen === undefined && days <= MOST_SUMMED && sections.includes('books');
    const corrections = isSummed ? await options.readCorrections({ ...span, station }) : undefined;
    const reconciled =
      kind === 'day' && station === undefined ? await options.sayReconciled(span.from, language) : undefined;
    const view = createView(board.state, config, zone, demo);
    const { name, nameEn, timeZone } = toHallHead(view);
    const [ofSeries, ofPlaces] = [1 + 2 * compared.length, spans.length];
    const nameOf = (one: (typeof config.profile.stations)[number]): string => {
      const { zh, en } = stationNames(one, span.to);
      return language === 'en' ? (en ?? zh) : zh;
    };
    const asks = station === undefined ? undefined : config.stations.get(station);
    const input: ReportInput = {
      hall: { id: config.profile.hall, name: language === 'en' ? (nameEn ?? name) : name, demo },
      language,
      kind,
      span,
      ...(asks ? { station: { id: asks.id, name: nameOf(asks) } } : {}),
      stations: listStations(config, today),
      timeZone,
      today,
      madeAt: at,
      moment: formatMoment(zone, at),
      isRunning: span.to >= today,
      config,
      workingDays: countWorkingDays(config.calendar, span.from, span.to, station),
      ...(since === undefined ? {} : { since }),
      measures: all[0]!,
      ...(breakdown ? { breakdown } : {}),
      comparisons: compared.map((one, i) => ({ ...one, measures: all[1 + 2 * i]!, before: all[2 + 2 * i]! })),
      byStation: places.map((one, i) => ({ id: one.id, name: nameOf(one), measures: all[ofPlaces + i]! })),
      series: {
        unit: series.unit,
        parts: series.parts.map((one, i): Part => ({ ...one, measures: all[ofSeries + i]! })),
      },
      words,
      ...(publishedOtherwise === undefined ? {} : { publishedOtherwise }),
      ...(frozen ? { frozen } : {}),
      ...(corrections ? { corrections } : {}),
      ...(reconciled === undefined ? {} : { reconciled }),
      ...(overdue ? { overdue } : {}),
      ...(ahead === undefined
        ? {}
        : { tomorrow: readTomorrow(view, ahead, isNear ? all.at(-1)!.suppliedInTime : undefined, station) }),
      sections,
    };
    return buildReport(input);
  };
}

function compare({ kind, span }: AskedReport, by: CompareBy) {
  if (isPeriod(kind)) {
    const whole = periodOf(kind, span.from);
    if (whole.from === span.from && whole.to === span.to) return comparisonsOf(kind, span, by);
  }
  return comparisonsOfSpan(span, by);
}

/** Days that were worked, or months with the parts that the span cuts off. */
function cutSeries(
  { span: { from, to }, station }: AskedReport,
  today: string,
  { calendar }: HallConfig,
): { readonly unit: 'day' | 'month'; readonly parts: readonly Omit<Part, 'measures'>[] } {
  const last = to < today ? to : today;
  if (last < from) return { unit: 'day', parts: [] };
  if (dayNumber(last) - dayNumber(from) < BY_DAY) {
    const parts: Omit<Part, 'measures'>[] = [];
    for (let day = from; day <= last; day = addDays(day, 1))
      if (calendar.isWorkingDay(day, station)) parts.push({ span: { from: day, to: day }, isPart: day === today });
    return { unit: 'day', parts };
  }
  const parts: Omit<Part, 'measures'>[] = [];
  for (let first = from; first <= last && parts.length <= BY_MONTH;) {
    const end = lastDayOf(first.slice(0, 7));
    const until = end < last ? end : last;
    parts.push({ span: { from: first, to: until }, isPart: !first.endsWith('-01') || until < end || until >= today });
    first = addDays(until, 1);
  }
  return { unit: 'month', parts: parts.length > BY_MONTH ? [] : parts };
}

/** What is overdue at the end of a span; `undefined` where it is not what was counted, or cannot be looked at now. */
async function readOverdue(
  board: Board,
  at: Pick<RowQuery, 'from' | 'to' | 'now' | 'station'>,
  counted: number,
): Promise<Overdue[] | undefined> {
  if (counted === 0) return undefined;
  const query: RowQuery = { ...at, term: 'overdueOpen', part: 'n', order: 'newest', limit: OVERDUE_AT_ONCE };
  const rows: FoundRow[] = [];
  for (let after: RowPlace | undefined; ;) {
    const found = await board.rows({ ...query, ...(after ? { after } : {}) }).catch((error: unknown) => {
      // The figure stands without what it is made of.
      if (error instanceof LedgerError) return undefined;
      throw error;
    });
    if (found?.count !== counted) return undefined;
    rows.push(...found.rows);
    if (typeof found.next !== 'object') break;
    // A part of them would rank what is newest.
    if (rows.length >= MOST_OVERDUE) return undefined;
    after = found.next;
  }
  const groups = new Map<string, { item: string; station: string; n: number }>();
  for (const { item, station } of rows) {
    if (item === undefined) continue;
    const key = JSON.stringify([item, station]);
    const group = groups.get(key);
    if (group) group.n++;
    else groups.set(key, { item, station, n: 1 });
  }
  return [...groups.values()].sort((a, b) => b.n - a.n || compareText(a.item, b.item));
}

/** @param papers missing ones that are due on the day, and came; absent where what is open on it is not known */
function readTomorrow(
  { config, state, zone }: BoardView,
  day: string,
  papers: Ratio | undefined,
  station?: string,
): Tomorrow {
  const duty = config.noticeboard.duty.find(
    (one) => isInForce(one, day) && (one.weekdays?.includes(weekdayOf(day)) ?? true),
  );
  const name = duty && config.profile.staff.find(({ id }) => id === duty.staff)?.name;
  const [from, until] = [momentOf(zone, day), endOfDay(zone, day)];
  const due = [...state.entries.case.values()].filter(
    (one) =>
      one.open &&
      one.dueAt !== undefined &&
      one.dueAt >= from &&
      one.dueAt < until &&
      (station === undefined || one.station === station),
  ).length;
  return {
    day,
    hours: config.calendar.hoursOf(day, station),
    isKnown: config.calendar.isKnown(day),
    // What is open is known of the present alone.
    ...(papers === undefined ? {} : { due, papersDue: papers.of - papers.n }),
    ...(name === undefined ? {} : { duty: name }),
  };
}

function isOpenIn({ from, until }: { from?: string | undefined; until?: string | undefined }, span: Span): boolean {
  return (from === undefined || from <= span.to) && (until === undefined || until >= span.from);
}
