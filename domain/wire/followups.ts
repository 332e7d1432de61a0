/** The wire of the page of follow-ups: what `GET /api/followups` and its neighbours answer. */
import type { FollowupNews } from '../board/entries.ts';
import type { CountdownBasis } from '../board/topics/data.ts';
import type { FollowupAbout, FollowupResult, Lamp, LampCause } from '../events/schema.ts';
import type { DeedType } from '../followups/deeds.ts';
import type { LampState } from '../followups/lamps.ts';

export interface FollowupLamp {
  readonly lamp: Lamp;
  readonly at: number;
  readonly state: LampState;
  readonly cause?: LampCause;
  /** Whose it is. */
  readonly owner?: string;
  readonly isOwn: boolean;
}

/** An open follow-up, as whoever asks may see it. Moments are epoch ms. */
export interface FollowupRow {
  readonly followup: string;
  readonly about: FollowupAbout;
  readonly station: string;
  readonly stationName: string;
  readonly stationNameEn?: string;
  readonly isOwn: boolean;
  readonly owner?: { readonly id: string; readonly name: string };
  /** The name of whoever opened it; absent where the hall itself or another system did. */
  readonly openedBy?: string;
  readonly openedAt: number;
  readonly due?: { readonly at: number; readonly by: 'followup' | 'target' };
  readonly case?: string;
  readonly area?: string;
  /** What it asks for, in words. */
  readonly note?: string;
  readonly submitted?: { readonly at: number; readonly result: FollowupResult };
  readonly asked?: { readonly at: number; readonly until: number };
  readonly lamps: readonly FollowupLamp[];
  readonly reminded?: { readonly times: number; readonly at: number };
  readonly misrated?: boolean;
  /** What whoever asks may do, as things stand. */
  readonly may: readonly DeedType[];
}

/** Lamps of the month at a deadline that still holds, open follow-ups and closed ones. */
export interface LampCounts {
  readonly lamp: Lamp;
  readonly lit: number;
  /** Whose cause is awaited or undecided; excused; counting. */
  readonly waiting: number;
  readonly excused: number;
  readonly counts: number;
}

/** Which: those of whoever asks, those that wait for their decision, those of their station, and all that concern them. */
export const FOLLOWUP_LISTS = ['mine', 'decide', 'station', 'all'] as const;
export type FollowupListId = (typeof FOLLOWUP_LISTS)[number];

/** So many of a list are told at once. */
export const FOLLOWUPS_PAGE = 50;

export interface FollowupList extends CountdownBasis {
  readonly hall: { readonly name: string; readonly demo: boolean };
  readonly timeZone: string;
  readonly now: number;
  /** Those due first, of a list from a place on. */
  readonly rows: readonly FollowupRow[];
  readonly list: FollowupListId;
  readonly from: number;
  /** How many there are of each; of what they decide where they may or must, of a station's where they read of others than themselves, of all where of the whole hall. */
  readonly lists: {
    readonly mine: number;
    readonly decide?: number;
    readonly station?: number;
    readonly all?: number;
  };
  /** `YYYY-MM`. */
  readonly month: string;
  /** Of whoever asks. */
  readonly ownLamps: readonly LampCounts[];
  /** Of everybody whose follow-ups they see; absent where those are their own alone. */
  readonly lamps?: readonly LampCounts[];
  /** Their own lamps of the month, and why. */
  readonly why: readonly (FollowupLamp & { readonly followup: string; readonly about: FollowupAbout })[];
  /** To whom one may be assigned; absent where they assign none. */
  readonly owners?: readonly { readonly id: string; readonly name: string }[];
}

/** One thing that was said of a follow-up. */
export interface FollowupSaid {
  readonly type: string;
  readonly at: number;
  readonly by?: string;
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

export interface FollowupLife {
  readonly followup: string;
  readonly said: readonly FollowupSaid[];
}

/** What somebody has to follow up and has not submitted, as their desk tells it. */
export interface OwnFollowups {
  readonly open: number;
  /** At most ten, those due first. */
  readonly first: readonly OwnFollowup[];
  /** What was said to them last, of any of these. */
  readonly news?: { readonly at: number; readonly what: FollowupNews; readonly of: OwnFollowup };
}

export interface OwnFollowup {
  readonly followup: string;
  readonly about: FollowupAbout;
  readonly stationName: string;
  readonly stationNameEn?: string;
  /** Epoch ms. */
  readonly dueAt?: number;
  /** The gravest that is lit. */
  readonly lamp?: Lamp;
}
