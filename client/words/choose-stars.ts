/** The words of the page on which stars are chosen, in both languages. */
import { access as enAccess } from './en/access.ts';
import { chooseStars as enOwn } from './en/choose-stars.ts';
import type { Language } from './language.ts';
import { access, type AccessWords } from './zh/access.ts';
import { chooseStars, type ChooseStarsWords } from './zh/choose-stars.ts';

export interface StarsPageWords {
  readonly access: AccessWords;
  readonly own: ChooseStarsWords;
}

export const starsPageLanguages: Readonly<Record<Language, StarsPageWords>> = {
  zh: { access, own: chooseStars },
  en: { access: enAccess, own: enOwn },
};
