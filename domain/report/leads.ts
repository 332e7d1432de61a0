/** Where the figures of a table lead: to the rows of a measure, of a span, a station, an item or a window. */
import type { TermId } from '../measures/terms.ts';
import type { Lead, Table, Value } from '../wire/report.ts';

/** A lead that names its measure. */
export type FigureLead = Lead & { readonly term: TermId };

/** @returns `undefined` where the cell is no measure's, and where there is nothing behind it */
export function leadOf({ columns, rows, terms, leads }: Table, row: number, column: number): FigureLead | undefined {
  const ofColumn = columns[column]?.lead;
  const ofTerm = terms?.[row];
  const ofRow = leads ? leads[row] : ofTerm && { term: ofTerm };
  if (!ofColumn || !ofRow || !hasRows(rows[row]![column]!)) return undefined;
  const { term, ...narrowed } = { ...ofColumn, ...ofRow };
  return term === undefined ? undefined : { term, ...narrowed };
}

function hasRows(value: Value): boolean {
  switch (value.type) {
    case 'number':
      return value.n !== 0;
    case 'share':
      return value.of !== 0;
    case 'part':
    case 'duration':
    case 'days':
      return true;
    default:
      return false;
  }
}
