/** What each topic's `data` holds on the wire. No nulls anywhere; a thing that is not there has no key. Moments are epoch ms. */
import type { StarKind } from '../../events/schema.ts';

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
  /** Absent where the official calendar's years have run out. */
  working?: boolean;
  /** True once `hall.day.closed` is in the ledger for this day. */
  closed: boolean;
  /** Opening hours as pairs of minutes past midnight; empty on a day off. */
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

/** What every scene of the management wall holds beside its own figures. */
export interface SceneHead {
  hall: HallHead;
  day: DayHead;
  proof: Proof;
  thresholds: Thresholds;
  display: Display;
  /** By alarm id: the open ones, and the latest of today's that have ended, where these fill up to 12. */
  alarms: Record<string, AlarmCard>;
  announcing: Announcing;
  /** Opening hours of a working day, in which countdowns run: pairs of minutes past midnight. */
  countdownHours: [number, number][];
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
  /** Promise moments of open cases that lie in today, ascending. */
  dueToday: number[];
  /** Promise moments of open cases after today, within the next working days that matter, ascending. */
  dueLater: number[];
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

export interface FollowupCard {
  about: 'rating' | 'overdue' | 'licence' | 'deferred' | 'check' | 'suggestion' | 'instruction';
  station: string;
  stationName: string;
  stationNameEn?: string;
  /** The window's label, where the case behind it is still at hand. */
  window?: string;
  owner?: string;
  openedAt: number;
  /** The deadline and where it comes from; absent where there is none, or the calendar's years run out (K2). */
  due?: { at: number; by: 'followup' | 'target' };
}

/** What the waits at an alarm's station were; `things`: how many it stood for, where it stood for several. */
export interface WaitReading {
  waiting: number;
  longestMinutes: number;
  things?: number;
}

/** One alarm, open or ended today. Names are as a screen shows them. */
export interface AlarmCard {
  /** One of the hall's own kinds, or a foreign sender's word. */
  kind: string;
  station: string;
  stationName: string;
  stationNameEn?: string;
  /** Absent at the street hall, which a wall of its own need not name. */
  stationShort?: string;
  stationShortEn?: string;
  /** The window's label and its id. */
  window?: string;
  windowId?: string;
  /** What it is about: the id of a window, terminal, station or follow-up; the name where the profile has one. */
  subject?: string;
  subjectName?: string;
  subjectNameEn?: string;
  raisedAt: number;
  /** Since when it has been so, where that was before the alarm. */
  since?: number;
  /** A code such as `send-lead`, or a foreign sender's words. */
  proposal?: string;
  /** The label of the window that `open-window:ID` names. */
  proposedWindow?: string;
  takenAt?: number;
  takenBy?: string;
  /** A code such as `on-site`, or somebody's words. */
  measure?: string;
  endedAt?: number;
  endedBy?: string;
  endReason?: 'cleared' | 'by-hand' | 'closing' | 'expired';
  effect?: string;
  before?: WaitReading;
  after?: WaitReading;
  /** While it is open: how many wait at its station now, and since when the first of them. */
  waiting?: number;
  waitingSince?: number;
}

/** How a wall speaks up at a new alarm. */
export interface Announcing {
  sound: boolean;
  speech: boolean;
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
  accepted: number;
  waiting: number;
}

/** Counts by half hour of the day; slot i covers minutes [i·slotMinutes, (i+1)·slotMinutes). Sparse: absent slots are 0. */
export interface Trend {
  slotMinutes: number;
  /** Window cases that are not medical, medical cases of any channel, online ones that are not medical, all others. */
  window: Record<string, number>;
  medical: Record<string, number>;
  online: Record<string, number>;
  other: Record<string, number>;
  /**
   * Acceptances of the same weekday's last working days, by slot one count a day, newest first; `usualDays` of them.
   * None on a day off, and none where the calendar does not know today. They stand still all day.
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
  medicalPilot?: { from: string; approved: number };
  ratings: TodayRatings;
  wait: Spread;
  /** When those who wait at the street hall took their tickets, ascending. */
  queue: number[];
  promises: Promises;
  /** By window id; the street hall's. */
  windows: Record<string, WindowCard>;
  /** By follow-up id; the open ones, at most 12, those due first. */
  followups: Record<string, FollowupCard>;
  followupCounts: FollowupCounts;
  /** By station id. */
  stations: Record<string, StationTile>;
  trend: Trend;
  comparison?: Comparison;
  /** The latest acceptances of today, newest first, at most 6. */
  recent: { at: number; station: string; item: string; itemEn?: string; channel: string; window?: string }[];
}

/** 窗口: every station's windows, and who waits where. */
export interface WindowsData {
  hall: HallHead;
  day: DayHead;
  windows: Record<string, WindowCard>;
  /** By station id: since when those who wait do so, ascending; stations without a queue are absent. */
  waiting: Record<string, number[]>;
  wait: Spread;
  service: Spread;
  tickets: { taken: number; called: number; served: number; passed: number; left: number };
  thresholds: Thresholds;
}

/** 社区: the street hall and the community stations beside one another. */
export interface CommunitiesData extends SceneHead {
  /** By station id: those in force, and any other at which something happened today. They add up to 总览. */
  stations: Record<string, StationRow>;
  /** The station ids in the profile's order, those that are not in force after them. */
  order: string[];
  areas: string[];
  /** The last ten working days up to the current one, ascending; it ends before today where today is none. */
  checkDays: string[];
}

/** One station's day beside the others'. */
export interface StationRow extends StationTile {
  /** Acceptances by what they are; the four add up to `accepted`. Parts of 0 are absent. */
  load: Partial<Record<CaseKind, number>>;
  finished: number;
  /** True where tickets are taken, so that nobody waiting means nobody waits. */
  tickets?: true;
  /** When the one who has waited longest took the ticket; absent while nobody waits. */
  waitingSince?: number;
  wait: Spread;
  promises: Omit<Promises, 'dueLater'>;
  ratings: TodayRatings;
  /**
   * Day → area → result, on the days of `checkDays` on which the station owed checks. What was not done is `missing`
   * on an earlier day, and absent on the current one: whether there is still time is the clock's to say.
   */
  checks: Record<string, Record<string, CheckResult>>;
}

export type CheckResult = 'ok' | 'issue' | 'missing';

/** What a case is on a chart: window ones that are not medical, medical ones of any channel, online ones that are not, all others. */
export const CASE_KINDS = ['window', 'medical', 'online', 'other'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** 医保试点: what the pilot has handled. Absent `from` where the hall has no pilot. */
export interface MedicalData extends SceneHead {
  from?: string;
  /** The station of the pilot: what is counted here was handled there. */
  station?: { name: string; nameEn?: string };
  /** Accepted today at other stations: with `today.accepted` it is what 总览 calls medical cases. */
  elsewhere: number;
  today: { accepted: number; outcomes: Outcomes; consultations: Consultations };
  since: { accepted: number; outcomes: Outcomes; consultations: Consultations };
  /** Accepted on any day and not finished. */
  open: number;
  /** By item code: those of the line in the catalogue, and any other that was handled. They add up to the sums above. */
  items: Record<string, MedicalItem>;
  /** The item codes in the catalogue's order, those that it does not know after them. */
  order: string[];
  /** Monday → approved in that week, every week since the pilot began, or the newest thirty. */
  weeks: Record<string, number>;
  /** Working time from acceptance to finish, to two digits: items done at once apart from those with a promise. */
  pace: { instant: Spread; promised: Spread; other: Spread };
  /** Mean acceptances of the same weekday's last working days, by slot, to two decimals; `days` of them. */
  usual: { slotMinutes: number; days: number; slots: Record<string, number> };
}

/** Finished cases by outcome. */
export interface Outcomes {
  approved: number;
  refused: number;
  notAccepted: number;
  withdrawn: number;
}

export interface Consultations {
  visit: number;
  phone: number;
}

export interface MedicalItem {
  name: string;
  nameEn?: string;
  /** The catalogue does not know this code; it is counted and flagged. */
  unknown?: true;
  /** Accepted today, and since the pilot began. */
  today: number;
  since: number;
  outcomes: Outcomes;
  open: number;
}

/** 评价: how people rated, the active apart from the default, and the loop of poor ones. */
export interface RatingsData extends SceneHead {
  today: RatingCounts;
  month: RatingCounts;
  /** The months before this one that hold a rating, oldest first. */
  earlier: ({ month: string } & RatedPlace)[];
  /** By station id: this month's. Stations in force, and any other that was rated. */
  stations: Record<string, RatedStation>;
  loop: RatingLoop;
  /** Open follow-ups of poor ratings by id, whenever they were opened. */
  followups: Record<string, FollowupCard>;
  /** Working days that a poor rating is given where its follow-up states no deadline. */
  poorRatingDays: number;
}

/** Ratings of the first round by score, those that a person gave apart from those filled in. */
export interface RatingCounts {
  active: Record<string, number>;
  byDefault: Record<string, number>;
}

/** Ratings of one place: `satisfied` of those that a person gave, `byDefault` the others, `poor` of both. */
export interface RatedPlace {
  satisfied: Ratio;
  poor: number;
  byDefault: number;
}

/** A station's ratings, and by window id those that named one; the rest came without a window. */
export interface RatedStation extends RatedPlace {
  name: string;
  short: string;
  nameEn?: string;
  shortEn?: string;
  kind: 'hall' | 'community';
  /** The profile does not know this station; it is counted and flagged. */
  unknown?: true;
  windows: Record<string, { label: string } & RatedPlace>;
}

/**
 * This month's poor ratings and what became of them. Nothing in the ledger joins a rating to its follow-up,
 * so the two are counted side by side: `opened` − the five results = those still open, and
 * `poor` − `opened`, where that is positive, have no follow-up yet.
 */
export interface RatingLoop {
  /** First-round ratings of 1 and 2. */
  poor: number;
  /** Follow-ups about ratings that were opened this month. */
  opened: number;
  calledBack: number;
  rectified: number;
  explained: number;
  misrated: number;
  /** Opened this month and not closed. */
  open: number;
  /** Still open from earlier months; listed, and in none of the counts above. */
  carried: number;
}

/** 明星墙: the stars of the months, and suggestions that were adopted. */
export interface StarsData extends SceneHead {
  /** By `YYYY-MM:kind`: the newest published month and the twelve before it. */
  stars: Record<string, StarCard>;
  /** By suggestion id, the latest first to have been received. */
  suggestions: Record<string, SuggestionCard>;
  supervisionTelephone?: string;
}

export interface StarCard {
  month: string;
  kind: StarKind;
  /** The name in the roster, or the id where the roster does not know it. */
  staff: string;
  /** Under which the photograph is served. */
  staffId: string;
  role?: string;
  stationName?: string;
  stationNameEn?: string;
  citation?: string;
  /** As they were published. */
  reasons: string[];
}

export interface SuggestionCard {
  text: string;
  receivedAt: number;
  answer?: string;
}

export interface FollowupsData {
  hall: HallHead;
  day: DayHead;
  followups: Record<string, FollowupCard>;
  counts: FollowupCounts;
}

/** A call as the display over the windows shows it. No id of a ticket, a case or a staff member. */
export interface PublicCall {
  /** What is called out: 034, A023. */
  number: string;
  /** `number` is only the end of a longer one (尾号). */
  tail?: true;
  /** The window's label. */
  window: string;
  at: number;
}

/** Who waits at a station that takes tickets. */
export interface PublicQueue {
  waiting: number;
  /** Nobody waits, and a window is open and free. */
  free?: true;
  /** When the one who has waited longest took the ticket; absent where nobody waits. */
  oldestAt?: number;
  /** How long somebody who comes now is likely to wait; absent where too little is known. */
  wait?: { lowMs: number; highMs: number };
}

export interface PublicStation {
  name: string;
  short: string;
  nameEn?: string;
  shortEn?: string;
  /** Absent where the station takes no tickets: nothing is known of waiting there. */
  queue?: PublicQueue;
}

/** 群众屏: what citizens may see, and nothing else. A field that is added here must be added to the test's list too. */
export interface PublicData {
  hall: HallHead;
  day: DayHead;
  display: Pick<Display, 'theme' | 'language'>;
  /** The latest calls in hand at the street hall, newest first. */
  calls: PublicCall[];
  /** The street hall's; absent where it takes no tickets. */
  queue?: PublicQueue;
  /** The community stations in the order of the profile. */
  stations: PublicStation[];
  /** Who leads the floor today. */
  duty?: { name: string; role?: string };
  notices: { zh: string; en?: string }[];
  freeServices: string[];
  /** Those of the latest month. */
  stars: { month: string; kind: string; name: string; citation?: string }[];
  /** Adopted ones, newest first. */
  suggestions: { text: string; answer?: string }[];
  supervisionTelephone?: string;
}

export interface TopicData {
  overview: OverviewData;
  windows: WindowsData;
  communities: CommunitiesData;
  medical: MedicalData;
  ratings: RatingsData;
  stars: StarsData;
  followups: FollowupsData;
  public: PublicData;
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
