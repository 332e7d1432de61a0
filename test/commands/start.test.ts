// `npm start` as a real process: the server is killed and comes back, ends for good where it should, and is never left alone.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nextDelayMs } from '../../commands/supervise.mjs';
import { findRoot } from '../e2e/product.ts';

const root = findRoot();
let folder: string;
let supervisor: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-start-'));
});
afterEach(() => {
  if (supervisor?.exitCode === null && supervisor.signalCode === null) supervisor.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly process: ChildProcess;
  /** Resolves with the first match after what was matched before, however long it takes. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  output(): string;
  ended: Promise<number | null>;
}

function run(file: string, args: readonly string[] = [], env: Record<string, string> = {}): Run {
  const child = (supervisor = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  }));
  let text = '';
  let read = 0;
  let look = (): void => {};
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      look();
    });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return {
    process: child,
    ended,
    output: () => text,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        look = () => {
          const found = pattern.exec(text.slice(read));
          if (!found) return;
          read += found.index + found[0].length;
          look = () => {};
          resolve(found);
        };
        void ended.then(() => reject(new Error(`it ended before it said ${String(pattern)}:\n${text}`)));
        look();
      }),
  };
}

/** The product, by the command of `npm start`. */
const start = (env: Record<string, string> = {}) =>
  run(join(root, 'commands/start.mjs'), [], {
    PORT: '0',
    HALLPULSE_DATA: join(folder, 'store'),
    HALLPULSE_DEMO: '0',
    HALLPULSE_LOG: 'fatal',
    ...env,
  });

/** A program of a few lines in the server's place; it says its process id. */
function superviseProgram(program: string, env: Record<string, string> = {}): Run {
  const file = join(folder, 'program.mjs');
  writeFileSync(file, `console.log('running', process.pid);\n${program}`);
  const caller = join(folder, 'caller.mjs');
  const module = JSON.stringify(join(root, 'commands/supervise.mjs'));
  writeFileSync(
    caller,
    `import { supervise } from ${module};\nprocess.exitCode = await supervise([${JSON.stringify(file)}, ...process.argv.slice(2)]);`,
  );
  return run(caller, ['--speed', '60'], env);
}

/** Resolves once nobody has the process id any more. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
      // Killed and not yet buried counts as gone; who buries an orphan is not ours to say.
      if (/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return;
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The process that serves: the one child of the supervisor. */
function childOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}

describe('the product', () => {
  const HEALTH = /Health +(\S+)\/healthz/;

  test('is started again when its server is killed, serves as before, and ends at one word', async () => {
    const product = start();
    const [, first] = await product.says(HEALTH);
    const killed = childOf(product.process.pid!);
    process.kill(killed, 'SIGKILL');
    await product.says(/The server was ended by SIGKILL\. It is started again in 1 s\./);
    const [, second] = await product.says(HEALTH);
    expect(childOf(product.process.pid!)).not.toBe(killed);
    expect((await fetch(`${second!}/healthz`)).status).toBe(200);
    await expect(fetch(`${first!}/healthz`)).rejects.toThrow();
    const child = childOf(product.process.pid!);
    product.process.kill('SIGTERM');
    expect(await product.ended).toBe(0);
    await gone(child);
  });

  test('ends with its server where a person must mend something', async () => {
    const product = start({ HALLPULSE_DEMO: 'perhaps' });
    expect(await product.ended).toBe(2);
    expect(product.output().trim().split('\n')).toEqual(['HALLPULSE_DEMO must be 0 or 1, not "perhaps".']);
  });

  test('leaves no server behind when it is killed itself: the folder is free again', async () => {
    const product = start();
    await product.says(HEALTH);
    const child = childOf(product.process.pid!);
    product.process.kill('SIGKILL');
    await product.ended;
    await gone(child);
    const again = start();
    await again.says(HEALTH);
    again.process.kill('SIGINT');
    expect(await again.ended).toBe(0);
  });

  test('takes the word that a terminal says to both processes, and that is passed on, as one', async () => {
    const product = start();
    await product.says(HEALTH);
    process.kill(childOf(product.process.pid!), 'SIGINT');
    product.process.kill('SIGINT');
    expect(await product.ended).toBe(0);
    expect(product.output()).not.toContain('started again');
  });
});

describe('a supervised program', () => {
  test('gets the arguments, the environment, and a channel that tells it is supervised', async () => {
    const { ended, output } = superviseProgram(
      `console.log(process.argv.slice(2).join(' '), process.env.COLOUR, process.connected); process.exit(0);`,
      { COLOUR: 'red' },
    );
    expect(await ended).toBe(0);
    expect(output()).toContain('--speed 60 red true');
  });

  test.each([
    ['process.exit(70)', /The server ended with code 70\. It is started again in 1 s\./],
    ['throw new Error("a bug")', /The server ended with code 1\. It is started again in 1 s\./],
    ["process.kill(process.pid, 'SIGSEGV')", /The server was ended by SIGSEGV\. It is started again in 1 s\./],
  ])('that ends by %s is started again, the next time later', async (program, sentence) => {
    const { says, process: own, ended } = superviseProgram(program);
    await says(sentence);
    await says(/running \d+/);
    await says(/started again in 2 s/);
    own.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'hears of %s, and its code is the code of all',
    async (signal) => {
      const {
        says,
        process: own,
        ended,
      } = superviseProgram(
        `process.on('${signal}', () => process.exit(5)); setInterval(() => {}, 1_000); console.log('ready');`,
      );
      await says(/ready/);
      own.kill(signal);
      expect(await ended).toBe(5);
    },
  );

  test('that ends by the signal itself ends all', async () => {
    const {
      says,
      process: own,
      ended,
      output,
    } = superviseProgram(`setInterval(() => {}, 1_000); console.log('ready');`);
    await says(/ready/);
    own.kill('SIGTERM');
    expect(await ended).toBe(143);
    expect(output()).not.toContain('started again');
  });
});

describe('the pause before the next start', () => {
  test('doubles from a second to a minute', () => {
    const delays: number[] = [];
    for (let i = 0; i < 8; i++) delays.push(nextDelayMs(delays.at(-1), 5_000));
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });

  test('is forgotten after ten minutes of good running', () => {
    expect(nextDelayMs(32_000, 10 * 60_000 - 1)).toBe(60_000);
    expect(nextDelayMs(32_000, 10 * 60_000)).toBe(1_000);
  });
});
