/** The daily checks that the stations owed, done or not: the denominator of M12 as rows. */
import { readCellName } from '../board/cells.ts';
import type { EntityRow } from '../board/entity-row.ts';
import { EXPLAINED } from '../board/parts/standing.ts';
import { addDays, momentOf, type Zone } from '../calendar/zone.ts';
import { isInForce, type HallConfig } from '../profile/profile.ts';
import { measureRow } from './measure-row.ts';
import { compareRows, type FoundRow, type RowQuery, type RowWalk } from './query.ts';

/** Newest day first; one that was not done has 0 of 1. */
export function* walkDueChecks(
  walk: (query: RowWalk) => Iterable<EntityRow>,
  query: Pick<RowQuery, 'from' | 'to' | 'station' | 'now'>,
  config: HallConfig,
  zone: Zone,
): Generator<FoundRow> {
  const { calendar, profile } = config;
  const areas = [...new Set(profile.dailyChecks)];
  const stations = profile.stations.filter(({ id }) => query.station === undefined || id === query.station);
  for (let day = query.to; day >= query.from; day = addDays(day, -1)) {
    const owing = stations.filter((one) => isInForce(one, day) && calendar.isWorkingDay(day, one.id));
    if (owing.length > 0) {
      const done = new Set<string>();
      const explained = new Set<string>();
      for (const row of walk({ kinds: ['check'], from: day, to: day }))
        if (measureRow(row, { ...query, from: day, to: day }, config, zone).checks.n > 0) done.add(row.key);
        else if (row.cells.some(({ name }) => isExplained(name))) explained.add(row.key);
      const at = momentOf(zone, day);
      const rows = owing.flatMap(({ id }) =>
        areas.map((area): FoundRow => {
          const key = `check:${day}:${area}:${id}`;
          const value = { n: done.has(key) ? 1 : 0, of: 1 };
          const said = explained.has(key) ? { explained: true as const } : {};
          return { key, kind: 'check', station: id, day, lastDay: day, at, value, ...said };
        }),
      );
      yield* rows.sort(compareRows);
    }
    // The first day that has a name has none before it.
    if (addDays(day, -1) >= day) return;
  }
}

function isExplained(name: string): boolean {
  const cell = readCellName(name);
  return cell.head === 'check' && cell.result === EXPLAINED;
}
