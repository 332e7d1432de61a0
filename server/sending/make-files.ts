/** The files of a report that is sent, and what is said of those that could not be made. */
import { setTimeout as wait } from 'node:timers/promises';
import type { ReportFormat } from '../../domain/report/kinds.ts';
import { SENDING_WORDS } from '../../domain/sending/words.ts';
import type { Report } from '../../domain/wire/report.ts';
import { nameFile } from '../reports/file-name.ts';
import type { ReportFiles } from '../reports/files.ts';
import { PrintError } from '../reports/print.ts';

/** Another PDF that is being made at this moment is waited for so often, so long. */
const PRINT_TRIES = 12;
const PRINT_WAIT_MS = 5_000;

export interface Made {
  readonly files: { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
  readonly lacking: { readonly format: ReportFormat; readonly says: string }[];
}

export interface MakeOptions {
  readonly files: ReportFiles;
  /** Ends the wait for another PDF. */
  readonly signal: AbortSignal;
  /** Told of what fails although nothing should. */
  readonly onError: (error: unknown) => void;
}

/** One that cannot be made keeps no other back. */
export async function makeFiles(
  report: Report,
  formats: readonly ReportFormat[],
  { files: writers, signal, onError }: MakeOptions,
): Promise<Made> {
  const files: Made['files'] = [];
  const lacking: Made['lacking'] = [];
  for (const format of formats) {
    try {
      const { type, write } = writers[format];
      const bytes = await untilPrinted(() => write(report), signal);
      files.push({ name: nameFile(report, format), type, bytes });
    } catch (error) {
      const isPrint = error instanceof PrintError;
      if (!isPrint) onError(error);
      const { notMade } = SENDING_WORDS[report.language];
      lacking.push({ format, says: isPrint ? error.say(report.language) : notMade(format) });
    }
  }
  return { files, lacking };
}

async function untilPrinted<T>(write: () => T | Promise<T>, signal: AbortSignal): Promise<T> {
  for (let left = PRINT_TRIES; ; left--) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof PrintError) || error.problem !== 'printing' || left === 0) throw error;
      await wait(PRINT_WAIT_MS, undefined, { signal });
    }
  }
}
