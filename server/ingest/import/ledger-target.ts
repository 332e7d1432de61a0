/** An import straight into a ledger that this process has opened. */
import type { Ledger, PendingEvent } from '../../ledger/port.ts';
import type { BatchAnswer, ImportItem, ImportTarget } from './target.ts';

type Outcome = 'new' | 'duplicate' | 'conflict';

export function createLedgerTarget(ledger: Ledger, now: () => number): ImportTarget {
  return {
    async check(batch) {
      return summarise(await ledger.compare(toPending(batch)));
    },
    async append(batch) {
      const { outcomes } = await ledger.append(toPending(batch), now());
      return summarise(outcomes.map((outcome) => (typeof outcome === 'string' ? outcome : 'new')));
    },
  };
}

function toPending(batch: readonly ImportItem[]): readonly PendingEvent[] {
  return batch.map(({ event, dropped }) => ({ event, timeGiven: true, dropped }));
}

function summarise(outcomes: readonly Outcome[]): BatchAnswer {
  const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  return {
    accepted: count('new'),
    duplicates: count('duplicate'),
    rejected: outcomes.flatMap((outcome, index) =>
      outcome === 'conflict' ? [{ index, reason: 'conflict', field: 'id' }] : [],
    ),
  };
}
