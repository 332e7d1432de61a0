// Work that would not come to its end fails its test instead of holding up the run. Its time is not judged.
import { runInNewContext } from 'node:vm';

/** A hundred times what work needs here that grows with its input; what grows with its square needs minutes. */
const HOPELESS_MS = 60_000;

/**
 * Runs `work` to its end; a loop or a pattern that has run away in it is broken off.
 * @throws what `work` throws, or an error that says that it was broken off
 */
export function runToEnd<T>(work: () => T, hopelessMs = HOPELESS_MS): T {
  return runInNewContext('work()', { work }, { timeout: hopelessMs }) as T;
}
