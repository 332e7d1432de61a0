/** What the page of imports and its server say to each other. */
import type { MappingSpec } from '../mapping/schema.ts';

/** How a file is read, as a mapping states it. */
export type FileReading = NonNullable<MappingSpec['file']>;

/** A mapping as its file has it: what `parseMapping` takes. */
export type MappingJson = Readonly<Record<string, unknown>>;

/** A sentence in both languages. */
export interface Said {
  readonly zh: string;
  readonly en: string;
}

export interface LookedColumn {
  readonly name: string;
  /** The first different texts that stand in it; what looks like a citizen is masked. */
  readonly words: readonly string[];
  /** Whether more different texts stand in the rows that were looked at. */
  readonly hasMore: boolean;
}

/** A mapping of the hall's folder beside a file. */
export interface KeptMapping {
  /** The file's name without its ending. */
  readonly id: string;
  readonly name: string;
  readonly mapping: MappingJson;
  /** Whether every column that it reads is there. */
  readonly fits: boolean;
}

/** A file that is held, as it is read: `POST /api/imports`, and again with another reading. */
export interface ImportLook {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly format: 'csv' | 'xlsx';
  /** How it was read, a line each. */
  readonly how: readonly Said[];
  /** What was found, by the names of a mapping; a choice of a person says the same. */
  readonly reading: FileReading;
  /** Of a workbook: all its sheets, those that are not read as well. */
  readonly sheets: readonly string[];
  /** 0: the file has no column names. */
  readonly headerLine: number;
  readonly columns: readonly LookedColumn[];
  /** The first rows, masked like the words. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** Lines among them that could not be cut into cells. */
  readonly broken: readonly Said[];
  readonly draft: {
    /** Absent where none could be written: then a question says why. */
    readonly mapping?: MappingJson;
    readonly kind?: Said;
    /** What a person must still decide. */
    readonly questions: readonly (Said & { readonly path: string })[];
  };
  /** What the hall has, by the field that names it: `station`, `window`, `item`, `line`, `staff`. */
  readonly names: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
  /** What was kept of other months: those that fit stand first. */
  readonly kept: readonly KeptMapping[];
}

/** What became of the rows of one run; they add up: new, known, left out, differing and refused. */
export interface ImportOutcome {
  readonly rows: number;
  readonly newRows: number;
  readonly knownRows: number;
  readonly repeatedRows: number;
  readonly leftOut: number;
  readonly differing: number;
  /** Of the differing those that replaced what was known, or would. */
  readonly corrected: number;
  readonly refused: number;
  readonly events: number;
  /** Whether so many rows were refused or differ that nothing was written. */
  readonly isOverLimit: boolean;
  readonly written: boolean;
  /** How it was read, with its first row. */
  readonly how: readonly Said[];
  /** Why rows were refused, the most frequent first; `word` is the one that a map lacks. */
  readonly reasons: readonly (Said & {
    readonly count: number;
    readonly columns: readonly string[];
    readonly word?: string;
  })[];
  /** The first rows that were refused, that differ, or went in without a field. */
  readonly findings: readonly (Said & { readonly of: 'refused' | 'differing' | 'dropped' })[];
  /** Formats that read times in two ways. */
  readonly undecided: readonly Said[];
  /** The first events that are new. */
  readonly firstEvents: readonly {
    readonly type: string;
    readonly id: string;
    readonly time?: string;
    readonly subject?: string;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
}

export interface ImportAsk {
  readonly mapping: MappingJson;
  readonly dryRun: boolean;
  readonly correct: boolean;
  /** Percent of the rows that may be refused or differ; absent: ten, and more than ten rows. */
  readonly limit?: number;
}

/** A run, while it is under way and after it. */
export interface ImportRun {
  readonly dryRun: boolean;
  readonly progress?: {
    readonly stage: 'look' | 'check' | 'write';
    /** 0 to 1. */
    readonly fraction: number;
    readonly rows: number;
    /** Since the stage began. */
    readonly ms: number;
  };
  readonly outcome?: ImportOutcome;
  /** Why it ended before its end; what had gone in stays, and a second run goes on behind it. */
  readonly problem?: Said | 'stopped' | 'disk-full' | 'failed';
}

/** `GET /api/imports/:id`. */
export interface ImportState {
  readonly id: string;
  readonly name: string;
  readonly run?: ImportRun;
}
