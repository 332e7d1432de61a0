/** What the page that sets a hall up is told over HTTP: its documents as they are, and what became of a change. */
import type { CalendarDocument } from '../calendar/calendar-document.ts';
import type { Noticeboard } from '../profile/noticeboard.ts';
import type { Catalogue, Profile } from '../profile/profile.ts';
import type { Scenes } from '../profile/scenes.ts';
import type { SendingDocument } from '../sending/document.ts';
import type { ChangedNow, ChangedTerm, ChangedTitle } from '../settings/effects.ts';
import type { SayStation } from './voices.ts';
import type { FieldShape } from '../settings/shape.ts';

/** The documents that the page may change. */
export interface SetupDocuments {
  readonly profile: Profile;
  readonly catalogue: Catalogue;
  readonly calendar: CalendarDocument;
  readonly noticeboard: Noticeboard;
  readonly sending: SendingDocument;
  readonly scenes: Scenes;
}
export type SetupDocument = keyof SetupDocuments;
export const SETUP_DOCUMENTS = [
  'profile',
  'catalogue',
  'calendar',
  'noticeboard',
  'sending',
  'scenes',
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
 * What is wrong with one place of a document. `code`: `required`, `too-short`, `too-long`, `too-few`, `too-many`,
 * `too-small`, `too-large`, `number`, `whole`, `choice`, `form`, `day`, `clock`, `type`, or one of the reasons that
 * `server/documents/check-document.ts` gives; `limit`: the bound that was passed.
 */
export interface Flaw {
  readonly field: string;
  readonly code: string;
  readonly limit?: number;
}

/** Who put a version in force, and when, epoch ms. */
export interface VersionMaker {
  readonly at: number;
  /** Absent for an edit of the file by hand, and where nobody knows. */
  readonly by?: { readonly id: string; readonly name: string };
  readonly isByHand: boolean;
}

/** A version of a document, newest first in a list; `maker` is absent where the ledger does not tell. */
export interface VersionEntry {
  /** Names it, for `GET /api/settings/DOCUMENT/versions/MARK`. */
  readonly mark: string;
  readonly number: number;
  readonly isPresent: boolean;
  /** Whether its text is still there to be looked at. */
  readonly isKept: boolean;
  readonly maker?: VersionMaker;
}

/** `GET /api/settings`: what the asker may look at, with what each document is made of. */
export interface Settings {
  readonly documents: {
    readonly [N in SetupDocument]?: Versioned<SetupDocuments[N]> & {
      readonly shape: FieldShape;
      readonly maker?: VersionMaker;
    };
  };
  readonly day: string;
  readonly timeZone: string;
  /** Days whose figures are frozen and stay as they were published. */
  readonly hasFrozen: boolean;
  /** Where citizens write from outside the hall, and the stations that they may name; absent where nowhere. */
  readonly outside?: { readonly address: string; readonly stations: readonly SayStation[] };
}

/** `POST /api/settings/DOCUMENT/effects`: figures that would be others, of this moment, by spans in which there are any, and of stars. */
export interface Effects {
  readonly now: readonly ChangedNow[];
  readonly spans: readonly {
    readonly name: 'today' | 'month' | 'year';
    readonly from: string;
    readonly to: string;
    readonly terms: readonly ChangedTerm[];
  }[];
  /**
   * Absent where no candidate for a star of last month would have another score or rank; the first three of each title
   * whose first would be others or have another score, to whoever may see scores.
   */
  readonly stars?: {
    readonly month: string;
    readonly titles: readonly ChangedTitle[];
  };
}

/**
 * Why a change was not made. `conflict`: somebody else has changed the document meanwhile. `bad-document`: `field` says
 * where. `fixed`: the hall's id and its time zone stay. `station-in-use`: somebody's account is at a station that would
 * be gone. `identity`: a name holds what looks like a telephone or an identity number. `in-use`: the hall is at work
 * already, and nothing of it is cleared. `not-allowed`: the asker may change other parts of the document, and not `field`.
 */
export type SetupRefusal =
  'conflict' | 'bad-document' | 'fixed' | 'station-in-use' | 'identity' | 'in-use' | 'not-allowed';
