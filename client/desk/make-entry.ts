/** Makes an entry of what somebody did, fixed from then on, or says at once what in it cannot be written down. */
import * as v from 'valibot';
import { createZone, dayOf } from '../../domain/calendar/zone.ts';
import { entrySchema, nameEntry, type Act, type Entry, type EntryReason } from '../../domain/desk/entry.ts';
import { inspectEvent } from '../../domain/events/inspect.ts';
import type { Roster } from '../../domain/events/names.ts';
import type { SignedIn } from '../../domain/wire/desk.ts';
import { drawLetters } from '../live/letters.ts';

/** What a page knows of an entry: the rest is who makes it, where they are signed in, and when. */
export interface Draft {
  readonly station: string;
  readonly window?: string | undefined;
  readonly ticket?: string | undefined;
  readonly act: Act;
}

export type Made =
  | { readonly ok: true; readonly entry: Entry }
  /** `field`: a path in the entry, such as `act.topic`. */
  | { readonly ok: false; readonly reason: EntryReason; readonly field?: string };

export type Author = Pick<SignedIn, 'staff' | 'name' | 'hall' | 'timeZone'>;

/** `at`: the hall's time, epoch ms. */
export function makeEntry(draft: Draft, author: Author, at: number): Made {
  const { staff, hall, timeZone } = author;
  const day = dayOf(createZone(timeZone), at);
  const { station, window, ticket, act } = draft;
  const parsed = v.safeParse(entrySchema, {
    id: nameEntry(day, staff, drawLetters()),
    author: staff,
    hall: hall.id,
    station,
    at: new Date(at).toISOString(),
    ...(window === undefined ? {} : { window }),
    ...(ticket === undefined ? {} : { ticket }),
    act,
  });
  if (!parsed.success) return refuse('form', v.getDotPath(parsed.issues[0]) ?? undefined);
  const entry = parsed.output;
  return checkIdentities(entry, new Set([author.name])) ?? { ok: true, entry };
}

/** What the server would refuse is not even kept: no citizen's name or number lies on a PC at the counter. */
function checkIdentities({ window, ticket, act }: Entry, roster: Roster): Made | undefined {
  const flaw = inspectEvent(
    { ...(window === undefined ? {} : { window }), ...(ticket === undefined ? {} : { ticket }), act },
    roster,
  );
  if (!flaw) return undefined;
  return refuse(flaw.reason === 'identity' ? 'identity' : flaw.reason === 'text' ? 'text' : 'form', flaw.field);
}

function refuse(reason: EntryReason, field?: string): Made {
  return { ok: false, reason, ...(field === undefined ? {} : { field }) };
}
