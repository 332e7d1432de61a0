/** The words of the page that explains the HTTP contract, in both languages. */
import { access as enAccess } from './en/access.ts';
import { api as enApi } from './en/api.ts';
import type { Language } from './language.ts';
import { access, type AccessWords } from './zh/access.ts';
import { api, type ApiOwn } from './zh/api.ts';

export interface ApiWords {
  readonly access: AccessWords;
  readonly api: ApiOwn;
}

export const apiLanguages: Readonly<Record<Language, ApiWords>> = {
  zh: { access, api },
  en: { access: enAccess, api: enApi },
};
