/** Sums of many cells are added up in a thread of their own: a year of them takes longer than a wall may wait. */
import type { MessagePort, Worker } from 'node:worker_threads';
import type { CellQuery, CellSum } from '../port.ts';
import { packFailure, unpackFailure, type Failure } from './problems.ts';
import { parseSums, type LedgerReader } from './reader.ts';

type SumAnswer = { readonly seq: number; readonly sums: string } | { readonly failure: Failure };

/** The thread's side: answers queries in the order in which they come, until told to end. */
export function serveSums(port: MessagePort, reader: LedgerReader, folder: string): void {
  port.on('message', (query: CellQuery | 'end') => {
    if (query === 'end') {
      reader.close();
      port.close();
      return;
    }
    let answer: SumAnswer;
    try {
      answer = reader.sumCellsText(query);
    } catch (error) {
      answer = { failure: packFailure(error, folder) };
    }
    port.postMessage(answer);
  });
}

/** The caller's side; the thread is started with the first query. */
export class SumThread {
  #worker: Worker | undefined;
  #waiting: { resolve: (answer: SumAnswer) => void; reject: (error: Error) => void }[] = [];

  constructor(private readonly start: () => Worker) {}

  async sumCells(query: CellQuery): Promise<{ readonly seq: number; readonly sums: readonly CellSum[] }> {
    const worker = (this.#worker ??= this.#begin());
    const answer = await new Promise<SumAnswer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      worker.postMessage(query);
    });
    if ('failure' in answer) throw unpackFailure(answer.failure);
    return { seq: answer.seq, sums: parseSums(answer.sums) };
  }

  /** Resolves once the thread's connection is closed. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage('end');
    await exited;
  }

  #begin(): Worker {
    const worker = this.start();
    worker.on('message', (answer: SumAnswer) => this.#waiting.shift()?.resolve(answer));
    const fail = (error: Error): void => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    };
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error("The ledger's summing thread has ended.")));
    return worker;
  }
}
