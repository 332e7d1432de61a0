/** The words of the page of suggestions, requests and complaints, in both languages. */
import { access as enAccess } from './en/access.ts';
import { suggestions as enSuggestions } from './en/suggestions.ts';
import type { Language } from './language.ts';
import { access, type AccessWords } from './zh/access.ts';
import { suggestions, type SuggestionsOwn } from './zh/suggestions.ts';

export interface SuggestionsWords {
  readonly access: AccessWords;
  readonly suggestions: SuggestionsOwn;
}

export const suggestionsLanguages: Readonly<Record<Language, SuggestionsWords>> = {
  zh: { access, suggestions },
  en: { access: enAccess, suggestions: enSuggestions },
};
