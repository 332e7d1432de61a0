/** What keeps a hall from starting and a person can mend: as one sentence that says what to do, never a stack. */
import { DocumentError } from './documents/document-adapter.ts';
import { LedgerError } from './ledger/port.ts';
import { SettingsError } from './settings.ts';

/** Its message is the sentence. */
export class StartProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartProblem';
  }
}

interface SystemError extends Error {
  readonly code: string;
  readonly path?: string;
  readonly syscall?: string;
  readonly address?: string;
  readonly port?: number;
}

/** What is wrong with a file or folder, by the system's name for it. */
const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'this account may not read or write it. Check its owner and rights',
  EPERM: 'this account may not read or write it. Check its owner and rights',
  EROFS: 'its disk can only be read. Mount it for writing, or set HALLPULSE_DATA to another folder',
  ENOTDIR: 'a part of its path is a file, not a folder. Check HALLPULSE_DATA and HALLPULSE_HALL',
  EEXIST: 'a file is where a folder must be. Check HALLPULSE_DATA',
  EISDIR: 'a folder is where a file must be. Move it away',
  ENOENT: 'it is not there. Check HALLPULSE_DATA and HALLPULSE_HALL',
  ELOOP: 'its links lead in a circle. Check HALLPULSE_DATA and HALLPULSE_HALL',
  ENAMETOOLONG: 'its name is too long. Check HALLPULSE_DATA and HALLPULSE_HALL',
  ENOSPC: 'its disk is full. Make room',
  EDQUOT: 'this account may write no more on its disk. Make room',
  EIO: 'its disk reports a failure. Check the disk, and restore a backup where files are damaged',
};

/** @returns the sentence, or undefined for a bug, whose stack is wanted */
export function describeProblem(error: unknown): string | undefined {
  const isSaid =
    error instanceof StartProblem ||
    error instanceof SettingsError ||
    error instanceof DocumentError ||
    error instanceof LedgerError;
  if (isSaid) return error.message;
  if (!isSystemError(error)) return undefined;
  if (error.syscall === 'listen' || error.syscall === 'getaddrinfo') return describeListening(error);
  const problem = FILE_PROBLEMS[error.code];
  return problem && error.path ? `${error.path} cannot be used: ${problem}. (${error.code})` : undefined;
}

/** Whether it may pass by itself, as an address that the network has not given yet: then starting again is of use. */
export function mayPass(error: unknown): boolean {
  if (error instanceof LedgerError) return error.problem === 'busy' || error.problem === 'disk-full';
  return isSystemError(error) && ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'ENOSPC', 'EDQUOT'].includes(error.code);
}

function describeListening({ code, port, address }: SystemError): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Stop that program, or set PORT to another. (${code})`;
    case 'EACCES':
      return `This account may not listen on port ${port}. Set PORT to one above 1023. (${code})`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${address}. Set HALLPULSE_HOST to one that it has, or leave it away. (${code})`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HALLPULSE_HOST names an address that cannot be found. Set it to one of this machine's, or leave it away. (${code})`;
    default:
      return undefined;
  }
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && typeof (error as Partial<SystemError>).code === 'string';
}
