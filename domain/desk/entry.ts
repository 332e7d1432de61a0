/** What a desk writes down: one entry for each action of a person, fixed when it is made, kept by the browser until it is in the ledger. */
import * as v from 'valibot';
import { FORBIDDEN_NAMES } from '../events/inspect.ts';
import { SCORES } from '../events/kinds.ts';
import { parseMoment } from '../events/moment.ts';
import { CHANNELS, OUTCOMES, SERVICE_KINDS, TERMINAL_STATUSES } from '../events/schema.ts';

/** What the door of events refuses as a value (`FORBIDDEN_NAMES`) is none here either. */
const isAllowed = v.check((value: string) => !FORBIDDEN_NAMES.includes(value));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200), isAllowed);
const text = v.pipe(v.string(), v.trim(), v.maxLength(500), isAllowed);
const words = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500), isAllowed);
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
/** As events take it: an entry that has the form becomes events that have theirs. */
const moment = v.pipe(
  v.string(),
  v.check((value) => parseMoment(value) !== undefined),
);

/** How somebody is asked again. */
export const AGAIN_MEDIA = ['phone', 'sms', 'online'] as const;

/** Each kind of act, with what it holds beside the entry's own fields. */
export const actSchema = v.variant('type', [
  /** A case: accepted, and finished at once where it is handled at once. */
  v.strictObject({
    type: v.literal('case'),
    case: id,
    item: id,
    channel: v.picklist(CHANNELS),
    handling: v.picklist(['instant', 'promised']),
    /** Of a promised one: the end of its promise. */
    promisedBy: v.optional(moment),
    /** Papers that are missing (容缺), by name, and until when they are to come. */
    deferredDocuments: v.optional(v.pipe(v.array(words), v.minLength(1), v.maxLength(20))),
    supplyBy: v.optional(moment),
    appointment: v.optional(id),
    green: v.optional(v.boolean()),
    applicant: v.optional(v.picklist(['individual', 'legal-person'])),
  }),
  v.strictObject({ type: v.literal('case-finished'), case: id, outcome: v.picklist(OUTCOMES) }),
  v.strictObject({ type: v.literal('case-paused'), case: id, reason: v.optional(text) }),
  v.strictObject({ type: v.literal('case-resumed'), case: id, reason: v.optional(text) }),
  v.strictObject({ type: v.literal('case-supplemented'), case: id }),
  v.strictObject({ type: v.literal('licence'), case: id }),
  v.strictObject({
    type: v.literal('consultation'),
    medium: v.picklist(['visit', 'phone']),
    line: v.optional(id),
    item: v.optional(id),
    topic: v.optional(text),
    result: v.optional(v.picklist(['answered', 'referred'])),
    count: v.optional(count),
  }),
  v.strictObject({ type: v.literal('service'), kind: v.picklist(SERVICE_KINDS), count: v.optional(count) }),
  v.strictObject({ type: v.literal('appointment-booked'), appointment: id, item: v.optional(id), at: moment }),
  v.strictObject({ type: v.literal('appointment-kept'), appointment: id }),
  v.strictObject({ type: v.literal('appointment-missed'), appointment: id }),
  v.strictObject({ type: v.literal('terminal'), terminal: id, status: v.picklist(TERMINAL_STATUSES) }),
  v.strictObject({ type: v.literal('request-received'), request: id, topic: v.optional(text), medium: v.optional(id) }),
  v.strictObject({ type: v.literal('request-answered'), request: id, onTime: v.optional(v.boolean()) }),
  v.strictObject({
    type: v.literal('complaint-received'),
    complaint: id,
    about: v.optional(text),
    staff: v.optional(id),
  }),
  v.strictObject({
    type: v.literal('complaint-answered'),
    complaint: id,
    upheld: v.optional(v.boolean()),
  }),
  /** A rating of the second round: what the citizen says once what a poor one was about has been followed up. */
  v.strictObject({
    type: v.literal('rating-again'),
    followup: id,
    /** The follow-up's, where it is about one. */
    case: v.optional(id),
    score: v.picklist(SCORES),
    medium: v.picklist(AGAIN_MEDIA),
  }),
  v.strictObject({ type: v.literal('training'), topic: words, people: count }),
  /** Within the minute: all events of one's own earlier entry, as if it had never been. */
  v.strictObject({ type: v.literal('undo'), entry: id }),
  /** Afterwards: all events of an entry, with a reason. */
  v.strictObject({ type: v.literal('void'), entry: id, reason: words }),
]);
export type Act = v.InferOutput<typeof actSchema>;

export const entrySchema = v.strictObject({
  /** `DAY/STAFF/LETTERS`: see `nameEntry`. */
  id,
  /** The staff id of whoever made it; it is recorded in nobody else's name. */
  author: id,
  hall: id,
  station: id,
  /** When it was made, by the server's clock, RFC 3339. */
  at: moment,
  window: v.optional(id),
  ticket: v.optional(id),
  act: actSchema,
});
export type Entry = v.InferOutput<typeof entrySchema>;

/** Whether an act takes back an earlier entry. */
export function isTakingBack<T extends { readonly type: string }>(
  one: T,
): one is Extract<T, { readonly type: 'undo' | 'void' }> {
  return one.type === 'undo' || one.type === 'void';
}

/** Of all events of entries; `urn:hallpulse:` is the hall's own. */
export const DESK_SOURCE = 'urn:hallpulse:desk';
/** For so long an entry can be undone, from its own time. */
export const UNDO_MS = 60_000;

/** An entry's id: its day and its author first, so that a person's day is one stretch of the ledger. */
export function nameEntry(day: string, author: string, letters: string): string {
  return `${day}/${encodeURIComponent(author)}/${letters}`;
}

/** What became of an entry that was sent. */
export type EntryOutcome =
  | { readonly id: string; readonly ok: true }
  /** `field`: a path in the entry, such as `act.topic`. It stays with its author until it is corrected or thrown away. */
  | { readonly id: string; readonly ok: false; readonly reason: EntryReason; readonly field?: string };

/** Why an entry was refused. */
export type EntryReason =
  | 'form'
  /** What looks like a citizen's name, number or telephone. */
  | 'identity'
  | 'text'
  /** Further ahead of the hall's clock than five minutes, or older than 31 days. */
  | 'time'
  /** Made in the name of somebody else than whoever is signed in. */
  | 'author'
  /** The author had no right to it at that station on that day. */
  | 'not-allowed'
  /** The station, item, case, or entry is not known. */
  | 'unknown'
  /** Another system sends this kind of fact for the station. */
  | 'feed'
  /** The minute is over: to be voided, with a reason. */
  | 'too-late'
  /** Somebody has done so already. */
  | 'done'
  /** An entry of the same id holds something else. */
  | 'conflict';
