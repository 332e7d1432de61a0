/** The reading of the file: each row compared with the target and with the rows above it, to its end. */
import { placeOf } from '../../../domain/mapping/columns.ts';
import type { BoundMapping, Mapping } from '../../../domain/mapping/mapping.ts';
import { type Chain, readChains } from './corrections.ts';
import type { RowSource } from './file-row.ts';
import { type Finding, FindingList, type Findings, joinFindings } from './findings.ts';
import { createOrderedWork } from './in-order.ts';
import { createKeyTable } from './key-table.ts';
import { readRow, type RowItem, type RowReader } from './read-row.ts';
import { createRowsSeen, type Sighting } from './rows-seen.ts';
import { checkAlone, type OfferedRow, sendRows, type SentRow } from './send-rows.ts';
import { showCell } from './shown-cells.ts';
import type { Spool } from './spool.ts';
import {
  BATCH_LIMIT,
  type CloudEvent,
  type ImportItem,
  type ImportTarget,
  type Outcome,
  type Rejection,
  toCloudEvent,
} from './target.ts';

export interface FirstRow {
  readonly line: number;
  readonly cells: readonly (readonly [column: string, text: string])[];
}

/** What became of the rows and events of one reading. */
export interface Tally {
  /** The columns that the mapping reads of the first row that could be cut into cells; what looks like a citizen is masked. */
  readonly firstRow?: FirstRow | undefined;
  /** Rows that are not blank, below the header. */
  readonly rows: number;
  /** Rows of which an event went in, or would have. */
  readonly newRows: number;
  /** Rows of which everything is in the ledger or in the file already. */
  readonly knownRows: number;
  /** Of the known rows those of which another row of the file says all. */
  readonly repeatedRows: number;
  /** Rows that give no event, because the conditions of the mapping leave them out, or that repeat the column names. */
  readonly leftOut: number;
  /** Rows with an event whose id is known, or stands further up in the file, with other content. */
  readonly differing: Findings;
  /** Of the differing rows those that were corrected, or would have been. */
  readonly correctedRows: number;
  /** Rows that were refused here, or of which the target rejected an event. */
  readonly refused: Findings;
  /** Rows that went in without a field that looked like a citizen, because the mapping says so. */
  readonly dropped: Findings;
  /** Events that went in, or would have; the voids of corrections are among them. */
  readonly accepted: number;
  readonly duplicates: number;
  /** The first of the events that are new. */
  readonly firstEvents: readonly CloudEvent[];
}

