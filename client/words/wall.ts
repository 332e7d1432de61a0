/** The wall's words in both languages, handed down by context. */
import { createContext } from 'svelte';
import { en } from './en/wall.ts';
import type { Language } from './language.ts';
import { zh, type Words } from './zh/wall.ts';

export const languages: Readonly<Record<Language, Words>> = { zh, en };

const [getWords, provideWords] = createContext<Words>();
export { getWords, provideWords, zh, type Words };
