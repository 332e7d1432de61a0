/** What 群众屏 holds on the wire: what citizens may see, and nothing else. */
import type { DayHead, Display, HallHead } from './data.ts';

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
  /** Nobody was called today and nobody is known to wait: that there is no queue is not known. */
  untold?: true;
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
  /** How many more are in hand; absent where all are listed. */
  callsMore?: number;
  /** The street hall's; absent where it takes no tickets. */
  queue?: PublicQueue;
  /** The community stations in the order of the profile. */
  stations: PublicStation[];
  /** The first day after this one on which the street hall's doors open, and at which minute of it; absent where none is near. */
  opensNext?: { day: string; minute: number };
  /** Who leads the floor today. */
  duty?: { name: string; role?: string; roleEn?: string };
  notices: { zh: string; en?: string }[];
  freeServices: string[];
  /** Those of the latest month. */
  stars: { month: string; kind: string; name: string; citation?: string; citationEn?: string }[];
  /** Adopted ones, newest first. */
  suggestions: { text: string; answer?: string }[];
  supervisionTelephone?: string;
}
