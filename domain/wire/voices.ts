/** What the form for citizens and the page of whoever reads it are told over HTTP. Moments are epoch ms of the hall's clock. */
import type { Masked } from '../events/mask.ts';
import type { SayKind } from '../voices/events.ts';
import type { VoiceEnd, VoiceKind } from '../voices/voice.ts';

/** `GET /api/say`: where the form stands. */
export interface SayPlace {
  readonly hall: { readonly name: string; readonly nameEn?: string; readonly demo: boolean };
  readonly timeZone: string;
  /** The tablet's station; absent outside the hall, where one of `stations` is chosen. */
  readonly station?: SayStation;
  readonly stations: readonly SayStation[];
  /** Where an answer can be read from outside the hall, such as `https://say.hall.example`; absent where nowhere. */
  readonly outside?: string;
  /** So many days words wait for somebody to read them. */
  readonly keepDays: number;
}

export interface SayStation {
  readonly id: string;
  readonly name: string;
  readonly nameEn?: string;
}

/** `POST /api/say/look`: what became of it, for whoever holds its receipt. */
export interface SayAnswer {
  readonly kind: SayKind | 'request';
  readonly at: number;
  readonly timeZone: string;
  /** `waiting`: nobody has read it. `open`: read, and seen to. */
  readonly state: 'waiting' | 'open' | VoiceEnd['how'] | 'adopted';
  /** As it was released. */
  readonly text?: string;
  readonly edited?: true;
  readonly end?: Pick<VoiceEnd, 'at' | 'words' | 'upheld'>;
}

/** What somebody who reads may look for. */
export const VOICE_LISTS = ['waiting', 'open', 'closed'] as const;
export type VoiceList = (typeof VOICE_LISTS)[number];

/** What in words that nobody has read asks for a second look. */
export type VoiceMark =
  /** What looks like a name, a telephone, an identity number. */
  | 'identity'
  /** A longer number. */
  | 'number'
  /** One of the hall's own staff is named. */
  | 'staff';

export interface VoiceView {
  readonly kind: VoiceKind;
  readonly id: string;
  readonly at: number;
  readonly topic?: string;
  readonly medium?: string;
  readonly station?: string;
  readonly stationName?: string;
  /**
   * `unread`: they wait. `gone`: nobody read them in time. `none`: there were none, as of what is written down at a desk.
   * `yours`: it is about whoever asks, who may not read it.
   */
  readonly words: 'released' | 'unread' | 'gone' | 'none' | 'yours';
  readonly text?: string;
  readonly edited?: true;
  readonly marks: readonly VoiceMark[];
  /** Of unread words that hold what may not be released: the same without it, and at how many places. */
  readonly masked?: Masked;
  /** Of words that wait: when they are deleted. */
  readonly until?: number;
  /** Names of the staff it is about. */
  readonly about: readonly string[];
  readonly owner?: string;
  readonly dueBy?: number;
  readonly isLate?: true;
  /** It was given to whoever asks, who else would not see it: they answer it, and do nothing else with it. */
  readonly isOwner?: true;
  readonly end?: VoiceEnd;
  /** Whoever released it, and whoever ended it, by name. */
  readonly releasedBy?: string;
  readonly endedBy?: string;
}

export interface VoiceOwner {
  readonly id: string;
  readonly name: string;
  readonly station?: string;
  /** They may answer all of that station: complaints of conduct are theirs alone. */
  readonly answers: boolean;
}

/** `GET /api/suggestions/own`: what is given to whoever asks and not answered, and how much of it is late. */
export interface OwnVoices {
  readonly open: number;
  readonly late: number;
}

/** `GET /api/suggestions` */
export interface VoicesState {
  readonly hall: { readonly name: string; readonly demo?: boolean; readonly practice?: boolean };
  readonly timeZone: string;
  readonly now: number;
  readonly today: string;
  readonly keepDays: number;
  /** Open requests and complaints are listed so many days; suggestions for ever. */
  readonly openDays: number;
  /** Whether the one who asks may read and answer; else there are slips, and what is given to them. */
  readonly mayAnswer: boolean;
  readonly list: VoiceList;
  readonly counts: Readonly<Record<'waiting' | 'open', number>>;
  readonly voices: readonly VoiceView[];
  /** How many there are beyond those. */
  readonly more: number;
  /** Where the one who asks may type in slips. */
  readonly stations: readonly SayStation[];
  /** Who may see to one at a station; `station` is absent where somebody works everywhere. */
  readonly owners: readonly VoiceOwner[];
  /** The hall's own staff, for a complaint that names one. */
  readonly staff: readonly { readonly id: string; readonly name: string }[];
}
