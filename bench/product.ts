/** The product as it is deployed: its own process, an empty hall unless the settings say otherwise, everything on disk. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BenchContext } from './context.ts';

export const INGEST_KEY = 'bench-key';

export interface Product {
  readonly pid: number;
  readonly port: number;
  readonly origin: string;
  /** Resolves when the board has folded everything up to `seq`. */
  folded(seq: number): Promise<void>;
  stop(): Promise<void>;
}

/** @param settings what of the environment is otherwise */
export async function startProduct(
  context: BenchContext,
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Product> {
  const folder = join(context.folder, name);
  mkdirSync(folder, { recursive: true });
  const flags = context.profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${context.profileFolder}`] : [];
  const child = spawn(process.execPath, [...flags, context.mainFile], {
    env: {
      ...process.env,
      PORT: '0',
      HALLPULSE_HOST: '127.0.0.1',
      HALLPULSE_DATA: folder,
      HALLPULSE_DEMO: '0',
      HALLPULSE_READ: 'open',
      HALLPULSE_INGEST_KEY: INGEST_KEY,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const found = /Wall +https?:\/\/[^:]+:(\d+)/.exec(line);
      if (found) resolve(Number(found[1]));
    });
    void exited.then(() => reject(new Error('the product ended before it listened')));
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    pid: child.pid!,
    port,
    origin,
    async folded(seq) {
      for (;;) {
        const health = (await (await fetch(`${origin}/healthz`)).json()) as { seq: number };
        if (health.seq >= seq) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
