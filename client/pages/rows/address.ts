/** What the page's address asks for: a figure and its span (`?term=accepted&from=2019-11-25&to=2019-11-25`), or one row (`?key=case:…`). */
import { TERMS, type TermId } from '../../../domain/measures/terms.ts';
import { ROW_ORDERS, type RowOrder, type RowPart } from '../../../domain/rows/query.ts';

export const NARROWED = [
  ...(['station', 'item', 'line', 'window', 'staff'] as const),
  ...(['service', 'weekday', 'halfHour', 'until'] as const),
] as const;
export type Narrowed = (typeof NARROWED)[number];

export interface AskedFigure {
  readonly term: TermId;
  readonly part: RowPart;
  readonly from: string;
  readonly to: string;
  readonly order: RowOrder;
  readonly only: Partial<Record<Narrowed, string>>;
}
export type Asked = { readonly key: string } | AskedFigure;

export function readAsked(search: string): Asked | undefined {
  const query = new URLSearchParams(search);
  const key = query.get('key');
  if (key) return { key };
  const [term, from, to] = [query.get('term'), query.get('from'), query.get('to')];
  if (!term || !Object.hasOwn(TERMS, term) || !from || !to) return undefined;
  const only = NARROWED.flatMap((name) => {
    const value = query.get(name);
    return value ? [[name, value] as const] : [];
  });
  return {
    term: term as TermId,
    part: query.get('part') === 'of' ? 'of' : 'n',
    from,
    to,
    order: ROW_ORDERS.find((one) => one === query.get('order')) ?? 'newest',
    only: Object.fromEntries(only),
  };
}

/** The query of an address, with the language and the hall that `search` has. */
export function writeAsked(asked: Asked, search: string): string {
  const query = new URLSearchParams();
  const before = new URLSearchParams(search);
  for (const name of ['lang', 'hall']) if (before.has(name)) query.set(name, before.get(name)!);
  if ('key' in asked) query.set('key', asked.key);
  else {
    const { only, order, part, ...rest } = asked;
    for (const [name, value] of Object.entries({ ...rest, ...only })) query.set(name, value);
    if (part === 'of') query.set('part', part);
    if (order !== 'newest') query.set('order', order);
  }
  return `?${query.toString()}`;
}
