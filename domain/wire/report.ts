/** The wire of `/report`: one report, as page, file and text show it. */
import type { ComparisonKind } from '../brief/periods.ts';
import type { Span } from '../measures/build.ts';
import type { TermId } from '../measures/terms.ts';
import type { Narrowing, RowOrder, RowPart } from '../rows/query.ts';
import type { Language } from './language.ts';
import type { ReportKind, SectionId } from '../report/kinds.ts';

export type ChangeUnit = 'count' | 'percent' | 'points' | 'minutes' | 'days';

/** From the lightest to the darkest. */
export type Shade = 1 | 2 | 3 | 4 | 5;

/** A value with what is needed to write it anywhere: as words on paper, as a number in a sheet. */
export type Value =
  | { readonly type: 'text'; readonly text: string }
  /** `shade`: how much of the most in its table, so that a look finds it; the number says it all the same. */
  | { readonly type: 'number'; readonly n: number; readonly shade?: Shade }
  /** `apart`: both sums stand in columns of their own. */
  | { readonly type: 'share'; readonly n: number; readonly of: number; readonly apart?: true }
  /** Such as the lower end of an interval: 0 to 1, with no sums of its own. */
  | { readonly type: 'part'; readonly part: number }
  /** `YYYY-MM-DD`. */
  | { readonly type: 'date'; readonly day: string }
  | { readonly type: 'duration'; readonly ms: number }
  | { readonly type: 'days'; readonly days: number }
  /** How a figure moved: `n` in its unit (`percent` and `points` as parts of 1, minutes, days); without `n` it is words. */
  | {
      readonly type: 'change';
      readonly text: string;
      readonly n?: number;
      readonly unit?: ChangeUnit;
      readonly byDay?: true;
    }
  /** Nothing to state: blank, and never 0. */
  | { readonly type: 'none' };

/** `figure`: its values are of several kinds. `names`: many in one cell. `rank`: places, narrow, before what they are of. */
export type ColumnKind = 'text' | 'names' | 'rank' | 'number' | 'share' | 'date' | 'duration' | 'figure' | 'change';

/**
 * What leads from a figure to its rows: its measure, and what it is narrowed to beside the report's own span and station.
 * A column says a part of it and a row another; where they say no measure together, the figure leads nowhere.
 */
export interface Lead
  extends Partial<Span>, Pick<Narrowing, 'item' | 'line' | 'window' | 'service' | 'weekday' | 'halfHour'> {
  readonly term?: TermId;
  readonly part?: RowPart;
  readonly station?: string;
  /** That in which the rows tell what the figure was read off: the longest first, of what nine in ten took. */
  readonly order?: RowOrder;
}

export interface Column {
  readonly title: string;
  readonly kind: ColumnKind;
  /** Absent: its cells lead nowhere. */
  readonly lead?: Lead;
}

export interface Table {
  readonly type: 'table';
  readonly caption?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Value[])[];
  /** Of each row the measure that it is of, where its rows are measures. */
  readonly terms?: readonly TermId[];
  /** Of each row what it adds to its columns' leads; `null`: nothing in it leads anywhere. Without it `terms` say it. */
  readonly leads?: readonly (Lead | null)[];
  /** The measures that its columns are of. */
  readonly about?: readonly TermId[];
  /** So many rows at its end sum up those above. */
  readonly foot?: number;
}

/** Bars that start at zero; one for each label. */
export interface Bars {
  readonly type: 'bars';
  readonly caption: string;
  readonly labels: readonly string[];
  readonly values: readonly number[];
}

/** What the hall itself writes, and who wrote it and when, in words. */
export interface Words {
  readonly type: 'words';
  readonly text: string;
  readonly told: string;
}

/** A figure in a sentence, as it is written, with its measure. */
export interface ToldFigure {
  readonly text: string;
  readonly term: TermId;
  readonly part?: RowPart;
  /** The figure itself, where prose rounds it. */
  readonly exact?: number;
}

/** A piece of a sentence: text, which holds no figure of a measure, or one of these. */
export type Phrase = string | ToldFigure;

export interface Sentence {
  readonly type: 'sentence';
  readonly text: string;
  /** The same text in pieces, where figures in it lead to their rows. */
  readonly phrases?: readonly Phrase[];
}

export type Block = Sentence | { readonly type: 'note'; readonly text: string } | Table | Bars | Words;

export interface Section {
  readonly id: SectionId;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export interface Definition {
  readonly term: TermId;
  readonly name: string;
  readonly unit: string;
  /** Of what a sentence rounds it says the figure itself as well. */
  readonly definition: string;
  readonly rule: string;
}

/** `GET /api/reports/sections?kind=KIND`: what a kind of report holds, in its order. */
export interface ReportSections {
  /** Of the document in which it stands. */
  readonly version: string;
  readonly kind: ReportKind;
  readonly sections: readonly SectionId[];
  /** Whether they are the product's, and not the hall's own. */
  readonly isStandard: boolean;
}

/** `GET /api/report?kind=KIND[&day=DAY | &from=DAY&to=DAY][&station=ID][&lang=zh|en]`. */
export interface Report {
  readonly hall: { readonly id: string; readonly name: string; readonly demo: boolean };
  readonly language: Language;
  readonly kind: ReportKind;
  readonly title: string;
  /** The span in words, and its two days. */
  readonly spanName: string;
  readonly span: Span;
  readonly station?: { readonly id: string; readonly name: string };
  readonly stations: readonly { readonly id: string; readonly name: string }[];
  readonly timeZone: string;
  readonly workingDays: number;
  /** The hall's day and clock (epoch ms) as of which all of this is. */
  readonly today: string;
  readonly madeAt: number;
  readonly isRunning: boolean;
  readonly seq: number;
  /** What a reader must know before any figure: unfinished, other hours, few ratings. */
  readonly marks: readonly string[];
  readonly comparisons: readonly { readonly kind: ComparisonKind; readonly span: Span }[];
  /** Whether whoever asked may write the hall's own words. */
  readonly mayWrite?: true;
  readonly sections: readonly Section[];
  readonly definitions: readonly Definition[];
  /** Where all of it comes from: span, zone, position and when it was made, in words. */
  readonly colophon: readonly string[];
  /** What such a report holds elsewhere and this ledger cannot support. */
  readonly missing: readonly string[];
}
