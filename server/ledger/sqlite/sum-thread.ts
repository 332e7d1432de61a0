/** What reads much of the ledger is asked of a thread of its own: a year of cells takes longer than a wall may wait. */
import type { MessagePort, Worker } from 'node:worker_threads';
import type { CellQuery, CellSum, EntityQuery } from '../port.ts';
import { packFailure, unpackFailure, type Failure } from './problems.ts';
import { parseSums, type LedgerReader } from './reader.ts';

type Question = { readonly cells: CellQuery } | { readonly entities: EntityQuery };
type SumAnswer = { readonly seq: number; readonly sums: string };
type Answer = SumAnswer | { readonly entities: readonly string[] } | { readonly failure: Failure };

/** The thread's side: answers queries in the order in which they come, until told to end. */
export function serveSums(port: MessagePort, reader: LedgerReader, folder: string): void {
  port.on('message', (question: Question | 'end') => {
    if (question === 'end') {
      reader.close();
      port.close();
      return;
    }
    let answer: Answer;
    try {
      answer =
        'cells' in question ? reader.sumCellsText(question.cells) : { entities: reader.entitiesOf(question.entities) };
    } catch (error) {
      answer = { failure: packFailure(error, folder) };
    }
    port.postMessage(answer);
  });
}

/** The caller's side; the thread is started with the first query. */
export class SumThread {
  #worker: Worker | undefined;
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];

  constructor(private readonly start: () => Worker) {}

  async sumCells(query: CellQuery): Promise<{ readonly seq: number; readonly sums: readonly CellSum[] }> {
    const { seq, sums } = (await this.#ask({ cells: query })) as SumAnswer;
    return { seq, sums: parseSums(sums) };
  }

  async entitiesOf(query: EntityQuery): Promise<readonly string[]> {
    return ((await this.#ask({ entities: query })) as { entities: readonly string[] }).entities;
  }

  async #ask(question: Question): Promise<Answer> {
    const worker = (this.#worker ??= this.#begin());
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.postMessage(question);
      this.#waiting.push({ resolve, reject });
    });
    if ('failure' in answer) throw unpackFailure(answer.failure);
    return answer;
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
    worker.on('message', (answer: Answer) => this.#waiting.shift()?.resolve(answer));
    const fail = (error: Error): void => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    };
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error("The ledger's summing thread has ended.")));
    return worker;
  }
}
