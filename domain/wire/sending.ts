/** The wire of `/sending`: what was sent, what is due, and whether a mail server is known. No address, no secret. */
import type { Recipient } from '../sending/document.ts';
import type { SentKind, SendingDocument } from '../sending/document.ts';
import type { Delivery } from '../sending/runs.ts';
import type { Span } from '../measures/build.ts';
import type { Versioned } from './setup.ts';

export interface SentRun {
  /** Its slot's id. */
  readonly id: string;
  readonly plan: string;
  readonly kind: SentKind;
  readonly span: Span;
  /** As people call it; absent: all stations. */
  readonly station?: string;
  /** Its moment, epoch ms. */
  readonly at: number;
  /** How often something was said of it as a whole: whoever sends one that was missed names it. */
  readonly turn: number;
  /** It stands first until a person has settled it. */
  readonly isWaiting: boolean;
  /** `name`: as the hall's document has it now; the id where it is no longer there. `byName`: who settled it. */
  readonly deliveries: readonly (Delivery & { readonly name: string; readonly byName?: string })[];
}

export interface DuePlan {
  readonly plan: string;
  readonly kind: SentKind;
  readonly station?: string;
  readonly formats: readonly string[];
  readonly to: readonly string[];
  /** Absent where the plan has ended. */
  readonly next?: { readonly at: number; readonly span: Span };
}

/** `GET /api/sending`. */
export interface SendingState {
  readonly hall: { readonly name: string; readonly demo: boolean };
  readonly timeZone: string;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  /** Nothing is sent for now: the clock has moved and has not yet held. */
  readonly isClockDoubted: boolean;
  /** Those that wait for a person, then the others; of each the latest first. */
  readonly runs: readonly SentRun[];
  /** So many more wait for a person than are among them. */
  readonly moreWaiting: number;
  readonly plans: readonly DuePlan[];
  readonly recipients: readonly Pick<Recipient, 'id' | 'name' | 'type'>[];
  readonly smtp: { readonly isSet: boolean; readonly host?: string };
  /** For whoever may change it, with the stations that a plan may be of. */
  readonly document?: Versioned<SendingDocument>;
  readonly stations?: readonly { readonly id: string; readonly name: string }[];
}

/** `POST /api/sending/test`: whether the server took it. */
export interface TestSent {
  readonly result: 'sent' | 'failed' | 'unknown';
  readonly reason?: string;
}
