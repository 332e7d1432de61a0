/** Turns what SQLite reports into the failures that the ledger's port names. */
import { statfsSync } from 'node:fs';
import { LedgerError, type LedgerProblem } from '../port.ts';

/** Below this much room a failed write is put down to the full disk, whatever the failing call was. */
const NO_ROOM_BYTES = 1_000_000;

/** The driver gives a failure met while rows are read no code, only SQLite's own words for it (sqlite3_errstr). */
const CODES_BY_WORDS: readonly (readonly [words: string, code: number])[] = [
  ['database is locked', 5],
  ['database table is locked', 6],
  ['attempt to write a readonly database', 8],
  ['disk I/O error', 10],
  ['database disk image is malformed', 11],
  ['database or disk is full', 13],
  ['unable to open database file', 14],
  ['file is not a database', 26],
];

/** An error in a form that survives the way between threads. */
export interface Failure {
  readonly problem?: LedgerProblem;
  readonly message: string;
}

/** SQLite's primary code: the low byte of what it reports, whose rest says which call failed. Undefined for other errors. */
export function sqliteCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { sqliteCode, code } = error as { sqliteCode?: unknown; code?: unknown };
  if (typeof sqliteCode === 'number') return sqliteCode & 0xff;
  if (code !== 'ERR_SQLITE_ERROR') return undefined;
  return CODES_BY_WORDS.find(([words]) => error.message.includes(words))?.[1];
}

/** What the system refuses of a file or folder. */
function isFileFailure(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

/** Names the problem behind an error met while working on the ledger in `folder`; other errors pass as they are. */
export function toLedgerError(error: unknown, folder: string): Error {
  if (error instanceof LedgerError) return error;
  if (isFileFailure(error)) {
    const problem = error.code === 'ENOSPC' ? 'disk-full' : 'io';
    return new LedgerError(problem, `${sentenceOf(problem, folder)} (${error.message})`, { cause: error });
  }
  if (!(error instanceof Error)) return new Error(String(error));
  const problem = problemOf(error, folder);
  return problem === undefined
    ? error
    : new LedgerError(problem, `${sentenceOf(problem, folder)} (${error.message})`, { cause: error });
}

export function packFailure(error: unknown, folder: string): Failure {
  const known = toLedgerError(error, folder);
  return known instanceof LedgerError
    ? { problem: known.problem, message: known.message }
    : { message: known.stack ?? known.message };
}

export function unpackFailure({ problem, message }: Failure): Error {
  return problem === undefined ? new Error(message) : new LedgerError(problem, message);
}

function problemOf(error: Error, folder: string): LedgerProblem | undefined {
  switch (sqliteCodeOf(error)) {
    case 5: // BUSY
    case 6: // LOCKED
      return 'busy';
    case 8: // READONLY
    case 14: // CANTOPEN
      return 'io';
    case 10: // IOERR: growing the shared-memory file or syncing on a full disk is reported as this
      return hasRoom(folder) ? 'io' : 'disk-full';
    case 1: // ERROR: with our own statements only a file that lacks a part of its tables
      return /^no such (table|column)/.test(error.message) ? 'damaged' : undefined;
    case 11: // CORRUPT
    case 26: // NOTADB
      return 'damaged';
    case 13: // FULL
      return 'disk-full';
    default:
      return undefined;
  }
}

function sentenceOf(problem: LedgerProblem, folder: string): string {
  switch (problem) {
    case 'disk-full':
      return `The disk that holds ${folder} is full: nothing more can be recorded until there is room.`;
    case 'busy':
      return `The ledger in ${folder} is held by another process for the moment.`;
    case 'damaged':
      return `The ledger in ${folder} is damaged. Keep the files and restore a backup.`;
    default:
      return `The ledger in ${folder} cannot be read or written. Check the disk and the folder's owner.`;
  }
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= NO_ROOM_BYTES;
  } catch {
    return true;
  }
}
