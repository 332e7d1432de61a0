/** The thread in which an export is read and laid against the ledger: a large file is a reason for nobody else to wait. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import {
  reconcile,
  type LedgerLooks,
  type ReconcileFault,
  type ReconcileJob,
  type ReconcileResult,
} from './reconcile.ts';

type LookName = keyof LedgerLooks;

/** What the thread says: a question about the ledger, or what came of it all; findings go ahead, a piece at a time. */
export type ReconcilerMessage =
  | { readonly kind: 'look'; readonly look: LookName; readonly args: readonly unknown[] }
  | { readonly kind: 'findings'; readonly findings: ReconcileResult['findings'] }
  | { readonly kind: 'done'; readonly result: ReconcileResult | ReconcileFault };

/** What it hears: the answer to its last question. */
export type LookAnswer = { readonly value: unknown } | { readonly failure: string };

const PIECE = 1_000;

if (parentPort) await work(parentPort, workerData as ReconcileJob);

async function work(port: MessagePort, job: ReconcileJob): Promise<void> {
  const look =
    (name: LookName) =>
    (...args: readonly unknown[]): Promise<never> =>
      new Promise((resolve, reject) => {
        port.once('message', (answer: LookAnswer) => {
          if ('failure' in answer) reject(new Error(answer.failure));
          else resolve(answer.value as never);
        });
        say({ kind: 'look', look: name, args });
      });
  const say = (message: ReconcilerMessage): void => port.postMessage(message);
  const result = await reconcile(job, {
    readSpan: look('readSpan'),
    historyOf: look('historyOf'),
    readOf: look('readOf'),
  });
  if (result.ok) {
    for (let i = 0; i < result.findings.length; i += PIECE)
      say({ kind: 'findings', findings: result.findings.slice(i, i + PIECE) });
    say({ kind: 'done', result: { ...result, findings: [] } });
  } else say({ kind: 'done', result });
  port.close();
}
