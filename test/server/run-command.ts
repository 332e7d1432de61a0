// One of the built commands, run to its end as a person runs it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findRoot } from '../e2e/product.ts';

export interface CommandRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function runCommand(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CommandRun> {
  const child = spawn(process.execPath, [join(findRoot(), `dist/server/commands/${name}.js`), ...args], {
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}
