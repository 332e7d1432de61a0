/** What a report's tables must hold, from the oracle's counts alone: a table that nobody knows here is a failure. */
import { expect } from 'vitest';
import type { Measures } from '../../domain/measures/measures.ts';
import { TERMS, type TermId } from '../../domain/measures/terms.ts';
import type { Ratio } from '../../domain/board/topics/data.ts';
import { leadOf } from '../../domain/report/leads.ts';
import { SERVICE_KINDS } from '../../domain/events/schema.ts';
import type { Report, Section, Sentence, Table, Value } from '../../domain/wire/report.ts';
import { works } from '../oracle/arithmetic.ts';
import { oracleBreakdown } from '../oracle/breakdown.ts';
import { dayOf, daysOf, endOf, moveDay } from '../oracle/days.ts';
import { readCases, readLedger, readLiving } from '../oracle/facts.ts';
import { oracleMeasures } from '../oracle/oracle.ts';
import type { World } from './worlds.ts';

/** What a cell says: its type and its numbers; nothing to state has none. */
type Said = readonly [Value['type'], ...number[]];
interface Span {
  readonly from: string;
  readonly to: string;
}
type Count = (span: Span, station?: string) => Measures;

const NOTHING: Said = ['none'];
const count = (n: number): Said => ['number', n];
const share = (n: number, of: number): Said => (of === 0 ? NOTHING : ['share', n, of]);
const length = (ms: number | null): Said => (ms === null ? NOTHING : ['duration', ms]);
const days = (n: number): Said => ['days', Math.round(n * 100) / 100];
const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

export function expectReport(world: World, report: Report, since: string | undefined): void {
  const known = new Map<string, Measures>();
  const arrivals = world.arrivals.map((event) => ({ event }));
  const of: Count = (span, station = report.station?.id) => {
    const key = JSON.stringify([span.from, span.to, station]);
    const found = known.get(key) ?? oracleMeasures(arrivals, { ...world, ...span, station });
    known.set(key, found);
    return found;
  };
  const told = { world, report, of, whole: of(report.span), made: makeBreakdown(world, report) };
  for (const { then } of comparedOf(told)) expect(then.from >= since!).toBe(true);
  for (const section of report.sections) {
    const tables = section.blocks.filter((block) => block.type === 'table');
    for (const table of tables) {
      const where = `${section.id} ${table.caption ?? ''} of ${report.span.from} to ${report.span.to}`;
      const body = expectedBody(section, table, told);
      expectRows(
        where,
        table.rows.map((row) => row.map(say)),
        body,
      );
      expectLeads(where, table, told);
    }
    for (const block of section.blocks) if (block.type === 'sentence') expectPhrases(block, told);
    expectBars(section, told);
  }
}

interface Told {
  readonly world: World;
  readonly report: Report;
  readonly of: Count;
  readonly whole: Measures;
  readonly made: ReturnType<typeof oracleBreakdown>;
}

function makeBreakdown(world: World, { span, station }: Report) {
  const arrivals = world.arrivals.map((event) => ({ event }));
  return oracleBreakdown(arrivals, { ...world, ...span, ...(station ? { station: station.id } : {}) });
}

function say(value: Value): Said {
  switch (value.type) {
    case 'number':
      return ['number', value.n];
    case 'share':
      return ['share', value.n, value.of];
    case 'part':
      return ['part', value.part];
    case 'duration':
      return ['duration', value.ms];
    case 'days':
      return ['days', value.days];
    case 'change':
      return value.n === undefined ? ['change'] : ['change', value.n];
    default:
      return [value.type];
  }
}

/** Sums of days are added up in another order by the fold. */
function expectRows(where: string, found: readonly (readonly Said[])[], expected: readonly (readonly Said[])[]): void {
  const rounded = (rows: readonly (readonly Said[])[]) =>
    rows.map((row) => row.map(([type, ...numbers]) => [type, ...numbers.map((n) => Math.round(n * 1e4) / 1e4 + 0)]));
  expect({ where, rows: rounded(found) }).toEqual({ where, rows: rounded(expected) });
}

