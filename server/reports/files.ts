/** The files that a report may be taken as; what writes them is fetched by whoever asks for the first. */
import type { ReportFormat } from '../../domain/report/kinds.ts';
import { toPlainText } from '../../domain/report/text.ts';
import type { Report } from '../../domain/wire/report.ts';
import type { PrintReport } from './print.ts';

export interface ReportFile {
  /** As HTTP and mail name it. */
  readonly type: string;
  /** @throws PrintError */
  readonly write: (report: Report) => Promise<Uint8Array> | Uint8Array;
}
export type ReportFiles = Readonly<Record<ReportFormat, ReportFile>>;

export function createReportFiles(print: PrintReport): ReportFiles {
  return {
    txt: {
      type: 'text/plain; charset=utf-8',
      write: (report) => new TextEncoder().encode(toPlainText(report)),
    },
    xlsx: {
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      write: async (report) => (await import('./xlsx.ts')).writeXlsx(report),
    },
    docx: {
      type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      write: async (report) => (await import('./docx.ts')).writeDocx(report),
    },
    pdf: { type: 'application/pdf', write: print },
  };
}
