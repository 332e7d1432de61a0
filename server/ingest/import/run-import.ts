/** One import in two readings of the file: the first compares everything with the ledger, the second writes. */
import { eventKey } from '../../../domain/events/event.ts';
import type { FormatCount } from '../../../domain/mapping/format-use.ts';
import type { BoundMapping, Mapping, MapRow } from '../../../domain/mapping/mapping.ts';
import { FindingList, type Findings, joinFindings } from './findings.ts';
import { createLineSet, type LineSet } from './line-set.ts';
import { ImportProblem } from './problem.ts';
import { readRow } from './read-row.ts';
import type { RowSource } from './file-row.ts';
import { createSeenTable } from './seen-table.ts';
import { checkRows, type OfferedRow, sendRows, type SentRow } from './send-rows.ts';
import { BATCH_LIMIT, type ImportItem, type ImportTarget, type Rejection } from './target.ts';

/** The rows are always the sum of new, known, left out, refused and those in conflict; events are counted beside. */
export interface ImportReport {
  /** The first row that could be cut into cells, as it was read; absent where there is none. */
  readonly firstRow?: FirstRow | undefined;
  /** Rows that are not blank, below the header. */
  readonly rows: number;
  /** Rows of which an event went in, or would have. */
  readonly newRows: number;
  /** Rows of which everything is in the ledger or in the file already. */
  readonly knownRows: number;
  /** Rows that give no event, because the conditions of the mapping leave them out. */
  readonly leftOut: number;
  /** Rows with an event whose id is known with other content. */
  readonly conflicts: Findings;
  /** Rows that were refused here, or of which the target rejected an event. */
  readonly refused: Findings;
  /** Events that went in, or would have. */
  readonly accepted: number;
  readonly duplicates: number;
  /** Formats of the mapping that read a row's time in two ways, and the rows that decide between them. */
  readonly undecided: readonly FormatCount[];
  /** Whether anything was written: not in a dry run, and not when there are conflicts. */
  readonly written: boolean;
}

export interface FirstRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface ImportProgress {
  readonly stage: 'check' | 'write';
  readonly fraction: number;
  readonly rows: number;
}