export interface ImportProgress {
  readonly stage: 'look' | 'check' | 'write';
  /** Of the file, 0 to 1. */
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
  /** Whether differing rows replace what is known. */
  readonly correct?: boolean;
  /** The share of rows, 0 to 1, that may be refused or differ before nothing is written; absent: one in ten, and more than ten rows. */
  readonly limit?: number;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface Reading extends ImportOptions {
  readonly bound: BoundMapping;
  readonly isLast: RowReader['isLast'];
  /** Takes the rows that go in; absent where none shall. */
  readonly spool: Pick<Spool, 'add'> | undefined;
}

/** Batches that a target works on at once: it is never idle, and the rows of a few are all that is held. */
const BATCHES_WAITING = 4;
const EVENTS_SHOWN = 5;
/** Rows whose differences are looked up; nobody reads more. */
const COMPARED = 200;

/** @throws ImportProblem when the file cannot be accounted for, or the target breaks off */
export async function readFile(reading: Reading): Promise<Tally> {
  const { source, target, mapping, now, roster, correct = false, onProgress, bound, isLast, spool } = reading;
  const check = checkAlone(target.check);
  const count = { rows: 0, newRows: 0, knownRows: 0, repeatedRows: 0, leftOut: 0, correctedRows: 0 };
  const events = { accepted: 0, duplicates: 0 };
  const [differing, dropped] = [new FindingList(), new FindingList()];
  /** Here, and by the target, whose answers come later. */
  const [refused, rejected] = [new FindingList(), new FindingList()];
  const firstEvents: CloudEvent[] = [];
  let firstRow: FirstRow | undefined;
  const seen = createRowsSeen();

  const note = async (line: number, { item, mapped }: RowItem, end: DifferingEnd): Promise<void> => {
    const isLookedAt = end.latest !== undefined && target.compare && differing.count < COMPARED;
    const differences = isLookedAt
      ? await target.compare!(end.latest!, item.event)
      : (end.fields ?? []).map((field) => ({ field }));
    differing.add({
      line,
      reason: end.otherLine === undefined ? 'conflict' : 'other-row',
      field: 'id',
      columns: mapped.columnsOf('id'),
      ...(differences.length > 0 && { differences }),
      ...(end.otherLine !== undefined && { otherLine: end.otherLine }),
    });
  };
  /** Rows come here in the order of the file. */
  const settle = async ({ line, items, outcomes }: SentRow, chains: ReadonlyMap<ImportItem, Chain>): Promise<void> => {
    const own = items.map(({ item }) => item.event);
    const sightings = seen.look(own, line);
    const ends = items.map(({ item }, index) => judge(outcomes[index]!, chains.get(item), sightings[index]!));
    const stop = ends.findIndex((end) => end.kind === 'rejected');
    if (stop >= 0) {
      const { reason, field } = (ends[stop] as RejectedEnd).rejection;
      return rejected.add({ line, reason, field, columns: items[stop]!.mapped.columnsOf(field) });
    }
    const apart = ends.flatMap((end, index) => (end.kind === 'differs' ? [{ end, index }] : []));
    const [first] = apart;
    if (first) {
      await note(line, items[first.index]!, first.end);
      // Two rows of one file that contradict each other correct nothing: nobody knows which is right.
      if (!correct || apart.some(({ end }) => end.otherLine !== undefined)) return;
    }
    seen.add(own, line);
    const fresh = items.flatMap(({ item }, index) => (ends[index]!.kind === 'new' ? [item] : []));
    for (const item of fresh) if (firstEvents.length < EVENTS_SHOWN) firstEvents.push(toCloudEvent(item));
    events.accepted += fresh.length + 2 * apart.length;
    events.duplicates += ends.length - fresh.length - apart.length;
    if (first) count.correctedRows++;
    else if (fresh.length > 0) count.newRows++;
    else {
      count.knownRows++;
      if (ends.every(({ kind }) => kind === 'repeat')) count.repeatedRows++;
      return;
    }
    await spool?.add({ line, isCorrection: !!first, items: first ? items.map(({ item }) => item) : fresh });
  };

  const work = createOrderedWork(BATCHES_WAITING);
  let batch: OfferedRow[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const rows = batch;
    [batch, size] = [[], 0];
    await work.add(
      () => sendRows(rows, check),
      async (sent) => {
        const items = sent.flatMap((row) => row.items.map(({ item }) => item));
        const chains = await readChains(
          items,
          sent.flatMap(({ outcomes }) => outcomes),
          check,
        );
        for (const row of sent) await settle(row, chains);
      },
    );
  };

  const firstKeys = createKeyTable();
  const reader: RowReader = {
    mapRow: bound.mapRow,
    isLast,
    context: { now, ...(roster && { roster }) },
    takeFirst: (key) => {
      const isFirst = firstKeys.find(key) === undefined;
      if (isFirst) firstKeys.set(key, { line: 0, mark: 0 });
      return isFirst;
    },
  };
  let fraction = 0;
  for await (const row of source.rows((value) => (fraction = value))) {
    const result = readRow(row, reader);
    if (result.kind === 'blank') continue;
    count.rows++;
    if (row.kind === 'cells')
      firstRow ??= { line: row.line, cells: showCells(row.cells, source.header, mapping.columns, roster) };
    if (count.rows % 1_000 === 0) onProgress?.({ stage: 'check', fraction, rows: count.rows });
    if (result.kind === 'refused') {
      const found = row.kind === 'cells' ? findText(result.finding, row.cells, source.header, roster) : undefined;
      refused.add({ ...result.finding, ...(found !== undefined && { found }) });
    } else if (result.kind === 'left-out') count.leftOut++;
    else if (result.kind === 'known') {
      count.knownRows++;
      count.repeatedRows++;
    } else {
      if (result.dropped.length > 0) dropped.add({ line: row.line, reason: 'dropped', columns: result.dropped });
      if (size > 0 && size + result.items.length > BATCH_LIMIT) await flush();
      batch.push(result);
      size += result.items.length;
    }
  }
  await flush();
  await work.drain();
  const ends = count.newRows + count.knownRows + count.leftOut + differing.count + refused.count + rejected.count;
  if (ends !== count.rows) throw new Error(`${count.rows} rows were read, and ${ends} came to an end`);
  onProgress?.({ stage: 'check', fraction: 1, rows: count.rows });
  return { ...count, ...events, differing, refused: joinFindings(refused, rejected), dropped, firstRow, firstEvents };
}

interface RejectedEnd {
  readonly kind: 'rejected';
  readonly rejection: Rejection;
}
interface DifferingEnd {
  readonly kind: 'differs';
  /** The event that it differs from, where the target holds it. */
  readonly latest?: string;
  /** The line that says something else, where it stands in the file. */
  readonly otherLine?: number;
  readonly fields?: readonly string[];
}
type End = { readonly kind: 'new' | 'known' | 'repeat' } | RejectedEnd | DifferingEnd;

/** What the file says further up comes before what the target answers. */
function judge(outcome: Outcome, chain: Chain | undefined, sighting: Sighting): End {
  if (sighting.kind === 'repeat') return { kind: 'repeat' };
  if (sighting.kind === 'differs') return { kind: 'differs', otherLine: sighting.line };
  if (typeof outcome === 'string') return { kind: outcome === 'new' ? 'new' : 'known' };
  if (outcome.reason !== 'conflict' || !chain) return { kind: 'rejected', rejection: outcome };
  if (chain.kind === 'known') return { kind: 'known' };
  if (chain.kind === 'refused') return { kind: 'rejected', rejection: chain.rejection };
  return { kind: 'differs', latest: chain.latest, fields: chain.fields };
}

/** Reasons that are understood by what stands in the cell. */
const OF_TEXTS: ReadonlySet<string> = new Set(['value', 'number', 'time', 'ambiguous', 'duration', 'mangled', 'error']);
/** A longer text is no word of a list. */
const FOUND_LENGTH = 40;

function findText(
  { reason, columns }: Finding,
  cells: readonly string[],
  header: readonly string[],
  roster: ReadonlySet<string> | undefined,
): string | undefined {
  const [column] = columns;
  if (column === undefined || columns.length > 1 || !OF_TEXTS.has(reason)) return undefined;
  const text = (cells[placeOf(column, header)] ?? '').trim();
  const isSafe = text !== '' && text.length <= FOUND_LENGTH && showCell(column, text, roster) === text;
  return isSafe ? text : undefined;
}

function showCells(
  cells: readonly string[],
  header: readonly string[],
  columns: readonly string[],
  roster: ReadonlySet<string> | undefined,
): FirstRow['cells'] {
  return header.flatMap((name, index) => {
    if (!columns.includes(name) && !columns.includes(`#${index + 1}`)) return [];
    return [[name, showCell(name, cells[index] ?? '', roster)] as const];
  });
}
