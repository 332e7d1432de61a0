/** Counts through the day: today by half hour, the usual same weekday, and the last one minute by minute. */
import { sameWeekdaysBefore } from '../../calendar/calendar.ts';
import { kindOfChannel } from '../../events/kinds.ts';
import { isInForce } from '../../profile/profile.ts';
import { addTo } from '../../measures/spread.ts';
import { readNameOf, type CellTable, type NameOf } from '../cells.ts';
import { TODAY, USUAL_DAYS } from '../residency.ts';
import { kindOfCase } from './case-kind.ts';
import type { Comparison, Trend } from './data.ts';
import type { CaseKind } from './data-communities.ts';
import { perTable, type BoardView } from './view.ts';

export const SLOT_MINUTES = 30;

/** The slot of the day in which a cell's minute lies. */
export function slotOf(minute: string): string {
  return String(Math.floor(Number(minute) / SLOT_MINUTES));
}

export function buildTrend(view: BoardView): Trend {
  const series = readSlots(view.table(TODAY), view.config);
  // A day without a single case lies before the ledger began; it would only drag the usual down.
  const { config } = view;
  const { calendar } = config;
  const past = calendar.isWorkingDay(view.day) ? sameWeekdaysBefore(calendar, view.day, USUAL_DAYS) : [];
  const tables = past.map((day) => view.table(day)).filter((table) => !table.isEmpty);
  const usual = new Map<string, number[]>();
  for (const [index, table] of tables.entries()) {
    for (const slots of Object.values(readSlots(table, config))) {
      for (const [slot, n] of slots) {
        const counts = usual.get(slot) ?? tables.map(() => 0);
        usual.set(slot, counts);
        counts[index]! += n;
      }
    }
  }
  return {
    slotMinutes: SLOT_MINUTES,
    window: Object.fromEntries(series.window),
    online: Object.fromEntries(series.online),
    other: Object.fromEntries(series.other),
    usual: Object.fromEntries(usual),
    usualDays: tables.length,
  };
}

/** The last working day of the same weekday; `undefined` where the ledger holds nothing of it. */
export function buildComparison(view: BoardView): Comparison | undefined {
  const [day] = sameWeekdaysBefore(view.config.calendar, view.day, 1);
  if (day === undefined || view.table(day).isEmpty) return undefined;
  return { day, ...readWindowCases(view.table(day), view.config) };
}

/**
 * The same of one station: the last day of that weekday that the hall worked and the station as well, on a day on which it
 * works. Where that lies further back than the usual days, which alone are kept, there is none.
 */
export function buildStationComparison(view: BoardView, id: string): Comparison | undefined {
  const { calendar, stations } = view.config;
  const station = stations.get(id);
  if (!station || !calendar.isWorkingDay(view.day, id)) return undefined;
  const day = sameWeekdaysBefore(calendar, view.day, USUAL_DAYS).find(
    (earlier) => calendar.isWorkingDay(earlier, id) && isInForce(station, earlier),
  );
  if (day === undefined || view.table(day).isEmpty) return undefined;
  return { day, ...sumWindowCases(view.table(day).at('minute', id)) };
}

type Slots = ReadonlyMap<string, number>;

/** A day's cases by kind and slot. */
const readSlots = perTable(['minute'], (table): Readonly<Record<CaseKind, Slots>> => {
  const count = () => new Map<string, number>();
  const series = { window: count(), online: count(), other: count() };
  for (const [{ minute, channel }, n] of readMinutes(table)) addTo(series[kindOfCase(channel)], slotOf(minute), n);
  return series;
});

/** A day's window cases: after each minute that had one, how many there had been. */
const readWindowCases = perTable(['minute'], (table) => sumWindowCases(...table.of('minute').values()));

function sumWindowCases(...stations: readonly Iterable<readonly [string, number]>[]): Omit<Comparison, 'day'> {
  const byMinute = new Map<number, number>();
  for (const [{ minute, channel }, n] of readNames(stations))
    if (kindOfChannel(channel) === 'window') addTo(byMinute, Number(minute), n);
  let total = 0;
  const windowCases = [...byMinute]
    .sort(([a], [b]) => a - b)
    .map(([minute, n]): [number, number] => [minute, (total += n)]);
  return { windowCases, total };
}

function readMinutes(table: CellTable): Generator<Minute> {
  return readNames(table.of('minute').values());
}

type Minute = readonly [cell: NameOf<'minute'>, n: number];

function* readNames(stations: Iterable<Iterable<readonly [string, number]>>): Generator<Minute> {
  for (const names of stations) for (const [name, n] of names) yield [readNameOf('minute', name), n];
}
