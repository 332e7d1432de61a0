/** The numbers on slips: letters by line of business, then three digits or more, from 001 each day. */
import type { QueueSettings } from '../profile/queue.ts';

const FIRST_LETTER = 'A';

/** The letters of a line's numbers, and of those without a line. */
export function prefixOf({ prefixes }: QueueSettings, line: string | undefined): string {
  return line !== undefined && Object.hasOwn(prefixes, line) ? prefixes[line]! : FIRST_LETTER;
}

/** `A001` is the first of A. */
export function formatNumber(prefix: string, n: number): string {
  return `${prefix}${String(n).padStart(3, '0')}`;
}

/** The inverse of `formatNumber`; `undefined` for what is no number of ours. */
export function readNumber(number: string): { readonly prefix: string; readonly n: number } | undefined {
  const [, prefix, digits] = /^([A-Z]{1,2})(\d{3,9})$/.exec(number) ?? [];
  if (prefix === undefined || digits === undefined) return undefined;
  const n = Number(digits);
  return formatNumber(prefix, n) === number ? { prefix, n } : undefined;
}
