/** What nobody may do about themselves, nor twice: answer a complaint, and enter the second round of a rating. */
import { may } from '../../domain/access/roles.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import type { EntryContext, EntryFault } from '../../domain/desk/check-entry.ts';
import type { Act, Entry } from '../../domain/desk/entry.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { filingOf } from '../../domain/events/filing.ts';
import { parseMoment } from '../../domain/events/moment.ts';
import type { Ledger } from '../ledger/port.ts';

type ActOf<T extends Act['type']> = Extract<Act, { type: T }>;
export type ReadHistory = (key: string) => Promise<readonly HallEvent[]>;

/**
 * @param before what will be recorded before it, in the same request, by entry
 * @returns why an entry is refused; `undefined` where it is not, or where it is of another kind. @throws LedgerError
 */
export async function checkReview(
  { act, at, author }: Entry,
  before: ReadonlyMap<string, readonly HallEvent[]>,
  ledger: Pick<Ledger, 'head' | 'historyOf'>,
  { person, zone }: EntryContext,
): Promise<EntryFault | undefined> {
  const read: ReadHistory = async (key) => {
    const known: readonly HallEvent[] = (await ledger.historyOf([key], ledger.head())).get(key)!;
    return [...known, ...[...before.values()].flat().filter((event) => filingOf(event, zone).entity === key)];
  };
  if (act.type === 'complaint-answered') {
    const isOwn = await isComplaintAbout(act.complaint, author, read);
    return isOwn ? { reason: 'not-allowed', field: 'act.complaint' } : undefined;
  }
  if (act.type !== 'rating-again') return undefined;
  // Of a follow-up that names no case nobody can tell whom it is about: it is for whoever works everywhere.
  const isEverywhere = may(person.assignments, 'review', dayOf(zone, parseMoment(at)!));
  return checkAgain(act, author, isEverywhere, read);
}

/** By the word of whoever wrote it down, or of whoever read its words. */
async function isComplaintAbout(complaint: string, staff: string, read: ReadHistory): Promise<boolean> {
  return (await read(`complaint:${complaint}`)).some(
    (event) =>
      (event.type === 'hall.complaint.received' || event.type === 'hall.complaint.released') &&
      event.data.staff === staff,
  );
}

/**
 * Whether `staff` may void what another wrote down, as far as it is about something: what a citizen said of those whom
 * they lead stands, and so does a complaint about themselves.
 * @param target the events of one entry. @throws LedgerError
 */
export async function mayVoidOthers(target: readonly HallEvent[], staff: string, read: ReadHistory): Promise<boolean> {
  for (const event of target) {
    if (event.type === 'hall.rating.given') return false;
    const isComplaint = event.type === 'hall.complaint.received' || event.type === 'hall.complaint.answered';
    if (isComplaint && (await isComplaintAbout(event.data.complaint, staff, read))) return false;
  }
  return true;
}

async function checkAgain(
  act: ActOf<'rating-again'>,
  author: string,
  isEverywhere: boolean,
  read: ReadHistory,
): Promise<EntryFault | undefined> {
  const field = 'act.followup';
  const history = await read(`followup:${act.followup}`);
  const opened = history.find((event) => event.type === 'hall.followup.opened')?.data;
  if (opened?.about !== 'rating' || (opened.case ?? undefined) !== act.case) return { reason: 'unknown', field };
  if (history.some((event) => event.type === 'hall.followup.noted' && event.data.score != null))
    return { reason: 'done', field };
  const served = act.case === undefined ? undefined : await readServing(act.case, read);
  const isOwn = served === undefined ? !isEverywhere : served.has(author);
  return isOwn ? { reason: 'not-allowed', field } : undefined;
}

/** Whoever accepted or finished a case, and whom its ratings name. */
export async function readServing(caseId: string, read: ReadHistory): Promise<ReadonlySet<string>> {
  const events = await read(`case:${caseId}`);
  const tickets = new Set(events.flatMap(({ data }) => ('ticket' in data && data.ticket ? [data.ticket] : [])));
  const rated = await Promise.all([...tickets].map((ticket) => read(`ticket:${ticket}`)));
  const staff = [...events, ...rated.flat()].flatMap(({ data }) => ('staff' in data && data.staff ? [data.staff] : []));
  return new Set(staff);
}
