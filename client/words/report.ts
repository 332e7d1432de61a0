/** The words of the page of reports, in both languages. */
import { report as en } from './en/report.ts';
import type { Language } from './language.ts';
import { report as zh, type ReportPageWords } from './zh/report.ts';

export const reportLanguages: Readonly<Record<Language, ReportPageWords>> = { zh, en };
export type { ReportPageWords };