/** A figure that leads to rows of a span and a station is the measure of these. */
function expectLeads(where: string, table: Table, { report, of, made }: Told): void {
  table.rows.forEach((row, r) =>
    row.forEach((value, c) => {
      const lead = leadOf(table, r, c);
      if (!lead || (lead.item ?? lead.line ?? lead.window) !== undefined) return;
      const { term, weekday, halfHour, service } = lead;
      if (weekday !== undefined || halfHour !== undefined) {
        const week = weekday === undefined ? made.rhythm.windowCases : [made.rhythm.windowCases[weekday - 1]!];
        const n = sum(week.map((slots) => (halfHour === undefined ? sum(slots) : slots[halfHour]!)));
        expect([where, term, say(value)]).toEqual([where, 'windowCases', count(n)]);
        return;
      }
      if (service !== undefined) {
        expect([where, term, say(value)]).toEqual([where, 'services', count(of(report.span).services[service]!)]);
        return;
      }
      const measures = of({ from: lead.from ?? report.span.from, to: lead.to ?? report.span.to }, lead.station);
      const [, ...numbers] = say(value);
      const all = allOf(read(measures, lead.term));
      for (const n of numbers)
        expect([where, lead.term, all.some((one) => Math.abs(one - n) < 0.01)]).toEqual([where, lead.term, true]);
    }),
  );
}

/** Every number of the year's paragraph is of a measure: as it is, or rounded and said exactly beside it. */
function expectPhrases({ text, phrases }: Sentence, { whole }: Told): void {
  if (!phrases) return;
  expect(phrases.map((phrase) => (typeof phrase === 'string' ? phrase : phrase.text)).join('')).toBe(text);
  for (const phrase of phrases) {
    if (typeof phrase === 'string') continue;
    const { term, part, exact, text: told } = phrase;
    const all = part === undefined ? allOf(read(whole, term)) : [(read(whole, term) as Ratio)[part]];
    const digits = Number(told.replaceAll(/[,%余多万]/g, ''));
    const isOf =
      TERMS[term].kind === 'count' ? all.includes(exact ?? digits) : told.endsWith('%') || all.includes(digits);
    expect([term, told, isOf]).toEqual([term, told, true]);
  }
}

function expectBars({ id, blocks }: Section, told: Told): void {
  for (const block of blocks) {
    if (block.type !== 'bars') continue;
    expect(id).toBe('series');
    expect(block.values).toEqual(partsOf(told).map((part) => told.of(part).accepted));
  }
}

function expectedBody({ id }: Section, table: Table, told: Told): Said[][] {
  if (table.terms && table.columns[2]?.kind === 'figure') return measureRows(table, told);
  switch (id) {
    case 'channels':
      return channelRows(told);
    case 'series':
      return seriesRows(table, told);
    case 'stations':
      return stationRows(told);
    case 'ratings':
      return levelRows(told);
    case 'services':
      return serviceRows(told);
    case 'timeliness':
      return overdueRows(told);
    case 'items':
      return volumeRows(table, told);
    case 'speed':
      return speedRows(table, told);
    case 'waits':
      return waitRows(table, told);
    case 'windows':
      return windowRows(table, told);
    case 'rhythm':
      return rhythmRows(table, told);
    case 'idle':
      return idleRows(table, told);
    default:
      throw new Error(`No such table: ${id} ${table.caption ?? ''}`);
  }
}

/** A measure, in the kind that its term names, and what it was, and how it moved. */
function measureRows({ rows, terms }: Table, told: Told): Said[][] {
  const shown = told.report.span;
  return rows.map((row, i) => {
    const term = terms![i]!;
    const name = row[0]!.type === 'text' ? row[0]!.text : '';
    const kind = TERMS[term].kind;
    const isTime = kind === 'spread' || kind === 'days' || kind === 'perCase';
    const isOwn = name === TERMS[term].name.zh;
    // What else is told of a measure is its ninetieth percentile, or how many it is of.
    const isP90 = !isOwn && name.includes('九成');
    const figure = (measures: Measures): Said =>
      isOwn ? figureOf(measures, term) : isP90 ? length(p90Of(measures, term)) : count(baseOf(measures, term));
    return [
      ['text'],
      isTime && (isOwn || isP90) ? NOTHING : ['text'],
      figure(told.of(shown)),
      ...comparedOf(told).flatMap((one): Said[] => [
        figure(told.of(one.then)),
        isOwn ? changeOf(term, one, told) : NOTHING,
      ]),
    ];
  });
}

interface Compared {
  readonly now: Span;
  readonly then: Span;
  readonly days: readonly [now: number, then: number];
}

/** A span that runs is compared up to yesterday. */
function comparedOf({ report, world }: Told): Compared[] {
  const { span, today, station } = report;
  const now = span.to < today ? span : { from: span.from, to: moveDay(today, -1) };
  const worked = ({ from, to }: Span): number =>
    daysOf(from, to).filter((day) => works(world.config.calendarDocument, day, station?.id ?? '')).length;
  return report.comparisons.map(({ kind, span: then }) => ({
    now,
    then,
    days: kind === 'weekday' ? [1, 1] : [worked(now), worked(then)],
  }));
}

