/** One import: a reading that compares everything with the ledger, then one that writes. */
import type { FormatCount } from '../../../domain/mapping/format-use.ts';
import type { BoundMapping, Mapping } from '../../../domain/mapping/mapping.ts';
import type { RowSource } from './file-row.ts';
import { findDelimiter } from './lay-out.ts';
import { joinFindings } from './findings.ts';
import { createLineSet } from './line-set.ts';
import { ImportProblem } from './problem.ts';
import { findLastRows } from './read-row.ts';
import { type ImportOptions, readOnce, type Tally } from './reading.ts';

/** The rows are always the sum of new, known, differing, left out and refused; events are counted beside. */
export interface ImportReport extends Omit<Tally, 'rejected' | 'lines'> {
  /** Formats of the mapping that read a row's time in two ways, and the rows that decide between them. */
  readonly undecided: readonly FormatCount[];
  /** Whether so many rows were refused or differ that nothing was written. */
  readonly isOverLimit: boolean;
  /** Whether anything was written. */
  readonly written: boolean;
}

/** More than one row in ten refused or differing means that mapping and file do not go together. */
const REFUSED_LIMIT = 0.1;
/** So many rows may be refused or differ whatever their share: a small file was written by hand. */
const ALWAYS_BORNE = 10;

/** @throws ImportProblem when the file lacks a column that the mapping reads, or cannot be accounted for, or the target breaks off */
export async function runImport(options: ImportOptions): Promise<ImportReport> {
  const bound = bindMapping(options.mapping, options.source);
  const isLast = await findLastRows(options.source, bound.lastKeys, (rows, fraction) => {
    if (rows % 1_000 === 0) options.onProgress?.({ stage: 'look', fraction, rows });
  });
  const reading = { ...options, bound, isLast };
  const nothing = { left: createLineSet(), corrected: createLineSet() };
  const checked = await readOnce(reading, 'check', nothing);
  const undecided = bound.formats.undecided();
  const isOverLimit = exceeds(checked, options.limit);
  if (options.dryRun || isOverLimit || checked.accepted === 0)
    return toReport({ ...checked, undecided, isOverLimit, written: false });
  const written = await readOnce(reading, 'write', checked.lines);
  if (written.rows !== checked.rows) throw changedMeanwhile();
  return toReport({
    ...written,
    firstEvents: checked.firstEvents,
    differing: joinFindings(checked.differing, written.differing),
    rejected: joinFindings(checked.rejected, written.rejected),
    repeatedRows: checked.repeatedRows,
    undecided,
    isOverLimit,
    written: true,
  });
}

/** Also where all that was known before differs: then a mapping has changed, and not what happened. */
function exceeds({ rows, duplicates, refused, rejected, differing }: Tally, limit: number | undefined): boolean {
  const stopped = refused.count + rejected.count + differing.count;
  if (limit !== undefined) return stopped > limit * rows;
  const apart = differing.tallies.find(({ reason }) => reason === 'conflict')?.count ?? 0;
  return (apart > 1 && duplicates === 0) || (stopped > ALWAYS_BORNE && stopped > REFUSED_LIMIT * rows);
}

function toReport({ rejected, refused, lines: _, ...tally }: Omit<ImportReport, 'refused'> & Tally): ImportReport {
  return { ...tally, refused: joinFindings(refused, rejected) };
}

/** @throws ImportProblem where the file lacks a column that the mapping reads, or has it twice */
export function bindMapping(mapping: Mapping, source: Pick<RowSource, 'header'>): BoundMapping {
  const bound = mapping.bind(source.header);
  if (bound.ok) return bound;
  const [missing, repeated] = [bound.missing.join(', '), bound.repeated.join(', ')];
  if (bound.missing.length > 0) {
    const found = source.header.join(' | ');
    const [zh, en] = proposeDelimiter(source.header);
    throw new ImportProblem(
      `文件中缺少映射用到的列：${missing}。文件中的列：${found}。${zh}`,
      `The file lacks columns of the mapping: ${missing}. It has: ${found}.${en}`,
    );
  }
  throw new ImportProblem(`这些列名出现多次：${repeated}`, `These columns occur more than once: ${repeated}`);
}

function proposeDelimiter(header: readonly string[]): readonly [zh: string, en: string] {
  const delimiter = findDelimiter(header);
  if (delimiter === undefined) return ['', ''];
  const written = JSON.stringify(delimiter);
  return [
    `看来列之间是 ${written}：请在映射的 file 中写 "delimiter": ${written}。`,
    ` They seem to be parted by ${written}: write "delimiter": ${written} in the mapping's "file".`,
  ];
}

function changedMeanwhile(): ImportProblem {
  return new ImportProblem(
    '导入途中文件被改动，已写入的行不会重复；请重新执行。',
    'The file changed while it was imported. Run it again: nothing is counted twice.',
  );
}
