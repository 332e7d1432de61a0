/** The words of the page that sets a hall up, in both languages. */
import { access as enAccess } from './en/access.ts';
import { setup as enSetup } from './en/setup.ts';
import type { Language } from './language.ts';
import { access, type AccessWords } from './zh/access.ts';
import { setup, type SetupOwn } from './zh/setup.ts';

export interface SetupWords {
  readonly access: AccessWords;
  readonly setup: SetupOwn;
}

export const setupLanguages: Readonly<Record<Language, SetupWords>> = {
  zh: { access, setup },
  en: { access: enAccess, setup: enSetup },
};
