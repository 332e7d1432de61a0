/** The board's lists of living things: what is open, waiting, standing or published, each entry owned by one entity. */
import type { Score } from '../events/kinds.ts';
import type {
  AlarmEndReason,
  FollowupAbout,
  FollowupResult,
  Lamp,
  LampCause,
  INSTRUCTED,
  StarKind,
  TerminalStatus,
  WindowStatus,
} from '../events/schema.ts';
import type { FeedSpan } from '../profile/feeds.ts';

/** A case that is open with a promise or paused, or was accepted on the current day. */
export interface CaseEntry {
  readonly day: string;
  readonly at: number;
  readonly station: string;
  readonly item: string;
  readonly line?: string;
  readonly channel: string;
  readonly window?: string;
  readonly ticket?: string;
  readonly open: boolean;
  /** It is open and stands still, with a promise or without. */
  readonly paused?: true;
  /** The stretched promise; absent without a promise and while its clock stands still. */
  readonly dueAt?: number;
}

/** A ticket whose holder is still in the hall, or was passed over and may come back. */
export interface TicketEntry {
  readonly day: string;
  readonly station: string;
  readonly line?: string;
  /** Since when it stands at its stage: that of whoever was transferred begins anew. */
  readonly since: number;
  /** Only who is `waiting` stands in a queue; one that was `passed` serves again once it is called again. */
  readonly stage: 'waiting' | 'serving' | 'passed';
  /** The window that called; absent unless serving, and where the call names none. */
  readonly window?: string;
  readonly takenAt: number;
  /** The latest call. */
  readonly calledAt?: number;
  readonly green?: true;
  /** The id of its appointment, where it is known. */
  readonly appointment?: string | true;
  /** The moment of that appointment. */
  readonly dueAt?: number;
  /** The window that it was sent to: of a `waiting` one of the hall's own queue. */
  readonly sentTo?: string;
  /** The hall's own queue gave the number; otherwise a queue machine did. */
  readonly own?: true;
}

export interface WindowEntry {
  readonly station: string;
  readonly status: WindowStatus;
  readonly since: number;
  readonly reason?: string;
  /** Who sits at it, where that was said at a desk: for the desk alone, and on no wall. */
  readonly staff?: string;
}

/** A station's own queue of one day, once it was ended: no number is given in it any more. */
export interface QueueEntry {
  readonly day: string;
  readonly station: string;
}

export interface TerminalEntry {
  readonly station: string;
  readonly status: TerminalStatus;
  readonly since: number;
}

/** A request that nobody has answered. */
export interface RequestEntry {
  /** On which it was received. */
  readonly day: string;
  readonly at: number;
  readonly station: string;
  readonly topic?: string;
}

/** A complaint of conduct that nobody has answered: for the desk alone, and on no wall. */
export interface ComplaintEntry extends RequestEntry {
  /** Whom it is about. */
  readonly staff?: string;
}

/** A lamp that was lit at a follow-up's deadline. */
export interface LitLamp {
  readonly lamp: Lamp;
  /** Epoch ms, as the deadline that it is of. */
  readonly at: number;
  readonly term: number;
  /** Whose follow-up it was then: it stays theirs. */
  readonly owner?: string;
  readonly cause?: LampCause;
  readonly causeAt?: number;
  /** What was decided of the cause. */
  readonly counts?: boolean;
}

export type FollowupNews = 'opened' | 'assigned' | 'reminded' | 'returned' | 'extension-decided' | 'lit';

