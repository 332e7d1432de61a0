/** What the page that sets a hall up is told over HTTP: its documents as they are, and what became of a change. */
import type { CalendarDocument } from '../calendar/calendar-document.ts';
import type { Noticeboard } from '../profile/noticeboard.ts';
import type { Catalogue, Profile } from '../profile/profile.ts';
import type { SendingDocument } from '../sending/document.ts';

/** The documents that the page may change. */
export interface SetupDocuments {
  readonly profile: Profile;
  readonly catalogue: Catalogue;
  readonly calendar: CalendarDocument;
  readonly noticeboard: Noticeboard;
  readonly sending: SendingDocument;
}
export type SetupDocument = keyof SetupDocuments;
export const SETUP_DOCUMENTS = [
  'profile',
  'catalogue',
  'calendar',
  'noticeboard',
  'sending',
] as const satisfies SetupDocument[];

/** A document with the mark of what it says: whoever changes it names the one that the change was made to. */
export interface Versioned<T> {
  readonly version: string;
  readonly value: T;
}

/** `GET /api/setup`. */
export interface SetupState {
  readonly documents: { readonly [N in SetupDocument]: Versioned<SetupDocuments[N]> };
  /** Whether somebody has said that the hall is whole. */
  readonly isDone: boolean;
  /** Whether what the seed brought may still be cleared: nothing leans on it yet. */
  readonly mayClear: boolean;
}

/**
 * Why a change was not made. `conflict`: somebody else has changed the document meanwhile. `bad-document`: `field` says
 * where. `fixed`: the hall's id and its time zone stay. `station-in-use`: somebody's account is at a station that would
 * be gone. `identity`: a name holds what looks like a telephone or an identity number. `in-use`: the hall is at work
 * already, and nothing of it is cleared.
 */
export type SetupRefusal = 'conflict' | 'bad-document' | 'fixed' | 'station-in-use' | 'identity' | 'in-use';
