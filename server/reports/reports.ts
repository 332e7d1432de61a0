/** The reports of one hall: what they say, what the hall itself writes in them, and the files that are made of them. */
import type { Ledger } from '../ledger/port.ts';
import { readFrozenDays } from '../frozen/frozen-days.ts';
import { readFrozenMonths } from '../frozen/frozen-months.ts';
import { readPublishedOtherwise } from '../frozen/published-otherwise.ts';
import { sayReconciled } from '../reconcile/say-day.ts';
import type { Reconciliations } from '../reconcile/reconciliations.ts';
import { createReportFiles, type ReportFiles } from './files.ts';
import type { PrintReport } from './print.ts';
import { createReadReport, type ReadReport, type ReadReportOptions } from './read-report.ts';
import { createReportWords, type ReportWords, type ReportWordsOptions } from './words.ts';

export interface Reports {
  readonly read: ReadReport;
  readonly words: ReportWords;
  readonly files: ReportFiles;
}

export interface ReportsOptions extends Pick<ReadReportOptions, 'board' | 'config' | 'zone' | 'demo' | 'now'> {
  readonly ledger: Ledger;
  readonly record: ReportWordsOptions['record'];
  readonly nameOf: ReportWordsOptions['nameOf'];
  readonly reconciliations: Reconciliations;
  readonly print: PrintReport;
}

export function createReports(options: ReportsOptions): Reports {
  const { board, ledger, config, zone, demo, now, record, nameOf, reconciliations } = options;
  const words = createReportWords({ ledger, record, now, roster: () => config().roster, nameOf });
  const read = createReadReport({
    ...{ board, config, zone, demo, now },
    readFrozen: (from, to) => readFrozenDays({ board, ledger, config, now }, from, to),
    readCorrections: (asked) => readFrozenMonths({ board, ledger, config, now }, asked),
    publishedOtherwise: (from, to) => readPublishedOtherwise(ledger, from, to),
    sayReconciled: (day, language) => sayReconciled(reconciliations, day, language),
    readWords: (asked) => words.read(asked),
  });
  return { read, words, files: createReportFiles(options.print) };
}
