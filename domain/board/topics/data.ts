/**
 * What each topic's `data` holds on the wire. No nulls anywhere; a thing that is not there has no key. Moments are epoch ms.
 * What outsiders can make long is listed up to a bound (`bounds.ts`), with the count or the sums of the rest beside it.
 */
import type { WireCalendar } from '../../calendar/wire-calendar.ts';
import type { Buckets } from './bounds.ts';
import type { AlarmCard, Announcing } from './data-alarms.ts';

export const TOPICS = [
  'overview',
  'windows',
  'communities',
  'medical',
  'ratings',
  'stars',
  'followups',
  'public',
] as const;
export type Topic = (typeof TOPICS)[number];

/** The scenes of the management wall; each is pushed as the topic of its name. */
export const SCENES = ['overview', 'communities', 'medical', 'ratings', 'stars'] as const;
export type Scene = (typeof SCENES)[number];

export const THEMES = ['deep', 'light', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

/** A ratio as its two sums; shown blank where `of` is 0. */
export interface Ratio {
  n: number;
  of: number;
}

/** Which day the board shows, and whether it is one on which the hall works. */
export interface DayHead {
  /** The hall's current day, `YYYY-MM-DD`: the latest that was opened. */
  day: string;
  /** Local midnights that begin and end it. */
  startsAt: number;
  endsAt: number;
  /** Whether it is a working day, by the calendar in force; a day on which only the doors are open is none. */
  working: boolean;
  /** True once `hall.day.closed` is in the ledger for this day. */
  closed: boolean;
  /** When the doors are open, by the calendar in force: pairs of minutes past midnight; empty on a day off. */
  hours: [number, number][];
}

export interface HallHead {
  name: string;
  nameEn?: string;
  demo: boolean;
  timeZone: string;
}

/** That the picture lives: what came last, who was heard from, and what was put right. */
export interface Proof {
  /** The latest acceptance of today. */
  lastCaseAt?: number;
  /** Stations of the profile that are in force. */
  stations: number;
  /** By station id: the latest moment of any event that named it; only stations in force and ever heard from. */
  heardAt: Record<string, number>;
  /** Events of today that were corrected or voided. */
  corrected: number;
}

/** One turn of the playlist: a scene, and for how long it stays. */
export interface Turn {
  scene: Scene;
  seconds: number;
}

/** What the hall has decided about its walls; an address may say otherwise. */
export interface Display {
  theme: Theme;
  /** `auto`: that of the screen's own browser. */
  language: 'zh' | 'en' | 'auto';
  /** The turns whose condition holds now. */
  playlist: Turn[];
  /** How long a key or a touch holds the playlist. */
  resumeSeconds: number;
}

/** What a countdown needs (K2): whoever draws one knows no other calendar. */
export interface CountdownBasis {
  /** Opening hours of a working day, in which countdowns run: pairs of minutes past midnight. */
  countdownHours: [number, number][];
  /** The days around the current one. */
  calendar: WireCalendar;
}

/** What every scene of the management wall holds beside its own figures. */
export interface SceneHead extends CountdownBasis {
  hall: HallHead;
  day: DayHead;
  proof: Proof;
  thresholds: Thresholds;
  display: Display;
  /** By alarm id: the open ones, at most 40, and the latest of today's that have ended, where these fill up to 12. */
  alarms: Record<string, AlarmCard>;
  /** Open alarms that are not listed; absent where all are. */
  moreAlarms?: number;
  announcing: Announcing;
}

/** Today's counts; the names are those of the measures. */
export interface TodayCounts {
  accepted: number;
  windowCases: number;
  onlineCases: number;
  selfServiceCases: number;
  otherCases: number;
  medicalCases: number;
  finished: number;
  open: number;
  peopleServed: number;
  deferredCases: number;
  instantApprovals: number;
  voided: number;
  corrected: number;
}

/** Today's ratings of the first round. `satisfied` holds defaults too, `activelySatisfied` only what a person gave. */
export interface TodayRatings {
  satisfied: Ratio;
  activelySatisfied: Ratio;
  byDefault: number;
  poor: number;
}

/** A wait or a handling time: nearest rank over raw values; the times are absent where `n` is 0. */
export interface Spread {
  n: number;
  medianMs?: number;
  p90Ms?: number;
}

/**
 * Promises, split so that a wall can state overdue for its own `now`:
 * overdue now = `overdueBefore` + those of `dueToday` that are past.
 */
export interface Promises {
  /** Finished today by the promise, and finished today with a promise. */
  finishedOnTime: number;
  finishedPromised: number;
  /** Open cases whose promise had passed when today began. */
  overdueBefore: number;
  /** Promise moments of open cases that lie in today, ascending; of very many the first, and the rest by the minute. */
  dueToday: number[];
  dueTodayMore?: Buckets;
  /** Promise moments of open cases after today, within the next working days that matter, ascending. */
  dueLater: number[];
  dueLaterMore?: Buckets;
}

/** One window as it stands. `busySince` is when the ticket or case in hand was called. */
export interface WindowCard {
  label: string;
  station: string;
  status: 'open' | 'paused' | 'closed';
  since?: number;
  reason?: string;
  busySince?: number;
  servedToday: number;
}

/** Windows that are not listed, as they stand. */
export interface WindowsMore {
  busy: number;
  idle: number;
  paused: number;
  closed: number;
}

export interface FollowupCard {
  about: 'rating' | 'overdue' | 'licence' | 'deferred' | 'check' | 'suggestion' | 'instruction';
  station: string;
  stationName: string;
  stationNameEn?: string;
  /** The window's label, where the case behind it is still at hand. */
  window?: string;
  owner?: string;
  openedAt: number;
  /** The deadline and where it comes from; absent where there is none (K2). */
  due?: { at: number; by: 'followup' | 'target' };
  /** The gravest that is lit at its deadline and not excused. */
  lamp?: 'blue' | 'yellow' | 'red';
  /** Its owner says that it is done: it waits to be closed. */
  submitted?: true;
}

export interface FollowupCounts {
  open: number;
  openedToday: number;
  closedToday: number;
}

/** One station's tile. Moments of those who wait, so that a wall can count and time them itself. */
export interface StationTile {
  name: string;
  short: string;
  /** Where the profile has them. */
  nameEn?: string;
  shortEn?: string;
  kind: 'hall' | 'community';
  /** The profile does not know this station; it is counted and flagged. */
  unknown?: true;
  /** So many unknown stations at which less happened, as one; it has no name. */
  merged?: number;
  /** Ticket numbers that were taken here today and on an earlier day (C9), where there are any. */
  reusedTickets?: number;
  accepted: number;
  waiting: number;
}

/** Counts by half hour of the day; slot i covers minutes [i·slotMinutes, (i+1)·slotMinutes). Sparse: absent slots are 0. */
export interface Trend {
  slotMinutes: number;
  /** By channel: at windows, online, and any other way. */
  window: Record<string, number>;
  online: Record<string, number>;
  other: Record<string, number>;
  /**
   * Acceptances of the same weekday's last working days, by slot one count a day, newest first; `usualDays` of them.
   * None on a day off. They stand still all day.
   */
  usual: Record<string, number[]>;
  usualDays: number;
}

/** The same weekday's last working day, for 较上周同日同刻: ascending [minute of day, window cases up to and with it]. */
export interface Comparison {
  day: string;
  windowCases: [number, number][];
  total: number;
}

export interface Thresholds {
  waitMinutes: number;
  serviceMinutes: number;
  queue: number;
  dueSoonHours: number;
  unheardMinutes: number;
}

export interface OverviewData extends SceneHead {
  counts: TodayCounts;
  /** The medical-insurance pilot: approved at its station since it began. Absent where the hall has none. */
  medicalPilot?: { from: string; station: string; approved: number };
  ratings: TodayRatings;
  /** The street hall, where the profile has one: its waits and its queue are the ones that are told here. */
  hallId?: string;
  /** Of the tickets called today at the street hall. */
  wait: Spread;
  /** When those who wait at the street hall took their tickets, ascending; of very many those who came first. */
  queue: number[];
  /** How many more wait; absent where all are in `queue`. */
  queueMore?: number;
  promises: Promises;
  /** By window id; the street hall's, of those that the profile does not know the busy ones. */
  windows: Record<string, WindowCard>;
  /** Those that are not listed; absent where all are. */
  windowsMore?: WindowsMore;
  /** By follow-up id; the open ones, at most 12, those due first. */
  followups: Record<string, FollowupCard>;
  followupCounts: FollowupCounts;
  /** By station id. */
  stations: Record<string, StationTile>;
  /** The station ids in the profile's order, others and the rest after them: an object has no order of its own. */
  order: string[];
  trend: Trend;
  comparison?: Comparison;
  /** The latest acceptances of today, newest first, at most 6. */
  recent: { at: number; station: string; item: string; itemEn?: string; channel: string; window?: string }[];
}

/** 窗口: every station's windows, and who waits where. */
export interface WindowsData {
  hall: HallHead;
  day: DayHead;
  /** By window id: those of the profile, of others the busy ones. */
  windows: Record<string, WindowCard>;
  /** Those that are not listed; absent where all are. */
  windowsMore?: WindowsMore;
  /** By id of a station of the profile: since when those who wait do so, ascending; stations without a queue are absent. */
  waiting: Record<string, number[]>;
  /** By station id: how many more wait; only where not all are in `waiting`. */
  waitingMore: Record<string, number>;
  /** How many wait at stations that the profile does not know; absent where nobody does. */
  waitingElsewhere?: number;
  wait: Spread;
  service: Spread;
  tickets: { taken: number; called: number; served: number; passed: number; left: number };
  thresholds: Thresholds;
}

export interface FollowupsData extends CountdownBasis {
  hall: HallHead;
  day: DayHead;
  /** By id: the open ones, those due first; `counts` has them all. */
  followups: Record<string, FollowupCard>;
  counts: FollowupCounts;
}

/** Who looks at a screen: the hall's management, or everybody who walks in. */
export const AUDIENCES = ['management', 'public'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Whose eyes a topic is for. */
export function audienceOf(topic: Topic): Audience {
  return topic === 'public' ? 'public' : 'management';
}

export function isScene(value: unknown): value is Scene {
  return SCENES.some((scene) => scene === value);
}

export function isTopic(value: unknown): value is Topic {
  return TOPICS.some((topic) => topic === value);
}
