/** The wire between server and the staff's pages: namespace `/desk`, and the shapes of the routes under `/api/desk`. */
import type { AlarmCard } from '../board/topics/data-alarms.ts';
import type { Assignment } from '../access/roles.ts';
import type { DeskLine } from '../desk/from-events.ts';
import type { Reasons } from '../ratings/reasons.ts';
import type { Score } from '../events/kinds.ts';
import type { TerminalStatus, WindowStatus } from '../events/schema.ts';
import type { FeedFact } from '../profile/feeds.ts';
import type { OwnFollowups } from './followups.ts';

export const DESK_NAMESPACE = '/desk';

/** Whoever is signed in in this browser, as `GET /api/session` tells it. */
export interface SignedIn {
  readonly staff: string;
  readonly name: string;
  /** In force today. */
  readonly assignments: readonly Assignment[];
  /** Those whose desk they may see today, in the profile's order. */
  readonly stations: readonly { readonly id: string; readonly name: string }[];
  readonly hall: {
    readonly id: string;
    readonly name: string;
    readonly demo: boolean;
    readonly practice: boolean;
    /** The id of the hall in which its people may practise; absent where there is none, and there itself. */
    readonly practiceHall?: string;
    /** While nobody has said that the hall is set up. */
    readonly settingUp?: true;
  };
  /** The hall's day and clock, epoch ms. */
  readonly day: string;
  readonly now: number;
  readonly timeZone: string;
  /** Whether the password was given lately enough to instruct (12 hours). */
  readonly isFresh: boolean;
}

/** A ticket that waits, is served, or was passed over today. `number` is what the slip says. */
export interface DeskTicket {
  readonly ticket: string;
  readonly number: string;
  /** Epoch ms. */
  readonly takenAt: number;
  readonly line?: string;
  readonly green?: true;
  /** The moment of its appointment, epoch ms. */
  readonly dueAt?: number;
}

/** One that waits. */
export interface DeskWaiting extends DeskTicket {
  /** Somebody was called by it, and sent back into the queue. */
  readonly wasCalled?: true;
}

export interface DeskServing extends DeskTicket {
  readonly calledAt: number;
  /** It is a queue machine's, which alone ends it. */
  readonly byMachine?: true;
}

export interface DeskWindow {
  readonly id: string;
  readonly label: string;
  readonly status: WindowStatus;
  readonly since?: number;
  readonly reason?: string;
  /** Who sits at it; the window is theirs until somebody takes it over. */
  readonly holder?: { readonly staff: string; readonly name: string };
  readonly serving?: DeskServing;
  /** Who was let go there as served by whoever sits at it, and when (epoch ms), while they may take that back. */
  readonly served?: DeskTicket & { readonly at: number };
  /** Lines that it serves; absent: all. */
  readonly lines?: readonly string[];
}

/** A case that is open at the station. */
export interface DeskCase {
  readonly case: string;
  readonly item: string;
  readonly acceptedAt: number;
  /** The stretched promise, epoch ms; absent without one, and while its clock stands still. */
  readonly dueAt?: number;
  readonly paused?: true;
  readonly ticket?: string;
  readonly channel: string;
}

/** An appointment of today that nobody has kept or missed yet; or one that was kept, and has no number of the hall's own queue. */
export interface DeskAppointment {
  readonly appointment: string;
  readonly item?: string;
  /** Epoch ms; absent where none was named. */
  readonly at?: number;
  readonly kept?: true;
}

/** One station as its staff see it; sent whole, at most ten times a second, to whoever joined it. */
export interface DeskState {
  readonly hall: string;
  readonly station: string;
  readonly stationName: string;
  readonly seq: number;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  readonly day: string;
  /** Absent where the station takes no tickets. */
  readonly queue?: {
    /** Whether the desk calls; otherwise a queue machine does, and this is only shown. */
    readonly isOwn: boolean;
    /** Whether numbers are given at this moment. */
    readonly isOpen: boolean;
    /** A lead has ended it for today. */
    readonly isEnded?: true;
    /** In the order of taking, at most 100, and how many there are in all. */
    readonly waiting: readonly DeskWaiting[];
    readonly waitingCount: number;
    /** Passed over today and not back yet (过号), the latest first. */
    readonly passed: readonly DeskTicket[];
  };
  readonly windows: readonly DeskWindow[];
  /** At most 200, due first. */
  readonly cases: readonly DeskCase[];
  readonly caseCount: number;
  /** At most 100, the earliest first. */
  readonly appointments: readonly DeskAppointment[];
  readonly alarms: readonly { readonly id: string; readonly alarm: AlarmCard }[];
  readonly terminals: readonly { readonly id: string; readonly name: string; readonly status: TerminalStatus }[];
  /** Kinds of fact that another system sends, with its source: the desk does not ask for them. */
  readonly feeds: Readonly<Partial<Record<FeedFact, string>>>;
  /** Kinds of fact that a lead has the desk write down in the place of a system that is down. */
  readonly standIns?: readonly FeedFact[];
}

/** A request or a complaint that nobody has answered. */
export interface DeskMatter {
  readonly id: string;
  /** When it came, epoch ms. */
  readonly at: number;
  readonly topic?: string;
  /** Of a complaint: the name of whom it is about. */
  readonly staff?: string;
}

/** An open follow-up about a poor rating. */
export interface DeskPoorRating {
  readonly followup: string;
  /** Epoch ms. */
  readonly openedAt: number;
  readonly case?: string;
  readonly item?: string;
  /** The name of whoever follows it up. */
  readonly owner?: string;
  /** What the citizen said when asked again. */
  readonly again?: Score;
}

