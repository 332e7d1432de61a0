/** The wire of `/brief`: what a leader's page reads, all of one position of the ledger. */
import type { Comparison, ComparisonKind, Period } from '../brief/periods.ts';
import type { SilentDays, SilentFeed } from '../frozen/silent-feeds.ts';
import type { Span } from '../measures/build.ts';
import type { Measures } from '../measures/measures.ts';
import type { TermId } from '../measures/terms.ts';

/** What was asked of whom about a matter, and by when. */
export interface Instructed {
  readonly followup: string;
  readonly at: number;
  readonly note: string;
  readonly owner?: string;
  readonly dueAt?: number;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** An open instruction, as whoever it concerns sees it; moments are epoch ms. */
export interface InstructionView {
  readonly followup: string;
  readonly matter: 'overdue' | 'rating' | 'check' | 'unheard';
  readonly stationName: string;
  readonly note: string;
  readonly openedAt: number;
  readonly dueAt?: number;
  /** Who gave it, and who is to do it, by name. */
  readonly by?: string;
  readonly owner?: string;
  /** Whoever asks is its owner. */
  readonly isOwn: boolean;
  readonly mayClose: boolean;
  /** What was said of it since, the earliest first. */
  readonly reports: readonly { readonly at: number; readonly by?: string; readonly note: string }[];
}

/** `GET /api/brief/instructions`. */
export interface InstructionViews {
  readonly timeZone: string;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  /** Those due first before the others. */
  readonly instructions: readonly InstructionView[];
  /** So many open ones were not looked at. */
  readonly more: number;
}

interface Placed {
  readonly station: string;
  readonly stationName: string;
  readonly instructed?: Instructed;
}

/** Something that needs somebody's decision; moments are epoch ms. */
export type Decision = Placed &
  (
    | { readonly kind: 'overdue'; readonly case: string; readonly item: string; readonly dueAt: number }
    | {
        readonly kind: 'rating';
        readonly followup: string;
        readonly openedAt: number;
        readonly window?: string;
        readonly owner?: string;
        readonly dueAt?: number;
      }
    | { readonly kind: 'check'; readonly day: string; readonly areas: readonly string[] }
    | { readonly kind: 'unheard'; readonly since?: number }
  );

/** The same at so many stations that it is one thing which is wrong; each has its own place for an instruction. */
export interface AtStations {
  readonly kind: 'check' | 'unheard';
  readonly each: readonly Decision[];
}

export interface Decisions {
  readonly shown: readonly (Decision | AtStations)[];
  readonly count: number;
  /** So many of a kind beside those that are shown, where these are not all. */
  readonly rest?: { readonly overdue?: number; readonly rating?: number };
}

export interface Compared extends Comparison {
  /** Of `now` and of `then`. */
  readonly measures: Measures;
  readonly before: Measures;
}

/** What must be minded before figures are laid side by side. */
export type Caution =
  /** Years whose holidays nobody knows, of the span or of what it is compared with. */
  | { readonly type: 'unknown-years'; readonly years: readonly number[] }
  /** Days with other hours than usual, in the span and in each that it is compared with. */
  | {
      readonly type: 'other-hours';
      readonly days: number;
      readonly then: readonly { readonly kind: ComparisonKind; readonly days: number }[];
    }
  /** Shares and medians that are of few in the span (`n`), or in what it is compared with. */
  | {
      readonly type: 'few';
      readonly figures: readonly {
        readonly term: TermId;
        readonly n?: number;
        readonly then: readonly { readonly kind: ComparisonKind; readonly n: number }[];
      }[];
    }
  | { readonly type: 'renamed'; readonly before: string; readonly name: string; readonly day: string }
  /** What was published of `day` was counted by other rules than now. */
  | { readonly type: 'other-rules'; readonly day: string }
  /** Feeds that had sent nothing of `day` when its books closed: what they alone send is not known to be 0. */
  | { readonly type: 'silent-feeds'; readonly day: string; readonly feeds: readonly SilentFeed[] }
  /** The same of days of a longer span, or of one that it is compared with. */
  | { readonly type: 'silent-days'; readonly of?: ComparisonKind; readonly feeds: readonly SilentDays[] };

/** One working day of the picture. */
export interface BriefDay {
  readonly day: string;
  readonly accepted: number;
  readonly windowCases: number;
  readonly onlineCases: number;
  readonly medicalCases: number;
  readonly peopleServed: number;
}

/** `GET /api/brief/scopes`: what a brief can be narrowed to. */
export interface BriefScopes {
  readonly lines: readonly Named[];
  readonly items: readonly (Named & { readonly line: string })[];
  readonly windows: readonly (Named & { readonly station: string })[];
}

/** `GET /api/brief`. */
export interface Brief {
  readonly hall: { readonly id: string; readonly name: string; readonly nameEn?: string; readonly demo: boolean };
  readonly timeZone: string;
  /** `span`: any days. */
  readonly period: Period | 'span';
  readonly span: Span;
  /** The hall's day and clock, epoch ms, as of which all of this is. */
  readonly today: string;
  readonly now: number;
  /** Where a past moment was asked for, the hall's clock at the question: all else is told as of `now`. */
  readonly present?: number;
  /** Whether the span is not over. */
  readonly isRunning: boolean;
  readonly station?: { readonly id: string; readonly name: string };
  /** What it is narrowed to beside its station; then it holds no decisions. */
  readonly only?: Partial<Record<'line' | 'item' | 'window', Named>>;
  readonly stations: readonly { readonly id: string; readonly name: string }[];
  readonly workingDays: number;
  readonly measures: Measures;
  readonly comparisons: readonly Compared[];
  readonly cautions: readonly Caution[];
  /** Of a day that runs, of the hall or of one station: window cases now, and on its last working day of the same weekday up to the same minute. */
  readonly sameMoment?: { readonly day: string; readonly then: number; readonly windowCases: number };
  /** Absent where the span does not hold today. */
  readonly decisions?: Decisions;
  /** To whom whoever reads may give instructions; absent where they may give none. */
  readonly owners?: readonly { readonly id: string; readonly name: string }[];
  /** Instructions are open that may concern whoever reads. */
  readonly hasInstructions?: true;
  /** The last working days up to the end of the span, ascending. */
  readonly days: readonly BriefDay[];
  readonly seq: number;
}
