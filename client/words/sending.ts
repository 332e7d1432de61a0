/** The words of the page of sending, in both languages. */
import { access as enAccess } from './en/access.ts';
import { sending as enSending } from './en/sending.ts';
import type { Language } from './language.ts';
import { access, type AccessWords } from './zh/access.ts';
import { sending, type SendingOwn } from './zh/sending.ts';

export interface SendingWords {
  readonly access: AccessWords;
  readonly sending: SendingOwn;
}

export const sendingLanguages: Readonly<Record<Language, SendingWords>> = {
  zh: { access, sending },
  en: { access: enAccess, sending: enSending },
};
export type { SendingOwn };
