// The built product as a process of its own: started on a free port, asked, killed, started again.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const KEY = 'a-key-for-tests-only';

export interface ProductOptions {
  /** The folder written at run time. */
  readonly folder: string;
  /** 0: any that is free. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** What to run it under, such as `['strace', '-f']`. */
  readonly under?: readonly string[];
  /** Another build than `dist`; its folder lies beside that one. */
  readonly dist?: string;
}

export interface Product {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** From the start of the process until it printed its address. */
  readonly startupMs: number;
  /** Everything that it wrote to standard output and standard error. */
  output(): string;
  /** Ends it politely; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves when the process is gone. */
  kill9(): Promise<void>;
}

/** A product that has been started and has not answered yet. */
export interface Starting {
  readonly pid: number;
  /** Rejects, with what the process said, when it ends before it serves. */
  readonly ready: Promise<Product>;
  kill9(): Promise<void>;
}

/** What seals a hall's frozen days lies outside its folder, and is the same at each start. */
const keyFolders = new Map<string, string>();
export function keysOf(folder: string): string {
  let keys = keyFolders.get(folder);
  if (keys === undefined) keyFolders.set(folder, (keys = mkdtempSync(join(tmpdir(), 'hallpulse-keys-'))));
  return keys;
}
process.once('exit', () => {
  for (const keys of keyFolders.values()) rmSync(keys, { recursive: true, force: true });
});

/** A test that fails half-way leaves nothing running behind it. */
const children = new Set<ChildProcess>();
const endChildren = () => {
  for (const child of children) child.kill('SIGKILL');
};
process.once('exit', endChildren);
// Vitest ends its workers with a signal, which by itself would run no handler of `exit`.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1));

/** An empty hall with open reading and the key of the tests, unless `env` says otherwise. */
export function startProduct(options: ProductOptions): Promise<Product> {
  return beginProduct(options).ready;
}

export function beginProduct({ folder, port = 0, env = {}, under = [], dist = 'dist' }: ProductOptions): Starting {
  const startedAt = performance.now();
  const [program, ...args] = [...under, process.execPath, join(findRoot(), dist, 'server/main.js')];
  const child = spawn(program!, args, {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: String(port),
      HALLPULSE_DATA: folder,
      HALLPULSE_KEYS: keysOf(folder),
      HALLPULSE_DEMO: '0',
      HALLPULSE_READ: 'open',
      HALLPULSE_INGEST_KEY: KEY,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));

  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return (await exited)[0];
  };
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /Health +(\S+)\/healthz\s/.exec(text);
      if (found) resolve(found[1]!);
    });
    child.once('error', reject);
    void exited.then(([code]) => reject(new Error(`the product ended with ${code} before it served:\n${text}`)));
  });
  const ready = address.then((url): Product => {
    const startupMs = performance.now() - startedAt;
    return {
      url,
      port: Number(new URL(url).port),
      pid: child.pid!,
      startupMs,
      output: () => text,
      stop: () => end('SIGTERM'),
      kill9: async () => void (await end('SIGKILL')),
    };
  });
  // Who kills it before it serves need not listen.
  ready.catch(() => undefined);
  return { pid: child.pid!, ready, kill9: async () => void (await end('SIGKILL')) };
}

/** The project's root; this file runs from the sources and, in `npm run campaign`, from a build. */
export function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
