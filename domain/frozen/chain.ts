/** The chain of frozen days: what its entries are called, what their seals are over, and by what figures were worked out. */
import { FOLD_VERSION } from '../board/fold.ts';
import { officialCalendar } from '../calendar/official.ts';
import type { EventOf, HallEvent } from '../events/event.ts';
import type { EventData } from '../events/schema.ts';
import { MEASURES_VERSION } from '../measures/build.ts';
import type { HallConfig } from '../profile/profile.ts';
import { canonicalJson } from '../wire/canonical.ts';

export const CHAIN_TYPES = ['hall.day.frozen', 'hall.day.chain-begun'] as const;
export type ChainType = (typeof CHAIN_TYPES)[number];
export type ChainEvent = EventOf<ChainType>;
export type FrozenData = EventData['hall.day.frozen'];
export type Rules = FrozenData['rules'];

/** The id of a day's figures; `n` is how often the day had been closed before. */
export function frozenId(day: string, n: number): string {
  return n === 0 ? `day:${day}:frozen` : `day:${day}:frozen:${n}`;
}

/** What an entry's seal is an HMAC over: everything that it says, but for the seal, in one text (RFC 8785). */
export function sealedText({
  type,
  id,
  at,
  subject,
  data,
}: Omit<HallEvent, 'source' | 'data'> & { readonly data: object }): string {
  return canonicalJson({ type, id, at, subject, data: { ...data, mac: undefined } });
}

/** The rules of this version: where one is another, the same events may rightly come to other figures. */
export function presentRules(): Rules {
  return { fold: FOLD_VERSION, measures: MEASURES_VERSION, calendar: officialCalendar.version };
}

export function isSameRules(a: Rules, b: Rules): boolean {
  return a.fold === b.fold && a.measures === b.measures && a.calendar === b.calendar;
}

/** The documents that measures are worked out by, each as the text that its digest is over and under which it is kept. */
export function documentTexts({ profile, catalogue, calendarDocument }: HallConfig): FrozenData['documents'] {
  return {
    profile: canonicalJson(profile),
    catalogue: canonicalJson(catalogue),
    calendar: canonicalJson(calendarDocument),
  };
}

/** A row of the ledger as its digest is over it. */
export type Row = readonly [
  seq: number,
  source: string,
  id: string,
  type: string,
  at: number,
  timeGiven: number,
  subject: string | null,
  data: string,
  dropped: string | null,
  actor: string | null,
  receivedAt: number,
];

/**
 * The text whose SHA-256 is a row's digest: its columns as a JSON array, `data` and `dropped` as the texts that are
 * stored. `entity` and `link` follow from these, so they are left out. What a range of rows comes to is the SHA-256 of
 * their digests one after the other, 32 bytes each, in the order of `seq`.
 */
export function rowText(row: Row): string {
  return JSON.stringify(row);
}
