/** One piece of work in a thread of its own, which may ask its host for things and tell it how it goes. */
import { parentPort, Worker, workerData, type MessagePort } from 'node:worker_threads';

type FromThread<News, Result> =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: 'news'; readonly news: News }
  | { readonly kind: 'done'; readonly result: Result };

type ToThread = { readonly id: number } & ({ readonly value: unknown } | { readonly failure: string });

export interface ThreadOptions<News> {
  /** The built file, which calls `workInThread`. */
  readonly url: URL;
  readonly name: string;
  /** After so long the thread is ended, and the promise rejects. */
  readonly longestMs: number;
  /** A thread that wants more ends alone. */
  readonly memoryMb: number;
  readonly onNews?: (news: News) => void;
}

/**
 * @param calls what the thread may ask, by the names of its methods
 * @returns what the thread came to; rejects where it ended before that
 */
export function runInThread<Job, News, Result>(
  job: Job,
  calls: object,
  { url, name, longestMs, memoryMb, onNews }: ThreadOptions<News>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(url, { workerData: job, name, resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
    const timer = setTimeout(() => void worker.terminate(), longestMs);
    const answer = (message: ToThread): void => worker.postMessage(message);
    worker.on('message', (message: FromThread<News, Result>) => {
      if (message.kind === 'news') onNews?.(message.news);
      else if (message.kind === 'done') resolve(message.result);
      else {
        const { id, args } = message;
        const call = (calls as Record<string, (...given: readonly unknown[]) => Promise<unknown>>)[message.name]!;
        call.apply(calls, [...args]).then(
          (value) => answer({ id, value }),
          (error: unknown) => answer({ id, failure: error instanceof Error ? error.message : String(error) }),
        );
      }
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      clearTimeout(timer);
      reject(new Error(`The thread "${name}" ended before it was done.`));
    });
  });
}

type Answering = (...args: never[]) => Promise<unknown>;

/** What a thread has of its host: the methods of `C`, whose arguments and answers are copied, and its ear. */
export interface Host<C, News> {
  readonly call: <N extends keyof C & string>(
    name: N,
    ...args: C[N] extends Answering ? Parameters<C[N]> : never
  ) => C[N] extends Answering ? ReturnType<C[N]> : never;
  readonly tell: (news: News) => void;
}

/** The whole of a thread's file: does the job that the host gave; does nothing where the file is loaded by the host itself. */
export async function workInThread<Job, C, News, Result>(
  work: (job: Job, host: Host<C, News>) => Promise<Result>,
): Promise<void> {
  if (!parentPort) return;
  const port: MessagePort = parentPort;
  const say = (message: FromThread<News, Result>): void => port.postMessage(message);
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  port.on('message', (message: ToThread) => {
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if ('failure' in message) asked?.reject(new Error(message.failure));
    else asked?.resolve(message.value);
  });
  const call = (name: string, ...args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      say({ kind: 'call', id: last, name, args });
    });
  const result = await work(workerData as Job, {
    call: call as unknown as Host<C, News>['call'],
    tell: (news) => say({ kind: 'news', news }),
  });
  say({ kind: 'done', result });
  port.close();
}