function changeOf(term: TermId, { now, then, days: [d, dThen] }: Compared, { of }: Told): Said {
  const [a, b] = [figureOf(of(now), term), figureOf(of(then), term)];
  if (a[0] === 'number' && b[0] === 'number') {
    const isStock = term === 'open' || term === 'overdueOpen';
    const [x, y] = d === dThen || isStock ? [a[1]!, b[1]!] : [a[1]! / d, b[1]! / dThen];
    const percent = Math.round(((x - y) / y) * 1_000) / 10;
    return ['change', b[1]! < 20 || percent === 0 ? Math.round((x - y) * 10) / 10 : percent / 100];
  }
  if (a[0] === 'share' && b[0] === 'share') {
    if (a[2]! < 20 || b[2]! < 20) return ['change'];
    return ['change', Math.round((a[1]! / a[2]! - b[1]! / b[2]!) * 1_000) / 1_000];
  }
  const isTime = (said: Said): boolean => said[0] === 'duration' || said[0] === 'days';
  if (isTime(a) && isTime(b) && (baseOf(of(now), term) < 20 || baseOf(of(then), term) < 20)) return ['change'];
  if (a[0] === 'duration' && b[0] === 'duration') return ['change', (a[1]! - b[1]!) / 60_000];
  if (a[0] === 'days' && b[0] === 'days') return ['change', Math.round((a[1]! - b[1]!) * 100) / 100];
  return NOTHING;
}

function read(measures: Measures, term: TermId): unknown {
  if (term === 'services') return sum(Object.values(measures.services));
  return term.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], measures);
}

function figureOf(measures: Measures, term: TermId): Said {
  const value = read(measures, term) as never;
  switch (TERMS[term].kind) {
    case 'count':
      return count(value);
    case 'ratio': {
      const { n, of } = value as { n: number; of: number };
      return share(n, of);
    }
    case 'share':
      return value === null ? NOTHING : ['part', value];
    case 'spread':
      return length((value as { medianMs: number | null }).medianMs);
    case 'days': {
      const { medianDays } = value as { medianDays: number | null };
      return medianDays === null ? NOTHING : ['days', medianDays];
    }
    case 'perCase': {
      const { sumMs, cases } = value as { sumMs: number; cases: number };
      return cases === 0 ? NOTHING : length(sumMs / cases);
    }
  }
}

function p90Of(measures: Measures, term: TermId): number | null {
  return (read(measures, term) as { p90Ms: number | null }).p90Ms;
}

function baseOf(measures: Measures, term: TermId): number {
  const value = read(measures, term) as { n?: number; of?: number; cases?: number };
  return value.cases ?? value.of ?? value.n!;
}

/** Every number of a measure, and those that are told of it. */
function allOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const numbers = Object.values(value).flatMap(allOf);
  const { sumMs, cases } = value as { sumMs?: number; cases?: number };
  return cases ? [...numbers, sumMs! / cases] : numbers;
}

function channelRows({ whole }: Told): Said[][] {
  const row = (n: number): Said[] => [['text'], count(n), share(n, whole.accepted)];
  const channels = [whole.windowCases, whole.onlineCases, whole.selfServiceCases, whole.otherCases];
  return [
    ...channels.filter((n) => n > 0).map(row),
    ...[whole.legalPersons, whole.green, whole.byAppointment].map(row),
  ];
}

/** The working days of a span up to today, or the months of a long one. */
function partsOf({ report, world }: Told): Span[] {
  const { span, today, station } = report;
  const all = daysOf(span.from, span.to < today ? span.to : today);
  if (all.length <= 35)
    return all
      .filter((day) => works(world.config.calendarDocument, day, station?.id ?? ''))
      .map((day) => ({ from: day, to: day }));
  const months = [...new Set(all.map((day) => day.slice(0, 7)))];
  return months.map((month) => {
    const within = all.filter((day) => day.startsWith(month));
    return { from: within[0]!, to: within.at(-1)! };
  });
}

function seriesRows({ columns }: Table, told: Told): Said[][] {
  return partsOf(told).map((part) => {
    const measures = told.of(part);
    const { accepted, windowCases, onlineCases, finished, peopleServed } = measures;
    const first: Said = [columns[0]!.kind === 'date' ? 'date' : 'text'];
    return [first, ...[accepted, windowCases, onlineCases, finished, peopleServed].map(count)];
  });
}

