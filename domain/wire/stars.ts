/** The wire of `/stars`: who may be chosen and why, what stands and is planned, and somebody's own score. */
import type { Noticeboard } from '../profile/noticeboard.ts';
import type { StarKind } from '../events/schema.ts';
import type { StarRule, StarRules, StarSettings } from '../stars/rules.ts';
import type { Candidate, ScorePart } from '../stars/score.ts';

/** A candidate with the names that people know them by. */
export interface CandidateView extends Candidate {
  readonly name: string;
  readonly role?: string;
  readonly roleEn?: string;
  readonly stationName?: string;
  readonly stationNameEn?: string;
  readonly lineName?: string;
  /** Whoever asks: nobody decides about themselves. */
  readonly isSelf?: true;
  readonly hasPhotograph?: true;
}

/** By what somebody was chosen, as it was then. */
export interface StarBasis {
  readonly score?: number;
  readonly rank?: number;
  readonly ranked: number;
  readonly lineName?: string;
  readonly cases: number;
  readonly leastCases: number;
  readonly leastRatings: number;
  readonly parts: readonly ScorePart[];
}

/** What stands of a title, or is planned. */
export interface StandingStar {
  /** A member of staff, or a window. */
  readonly whose: string;
  readonly name: string;
  readonly role?: string;
  readonly roleEn?: string;
  readonly stationName?: string;
  readonly stationNameEn?: string;
  /** Of whoever has left: what the wall and the poster still call them, `''` where they are named no more. */
  readonly left?: string;
  readonly citation?: string;
  readonly citationEn?: string;
  readonly reasons: readonly string[];
  readonly overrule?: string;
  /** When it was published or planned, epoch ms, and by whom; absent where another system said so. */
  readonly at: number;
  readonly by?: string;
  /** Of a plan: when the hall publishes it, epoch ms; `held` says why it did not. */
  readonly publishAt?: number;
  readonly held?: 'left' | 'unknown' | 'complaint';
  /** Absent of what another system sent. */
  readonly basis?: StarBasis;
  /** By the weights of then, of what is known now; absent without a basis, and where nothing is known of them any more. */
  readonly now?: Candidate;
}

export interface TitleState {
  readonly candidates: readonly CandidateView[];
  readonly standing?: StandingStar;
  readonly planned?: StandingStar;
}

/** `GET /api/stars`. */
export interface StarsState {
  readonly hall: { readonly name: string; readonly nameEn?: string; readonly demo: boolean };
  readonly timeZone: string;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  /** `YYYY-MM`; the last one is the month that runs. */
  readonly month: string;
  readonly months: readonly string[];
  readonly titles: Readonly<Record<StarKind, TitleState>>;
  readonly rules: StarRules;
  readonly leavers: NonNullable<StarSettings['leavers']>;
  /** Of the profile and of the noticeboard, to be named when they are changed. */
  readonly versions: { readonly rules: string; readonly conduct: string };
  readonly conduct: NonNullable<Noticeboard['conduct']>;
  readonly past: readonly { readonly month: string; readonly kind: StarKind; readonly name: string }[];
}

/** `GET /api/stars/mine`: of two titles of people. */
export interface OwnStars {
  readonly hall: { readonly name: string; readonly demo: boolean };
  readonly name: string;
  readonly month: string;
  readonly months: readonly string[];
  readonly titles: readonly {
    readonly kind: StarKind;
    /** Absent where no row of the month speaks of them. */
    readonly own?: Candidate & { readonly lineName?: string };
    readonly ranked: number;
    /** By what everybody is ranked: published to whoever sees a score. */
    readonly rule: StarRule;
  }[];
}
