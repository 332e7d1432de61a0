/** What desks wrote down, in stretches of the ledger: an entry's id begins with its day and its author. */
import { DESK_SOURCE } from '../../domain/desk/entry.ts';
import type { IdentifiedEvent, Ledger } from '../ledger/port.ts';

/** So many days back entries are shown: today is one of them. */
export const LINE_DAYS = 7;
/** Events that are read at once. */
const PAGE = 1_000;

/**
 * The events whose ids begin with `prefix`, which ends in a slash: of an entry, of a person's day, or of a whole day.
 * @throws LedgerError
 */
export async function readBelow(prefix: string, ledger: Pick<Ledger, 'readOf'>): Promise<IdentifiedEvent[]> {
  const found: IdentifiedEvent[] = [];
  // The sign behind the slash.
  const until = `${prefix.slice(0, -1)}0`;
  for (let at = prefix; ;) {
    const page = await ledger.readOf(DESK_SOURCE, at, until, PAGE);
    found.push(...page);
    if (page.length < PAGE) return found;
    // Behind the last id, and before any that goes on where it ends.
    at = `${page.at(-1)!.event.id}!`;
  }
}
