/** Whether what was published of a span was counted by other rules than now. */
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import { isSameRules, presentRules } from '../../domain/frozen/chain.ts';
import type { Ledger } from '../ledger/port.ts';
import { isEntry } from './entries.ts';

/** Ids of the first days: of each its opening, closing and figures. */
const FIRST = 30;

/** The first published day of the span, where its rules were others: rules only go forward, so no later one need be read. */
export async function readPublishedOtherwise(
  ledger: Pick<Ledger, 'readOf'>,
  from: string,
  to: string,
): Promise<string | undefined> {
  const page = await ledger.readOf(HALL_DAY_SOURCE, `day:${from}:`, `day:${to}:~`, FIRST);
  const rules = presentRules();
  const entries = page.flatMap(({ event }) => (isEntry(event) && event.type === 'hall.day.frozen' ? [event] : []));
  const [first] = entries;
  // One that was opened again was frozen again.
  const last = entries.findLast(({ data }) => data.day === first?.data.day);
  return last === undefined || isSameRules(last.data.rules, rules) ? undefined : last.data.day;
}
