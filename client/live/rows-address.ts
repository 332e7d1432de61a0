/** Where the rows behind a figure are, and everything that was ever said of one of them. */
import type { Span } from '../../domain/measures/build.ts';
import type { TermId } from '../../domain/measures/terms.ts';
import type { RowOrder, RowPart } from '../../domain/rows/query.ts';
import type { Language } from '../../domain/wire/language.ts';
import { withHall } from './own-hall.ts';

export interface FigureAddress {
  readonly term: TermId;
  readonly part?: RowPart;
  /** The newest first where it is absent. */
  readonly order?: RowOrder;
  readonly span: Span;
  /** What the figure is narrowed to: the id, or which hour, by the name of the field. */
  readonly only: Readonly<Record<string, string | number>>;
}

export function addressOfRows(
  { term, part = 'n', order = 'newest', span, only }: FigureAddress,
  language: Language,
): string {
  const query = new URLSearchParams({ term, ...span });
  for (const [name, value] of Object.entries(only)) query.set(name, String(value));
  if (part === 'of') query.set('part', part);
  if (order !== 'newest') query.set('order', order);
  return withLanguage('/rows', query, language);
}

export function addressOfRow(key: string, language: Language): string {
  return withLanguage('/rows', new URLSearchParams({ key }), language);
}

/** All open follow-ups that whoever looks may see. */
export function addressOfFollowups(language: Language): string {
  return withLanguage('/followups', new URLSearchParams({ list: 'all' }), language);
}

/** Chinese is what a page speaks where its address says nothing. */
export function withLanguage(path: string, query: URLSearchParams, language: Language): string {
  if (language === 'en') query.set('lang', 'en');
  return withHall(`${path}?${query.toString()}`);
}
