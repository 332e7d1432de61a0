/** The words in a document that somebody wrote for people to read. Pure. */
import { isFields, type Value } from './rows.ts';

/** Fields that name a thing, an address or a number of the hall's own. */
const NO_WORDS = new Set([
  'code',
  'source',
  'path',
  'address',
  'timeZone',
  'initials',
  'supervisionTelephone',
  'ticketsFrom',
  'from',
  'until',
  'on',
  'at',
]);

/** Each with its place, such as `stations.3.names.0.zh`. */
export function listTexts(value: Value, place: readonly (string | number)[] = []): { place: string; text: string }[] {
  if (typeof value === 'string') return [{ place: place.join('.'), text: value }];
  if (Array.isArray(value)) return value.flatMap((one: Value, i) => listTexts(one, [...place, i]));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => (NO_WORDS.has(name) ? [] : listTexts(one, [...place, name])));
}
