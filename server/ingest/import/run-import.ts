/** One import: everything is compared with the ledger before the first event is written. */
import type { FormatCount } from '../../../domain/mapping/format-use.ts';
import type { BoundMapping, Mapping } from '../../../domain/mapping/mapping.ts';
import type { RowSource } from './file-row.ts';
import { findDelimiter } from './lay-out.ts';
import { ImportProblem } from './problem.ts';
import { findLastRows } from './read-row.ts';
import { type ImportOptions, readFile, type Tally } from './reading.ts';
import { createSpool } from './spool.ts';
import { BATCH_LIMIT } from './target.ts';
import { writeRows } from './writing.ts';

/** The rows are always the sum of new, known, differing, left out and refused; events are counted beside. */
export interface ImportReport extends Tally {
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
  const spool = options.dryRun ? undefined : createSpool(BATCH_LIMIT);
  try {
    const read = await readFile({ ...options, bound, isLast, spool });
    const undecided = bound.formats.undecided();
    const isOverLimit = exceeds(read, options.limit);
    const writes = spool !== undefined && !isOverLimit && read.accepted > 0;
    const tally = writes ? await writeRows(spool, options, read) : read;
    return { ...tally, undecided, isOverLimit, written: writes };
  } finally {
    spool?.dispose();
  }
}

/** Also where all that was known before differs: then a mapping has changed, and not what happened. */
function exceeds({ rows, duplicates, refused, differing }: Tally, limit: number | undefined): boolean {
  const stopped = refused.count + differing.count;
  if (limit !== undefined) return stopped > limit * rows;
  const apart = differing.tallies.find(({ reason }) => reason === 'conflict')?.count ?? 0;
  return (apart > 1 && duplicates === 0) || (stopped > ALWAYS_BORNE && stopped > REFUSED_LIMIT * rows);
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
