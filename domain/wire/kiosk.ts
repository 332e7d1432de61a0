/** The wire between server and whatever gives out numbers: `GET` and `POST /api/take`. */

/** A line of business that somebody may take a number for. */
export interface KioskLine {
  readonly id: string;
  readonly name: string;
}

/** Appointments of one moment and item, of which at least one has no number yet. */
export interface KioskSlot {
  /** Epoch ms. */
  readonly at: number;
  readonly item?: string;
  /** Of the item. */
  readonly name?: string;
}

export interface KioskState {
  readonly hall: { readonly name: string; readonly nameEn?: string; readonly demo: boolean };
  readonly station: string;
  readonly stationEn?: string;
  readonly timeZone: string;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  /** `early`: numbers are given later today. `over`: none any more today. `foreign`: a queue machine gives them. */
  readonly state: 'open' | 'early' | 'over' | 'foreign';
  /** Of `early`: when, epoch ms. */
  readonly opensAt?: number;
  readonly waiting: number;
  readonly lines: readonly KioskLine[];
  /** Those for which a number may be taken now; absent where the station has no appointment left today. */
  readonly appointments?: readonly KioskSlot[];
}

export interface MinuteSpan {
  readonly low: number;
  readonly high: number;
}

/** What the slip says. */
export interface TakeAnswer {
  readonly number: string;
  /** How many wait before it. */
  readonly ahead: number;
  /** When it was given, epoch ms. */
  readonly at: number;
  /** The moment of the appointment that it is for, epoch ms: it is called first then. */
  readonly dueAt?: number;
  /** Absent where too little is known to say. */
  readonly waitMinutes?: MinuteSpan;
}
