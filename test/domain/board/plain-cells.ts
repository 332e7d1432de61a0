/** Cells in an array, read as stored ones are. */
import type { CellQuery, CellSource } from '../../../domain/board/cell-source.ts';
import { headOf, type Cell } from '../../../domain/board/cells.ts';

export interface PlainCells extends CellSource {
  /** What was asked of it. */
  readonly asked: readonly CellQuery[];
}

export function plainCells(cells: readonly Cell[]): PlainCells {
  const asked: CellQuery[] = [];
  const within = ({ heads, from = '', to = '~', station }: CellQuery): readonly Cell[] =>
    cells.filter(
      (cell) =>
        cell.day >= from &&
        cell.day <= to &&
        heads.some((head) => head === headOf(cell.name)) &&
        (station === undefined || station === cell.station),
    );
  return {
    asked,
    fold: 'one',
    seq: 1,
    uncounted: () => [],
    changedMonths: (after) => (after >= 1 ? [] : [...new Set(cells.map(({ day }) => day.slice(0, 7)))]),
    cells: (query) => {
      asked.push(query);
      return within(query).map(({ day, station, name, n }) => [day, station, name, n] as const);
    },
    monthly: (heads, days) =>
      within({ heads, ...days }).map(
        ({ day, station, name, n }) => [day.slice(0, 7), station, headOf(name), n] as const,
      ),
  };
}
