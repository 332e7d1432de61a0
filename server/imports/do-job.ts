/** What the importer does for each of its jobs. */
import { ImportProblem } from '../ingest/import/problem.ts';
import type { AskImporter } from './ask-importer.ts';
import { look } from './look.ts';
import { run } from './run.ts';

export const doJob: AskImporter = async (job, target, onNews) => {
  try {
    if (job.kind === 'look') return { kind: 'looked', looked: await look(job) };
    return { kind: 'ran', ...(await run(job, target, onNews)) };
  } catch (error) {
    if (error instanceof ImportProblem) return { kind: 'problem', zh: error.zh, en: error.en };
    throw error;
  }
};
