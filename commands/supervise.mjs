// Keeps one program of Node running: starts it again when it ends by a fault, and ends with it when it ends on purpose.
// Only Node's own modules are used here, as in everything that runs before the product is there.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** The program has ended as it should, or says that a person must mend something: it is not started again. */
const FINAL_CODES = [0, 2];
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;
/** Who has run for so long ran well: the next fault is a first one. */
const GOOD_RUN_MS = 10 * 60_000;

/** How long to wait before the next start: 1 s, then twice as long each time, up to a minute. */
export function nextDelayMs(lastDelayMs, ranMs) {
  if (lastDelayMs === undefined || ranMs >= GOOD_RUN_MS) return FIRST_DELAY_MS;
  return Math.min(2 * lastDelayMs, LONGEST_DELAY_MS);
}

/**
 * Runs `node ARGS` with this process's environment and streams, and resolves with the exit code to end with. Signals
 * are passed on. The program has a channel to this process: when it closes, the supervisor is gone.
 */
export async function supervise(args) {
  const stopping = new AbortController();
  let child;
  const pass = (signal) => {
    stopping.abort();
    // Windows tells the programs of a console by itself, and kills where it is asked to send a signal.
    if (process.platform !== 'win32') child?.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  let delayMs;
  try {
    for (;;) {
      const startedAt = performance.now();
      child = spawn(process.execPath, [...process.execArgv, ...args], {
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      });
      const { code, signal, problem } = await ending(child);
      child = undefined;
      if (stopping.signal.aborted || FINAL_CODES.includes(code)) return code ?? 128 + (constants.signals[signal] ?? 0);
      delayMs = nextDelayMs(delayMs, performance.now() - startedAt);
      const how = problem ?? (signal ? `was ended by ${signal}` : `ended with code ${code}`);
      console.error(`The server ${how}. It is started again in ${delayMs / 1_000} s.`);
      await wait(delayMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return 0;
    }
  } finally {
    for (const signal of signals) process.off(signal, pass);
  }
}

function ending(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ problem: `could not be started (${error.message})` }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}