/** `GET /api/desk/matters?station=ID`: what waits for an answer, at most 100 of each, the oldest first. */
export interface DeskMatters {
  readonly requests: readonly DeskMatter[];
  /** For leads and managers alone. */
  readonly complaints?: readonly DeskMatter[];
  readonly ratings?: readonly DeskPoorRating[];
}

/** A case that was accepted with papers missing (容缺) which have not come: an open one, or one that was finished, approved, without them. */
export interface DeskPapers {
  readonly case: string;
  readonly item: string;
  readonly ticket?: string;
  /** Epoch ms; absent of an open one. */
  readonly finishedAt?: number;
  /** By name; none where nobody said which. */
  readonly papers: readonly string[];
  /** Until when they are to come, epoch ms. */
  readonly supplyBy?: number;
}

/** A finished, approved case of an item that yields a licence, which nobody has uploaded. */
export interface DeskLicence {
  readonly case: string;
  readonly item: string;
  /** Epoch ms. */
  readonly finishedAt: number;
  readonly window?: string;
  readonly ticket?: string;
}

/** `GET /api/desk/owed?station=ID&licences=N`: what its cases still owe. */
export interface DeskOwed {
  /** Of the open cases that a desk lists; then of finished ones of the last 62 days, the latest accepted first. */
  readonly papers: readonly DeskPapers[];
  /** Of the last 62 days, the latest accepted first, at most as many as were asked for; and how many there are in all. */
  readonly licences: readonly DeskLicence[];
  readonly licenceCount: number;
}

/** `GET /api/desk/written?station=ID&day=DAY&staff=ID&lines=N`: what others wrote down there on one of the last seven days. */
export interface DeskWritten {
  /** Whoever wrote something down, or the one who was asked for, and how many entries. */
  readonly people: readonly { readonly staff: string; readonly name: string; readonly count: number }[];
  /** Of the one who was asked for, the newest first, at most as many as were asked for. */
  readonly lines: readonly DeskLine[];
}

export const QUEUE_COMMANDS = [
  'open',
  'pause',
  'close',
  'call',
  'recall',
  'pass',
  'transfer',
  'finish',
  'take',
  'withdraw',
  'end',
  'reopen',
] as const;
/**
 * `POST /api/desk/queue/:command`, each with `{station, window?, ticket?, …}`. open: of a window, by the one who asks,
 * `takeOver` where another holds it. pause: with `reason`. call: the next, or `ticket` by name. recall: the one in
 * hand, one passed over, or one let go as served within the minute. pass, finish: the one in hand. transfer: the one in hand, to another `to` window or back
 * into the queue. take: a new number, with `line?`, `green?`,
 * `appointment?`, and `asked?`, letters that name the asking: the same again gets the same number. withdraw:
 * `ticket`, taken today by mistake, that nobody was called by. end: of the queue, for everybody waiting.
 * reopen: takes today's end of the queue back.
 */
export type QueueCommand = (typeof QUEUE_COMMANDS)[number];

export type QueueRefusal =
  | 'unknown-station'
  | 'unknown-window'
  | 'unknown-ticket'
  | 'unknown-line'
  /** Booked for no such id today at this station, missed, or it has its number already. */
  | 'unknown-appointment'
  /** Somebody else holds the window: `holder` names them. */
  | 'held'
  /** The window is not open. */
  | 'not-open'
  /** A ticket is in hand. */
  | 'serving'
  /** Somebody was called by it before. */
  | 'called'
  /** None is in hand. */
  | 'not-serving'
  /** Nobody waits whom this window may call. */
  | 'nobody-waits'
  /** Nobody has ended the queue today. */
  | 'not-ended'
  /** No number is given any more today, or the hall is shut. */
  | 'shut'
  /** A queue machine gives the numbers and calls, or the station has no queue. */
  | 'not-own'
  /** What looks like a citizen's name, number or telephone, or a text that cannot be kept. */
  | 'identity'
  | 'text'
  | 'not-allowed';

/** What a command that was obeyed answers: the ticket that it was about, and of a number how many wait before it. */
export interface QueueAnswer {
  readonly ticket?: DeskTicket;
  readonly ahead?: number;
}

/** What a window's tablet shows. */
export type RatingState =
  /** Nobody to rate. */
  | { readonly state: 'idle' }
  /** For the one who was served, until `until` (epoch ms) or the next call. `number` where there is a ticket. */
  | { readonly state: 'asking'; readonly round: string; readonly number?: string; readonly until: number }
  | { readonly state: 'thanks'; readonly round: string };

export interface DeskServerToClient {
  'desk:state': (state: DeskState) => void;
  /** To whoever joined, behind the answer and whenever it has changed: what they have to follow up. */
  'desk:own': (own: OwnFollowups) => void;
  'rate:state': (state: RatingState) => void;
}

export type DeskJoinAnswer =
  | { readonly ok: true; readonly state: DeskState }
  | { readonly ok: false; readonly error: 'bad-request' | 'not-allowed' | 'unknown-station' | 'not-ready' };
export type RateJoinAnswer =
  | {
      readonly ok: true;
      readonly state: RatingState;
      /** The window's label. */
      readonly window: string;
      /** The hall's clock, epoch ms. */
      readonly now: number;
      readonly hall: { readonly name: string; readonly nameEn?: string; readonly demo: boolean };
      readonly timeZone: string;
      /** What may be said after a poor rating; `isSample` where the hall has no list of its own. */
      readonly reasons: Reasons;
    }
  | { readonly ok: false; readonly error: 'bad-request' | 'not-allowed' | 'unknown-window' };

export interface DeskClientToServer {
  'desk:join': (request: { readonly station: string }, answer: (result: DeskJoinAnswer) => void) => void;
  'rate:join': (request: { readonly window: string }, answer: (result: RateJoinAnswer) => void) => void;
}
