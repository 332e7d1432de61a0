/** The thread in which a file is looked at, tried or brought in: a large one is a reason for nobody else to wait. */
import type { ImportTarget } from '../ingest/import/target.ts';
import { workInThread } from '../thread.ts';
import type { ImportAnswer, ImportJob, ImportNews } from './ask-importer.ts';
import { doJob } from './do-job.ts';

await workInThread<ImportJob, Required<ImportTarget>, ImportNews, ImportAnswer>((job, { call, tell }) => {
  const target: ImportTarget = {
    check: (batch) => call('check', batch),
    append: (batch) => call('append', batch),
    compare: (id, event) => call('compare', id, event),
  };
  return doJob(job, target, tell);
});
