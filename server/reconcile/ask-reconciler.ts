/** Has an export laid against the ledger in a thread of its own, and looks into the ledger for it. */
import { Worker } from 'node:worker_threads';
import type { LedgerLooks, PackedFinding, ReconcileFault, ReconcileJob, ReconcileResult } from './reconcile.ts';
import type { LookAnswer, ReconcilerMessage } from './reconciler.ts';

/** A file that takes longer is not of one day. */
const LONGEST_MS = 300_000;
/** Memory for ROW_LIMIT rows and as many events of the ledger; a thread that wants more ends alone. */
const MEMORY_MB = 1_024;

export type AskReconciler = (job: ReconcileJob, ledger: LedgerLooks) => Promise<ReconcileResult | ReconcileFault>;

/** @param url the built `reconciler.js` */
export function createReconciler(url: URL): AskReconciler {
  return (job, ledger) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(url, {
        workerData: job,
        name: 'reconciler',
        resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      });
      const findings: PackedFinding[] = [];
      const timer = setTimeout(() => void worker.terminate(), LONGEST_MS);
      const answer = (value: LookAnswer): void => worker.postMessage(value);
      worker.on('message', (message: ReconcilerMessage) => {
        if (message.kind === 'findings') findings.push(...message.findings);
        else if (message.kind === 'done') resolve(message.result.ok ? { ...message.result, findings } : message.result);
        else {
          const look = ledger[message.look] as (...args: readonly unknown[]) => Promise<unknown>;
          look.apply(ledger, [...message.args]).then(
            (value) => answer({ value }),
            (error: unknown) => answer({ failure: error instanceof Error ? error.message : String(error) }),
          );
        }
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        clearTimeout(timer);
        reject(new Error('The thread that lays an export against the ledger ended before it was done.'));
      });
    });
}
