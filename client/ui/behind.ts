/** Which measure a figure on a scene is, of which days and of what: attributes of its element, by which whoever is signed in is led from it. */
import type { TermId } from '../../domain/measures/terms.ts';
import type { RowOrder, RowPart } from '../../domain/rows/query.ts';

export interface Behind {
  readonly term: TermId;
  /** Of a ratio, the one of its sums that is shown alone. */
  readonly part?: RowPart;
  /** The first day and the last, `YYYY-MM-DD`; absent: the board's own. */
  readonly from?: string;
  readonly to?: string;
  readonly station?: string;
  readonly line?: string;
  readonly item?: string;
  readonly window?: string;
  /** What the scene calls where or of what it is. */
  readonly of?: string;
  /** In which order its rows tell what it was read off. */
  readonly order?: RowOrder;
  /** The figure itself, where its element shows it otherwise: the title of a picture. */
  readonly value?: string;
}

const FIELDS = ['term', 'part', 'from', 'to', 'station', 'line', 'item', 'window', 'of', 'order', 'value'] as const;

/** The attributes of an element that shows the figure; none where it is no measure. */
export function markFigure(behind: Behind | undefined): Record<string, string> {
  return Object.fromEntries(
    FIELDS.flatMap((field) => (behind?.[field] === undefined ? [] : [[`data-${field}`, behind[field]]])),
  );
}

/** What `markFigure` wrote; `undefined` of an element without it. */
export function readFigure({ dataset }: HTMLElement): Behind | undefined {
  if (dataset['term'] === undefined) return undefined;
  return Object.fromEntries(
    FIELDS.flatMap((field) => (dataset[field] === undefined ? [] : [[field, dataset[field]]])),
  ) as unknown as Behind;
}
