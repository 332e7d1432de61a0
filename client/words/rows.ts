/** The words of the rows behind a figure, in both languages. */
import { audit as auditEn } from './en/audit.ts';
import { rows as en } from './en/rows.ts';
import type { Language } from './language.ts';
import { audit as auditZh } from './zh/audit.ts';
import { rows as zh, type RowsOwn } from './zh/rows.ts';

export interface RowsWords extends RowsOwn {
  /** What each type of event is called, without its `hall.`. */
  readonly types: Readonly<Record<string, string>>;
}

export const rowsLanguages: Readonly<Record<Language, RowsWords>> = {
  zh: { ...zh, types: auditZh.types },
  en: { ...en, types: auditEn.types },
};
