/** `GET /api/checks`: what every station owes today, what was found, and what was said of it. */
import type { Answered, Finding } from '../checks/finding.ts';

export interface ChecksState {
  readonly hall: { readonly name: string; readonly nameEn?: string; readonly demo: boolean };
  readonly timeZone: string;
  /** Whoever asks. */
  readonly staff: string;
  /** The hall's day and clock, epoch ms. */
  readonly day: string;
  readonly now: number;
  readonly areas: readonly { readonly id: string; readonly zh?: string; readonly en?: string }[];
  /** In the profile's order; those that somebody may see. */
  readonly stations: readonly StationChecks[];
  readonly owners: readonly { readonly id: string; readonly name: string; readonly stations: readonly string[] }[];
  /** More was found than is told: figures and rows tell the rest. */
  readonly isCut: boolean;
}

export interface StationChecks {
  readonly id: string;
  readonly name: string;
  readonly nameEn?: string;
  /** Whether today is a working day there. */
  readonly isOwed: boolean;
  /** The day by which what is found there is to be put right, where nobody names another. */
  readonly dueOn: string;
  readonly areas: Readonly<Record<string, AreaCheck>>;
}

export interface AreaCheck {
  /** `open`: not checked today. */
  readonly state: 'open' | 'ok' | 'issue';
  readonly doneAt?: number;
  readonly byName?: string;
  /** Whether whoever asks may check it; `own-conduct`: not their own. */
  readonly may: 'yes' | 'no' | 'own-conduct';
  readonly findings: readonly (Omit<Finding, 'about'> & {
    readonly itemName?: string;
    readonly windowName?: string;
    readonly answered?: Answered;
    /** It is about whoever asks: they can but give it to somebody else. */
    readonly isOwn?: true;
    /** Nothing needs to be said of what somebody has in hand. */
    readonly isOpen: boolean;
  })[];
}
