/** Counts through the day: today by half hour, the usual same weekday, and the last one minute by minute. */
import { sameWeekdaysBefore } from '../../calendar/calendar.ts';
import { kindOfChannel } from '../../events/kinds.ts';
import { addTo } from '../../measures/spread.ts';
import { lineOf } from '../../profile/profile.ts';
import { readCellName, type CellTable } from '../cells.ts';
import { TODAY, USUAL_DAYS } from '../residency.ts';
import { kindOfCase } from './case-kind.ts';
import type { Comparison, Trend } from './data.ts';
import type { BoardView } from './view.ts';

export const SLOT_MINUTES = 30;

interface MinuteCount {
  readonly minute: number;
  readonly channel: string;
  readonly line: string | undefined;
  readonly n: number;
}

export function buildTrend(view: BoardView): Trend {
  const count = () => new Map<string, number>();
  const series = { window: count(), medical: count(), online: count(), other: count() };
  for (const { minute, channel, line, n } of readMinutes(view, view.table(TODAY))) {
    const key = kindOfCase(channel, line);
    const slot = String(Math.floor(minute / SLOT_MINUTES));
    addTo(series[key], slot, n);
  }
  // A day without a single case lies before the ledger began; it would only drag the usual down.
  const { calendar } = view.config;
  const past = calendar.isWorkingDay(view.day) ? sameWeekdaysBefore(calendar, view.day, USUAL_DAYS) : [];
  const tables = past.map((day) => view.table(day)).filter((table) => table.size > 0);
  const usual = new Map<string, number[]>();
  for (const [index, table] of tables.entries()) {
    for (const { minute, n } of readMinutes(view, table)) {
      const slot = String(Math.floor(minute / SLOT_MINUTES));
      const counts = usual.get(slot) ?? tables.map(() => 0);
      usual.set(slot, counts);
      counts[index]! += n;
    }
  }
  return {
    slotMinutes: SLOT_MINUTES,
    window: Object.fromEntries(series.window),
    medical: Object.fromEntries(series.medical),
    online: Object.fromEntries(series.online),
    other: Object.fromEntries(series.other),
    usual: Object.fromEntries(usual),
    usualDays: tables.length,
  };
}

/** The last working day of the same weekday; `undefined` where the ledger holds nothing of it. */
export function buildComparison(view: BoardView): Comparison | undefined {
  const [day] = sameWeekdaysBefore(view.config.calendar, view.day, 1);
  if (day === undefined || view.table(day).size === 0) return undefined;
  const byMinute = new Map<number, number>();
  for (const { minute, channel, n } of readMinutes(view, view.table(day)))
    if (kindOfChannel(channel) === 'window') addTo(byMinute, minute, n);
  let total = 0;
  const windowCases: [number, number][] = [...byMinute]
    .sort(([a], [b]) => a - b)
    .map(([minute, n]) => [minute, (total += n)]);
  return { day, windowCases, total };
}

function* readMinutes({ config }: BoardView, table: CellTable): Generator<MinuteCount> {
  for (const names of table.values()) {
    for (const [name, n] of names) {
      const cell = readCellName(name);
      if (cell.head !== 'minute') continue;
      const { minute, channel, item, line } = cell;
      yield { minute: Number(minute), channel, line: lineOf(config, line, item), n };
    }
  }
}