export interface FollowupEntry {
  readonly about: FollowupAbout;
  readonly station: string;
  readonly openedAt: number;
  readonly case?: string;
  readonly owner?: string;
  readonly dueBy?: number;
  /** Of one about a check its area. */
  readonly area?: string;
  /** Of one about a rating: the id of its event, and whom it rated. */
  readonly rating?: string;
  readonly staff?: string;
  /** Its owner says that it is done. */
  readonly submitted?: { readonly at: number; readonly result: FollowupResult };
  /** An extension that nobody has decided. */
  readonly asked?: { readonly at: number; readonly until: number };
  readonly lamps?: readonly LitLamp[];
  readonly reminded?: { readonly times: number; readonly at: number };
  /** What the hall itself has reminded of: the working days after a deadline. */
  readonly steps?: readonly { readonly term: number; readonly step: number }[];
  /** What the review of a poor rating came to. */
  readonly misrated?: boolean;
  /** What was said to its owner last; what they say themselves is none. */
  readonly news?: { readonly at: number; readonly what: FollowupNews };
  /** Of one about a rating: what the citizen said when asked again (round 2). */
  readonly again?: Score;
  /** Of an instruction. */
  readonly instruction?: {
    readonly note: string;
    readonly matter: (typeof INSTRUCTED)[number];
    /** The follow-up that it is of. */
    readonly of?: string;
  };
}

/** What the waits at an alarm's station were. */
export interface AlarmReading {
  readonly waiting: number;
  readonly longestMinutes: number;
  /** Of an alarm that stands for several things: how many they are. */
  readonly things?: number;
}

/** An alarm that is open, or was raised or ended on the current day. */
export interface AlarmEntry {
  /** The day on which it ended; while it is open, the one on which it was raised. */
  readonly day: string;
  readonly kind: string;
  readonly station: string;
  readonly raisedAt: number;
  /** Since when it has been so, where that was before the alarm. */
  readonly since?: number;
  /** What it is about: the id of a window, a terminal, a station, a follow-up. */
  readonly subject?: string;
  readonly window?: string;
  readonly proposal?: string;
  readonly takenAt?: number;
  readonly takenBy?: string;
  readonly measure?: string;
  readonly endedAt?: number;
  readonly endedBy?: string;
  readonly endReason?: AlarmEndReason;
  readonly effect?: string;
  readonly before?: AlarmReading;
  readonly after?: AlarmReading;
}

/** A suggestion that is open, or whose words were released. */
export interface SuggestionEntry {
  readonly receivedAt: number;
  /** Absent until a person released it (spec C17). */
  readonly text?: string;
  readonly owner?: string;
  /** Absent while it is open. */
  readonly outcome?: 'adopted' | 'declined' | 'answered';
  /** The answer, or why not. */
  readonly answer?: string;
}

export interface StarEntry {
  readonly month: string;
  readonly kind: StarKind;
  /** Of a person's title; `window` of a window's. */
  readonly staff?: string;
  readonly window?: string;
  readonly citation?: string;
  readonly citationEn?: string;
  readonly reasons: readonly string[];
}

/** A star that the hall will publish: on no wall before. */
export interface PlanEntry {
  readonly month: string;
  readonly kind: StarKind;
  /** When, epoch ms. */
  readonly at: number;
}

/** An appointment that was booked and neither kept nor missed yet, or was kept on the day for which it was booked. */
export interface AppointmentEntry {
  /** For which it was booked; where that is not said, on which. */
  readonly day: string;
  readonly station: string;
  readonly item?: string;
  readonly at?: number;
  /** Whoever booked has come, and may still want a number. */
  readonly kept?: true;
}

export interface Entries {
  case: CaseEntry;
  ticket: TicketEntry;
  appointment: AppointmentEntry;
  window: WindowEntry;
  queue: QueueEntry;
  terminal: TerminalEntry;
  request: RequestEntry;
  complaint: ComplaintEntry;
  followup: FollowupEntry;
  alarm: AlarmEntry;
  suggestion: SuggestionEntry;
  star: StarEntry;
  plan: PlanEntry;
  /** Of a station: while its desk stands in for a system, those that have ended first. */
  feed: readonly FeedSpan[];
}

export type EntryKind = keyof Entries;

export const ENTRY_KINDS: readonly EntryKind[] = [
  'case',
  'ticket',
  'appointment',
  'window',
  'queue',
  'terminal',
  'request',
  'complaint',
  'followup',
  'alarm',
  'suggestion',
  'star',
  'plan',
  'feed',
];
