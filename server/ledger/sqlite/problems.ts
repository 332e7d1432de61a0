/** Turns what SQLite reports into the failures that the ledger's port names. */
import { statfsSync } from 'node:fs';
import { LedgerError, type LedgerProblem } from '../port.ts';

/** Below this much room a failed write is put down to the full disk, whatever the failing call was. */
const NO_ROOM_BYTES = 1_000_000;

interface SqliteFailure extends Error {
  readonly sqliteCode: number;
}

/** An error in a form that survives the way between threads. */
export interface Failure {
  readonly problem?: LedgerProblem;
  readonly message: string;
}

export function isSqliteFailure(error: unknown): error is SqliteFailure {
  return error instanceof Error && typeof (error as Partial<SqliteFailure>).sqliteCode === 'number';
}

/** Names the problem behind an error met while working on the ledger in `folder`; other errors pass as they are. */
export function toLedgerError(error: unknown, folder: string): Error {
  if (error instanceof LedgerError) return error;
  if (!isSqliteFailure(error)) return error instanceof Error ? error : new Error(String(error));
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

function problemOf(error: SqliteFailure, folder: string): LedgerProblem | undefined {
  // The low byte is the primary code; the rest says which call failed.
  switch (error.sqliteCode & 0xff) {
    case 5: // BUSY
    case 6: // LOCKED
      return 'busy';
    case 8: // READONLY
    case 14: // CANTOPEN
      return 'io';
    case 10: // IOERR: growing the shared-memory file or syncing on a full disk is reported as this
      return hasRoom(folder) ? 'io' : 'disk-full';
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
