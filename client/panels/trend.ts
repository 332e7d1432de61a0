/** The day's acceptances by half hour against the usual same weekday. */
import type { OverviewData, Trend } from '../../domain/board/topics/data.ts';
import type { Band as Expected } from '../../domain/forecast/band.ts';
import { forecastDay, type Forecast } from '../../domain/forecast/forecast.ts';
import type { ChartOption, SeriesOption } from '../charts/echarts.ts';
import type { Palette } from '../charts/palette.ts';
import { formatCount } from '../../domain/measures/numbers.ts';
import { formatMinute } from '../../domain/calendar/written.ts';
import type { Behind } from '../ui/behind.ts';
import { plain, type Part } from '../ui/line.ts';
import type { Words } from '../words/wall.ts';
import { isOver, weekdayName, type Moment } from './moment.ts';
import { own } from '../../domain/wire/own.ts';

export type TrendKey = 'window' | 'online' | 'other';
/** What neither is, is of several measures. */
const TERM_OF = { window: 'windowCases', online: 'onlineCases' } as const;
const KEYS: readonly TrendKey[] = ['window', 'online', 'other'];

/** One bar's place: a half hour of the opening day, or all that lies before or after it. */
export interface Band {
  kind: 'slot' | 'before' | 'after';
  /** Minutes of the day. */
  from: number;
  until: number;
  counts: Record<TrendKey, number>;
  usual: number;
  /** The half hour that is still running. */
  current: boolean;
  /** What the whole half hour is likely to bring, where it lies in the next two hours. */
  expected?: Expected;
}

export interface TrendView {
  bands: Band[];
  /** Series in the order of the stack; 其他渠道 only where there is any. */
  keys: TrendKey[];
  hasUsual: boolean;
  /** From and until of each break, in minutes of the day. */
  breaks: [number, number][];
  total: number;
  note: Part[];
  legend: { key: TrendKey | 'usual' | 'expected'; text: string; behind?: Behind }[];
}

/** What of the overview and of the moment is in the picture. */
export type TrendData = Pick<OverviewData, 'trend' | 'day'> & { counts: Pick<OverviewData['counts'], 'accepted'> };
export type TrendMoment = Pick<Moment, 'phase' | 'minute'>;

export function buildTrend(data: TrendData, moment: TrendMoment, words: Words): TrendView {
  const { trend } = data;
  const forecast = readForecast(data, moment);
  const bands = buildBands(trend, data.day.hours, moment.minute).map((band) => addExpected(band, forecast));
  const total = bands.reduce((sum, band) => sum + sumBand(band), 0);
  const keys = KEYS.filter((key) => key !== 'other' || bands.some((band) => band.counts.other > 0));
  const hasUsual = trend.usualDays > 0 && bands.some((band) => band.usual > 0);
  // With their sums: what stands in no card stands here, so that the whole adds up on this screen.
  const legend: TrendView['legend'] = keys.map((key) => ({
    key,
    text: words.trend.of(words.trend[key], formatCount(bands.reduce((sum, band) => sum + band.counts[key], 0))),
    ...(key === 'other' ? {} : { behind: { term: TERM_OF[key] } }),
  }));
  if (hasUsual) legend.push({ key: 'usual', text: words.trend.usual(weekdayName(data.day.day, words)) });
  const isExpected = bands.some((band) => band.expected);
  const sure = forecast ? words.trend.sure(forecast.end.coverage) : '';
  // How sure the ranges are stands beside their sign: the day's has little room beside the title.
  if (isExpected) legend.push({ key: 'expected', text: `${words.trend.expected}${sure}` });
  return {
    bands,
    keys,
    hasUsual,
    breaks: data.day.hours.slice(1).map(([from], index) => [data.day.hours[index]![1], from]),
    total,
    note: describeDay(data, moment, forecast, total, words, isExpected ? '' : sure),
    legend,
  };
}

function describeDay(
  data: TrendData,
  moment: TrendMoment,
  forecast: Forecast | undefined,
  total: number,
  words: Words,
  sure: string,
): Part[] {
  // Cases filed online go on coming in after hours: only when none is expected any more is the sum that of the day.
  if (isOver(moment) && (!forecast || forecast.end.high <= total))
    return [plain(words.trend.total(formatCount(data.counts.accepted)))];
  if (moment.phase === 'off') return [plain(words.windows.closedFor.off)];
  if (!forecast) return [plain(words.trend.noUsual)];
  const { low, high } = forecast.end;
  // Once nothing more is to come there is no range, and nothing to be sure of.
  if (low === high) return [plain(words.trend.forecastExact(formatCount(low)))];
  return [plain(words.trend.forecast(formatCount(low), formatCount(high)) + sure)];
}