export interface ImportOptions {
  readonly source: RowSource;
  readonly mapping: Mapping;
  readonly target: ImportTarget;
  /** Epoch ms; what lies more than five minutes ahead of it is refused. */
  readonly now: number;
  /** Names of the hall's own staff, which rows may hold; none where absent. */
  readonly roster?: ReadonlySet<string>;
  readonly dryRun: boolean;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** @throws ImportProblem when the file lacks a column that the mapping reads, or cannot be accounted for, or the target breaks off */
export async function runImport(options: ImportOptions): Promise<ImportReport> {
  const { mapRow, formats } = bindMapping(options.mapping, options.source);
  const checked = await readOnce(options, mapRow, 'check', createLineSet());
  const undecided = formats.undecided();
  const hasConflicts = checked.conflicts.count > 0;
  if (options.dryRun || hasConflicts || checked.accepted === 0) {
    return toReport({ ...checked, undecided, accepted: hasConflicts ? 0 : checked.accepted }, false);
  }
  const written = await readOnce(options, mapRow, 'write', checked.rejectedLines);
  if (written.rows !== checked.rows) throw changedMeanwhile();
  return toReport({ ...written, undecided, rejected: joinFindings(checked.rejected, written.rejected) }, true);
}

function toReport(
  { rejected, refused, ...tally }: Tally & Pick<ImportReport, 'undecided'>,
  written: boolean,
): ImportReport {
  const { firstRow, rows, newRows, knownRows, leftOut, accepted, duplicates, conflicts, undecided } = tally;
  const all = joinFindings(refused, rejected);
  return { firstRow, rows, newRows, knownRows, leftOut, conflicts, refused: all, accepted, duplicates, undecided, written };
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

/** A header of one cell with another delimiter in it was meant to be cut there. */
function proposeDelimiter(header: readonly string[]): readonly [zh: string, en: string] {
  const [only, ...more] = header;
  const delimiter = more.length > 0 ? undefined : [';', '\t', '|', ','].find((sign) => only?.includes(sign));
  if (delimiter === undefined) return ['', ''];
  const written = JSON.stringify(delimiter);
  return [
    `看来列之间是 ${written}：请在映射的 file 中写 "delimiter": ${written}。`,
    ` They seem to be parted by ${written}: write "delimiter": ${written} in the mapping's "file".`,
  ];
}

interface Tally extends Omit<ImportReport, 'written' | 'undecided'> {
  /** Rows that the target rejected, apart from those refused here: the second reading finds the latter by itself. */
  readonly rejected: Findings;
  readonly rejectedLines: LineSet;
}

async function readOnce(
  { source, target, now, roster, onProgress }: ImportOptions,
  mapRow: MapRow,
  stage: ImportProgress['stage'],
  skip: LineSet,
): Promise<Tally> {
  const tally = { rows: 0, newRows: 0, knownRows: 0, leftOut: 0, accepted: 0, duplicates: 0 };
  let skipped = 0;
  let firstRow: FirstRow | undefined;
  const conflicts = new FindingList();
  const refused = new FindingList();
  const rejected = new FindingList();
  const rejectedLines = createLineSet();
  const firstKeys = createSeenTable();
  const ids = createSeenTable();
  const reader = {
    mapRow,
    context: { now, ...(roster && { roster }) },
    takeFirst: (key: string) => firstKeys.add(key) === 'new',
  };

  // Two rows of one file may name the same event; what the ledger cannot know before the writing is compared here.
  const sight = ({ event: { source: origin, id, ...content } }: ImportItem) =>
    stage === 'write' ? 'new' : ids.add(eventKey(origin, id), JSON.stringify(content));
  const stop = ({ line, items, outcomes }: SentRow, index: number, { reason, field }: Rejection) => {
    const begun = stage === 'write' ? outcomes.filter((outcome) => outcome === 'new').length : 0;
    tally.accepted += begun;
    const columns = items[index]!.mapped.columnsOf(field);
    const finding = { line, reason: begun > 0 ? 'partly' : reason, field, columns };
    if (reason === 'conflict') return conflicts.add(finding);
    rejected.add(finding);
    rejectedLines.add(line);
  };
  const settle = (row: SentRow) => {
    const stops = row.outcomes.flatMap((outcome, index) => (typeof outcome === 'string' ? [] : [{ index, outcome }]));
    const first = stops.find(({ outcome }) => outcome.reason === 'conflict') ?? stops[0];
    if (first) return stop(row, first.index, first.outcome);
    const sightings = row.items.map(({ item }, index) => (row.outcomes[index] === 'new' ? sight(item) : 'repeat'));
    const clash = sightings.indexOf('conflict');
    if (clash >= 0) return stop(row, clash, { reason: 'conflict', field: 'id' });
    const accepted = sightings.filter((sighting) => sighting === 'new').length;
    tally.accepted += accepted;
    tally.duplicates += sightings.length - accepted;
    if (accepted > 0) tally.newRows++;
    else tally.knownRows++;
  };

  let batch: OfferedRow[] = [];
  let events = 0;
  const flush = async () => {
    const rows = batch;
    [batch, events] = [[], 0];
    const sent = await (stage === 'check' ? checkRows(rows, target.check) : sendRows(rows, target.append));
    sent.forEach(settle);
  };
  const offer = async (row: OfferedRow) => {
    if (events > 0 && events + row.items.length > BATCH_LIMIT) await flush();
    batch.push(row);
    events += row.items.length;
  };

  let fraction = 0;
  for await (const row of source.rows((value) => (fraction = value))) {
    const result = readRow(row, reader);
    if (result.kind === 'blank') continue;
    tally.rows++;
    if (row.kind === 'cells') firstRow ??= { line: row.line, cells: row.cells };
    if (tally.rows % 1_000 === 0) onProgress?.({ stage, fraction, rows: tally.rows });
    if (skip.has(row.line)) skipped++;
    else if (result.kind === 'left-out') tally.leftOut++;
    else if (result.kind === 'known') tally.knownRows++;
    else if (result.kind === 'refused') refused.add(result.finding);
    else await offer(result);
  }
  await flush();
  const ends = tally.newRows + tally.knownRows + tally.leftOut + conflicts.count + refused.count + rejected.count;
  if (ends + skipped !== tally.rows)
    throw new Error(`${tally.rows} rows were read, and ${ends + skipped} came to an end`);
  onProgress?.({ stage, fraction: 1, rows: tally.rows });
  return { ...tally, firstRow, conflicts, refused, rejected, rejectedLines };
}

function changedMeanwhile(): ImportProblem {
  return new ImportProblem(
    '导入途中文件被改动，已写入的行不会重复；请重新执行。',
    'The file changed while it was imported. Run it again: nothing is counted twice.',
  );
}
