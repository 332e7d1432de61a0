/** The ledger's threads. The writing one owns the one writing connection and turns whatever waits into one commit. */
import { join } from 'node:path';
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { takeWriterLock } from './lock.ts';
import type { Answer, ThreadMessage, ThreadTask, WriterRequest } from './messages.ts';
import { packFailure } from './problems.ts';
import { LedgerReader } from './reader.ts';
import type { PackedBatch } from './rows.ts';
import { LEDGER_FILE, openForReading, openForWriting } from './schema.ts';
import { LedgerStore } from './store.ts';
import { serveSums } from './sum-thread.ts';

/** A group ends here even while more waits, so that the first batch in it is not kept waiting by the last. */
const GROUP_VALUES = 200_000;
/** Between two pieces of what is swept away. */
const SWEEP_MS = 100;

function runTask(port: MessagePort, task: ThreadTask): void {
  try {
    if (task.kind === 'write') return startWriting(port, task);
    serveSums(port, new LedgerReader(openForReading(join(task.folder, LEDGER_FILE))), task);
  } catch (error) {
    tell(port, { kind: 'refused', failure: packFailure(error, task.folder) });
  }
}

function startWriting(port: MessagePort, { folder, hall, zone, now }: ThreadTask & { kind: 'write' }): void {
  const releaseLock = takeWriterLock(folder);
  let store: LedgerStore;
  try {
    const { db, meta } = openForWriting(join(folder, LEDGER_FILE), hall, zone, now);
    store = new LedgerStore(db);
    tell(port, { kind: 'ready', meta, head: store.head });
  } catch (error) {
    releaseLock();
    throw error;
  }

  // Between other work, and in small pieces: what a former fold had stored may be millions of rows.
  let sweeping: NodeJS.Timeout | undefined;
  const sweep = (): void => {
    sweeping = undefined;
    try {
      if (store.sweep()) sweepSoon();
    } catch {
      // What is left takes room and nothing else: the next start goes on.
    }
  };
  const sweepSoon = (): void => void (sweeping ??= setTimeout(sweep, SWEEP_MS));
  sweepSoon();

  port.on('message', (first: WriterRequest) => {
    let request: WriterRequest | undefined = first;
    while (request !== undefined) {
      if (request.kind === 'close') {
        clearTimeout(sweeping);
        store.close();
        releaseLock();
        tell(port, { kind: 'answers', answers: [{ kind: 'done' }] });
        return port.close();
      }
      if (request.kind === 'append') {
        const group = takeGroup(port, request.batch);
        tell(port, { kind: 'answers', answers: appendGroup(store, group.batches, folder) });
        request = group.next;
      } else {
        tell(port, { kind: 'answers', answers: [serve(store, request, folder)] });
        if (request.kind === 'show-fold' || request.kind === 'drop-fold') sweepSoon();
        request = takeWaiting(port);
      }
    }
  });
}

/** The batches that wait, and the first request behind them that is none. */
function takeGroup(port: MessagePort, first: PackedBatch): { batches: PackedBatch[]; next: WriterRequest | undefined } {
  const batches = [first];
  let size = first.values.length;
  for (;;) {
    const next = takeWaiting(port);
    if (next?.kind !== 'append' || size >= GROUP_VALUES) return { batches, next };
    batches.push(next.batch);
    size += next.batch.values.length;
  }
}

function takeWaiting(port: MessagePort): WriterRequest | undefined {
  return (receiveMessageOnPort(port) as { message: WriterRequest } | undefined)?.message;
}

function appendGroup(store: LedgerStore, batches: readonly PackedBatch[], folder: string): Answer[] {
  try {
    return store.appendGroup(batches).map((result) => ({ kind: 'batch', result }));
  } catch (error) {
    if (batches.length === 1) return [{ kind: 'failed', failure: packFailure(error, folder) }];
    // One sender's batch may be what failed: the others must not fail with it.
    return batches.flatMap((batch) => appendGroup(store, [batch], folder));
  }
}

function serve(
  store: LedgerStore,
  request: Exclude<WriterRequest, { kind: 'append' | 'close' }>,
  folder: string,
): Answer {
  try {
    switch (request.kind) {
      case 'compare':
        return { kind: 'batch', result: store.compareBatch(request.batch) };
      case 'save-fold':
        store.saveFold(request.step);
        return { kind: 'done' };
      case 'show-fold':
        store.showFold(request.foldVersion);
        return { kind: 'done' };
      case 'drop-fold':
        store.dropFold(request.foldVersion);
        return { kind: 'done' };
    }
  } catch (error) {
    return { kind: 'failed', failure: packFailure(error, folder) };
  }
}

function tell(port: MessagePort, message: ThreadMessage): void {
  port.postMessage(message);
}

if (parentPort) runTask(parentPort, workerData as ThreadTask);