function readForecast({ trend }: TrendData, { phase, minute }: TrendMoment): Forecast | undefined {
  if (phase === 'closed' || phase === 'past') return undefined;
  const today = new Map<string, number>();
  for (const key of KEYS)
    for (const [slot, count] of Object.entries(trend[key])) today.set(slot, (today.get(slot) ?? 0) + count);
  return forecastDay({ ...trend, today: Object.fromEntries(today) }, minute);
}

/** A half hour that is likely to bring nothing, such as lunch, is left bare. */
function addExpected(band: Band, forecast: Forecast | undefined): Band {
  const slot = forecast?.slots.find(({ fromMinute }) => band.kind === 'slot' && fromMinute === band.from);
  return slot && slot.high > 0 ? { ...band, expected: { low: slot.low, mid: slot.mid, high: slot.high } } : band;
}

function buildBands(trend: Trend, hours: readonly [number, number][], minute: number): Band[] {
  const size = trend.slotMinutes;
  const perDay = Math.ceil(1440 / size);
  const used = KEYS.flatMap((key) => Object.keys(trend[key]).map(Number));
  // A day off has no hours: the span of what happened stands for them, or the usual office day.
  const first = hours.length > 0 ? Math.floor(hours[0]![0] / size) : Math.min(540 / size, ...used);
  const end =
    hours.length > 0 ? Math.ceil(hours.at(-1)![1] / size) : Math.max(1080 / size, ...used.map((at) => at + 1));
  const sumOf = (counts: Record<string, number>, from: number, until: number): number => {
    let sum = 0;
    for (let slot = from; slot < until; slot++) sum += own(counts, String(slot)) ?? 0;
    return sum;
  };
  const usual = Object.fromEntries(
    Object.entries(trend.usual).map(([slot, counts]) => [slot, counts.reduce((a, b) => a + b, 0) / trend.usualDays]),
  );
  const band = (kind: Band['kind'], from: number, until: number): Band => {
    const counts = Object.fromEntries(KEYS.map((key) => [key, sumOf(trend[key], from, until)]));
    return {
      kind,
      from: from * size,
      until: until * size,
      counts: counts as Record<TrendKey, number>,
      usual: sumOf(usual, from, until),
      current: from * size <= minute && minute < until * size,
    };
  };
  const slots = Array.from({ length: end - first }, (_, index) => band('slot', first + index, first + index + 1));
  // What was filed outside opening hours is drawn too, or the bars would not add up to the figures above them.
  const isUsed = ({ counts }: Band): boolean => KEYS.some((key) => counts[key] > 0);
  const before = band('before', 0, first);
  const after = band('after', end, perDay);
  return [...(isUsed(before) ? [before] : []), ...slots, ...(isUsed(after) ? [after] : [])];
}

