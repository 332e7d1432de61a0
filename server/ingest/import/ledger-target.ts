/** An import straight into a ledger that this process has opened. */
import type { Ledger, PendingEvent } from '../../ledger/port.ts';
import type { ImportItem, ImportTarget, Outcome } from './target.ts';

const CONFLICT = { reason: 'conflict', field: 'id' } as const;

export function createLedgerTarget(ledger: Ledger, now: () => number): ImportTarget {
  return {
    async check(batch) {
      const outcomes = await ledger.compare(toPending(batch));
      return outcomes.map((outcome): Outcome => (outcome === 'conflict' ? CONFLICT : outcome));
    },
    async append(batch) {
      const { outcomes } = await ledger.append(toPending(batch), now());
      return outcomes.map((outcome): Outcome => {
        if (typeof outcome === 'object') return 'new';
        return outcome === 'conflict' ? CONFLICT : outcome;
      });
    },
  };
}

function toPending(batch: readonly ImportItem[]): readonly PendingEvent[] {
  return batch.map(({ event, dropped }) => ({ event, timeGiven: true, dropped }));
}
