// The demo hall that all tests share which only look: filled once, changed by nobody.
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { inject } from 'vitest';

/** Its address, once the reference year has been filled in. */
export async function findDemo(): Promise<string> {
  const log = inject('demoLog');
  // A year takes its time where other tests have the machine: the limit of the hook or test that waits ends what hangs.
  for (let tries = 0; tries < 2_500; tries++) {
    const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
    const found = /Health +(\S+)\/healthz\s/.exec(text);
    if (found) return found[1]!;
    await wait(200);
  }
  throw new Error(`The demo hall did not start:\n${readFileSync(log, 'utf8')}`);
}