/** The option for ECharts. `px`: the pixels of one unit of a 1080p screen, times what the type is larger. */
export function buildTrendOption(view: TrendView, palette: Palette, words: Words, px: number): ChartOption {
  const font = { fontFamily: '"Wall Figures", "Noto Sans SC Variable", sans-serif', fontSize: 29 * px };
  const count = view.bands.length;
  const lead = view.bands[0]?.kind === 'before' ? 1 : 0;
  const firstMinute = view.bands[lead]?.from ?? 0;
  const size = (view.bands[lead]?.until ?? 30) - firstMinute;
  const place = (minute: number): number => lead + (minute - firstMinute) / size;
  const ceiling = findCeiling(view.bands);
  const current = view.bands.findIndex((band) => band.current);
  const label = { ...font, color: palette.soft, distance: 10 * px };
  const nowLabel = {
    label: { ...label, color: palette.ink, position: 'top' as const, formatter: words.trend.current },
  };
  const span = (from: number, until: number, extra: object = {}) => {
    return [{ xAxis: from, ...extra }, { xAxis: until }] as [{ xAxis: number }, { xAxis: number }];
  };
  return {
    animation: false,
    grid: {
      left: 10 * px,
      right: 12 * px,
      top: (current >= 0 ? 46 : 14) * px,
      bottom: 4 * px,
      outerBoundsMode: 'same',
    },
    xAxis: [
      { id: 'bands', type: 'category', show: false, data: view.bands.map((_, index) => index) },
      {
        id: 'clock',
        type: 'value',
        position: 'bottom',
        min: 0,
        max: count,
        interval: 1,
        splitLine: { show: false },
        axisTick: { show: false },
        axisLine: { show: true, lineStyle: { color: palette.line, width: 2 * px } },
        axisLabel: {
          ...font,
          color: palette.soft,
          margin: 12 * px,
          hideOverlap: true,
          // Two hours that touch read as one.
          textMargin: [0, 6 * px],
          formatter: (at: number) => labelBand(view.bands, at),
        },
      },
      // Bars of another width stand in the middle only on an axis of their own.
      { id: 'ranges', type: 'category', show: false, data: view.bands.map((_, index) => index) },
    ],
    yAxis: {
      id: 'count',
      type: 'value',
      min: 0,
      max: ceiling,
      interval: ceiling / STEPS,
      splitLine: { lineStyle: { color: palette.line, width: px } },
      axisLabel: { ...font, color: palette.soft, margin: 14 * px, formatter: (n: number) => formatCount(n) },
    },
    series: [
      {
        id: 'breaks',
        type: 'line',
        xAxisIndex: 1,
        data: [],
        markArea: {
          silent: true,
          itemStyle: { color: palette.tile },
          label: { ...label, position: 'insideTop', formatter: words.trend.lunch },
          data: [
            ...view.breaks.map(([from, until]) => span(place(from), place(until))),
            ...(current >= 0 ? [span(current, current + 1, nowLabel)] : []),
          ],
        },
      },
      ...view.keys.map((key) => ({
        id: key,
        type: 'bar' as const,
        stack: 'day',
        barCategoryGap: '28%',
        silent: true,
        itemStyle: { color: palette[key] },
        data: view.bands.map((band) => ({
          value: band.counts[key],
          ...(band.current && { itemStyle: { opacity: 0.6 } }),
        })),
      })),
      ...(view.hasUsual
        ? [
            {
              id: 'usual',
              type: 'line' as const,
              xAxisIndex: 1,
              step: 'end' as const,
              symbol: 'none',
              silent: true,
              lineStyle: { color: palette.soft, width: 3 * px, type: [8 * px, 6 * px] },
              // The last value twice, so that the last half hour has its tread too.
              data: [...view.bands.map((band, index) => [index, band.usual]), [count, view.bands.at(-1)?.usual ?? 0]],
            },
          ]
        : []),
      ...(view.bands.some((band) => band.expected) ? drawExpected(view.bands, palette, px) : []),
    ],
  };
}

/** A slim upright bar from low to high with a notch at the middle: a range, and no promise of a count. */
function drawExpected(bands: readonly Band[], palette: Palette, px: number): SeriesOption[] {
  const bar = { type: 'bar' as const, xAxisIndex: 2, stack: 'range', barWidth: 8 * px, silent: true };
  return [
    {
      ...bar,
      id: 'expected-low',
      itemStyle: { color: 'transparent' },
      data: bands.map(({ expected }) => expected?.low ?? '-'),
    },
    {
      ...bar,
      id: 'expected-range',
      itemStyle: { color: palette.soft, opacity: 0.7, borderRadius: 4 * px },
      data: bands.map(({ expected }) => (expected ? expected.high - expected.low : '-')),
    },
    {
      id: 'expected-mid',
      type: 'line',
      xAxisIndex: 2,
      silent: true,
      lineStyle: { width: 0 },
      symbol: 'rect',
      symbolSize: [20 * px, 4 * px],
      itemStyle: { color: palette.ink },
      data: bands.map(({ expected }) => expected?.mid ?? '-'),
    },
  ];
}

function sumBand({ counts }: Band): number {
  return KEYS.reduce((sum, key) => sum + counts[key], 0);
}

const STEPS = 3;

/** The upper end of the axis: three equal steps of a round size that hold every bar. */
export function findCeiling(bands: readonly Band[]): number {
  const most = Math.max(...bands.map((band) => Math.max(band.usual, sumBand(band), band.expected?.high ?? 0)), 1);
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 3, 4, 5, 6, 8].map((factor) => factor * power).find((size) => size * STEPS >= most);
    if (step !== undefined) return step * STEPS;
  }
}

function labelBand(bands: readonly Band[], at: number): string {
  const band = bands[at];
  if (!band || band.kind === 'before') return '';
  if (band.kind === 'after') return formatMinute(band.from);
  return (band.from - 60) % 120 === 0 ? formatMinute(band.from) : '';
}
