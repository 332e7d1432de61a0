/** What an alarm holds on the wire, and how a wall speaks up at one. */

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
  /** Of a poor rating: its follow-up, while that is open. `window` is where the case behind it was handled. */
  followup?: { owner?: string; openedAt: number; dueAt?: number };
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
