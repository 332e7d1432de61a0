/** What the reading has found to be new, into the target: batch by batch, a row never cut in two. */
import { readChains, replace } from './corrections.ts';
import { FindingList, joinFindings, retellFinding } from './findings.ts';
import { createOrderedWork } from './in-order.ts';
import type { ImportOptions, Tally } from './reading.ts';
import { checkAlone } from './send-rows.ts';
import type { Spool, SpooledRow } from './spool.ts';
import type { Outcome } from './target.ts';

/** Batches that a target works on at once; it commits together what waits. */
const BATCHES_WAITING = 4;

/**
 * @param read what the reading has found; others may write meanwhile, so the target has the last word
 * @returns the same, as it has become
 */
export async function writeRows(
  spool: Pick<Spool, 'batches'>,
  { target, now, onProgress }: Pick<ImportOptions, 'target' | 'now' | 'onProgress'>,
  read: Tally,
): Promise<Tally> {
  const count = { newRows: read.newRows, knownRows: read.knownRows, correctedRows: read.correctedRows };
  const events = { accepted: 0, duplicates: read.duplicates };
  const refused = new FindingList();
  let { differing } = read;
  const goal = read.newRows + read.correctedRows;
  let rows = 0;

  const settle = ({ line }: SpooledRow, outcomes: readonly Outcome[]): void => {
    const fresh = outcomes.filter((outcome) => outcome === 'new').length;
    events.accepted += fresh;
    events.duplicates += outcomes.filter((outcome) => outcome === 'duplicate').length;
    const rejection = outcomes.find((outcome) => typeof outcome === 'object');
    if (rejection === undefined && fresh > 0) return;
    count.newRows--;
    if (rejection === undefined) count.knownRows++;
    else refused.add({ line, reason: fresh > 0 ? 'partly' : rejection.reason, field: rejection.field, columns: [] });
  };
  /** What differs is asked for anew: a run that broke off may have corrected it already. */
  const correct = async ({ line, items }: SpooledRow): Promise<void> => {
    const check = checkAlone(target.check);
    const chains = await readChains(items, await check(items), check);
    const wanted = items.flatMap((item) => {
      const chain = chains.get(item);
      if (chain === undefined) return [item];
      return chain.kind === 'differs' ? replace(item, chain, now) : [];
    });
    const foreseen = await check(wanted);
    const isSound = foreseen.every((outcome) => typeof outcome === 'string');
    const outcomes = isSound ? await target.append(wanted) : foreseen;
    const fresh = isSound ? outcomes.filter((outcome) => outcome === 'new').length : 0;
    events.accepted += fresh;
    const rejection = outcomes.find((outcome) => typeof outcome === 'object');
    if (rejection === undefined) return;
    count.correctedRows--;
    differing = retellFinding(differing, line, fresh > 0 ? 'partly' : rejection.reason);
  };

  const work = createOrderedWork(BATCHES_WAITING);
  for await (const batch of spool.batches()) {
    const plain = batch.filter(({ isCorrection }) => !isCorrection);
    const sent = plain.flatMap(({ items }) => items);
    if (sent.length > 0) {
      await work.add(
        () => target.append(sent),
        async (outcomes) => {
          let at = 0;
          for (const row of plain) settle(row, outcomes.slice(at, (at += row.items.length)));
        },
      );
    }
    for (const row of batch)
      if (row.isCorrection)
        await work.add(
          () => correct(row),
          async () => {},
        );
    rows += batch.length;
    onProgress?.({ stage: 'write', fraction: rows / goal, rows });
  }
  await work.drain();
  return { ...read, ...count, ...events, differing, refused: joinFindings(read.refused, refused) };
}
