/** One reading of the file, row by row to its end: compared with the target, or written into it. */
import type { BoundMapping, Mapping } from '../../../domain/mapping/mapping.ts';
import { type Chain, findChains, replace } from './corrections.ts';
import type { RowSource } from './file-row.ts';
import { FindingList, type Findings } from './findings.ts';
import { createOrderedWork } from './in-order.ts';
import { createKeyTable } from './key-table.ts';
import { createLineSet, type LineSet } from './line-set.ts';
import { readRow, type RowItem, type RowReader } from './read-row.ts';
import { createRowsSeen, type Sighting } from './rows-seen.ts';
import { checkAlone, type OfferedRow, sendRows, type SentRow } from './send-rows.ts';
import { showCell } from './shown-cells.ts';
import {
  BATCH_LIMIT,
  type ImportItem,
  type Outcome,
  type ImportTarget,
  type Rejection,
  type SentEvent,
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
  /** Rows that were refused here. */
  readonly refused: Findings;
  /** Rows of which the target rejected an event; the second reading does not come to them again. */
  readonly rejected: Findings;
  /** Rows that went in without a field that looked like a citizen, because the mapping says so. */
  readonly dropped: Findings;
  /** Events that went in, or would have; the voids of corrections are among them. */
  readonly accepted: number;
  readonly duplicates: number;
  /** The first of the events that are new. */
  readonly firstEvents: readonly SentEvent[];
  readonly lines: Lines;
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

/** What the first reading tells the second about rows. */
export interface Lines {
  /** Left alone: the target rejects an event of theirs, or they differ. */
  readonly left: LineSet;
  /** Differing rows that replace what is known. */
  readonly corrected: LineSet;
}

export interface Reading extends ImportOptions {
  readonly bound: BoundMapping;
  readonly isLast: RowReader['isLast'];
}

/** Batches that a target works on at once: it is never idle, and the rows of a few are all that is held. */
const BATCHES_WAITING = 4;
const EVENTS_SHOWN = 5;
/** Rows whose differences are looked up; nobody reads more. */
const COMPARED = 200;

/** @throws ImportProblem when the file cannot be accounted for, or the target breaks off */
export async function readOnce(reading: Reading, stage: 'check' | 'write', known: Lines): Promise<Tally> {
  const { source, target, mapping, now, roster, correct = false, onProgress, bound, isLast } = reading;
  const isCheck = stage === 'check';
  const check = checkAlone(target.check);
  const count = { rows: 0, newRows: 0, knownRows: 0, repeatedRows: 0, leftOut: 0, correctedRows: 0 };
  const events = { accepted: 0, duplicates: 0 };
  const lists = {
    differing: new FindingList(),
    refused: new FindingList(),
    rejected: new FindingList(),
    dropped: new FindingList(),
  };
  const lines = { left: createLineSet(), corrected: createLineSet() };
  const firstEvents: SentEvent[] = [];
  let firstRow: FirstRow | undefined;
  /** Rows that the first reading has brought to their end. */
  let ended = 0;
  const seen = createRowsSeen();

  const refuse = ({ line, items, outcomes }: SentRow, index: number, { reason, field }: Rejection): void => {
    const begun = isCheck ? 0 : outcomes.filter((outcome) => outcome === 'new').length;
    events.accepted += begun;
    const columns = items[index]!.mapped.columnsOf(field);
    lists.rejected.add({ line, reason: begun > 0 ? 'partly' : reason, field, columns });
    lines.left.add(line);
  };
  const note = async (line: number, { item, mapped }: RowItem, end: DifferingEnd): Promise<void> => {
    const isLookedAt = end.latest !== undefined && target.compare && lists.differing.count < COMPARED;
    const differences = isLookedAt
      ? await target.compare!(end.latest!, item.event)
      : (end.fields ?? []).map((field) => ({ field }));
    lists.differing.add({
      line,
      reason: end.otherLine === undefined ? 'conflict' : 'other-row',
      field: 'id',
      columns: mapped.columnsOf('id'),
      ...(differences.length > 0 && { differences }),
      ...(end.otherLine !== undefined && { otherLine: end.otherLine }),
    });
  };
  /** Rows come here in the order of the file. */
  const settle = async (row: SentRow, chains: ReadonlyMap<ImportItem, Chain>): Promise<void> => {
    const own = row.items.map(({ item }) => item.event);
    const sightings = isCheck ? seen.look(own, row.line) : [];
    const ends = row.items.map(({ item }, index) => judge(row.outcomes[index]!, chains.get(item), sightings[index]));
    const stop = ends.findIndex((end) => end.kind === 'rejected');
    if (stop >= 0) return refuse(row, stop, (ends[stop] as RejectedEnd).rejection);
    const differing = ends.flatMap((end, index) => (end.kind === 'differs' ? [{ end, index }] : []));
    const [first] = differing;
    if (first) {
      await note(row.line, row.items[first.index]!, first.end);
      // Two rows of one file that contradict each other correct nothing: nobody knows which is right.
      const isCorrected = isCheck && correct && differing.every(({ end }) => end.otherLine === undefined);
      lines[isCorrected ? 'corrected' : 'left'].add(row.line);
      if (!isCorrected) return;
    }
    if (isCheck) seen.add(own, row.line);
    const fresh = row.items.filter((_, index) => ends[index]!.kind === 'new');
    for (const { item } of fresh) if (firstEvents.length < EVENTS_SHOWN) firstEvents.push(item.sent);
    events.accepted += fresh.length + 2 * differing.length;
    events.duplicates += ends.length - fresh.length - differing.length;
    if (first) count.correctedRows++;
    else if (fresh.length > 0) count.newRows++;
    else {
      count.knownRows++;
      if (ends.every(({ kind }) => kind === 'repeat')) count.repeatedRows++;
    }
  };

  const work = createOrderedWork(BATCHES_WAITING);
  let batch: OfferedRow[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const rows = batch;
    [batch, size] = [[], 0];
    await work.add(
      () => sendRows(rows, isCheck ? check : target.append),
      async (sent) => {
        const chains = await readChains(sent, check);
        for (const row of sent) await settle(row, chains);
      },
    );
  };
  const offer = async (row: OfferedRow): Promise<void> => {
    if (size > 0 && size + row.items.length > BATCH_LIMIT) await flush();
    batch.push(row);
    size += row.items.length;
  };
  /** One row in one batch. What differs is asked for anew: a run that broke off may have corrected it already. */
  const correctRow = async ({ line, items }: OfferedRow): Promise<void> => {
    await flush();
    await work.drain();
    const [row] = await sendRows([{ line, items }], check);
    const chains = await readChains([row!], check);
    const wanted = items.flatMap(({ item }) => {
      const chain = chains.get(item);
      return chain?.kind === 'differs' ? replace(item, chain, now) : chain ? [] : [item];
    });
    const isSound = (await check(wanted)).every((outcome) => typeof outcome === 'string');
    const outcomes = isSound ? await target.append(wanted) : [];
    const isWhole = isSound && outcomes.every((outcome) => typeof outcome === 'string');
    events.accepted += outcomes.filter((outcome) => outcome === 'new').length;
    events.duplicates += items.length - wanted.length + outcomes.filter((outcome) => outcome === 'duplicate').length;
    if (isWhole) count.correctedRows++;
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
    if (count.rows % 1_000 === 0) onProgress?.({ stage, fraction, rows: count.rows });
    if (result.kind === 'events' && result.dropped.length > 0)
      lists.dropped.add({ line: row.line, reason: 'dropped', columns: result.dropped });
    if (known.left.has(row.line)) ended++;
    else if (known.corrected.has(row.line) && result.kind === 'events') {
      ended++;
      await correctRow(result);
    } else if (result.kind === 'left-out') count.leftOut++;
    else if (result.kind === 'known') {
      count.knownRows++;
      count.repeatedRows++;
    } else if (result.kind === 'refused') lists.refused.add(result.finding);
    else await offer(result);
  }
  await flush();
  await work.drain();
  const { differing, refused, rejected } = lists;
  const ends =
    count.newRows + count.knownRows + count.leftOut + differing.count + refused.count + rejected.count + ended;
  if (ends !== count.rows) throw new Error(`${count.rows} rows were read, and ${ends} came to an end`);
  onProgress?.({ stage, fraction: 1, rows: count.rows });
  return { ...count, ...events, ...lists, firstRow, firstEvents, lines };
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
function judge(outcome: Outcome, chain: Chain | undefined, sighting: Sighting | undefined): End {
  if (sighting?.kind === 'repeat') return { kind: 'repeat' };
  if (sighting?.kind === 'differs') return { kind: 'differs', otherLine: sighting.line };
  if (typeof outcome === 'string') return { kind: outcome === 'new' ? 'new' : 'known' };
  if (outcome.reason !== 'conflict' || !chain) return { kind: 'rejected', rejection: outcome };
  if (chain.kind === 'known') return { kind: 'known' };
  if (chain.kind === 'refused') return { kind: 'rejected', rejection: chain.rejection };
  return { kind: 'differs', latest: chain.latest, ...(outcome.differs && { fields: outcome.differs }) };
}

async function readChains(
  rows: readonly SentRow[],
  check: (batch: readonly ImportItem[]) => Promise<readonly Outcome[]>,
): Promise<ReadonlyMap<ImportItem, Chain>> {
  const items = rows.flatMap(({ items: own, outcomes }) =>
    own.flatMap(({ item }, index) => (isConflict(outcomes[index]!) ? [item] : [])),
  );
  const chains = await findChains(items, check);
  return new Map(items.map((item, index) => [item, chains[index]!]));
}

const isConflict = (outcome: Outcome): boolean => typeof outcome === 'object' && outcome.reason === 'conflict';

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
