/** Has an export laid against the ledger in a thread of its own, and looks into the ledger for it. */
import { runInThread } from '../thread.ts';
import type { LedgerLooks, PackedFinding, ReconcileFault, ReconcileJob, ReconcileResult } from './reconcile.ts';

/** A file that takes longer is not of one day. */
const LONGEST_MS = 300_000;
/** Memory for ROW_LIMIT rows and as many events of the ledger. */
const MEMORY_MB = 1_024;

export type AskReconciler = (job: ReconcileJob, ledger: LedgerLooks) => Promise<ReconcileResult | ReconcileFault>;

/** @param url the built `reconciler.js` */
export function createReconciler(url: URL): AskReconciler {
  return async (job, ledger) => {
    const findings: PackedFinding[] = [];
    const result = await runInThread<ReconcileJob, readonly PackedFinding[], ReconcileResult | ReconcileFault>(
      job,
      ledger,
      { url, name: 'reconciler', longestMs: LONGEST_MS, memoryMb: MEMORY_MB, onNews: (some) => findings.push(...some) },
    );
    return result.ok ? { ...result, findings } : result;
  };
}
