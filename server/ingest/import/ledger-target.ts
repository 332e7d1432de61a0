/** An import straight into a ledger that this process has opened. */
import type { Actor } from '../../ledger/actor.ts';
import type { Ledger, PendingEvent } from '../../ledger/port.ts';
import { createRecorder } from '../../record.ts';
import type { ImportItem, ImportTarget, Outcome } from './target.ts';

const CONFLICT = { reason: 'conflict', field: 'id' } as const;
const IMPORT: Actor = { kind: 'command', id: 'import' };

export function createLedgerTarget(ledger: Ledger, now: () => number): ImportTarget {
  const record = createRecorder({ ledger, now });
  return {
    async check(batch) {
      const outcomes = await ledger.compare(toPending(batch));
      return outcomes.map((outcome): Outcome => (outcome === 'conflict' ? CONFLICT : outcome));
    },
    async append(batch) {
      const outcomes = await record(toPending(batch), IMPORT);
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
