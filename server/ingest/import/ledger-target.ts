/** An import straight into a ledger that this process has opened. */
import { findDifferences } from '../../../domain/events/difference.ts';
import type { Feeds } from '../../../domain/profile/feed-of.ts';
import type { Actor } from '../../ledger/actor.ts';
import type { AppendOutcome, Ledger, PendingEvent } from '../../ledger/port.ts';
import { createRecorder, type RecordEvents } from '../../record.ts';
import { findUnfed, UNFED } from '../fed.ts';
import type { ImportItem, ImportTarget, Outcome } from './target.ts';

const CONFLICT = { reason: 'conflict', field: 'id' } as const;
const NONE: ReadonlySet<PendingEvent> = new Set();
const COMMAND: Actor = { kind: 'command', id: 'import' };

export interface LedgerTargetOptions {
  readonly ledger: Pick<Ledger, 'compare' | 'find' | 'readHead'>;
  readonly record: RecordEvents;
  readonly actor: Actor;
  /** Which system sends which facts, as a running server asks; absent: any may send any. */
  readonly feeds?: Feeds | undefined;
}

/** Of a command that has opened the ledger itself. */
export function createCommandTarget(ledger: Ledger, now: () => number, feeds?: Feeds): ImportTarget {
  return createLedgerTarget({ ledger, record: createRecorder({ ledger, now }), actor: COMMAND, feeds });
}

export function createLedgerTarget({ ledger, record, actor, feeds }: LedgerTargetOptions): ImportTarget {
  /** The outcomes of those that are not refused, each in the place of its own. */
  const sort = async (
    batch: readonly ImportItem[],
    work: (events: readonly PendingEvent[]) => Promise<readonly (AppendOutcome | 'new')[]>,
  ): Promise<readonly Outcome[]> => {
    const unfed = feeds ? await findUnfed(batch, feeds, ledger) : NONE;
    const kept = batch.filter((one) => !unfed.has(one));
    const outcomes = (kept.length === 0 ? [] : await work(kept)).values();
    return batch.map((one): Outcome => {
      if (unfed.has(one)) return UNFED;
      const outcome = outcomes.next().value!;
      if (typeof outcome === 'object') return 'new';
      return outcome === 'conflict' ? CONFLICT : outcome;
    });
  };
  return {
    check: (batch) => sort(batch, (events) => ledger.compare(events)),
    append: (batch) => sort(batch, (events) => record(events, actor)),
    compare: async (id, event) => {
      const known = await ledger.find(event.source, id, await ledger.readHead());
      return known ? findDifferences(known, event) : [];
    },
  };
}
