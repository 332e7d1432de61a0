/** What the pilot approved week by week. */
import type { MedicalData } from '../../../domain/board/topics/data-medical.ts';
import { addDays } from '../../../domain/calendar/zone.ts';
import type { ChartOption } from '../../charts/echarts.ts';
import type { Palette } from '../../charts/palette.ts';
import { formatCount } from '../../../domain/measures/numbers.ts';
import type { Behind } from '../../ui/behind.ts';
import type { Words } from '../../words/wall.ts';
import { own } from '../../../domain/wire/own.ts';

export interface Week {
  monday: string;
  approved: number;
  /** The board's day lies in it, so it is not over. */
  current: boolean;
  /** The month that begins in it: what the axis says below it. */
  month?: number;
}

export interface WeeksView {
  weeks: Week[];
  total: number;
  /** Of all that is drawn; absent where there is no pilot. */
  behind?: Behind;
  note: string;
}

export function buildWeeks(data: MedicalData, words: Words): WeeksView {
  const mondays = Object.keys(data.weeks).sort();
  const weeks = mondays.map((monday, index): Week => {
    const sunday = addDays(monday, 6);
    const first = index === 0 && data.from !== undefined && data.from > monday ? data.from : undefined;
    // A month that has not come yet is not named.
    const month = monthOf(first ?? (sunday < data.day.day ? sunday : data.day.day));
    const before = index === 0 ? undefined : monthOf(addDays(monday, -1));
    return {
      monday,
      approved: own(data.weeks, monday) ?? 0,
      current: monday <= data.day.day && data.day.day <= sunday,
      ...(month === before ? {} : { month }),
    };
  });
  const total = weeks.reduce((sum, week) => sum + week.approved, 0);
  const isWhole = total === data.since.outcomes.approved;
  const write = isWhole ? words.medical.weeksTotal : words.medical.weeksRecent;
  const parts = [write(formatCount(total), weeks.length)];
  if (weeks.some((week) => week.current)) parts.push(words.medical.currentWeek);
  const behind = toBehind(data, total);
  return { weeks, total, ...(behind ? { behind } : {}), note: parts.join(' · ') };
}

function toBehind({ weeks, from, station }: MedicalData, total: number): Behind | undefined {
  const [monday] = Object.keys(weeks).sort();
  if (monday === undefined || from === undefined || station === undefined) return undefined;
  const since = from > monday ? from : monday;
  return { term: 'medicalApproved', from: since, station: station.id, value: formatCount(total) };
}

function monthOf(day: string): number {
  return Number(day.slice(5, 7));
}

/** A digit's width in parts of its font size. */
const DIGIT = 0.72;

/**
 * The option for ECharts. Where the counts have no room over every column they stand over the highest and the current.
 * @param px the pixels of one unit of a 1080p screen, times what the type is larger
 * @param width the chart's, in pixels
 */
export function buildWeeksOption(
  { weeks }: WeeksView,
  palette: Palette,
  words: Words,
  px: number,
  width: number,
): ChartOption {
  const font = { fontFamily: '"Wall Figures", "Noto Sans SC Variable", sans-serif', fontSize: 24 * px };
  const most = Math.max(1, ...weeks.map((week) => week.approved));
  const highest = weeks.findIndex((week) => week.approved === most);
  const isRoomy = width / weeks.length >= DIGIT * String(most).length * font.fontSize;
  return {
    animation: false,
    grid: { left: 0, right: 0, top: 34 * px, bottom: 0, outerBoundsMode: 'same' },
    xAxis: {
      id: 'weeks',
      type: 'category',
      // With what is written beneath it: a chart is drawn again once the letters of its data have come.
      data: weeks.map(({ monday, month }) =>
        month === undefined ? monday : `${monday} ${words.medical.month(month)}`,
      ),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line, width: 2 * px } },
      axisLabel: {
        ...font,
        color: palette.soft,
        margin: 10 * px,
        interval: (index: number) => weeks[index]?.month !== undefined,
        formatter: (week: string) => week.split(' ').slice(1).join(' '),
      },
    },
    yAxis: { id: 'count', type: 'value', min: 0, max: most, show: false },
    series: [
      {
        // However few there are yet, the running week is seen by the column that it may still fill.
        id: 'current',
        type: 'bar',
        silent: true,
        barGap: '-100%',
        barCategoryGap: '22%',
        itemStyle: { color: palette.tile },
        data: weeks.map((week) => (week.current ? most : 0)),
      },
      {
        id: 'approved',
        type: 'bar',
        silent: true,
        barCategoryGap: '22%',
        data: weeks.map((week, index) => ({
          value: week.approved,
          itemStyle: {
            color: palette.medical,
            borderRadius: [3 * px, 3 * px, 0, 0],
            // The week that is not over: its outline says that more may come.
            ...(week.current && {
              color: palette.tile,
              borderColor: palette.medical,
              borderWidth: 2 * px,
              borderType: 'dashed' as const,
            }),
          },
          label: {
            ...font,
            show: isRoomy || week.current || index === highest,
            position: 'top' as const,
            distance: 6 * px,
            color: palette.ink,
            formatter: formatCount(week.approved),
          },
        })),
      },
    ],
  };
}
