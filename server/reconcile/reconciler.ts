/** The thread in which an export is read and laid against the ledger: a large file is a reason for nobody else to wait. */
import { workInThread } from '../thread.ts';
import {
  reconcile,
  type LedgerLooks,
  type PackedFinding,
  type ReconcileFault,
  type ReconcileJob,
  type ReconcileResult,
} from './reconcile.ts';

/** Findings go ahead, a piece at a time. */
const PIECE = 1_000;

await workInThread<ReconcileJob, LedgerLooks, readonly PackedFinding[], ReconcileResult | ReconcileFault>(
  async (job, { call, tell }) => {
    const result = await reconcile(job, {
      readSpan: (...args) => call('readSpan', ...args),
      historyOf: (...args) => call('historyOf', ...args),
      readOf: (...args) => call('readOf', ...args),
    });
    if (!result.ok) return result;
    for (let i = 0; i < result.findings.length; i += PIECE) tell(result.findings.slice(i, i + PIECE));
    return { ...result, findings: [] };
  },
);
