/** The numbers of a report as they stand in its workbook: one list for each sheet, in the order of its cells. */
import type { Report, Table, Value } from '../../domain/wire/report.ts';

export function numbersOfReport({ sections }: Report): number[][] {
  return sections.map(({ blocks }) =>
    blocks.flatMap((block) => (block.type === 'table' ? block.rows.flatMap((row) => numbersOfRow(row, block)) : [])),
  );
}

function numbersOfRow(row: Table['rows'][number], table: Table): number[] {
  return row.flatMap((value, i) => {
    const { kind } = table.columns[i]!;
    // Both sums stand beside a share, but where they have columns of their own.
    return value.type === 'share' && kind !== 'number' ? [value.n / value.of, value.n, value.of] : numbersOf(value);
  });
}

function numbersOf(value: Value): number[] {
  switch (value.type) {
    case 'number':
      return [value.n];
    case 'share':
      return [value.n / value.of];
    case 'part':
      return [value.part];
    case 'duration':
      return [value.ms / 60_000];
    case 'days':
      return [value.days];
    case 'change':
      return value.n === undefined ? [] : [value.unit === 'points' ? value.n * 100 : value.n];
    default:
      return [];
  }
}
