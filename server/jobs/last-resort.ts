/** A server that cannot go on ends itself for its supervisor to start it again: at most once in ten minutes, across its own restarts. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LAST_END_FILE } from '../hall-files.ts';

/** "Internal software error" (sysexits.h): a supervisor starts the server again. */
const LAST_RESORT_CODE = 70;
const REST_MS = 10 * 60_000;

export interface LastResortOptions {
  /** The hall's data folder, which remembers the last end. */
  readonly folder: string;
  /** Epoch ms; may be wrong. */
  readonly now: () => number;
  readonly exit: (code: number) => void;
  /** How long this process has run, ms; no clock that somebody sets. */
  readonly runMs?: () => number;
}

export interface LastResort {
  /** Whether ten minutes have passed since the last time. */
  mayEnd(): boolean;
  /** Ends the process. @returns false where it may not, or the end could not be remembered: then it stays */
  end(problem: string): boolean;
}

/**
 * The last end lies ten minutes back where this process has run for so long, or where its moment is farther than that
 * from now. A moment that lies ahead by more was written by a wrong clock, and forbids nothing.
 */
export function createLastResort({
  folder,
  now,
  exit,
  runMs = () => performance.now(),
}: LastResortOptions): LastResort {
  const file = join(folder, LAST_END_FILE);
  const mayEnd = (): boolean => {
    if (runMs() >= REST_MS) return true;
    const last = readLastEnd(file);
    if (last === 'unreadable') return false;
    return last === undefined || Math.abs(now() - last) >= REST_MS;
  };
  return {
    mayEnd,
    end(problem) {
      if (!mayEnd() || !remember(file, { at: now(), problem })) return false;
      exit(LAST_RESORT_CODE);
      return true;
    },
  };
}

/** Epoch ms; undefined where there was none, or the file does not say. */
function readLastEnd(file: string): number | undefined | 'unreadable' {
  try {
    const { at } = JSON.parse(readFileSync(file, 'utf8')) as { at?: unknown };
    return typeof at === 'number' && Number.isFinite(at) ? at : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === undefined || code === 'ENOENT' ? undefined : 'unreadable';
  }
}

/** What is not on disk would be forgotten, and the next process would end at once. */
function remember(file: string, end: { at: number; problem: string }): boolean {
  const draft = `${file}.new`;
  try {
    const handle = openSync(draft, 'w', 0o600);
    try {
      writeSync(handle, `${JSON.stringify(end)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
    return true;
  } catch {
    return false;
  }
}
