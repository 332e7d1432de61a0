/** What 医保试点 holds on the wire. */
import type { SceneHead, Spread } from './data.ts';

/** 医保试点: what the pilot has handled. Absent `from` where the hall has no pilot. */
export interface MedicalData extends SceneHead {
  from?: string;
  /** The station of the pilot: what is counted here was handled there. */
  station?: { id: string; name: string; nameEn?: string };
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
  /** So many unknown items of which fewer were handled, as one; it has no name. */
  merged?: number;
  /** Accepted today, and since the pilot began. */
  today: number;
  since: number;
  outcomes: Outcomes;
  open: number;
}
