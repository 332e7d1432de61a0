/** What compiling a mapping carries along: where each column lies, what was found wrong, and what a reader returns. */
import { createZone, type Zone } from '../calendar/zone.ts';
import { FormatUse } from './format-use.ts';
import type { MappingSpec } from './schema.ts';

export type RowReason =
  'missing' | 'value' | 'number' | 'time' | 'ambiguous' | 'duration' | 'mangled' | 'empty' | 'error';

/** Why a row cannot be read, and in which columns. Never holds a value: it might be somebody's identity number. */
export class Refusal {
  constructor(
    readonly reason: RowReason,
    readonly columns: readonly string[],
    readonly field?: string,
  ) {}
}

export interface MappingProblem {
  /** Where in the mapping, such as `events[0].data.station`. */
  readonly path: string;
  /** What is wrong, and what is allowed there; in English, and in Chinese. */
  readonly message: string;
  readonly zh: string;
}

export type Cells = readonly string[];
/** Reads one thing from a row; undefined where the row does not say. */
export type Reader<T> = (cells: Cells) => T | undefined | Refusal;

export interface CompileContext {
  readonly spec: MappingSpec;
  readonly problems: MappingProblem[];
  readonly columns: Set<string>;
  /** Which of several formats the times of the rows were read by. */
  readonly formats: FormatUse;
  readonly hallZone: Zone;
  /** Reads a column's text, trimmed; undefined when it is blank or holds one of the texts that mean nothing. */
  column(name: string): (cells: Cells) => string | undefined;
  zone(name: string | undefined, path: string): Zone;
  fail(path: string, message: string, zh: string): void;
}

/**
 * @param indexOf where each column lies in a row
 * @param hallZone the zone of a mapping that names none
 */
export function createCompileContext(
  spec: MappingSpec,
  hallZone: string,
  indexOf: (column: string) => number,
): CompileContext {
  const problems: MappingProblem[] = [];
  const columns = new Set<string>();
  const formats = new FormatUse();
  const zones = new Map<string, Zone>();
  const meansNothing = compileBlanks(spec.blank);
  const fail = (path: string, message: string, zh: string): void => {
    // What is named in several places is compiled for each of them.
    const isKnown = problems.some((problem) => problem.path === path && problem.message === message);
    if (!isKnown) problems.push({ path, message, zh });
  };
  return {
    spec,
    problems,
    columns,
    formats,
    hallZone: createZone(hallZone),
    fail,
    column(name) {
      columns.add(name);
      const index = indexOf(name);
      const blanks = meansNothing(name);
      return (cells) => {
        const text = (cells[index] ?? '').trim();
        return text === '' || blanks.has(text) ? undefined : text;
      };
    },
    zone(name, path) {
      const chosen = name ?? spec.timeZone ?? hallZone;
      const known = zones.get(chosen);
      if (known) return known;
      let zone: Zone;
      try {
        zone = createZone(chosen);
      } catch {
        fail(
          path,
          `"${chosen}" is no time zone; an IANA name is wanted, such as Asia/Shanghai`,
          `“${chosen}”不是时区，应为 Asia/Shanghai 这样的名称`,
        );
        zone = createZone('UTC');
      }
      zones.set(chosen, zone);
      return zone;
    },
  };
}

function compileBlanks(spec: MappingSpec['blank']): (column: string) => ReadonlySet<string> {
  if (spec === undefined) return () => new Set();
  if (Array.isArray(spec)) {
    const everywhere = new Set(spec);
    return () => everywhere;
  }
  return (column) => {
    const own = Object.hasOwn(spec, column) ? spec[column]! : [];
    return new Set([...(spec['*'] ?? []), ...own]);
  };
}
