/** One import in two readings of the file: the first compares everything with the ledger, the second writes. */
import { eventKey } from '../../../domain/events/event.ts';
import { parseEvent } from '../../../domain/events/parse.ts';
import type { Mapping, MappedEvent, MapRow } from '../../../domain/mapping/mapping.ts';
import { type Finding, FindingList, type Findings, joinFindings } from './findings.ts';
import { ImportProblem } from './problem.ts';
import type { FileRow, RowSource } from './rows.ts';
import { createSeenTable } from './seen-table.ts';
import { BATCH_LIMIT, type BatchAnswer, type ImportItem, type ImportTarget } from './target.ts';

export interface ImportReport {
  /** Rows that are not blank, below the header. */
  readonly rows: number;
  /** Rows whose events went in, would have, or were in the ledger already: with those left out, refused and in conflict all rows. */
  readonly taken: number;
  /** Rows of which an event is known with other content. */
  readonly inConflict: number;
  /** Rows that the mapping's `where` leaves out. */
  readonly leftOut: number;
  /** Events that went in, or would have. */
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: Findings;
  /** Rows that were refused here, or of which the target rejected an event. */
  readonly refused: Findings;
  /** Whether anything was written: not in a dry run, and not when there are conflicts. */
  readonly written: boolean;
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
  readonly dryRun: boolean;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** @throws ImportProblem when the file lacks a column that the mapping reads, or the target breaks off */
export async function runImport(options: ImportOptions): Promise<ImportReport> {
  const mapRow = bindMapping(options.mapping, options.source);
  const checked = await readOnce(options, mapRow, 'check', new Set());
  if (options.dryRun || checked.conflicts.count > 0 || checked.accepted === 0) {
    return toReport(checked, options.dryRun ? checked.accepted : 0, false);
  }
  const written = await readOnce(options, mapRow, 'write', checked.rejectedLines);
  return toReport({ ...written, rejected: joinFindings(checked.rejected, written.rejected) }, written.accepted, true);
}

function toReport(tally: Tally, accepted: number, written: boolean): ImportReport {
  const { rows, leftOut, taken, inConflict, duplicates, conflicts, refused, rejected } = tally;
  return {
    rows,
    leftOut,
    taken,
    inConflict,
    accepted,
    duplicates,
    conflicts,
    refused: joinFindings(refused, rejected),
    written,
  };
}

function bindMapping(mapping: Mapping, source: RowSource): MapRow {
  const bound = mapping.bind(source.header);
  if (bound.ok) return bound.mapRow;
  const [missing, repeated] = [bound.missing.join(', '), bound.repeated.join(', ')];
  if (bound.missing.length > 0) {
    throw new ImportProblem(`文件中缺少映射用到的列：${missing}`, `The file lacks columns of the mapping: ${missing}`);
  }
  throw new ImportProblem(`这些列名出现多次：${repeated}`, `These columns occur more than once: ${repeated}`);
}

interface Tally extends Omit<ImportReport, 'written'> {
  /** Rows that the target rejected, apart from those refused here: the second reading finds the latter by itself. */
  readonly rejected: Findings;
  readonly rejectedLines: ReadonlySet<number>;
}

interface RowEvents {
  readonly line: number;
  readonly items: readonly { readonly item: ImportItem; readonly mapped: MappedEvent }[];
}

async function readOnce(
  { source, target, now, onProgress }: ImportOptions,
  mapRow: MapRow,
  stage: ImportProgress['stage'],
  skip: ReadonlySet<number>,
): Promise<Tally> {
  const tally = { rows: 0, leftOut: 0, accepted: 0, duplicates: 0 };
  let offered = 0;
  const conflictLines = createLineCount();
  const conflicts = new FindingList();
  const refused = new FindingList();
  const rejected = new FindingList();
  const rejectedLines = new Set<number>();
  const firstKeys = createSeenTable();
  const ids = createSeenTable();
  const takeFirst = (key: string) => firstKeys.add(key) === 'new';

  let batch: { item: ImportItem; mapped: MappedEvent; line: number }[] = [];
  const flush = async () => {
    const sent = batch;
    batch = [];
    if (sent.length === 0) return;
    const items = sent.map(({ item }) => item);
    const answer: BatchAnswer = await (stage === 'check' ? target.check(items) : target.append(items));
    tally.accepted += answer.accepted;
    tally.duplicates += answer.duplicates;
    for (const { index, reason, field } of answer.rejected) {
      const { line, mapped } = sent[index]!;
      const finding = { line, reason, field, columns: mapped.columnsOf(field) };
      if (reason === 'conflict') {
        conflicts.add(finding);
        conflictLines.add(line);
      } else {
        rejected.addRow(finding);
        rejectedLines.add(line);
      }
    }
  };
  // Two rows of one file may name the same event; what the ledger cannot know before the writing is compared here.
  const sight = ({ event: { source: origin, id, ...content } }: ImportItem) =>
    ids.add(eventKey(origin, id), JSON.stringify(content));
  const offer = async ({ line, items }: RowEvents) => {
    for (const { item, mapped } of items) {
      const sighting = stage === 'check' ? sight(item) : 'new';
      if (sighting === 'repeat') tally.duplicates++;
      else if (sighting === 'conflict') {
        conflictLines.add(line);
        conflicts.add({ line, reason: 'conflict', field: 'id', columns: mapped.columnsOf('id') });
      } else batch.push({ item, mapped, line });
      if (batch.length === BATCH_LIMIT) await flush();
    }
  };

  let fraction = 0;
  for await (const row of source.rows((value) => (fraction = value))) {
    const result = readRow(row, mapRow, takeFirst, now);
    if (result.kind === 'blank') continue;
    tally.rows++;
    if (tally.rows % 1_000 === 0) onProgress?.({ stage, fraction, rows: tally.rows });
    if (skip.has(row.line)) continue;
    if (result.kind === 'left-out') tally.leftOut++;
    else if (result.kind === 'refused') refused.add(result.finding);
    else {
      offered++;
      await offer(result.events);
    }
  }
  await flush();
  onProgress?.({ stage, fraction: 1, rows: tally.rows });
  // A row of which one event is refused and another in conflict is refused.
  const inConflict = conflictLines.count(rejectedLines);
  const taken = offered - rejectedLines.size - inConflict;
  return { ...tally, taken, inConflict, conflicts, refused, rejected, rejectedLines };
}

/** Distinct lines, which come nearly in order. */
function createLineCount(): { add(line: number): void; count(without: ReadonlySet<number>): number } {
  const lines = new Set<number>();
  return {
    add: (line) => void lines.add(line),
    count: (without) => [...lines].filter((line) => !without.has(line)).length,
  };
}

type ReadRow =
  | { readonly kind: 'blank' }
  | { readonly kind: 'left-out' }
  | { readonly kind: 'refused'; readonly finding: Finding }
  | { readonly kind: 'events'; readonly events: RowEvents };

/** A row goes in whole or not at all: one event refused refuses the row. */
function readRow(row: FileRow, mapRow: MapRow, takeFirst: (key: string) => boolean, now: number): ReadRow {
  const { line } = row;
  if (row.kind === 'broken') return { kind: 'refused', finding: { line, reason: row.reason, columns: [] } };
  const result = mapRow(row.cells, takeFirst);
  if (result.kind === 'refused') return { kind: 'refused', finding: { line, ...result.refusal } };
  if (result.kind !== 'events') return result;
  const items: RowEvents['items'][number][] = [];
  for (const mapped of result.events) {
    const parsed = parseEvent(mapped.event, { now });
    if (!parsed.ok) {
      const { reason, field } = parsed;
      return { kind: 'refused', finding: { line, reason, field, columns: mapped.columnsOf(field) } };
    }
    items.push({ item: { sent: mapped.event, event: parsed.event, dropped: parsed.dropped }, mapped });
  }
  return { kind: 'events', events: { line, items } };
}
