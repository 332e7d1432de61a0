/** Has a held file looked at or brought in by a thread of its own, which asks this one for the ledger. */
import type { Said } from '../../domain/wire/import.ts';
import type { ImportProgress } from '../ingest/import/reading.ts';
import type { ImportTarget } from '../ingest/import/target.ts';
import { runInThread } from '../thread.ts';
import type { LookJob, Looked } from './look.ts';
import type { Ran, RunJob } from './run.ts';

export type ImportJob = LookJob | RunJob;
export type ImportNews = ImportProgress;
export type ImportAnswer =
  | { readonly kind: 'looked'; readonly looked: Looked }
  | ({ readonly kind: 'ran' } & Ran)
  /** The file or its mapping as a whole. */
  | ({ readonly kind: 'problem' } & Said);

/** A million rows take two minutes. */
const LONGEST_MS = 4 * 3_600_000;
const MEMORY_MB = 1_024;

export type AskImporter = (
  job: ImportJob,
  target: ImportTarget,
  onNews: (news: ImportNews) => void,
) => Promise<ImportAnswer>;

/** @param url the built `importer.js` */
export function createImporter(url: URL): AskImporter {
  return (job, target, onNews) =>
    runInThread(job, target, { url, name: 'importer', longestMs: LONGEST_MS, memoryMb: MEMORY_MB, onNews });
}