function stationRows({ world, report: { span }, of }: Told): Said[][] {
  return world.config.profile.stations
    .filter(({ from, until }) =>
      daysOf(span.from, span.to).some((day) => !(from && day < from) && !(until && day > until)),
    )
    .map(({ id }) => {
      const { accepted, windowCases, onlineCases, finished, peopleServed, overdueOpen, onTime, activelySatisfied } = of(
        span,
        id,
      );
      return [
        ['text'],
        ...[accepted, windowCases, onlineCases, finished, peopleServed, overdueOpen].map(count),
        share(onTime.n, onTime.of),
        share(activelySatisfied.n, activelySatisfied.of),
      ];
    });
}

function levelRows({ whole: { scores, satisfied } }: Told): Said[][] {
  return ([5, 4, 3, 2, 1] as const).map((score) => [
    ['text'],
    count(scores[score]),
    share(scores[score], satisfied.of),
  ]);
}

function serviceRows({ whole: { services } }: Told): Said[][] {
  const given = new Map(Object.entries(services));
  const counts = SERVICE_KINDS.flatMap((kind) => given.get(kind) ?? []);
  expect(sum(counts)).toBe(sum([...given.values()]));
  return counts.map((n) => [['text'], count(n)]);
}

/** By item and station, the most first; those behind the tenth in one row. */
function overdueRows({ world, report: { span, station }, whole }: Told): Said[][] {
  const end = Math.min(world.now, endOf(world.zone, span.to));
  const upToEnd = (at: number | undefined): boolean => at !== undefined && dayOf(world.zone, at) <= span.to;
  const groups = new Map<string, number>();
  for (const { accepted, finished, promise } of readCases(
    readLiving(readLedger(world.arrivals.map((event) => ({ event })))),
  )) {
    const { item, station: place } = accepted.data;
    if (!upToEnd(accepted.at) || upToEnd(finished?.at) || promise === undefined || promise >= end) continue;
    if (station && place !== station.id) continue;
    const key = JSON.stringify([item, place]);
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  const counts = [...groups.values()].sort((a, b) => b - a);
  expect(sum(counts)).toBe(whole.overdueOpen);
  const rest = sum(counts.slice(10));
  return [
    ...counts.slice(0, 10).map((n): Said[] => [['text'], ['text'], count(n)]),
    ...(rest === 0 ? [] : [[['text'], NOTHING, count(rest)] satisfies Said[]]),
  ];
}

function volumeRows({ columns }: Table, { whole, made }: Told): Said[][] {
  const all: readonly { readonly accepted: number; readonly finished: number }[] =
    columns[1]!.title === '事项' ? made.items : made.lines;
  const row = (place: Said, accepted: number, finished: number): Said[] => [
    ...([place, ['text'], count(accepted), share(accepted, whole.accepted), count(finished)] satisfies Said[]),
  ];
  return [
    ...all.map((one) =>
      row(
        placeIn(all, ({ accepted }) => accepted > one.accepted),
        one.accepted,
        one.finished,
      ),
    ),
    row(NOTHING, whole.accepted, whole.finished),
  ];
}

function placeIn<T>(all: readonly T[], isBefore: (one: T) => boolean): Said {
  return count(1 + all.filter(isBefore).length);
}

/** Who is listed is known by their own leads: ranked by ten cases at least, the others in one row. */
function speedRows({ leads = [] }: Table, { whole, made }: Told): Said[][] {
  const judged = made.items.filter(({ timed }) => timed > 0);
  const ranked = judged.filter(({ timed }) => timed >= 10);
  const row = (place: Said, n: number, { n: saved, of }: { n: number; of: number }): Said[] => [
    ...([place, ['text'], count(n), days(of), days(of - saved), share(saved, of)] satisfies Said[]),
  ];
  const listed = leads.flatMap((lead) => ranked.filter(({ item }) => lead?.item === item));
  expect(listed).toHaveLength(ranked.length);
  const rates = listed.map(({ speedUp }) => speedUp.n / speedUp.of);
  expect(rates).toEqual([...rates].sort((a, b) => b - a));
  const others = judged.filter((one) => !ranked.includes(one));
  const left = { n: sum(others.map((one) => one.speedUp.n)), of: sum(others.map((one) => one.speedUp.of)) };
  return [
    ...listed.map((one, i) => row(count(1 + rates.filter((rate) => rate > rates[i]!).length), one.timed, one.speedUp)),
    ...(others.length === 0 ? [] : [row(NOTHING, sum(others.map(({ timed }) => timed)), left)]),
    row(NOTHING, sum(judged.map(({ timed }) => timed)), whole.speedUp),
  ];
}

function waitRows({ leads = [] }: Table, { report: { span }, of, whole }: Told): Said[][] {
  const listed = leads.slice(0, -1).map((lead) => of(span, lead!.station!));
  const ranked = listed.filter(({ wait }) => wait.n >= 10).map(({ wait }) => wait.medianMs!);
  expect(sum(listed.map(({ wait }) => wait.n))).toBe(whole.wait.n);
  const row = (place: Said, { wait, service }: Measures): Said[] => [
    ...([place, ['text'], count(wait.n), length(wait.medianMs), length(wait.p90Ms)] satisfies Said[]),
    ...[share(wait.within.n, wait.within.of), length(service.medianMs)],
  ];
  return [
    ...listed.map((one) =>
      row(one.wait.n < 10 ? NOTHING : placeIn(ranked, (median) => median > one.wait.medianMs!), one),
    ),
    row(NOTHING, whole),
  ];
}

function windowRows({ leads = [] }: Table, { whole, made }: Told): Said[][] {
  const busy = made.windows.filter(({ accepted, served }) => accepted + served > 0);
  const row = (place: Said, accepted: number, served: number, rest: Said[] = [NOTHING, NOTHING]): Said[] => [
    ...[place, ['text'] satisfies Said, count(accepted), count(served)],
    ...rest,
  ];
  const listed = leads.flatMap((lead) =>
    busy.filter(({ station, window }) => station === lead?.station && window === lead.window),
  );
  expect(listed).toHaveLength(busy.length);
  const unnamed = whole.tickets.served - sum(busy.map(({ served }) => served));
  const home = whole.windowCases - sum(busy.map(({ accepted }) => accepted)) - made.windowUnnamed;
  return [
    ...listed.map((one) => {
      const { accepted, served, handlingMs, activelySatisfied: rated } = one;
      const each = length(served === 0 ? null : handlingMs / served);
      return row(
        placeIn(busy, (other) => other.accepted > accepted),
        accepted,
        served,
        [each, share(rated.n, rated.of)],
      );
    }),
    ...(made.windowUnnamed + unnamed === 0 ? [] : [row(NOTHING, made.windowUnnamed, unnamed)]),
    ...(home === 0 ? [] : [row(NOTHING, home, 0)]),
    row(NOTHING, whole.windowCases, whole.tickets.served),
  ];
}

/** Days that are never worked and brought nothing are left out, and half-hours outside the first and the last. */
function rhythmRows({ rows }: Table, { whole, made: { rhythm } }: Told): Said[][] {
  const weekdays = [0, 1, 2, 3, 4, 5, 6].filter((day) => rhythm.workingDays[day]! + sum(rhythm.windowCases[day]!) > 0);
  const cases = weekdays.map((day) => rhythm.windowCases[day]!);
  const worked = weekdays.map((day) => rhythm.workingDays[day]!);
  const ofDays = cases.map(sum);
  const each = (n: number, of: number): Said => (of === 0 ? NOTHING : count(Math.round((n / of) * 10) / 10));
  const line = (numbers: readonly number[]): Said[] => [['text'], ...numbers.map(count), count(sum(numbers))];
  const slots = rows.slice(0, -3).map(([name]) => {
    const [from, until] = (name!.type === 'text' ? name!.text : '').split('–').map((told) => {
      const [hour, minute] = told.split(':').map(Number);
      return (hour! * 60 + minute!) / 30;
    });
    return { from: from!, until: until! };
  });
  expect(sum(slots.flatMap(({ from, until }) => cases.map((day) => sum(day.slice(from, until)))))).toBe(
    whole.windowCases,
  );
  return [
    ...slots.map(({ from, until }) => line(cases.map((day) => sum(day.slice(from, until))))),
    line(ofDays),
    line(worked),
    [['text'], ...ofDays.map((n, i) => each(n, worked[i]!)), each(sum(ofDays), sum(worked))],
  ];
}

/** How many names a row holds is what it says; all rows together are all that had no case. */
function idleRows({ rows, columns }: Table, { made: { idleItems, idleWindows } }: Told): Said[][] {
  const named = rows.map((row) => (row[2]!.type === 'text' ? row[2]!.text.split('、').length : 0));
  expect(sum(named)).toBe(columns[0]!.title === '条线' ? idleItems.length : idleWindows.length);
  return named.map((n) => [['text'], count(n), ['text']]);
}
