/** The words of the page of the daily checks, in both languages. */
import { access as enAccess } from './en/access.ts';
import { checks as enChecks } from './en/checks.ts';
import type { Language } from './language.ts';
import { access, type AccessWords } from './zh/access.ts';
import { checks, type ChecksOwn } from './zh/checks.ts';

export interface ChecksWords {
  readonly access: AccessWords;
  readonly checks: ChecksOwn;
}

export const checksLanguages: Readonly<Record<Language, ChecksWords>> = {
  zh: { access, checks },
  en: { access: enAccess, checks: enChecks },
};
export type { ChecksOwn };
