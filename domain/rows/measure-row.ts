/** The measures of some rows, or of one alone: what of every figure it is, by the same formulas. */
import { readCellName } from '../board/cells.ts';
import type { EntityRow } from '../board/entity-row.ts';
import type { Zone } from '../calendar/zone.ts';
import { addCell } from '../measures/add-cell.ts';
import { buildMeasures } from '../measures/build.ts';
import type { Measures } from '../measures/measures.ts';
import { lapsingDays } from '../measures/running.ts';
import { emptySums } from '../measures/sums.ts';
import type { HallConfig } from '../profile/profile.ts';
import type { RowQuery } from './query.ts';

type Place = Pick<RowQuery, 'from' | 'to' | 'station' | 'now'>;
type Counted = Pick<EntityRow, 'cells'>;

export function measureRow(row: Counted, place: Place, config: HallConfig, zone: Zone): Measures {
  return measureRows([row], place, config, zone, []);
}

/**
 * Checks that are due are no row's: of them there are none here.
 * @param unknownYears of the place's days
 */
export function measureRows(
  rows: Iterable<Counted>,
  { from, to, station, now }: Place,
  config: HallConfig,
  zone: Zone,
  unknownYears: readonly number[],
): Measures {
  const sums = emptySums();
  const lapsing = lapsingDays(zone, now, to);
  let open = 0;
  let overdueOpen = 0;
  let supplyAhead = 0;
  let suppliedAhead = 0;
  const aheadFrom = from > lapsing.from ? from : lapsing.from;
  for (const { cells } of rows)
    for (const { day, station: at, name, n } of cells) {
      if (station !== undefined && at !== station) continue;
      const cell = readCellName(name);
      if (cell.head === 'open') open += day <= to ? n : 0;
      else if (cell.head === 'overdue') overdueOpen += day <= lapsing.to ? n : 0;
      else if (cell.head === 'due')
        overdueOpen -= lapsing.from <= day && day <= lapsing.to && Number(cell.dueAt) >= now ? n : 0;
      else if (from <= day && day <= to) {
        if (cell.head === 'supply' && day >= aheadFrom && Number(cell.dueAt) >= now) {
          supplyAhead += n;
          if (cell.state === 'inTime') suppliedAhead += n;
        }
        addCell(sums, { config, zone, station: at, day }, name, n);
      }
    }
  return buildMeasures({
    from,
    to,
    config,
    sums,
    unknownStations: [],
    open,
    overdueOpen,
    checksDue: 0,
    supplyAhead,
    suppliedAhead,
    unknownYears,
    uncounted: [],
    seq: 0,
  });
}
