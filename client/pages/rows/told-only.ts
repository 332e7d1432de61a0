/** What a list is narrowed to, in words. */
import { formatMinute } from '../../../domain/calendar/written.ts';
import { own } from '../../../domain/wire/own.ts';
import type { FigureRows } from '../../../domain/wire/rows.ts';
import type { RowsWords } from '../../words/rows.ts';
import type { Narrowed } from './address.ts';

/** @param asked as the address says it, until the answer is there */
export function tellOnly(
  name: Narrowed,
  asked: string,
  only: FigureRows['only'] | undefined,
  words: RowsWords,
): string {
  switch (name) {
    case 'service':
      return own(words.values, asked) ?? asked;
    case 'weekday':
      return words.weekdays[Number(asked) - 1] ?? asked;
    case 'halfHour':
      return `${formatMinute(Number(asked) * 30)}–${formatMinute((Number(asked) + 1) * 30)}`;
    case 'until':
      return asked;
    default:
      return only?.[name]?.name ?? asked;
  }
}
