/** What an event holds, field by field, in words where there are any. */
import type { Zone } from '../../../domain/calendar/zone.ts';
import { parseMoment } from '../../../domain/events/moment.ts';
import { own } from '../../../domain/wire/own.ts';
import type { RowEvent } from '../../../domain/wire/rows.ts';
import type { RowsWords } from '../../words/rows.ts';
import { tellMoment } from './when.ts';

export interface Told {
  readonly label: string;
  readonly value: string;
  /** The row that it names. */
  readonly key?: string;
}

/** Fields without a value are left out, and `id`, under whose heading they stand. */
export function tellFields(
  { data, names, links }: Pick<RowEvent, 'data' | 'names' | 'links'>,
  { zone, words, id }: { readonly zone: Zone; readonly words: RowsWords; readonly id: string | undefined },
): Told[] {
  return Object.entries(data).flatMap(([field, value]) => {
    if (value === null || value === undefined || value === id) return [];
    const label = own(words.fields, field) ?? field;
    const key = own(links, field)?.key;
    return [{ label, value: own(names, field) ?? tellOne(value, zone, words), ...(key === undefined ? {} : { key }) }];
  });
}

function tellOne(value: unknown, zone: Zone, words: RowsWords): string {
  if (Array.isArray(value)) return value.map((one) => tellOne(one, zone, words)).join('、');
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  const at = typeof value === 'string' ? parseMoment(text) : undefined;
  return at === undefined ? (own(words.values, text) ?? text) : tellMoment(zone, at, words);
}
