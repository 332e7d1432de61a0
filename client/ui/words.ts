/** The words of the page's language, handed down by context. */
import { createContext } from 'svelte';
import { en } from './words/en/index.ts';
import { zh, type Words } from './words/zh/index.ts';

export type Language = 'zh' | 'en';
export const languages: Readonly<Record<Language, Words>> = { zh, en };

const [getWords, provideWords] = createContext<Words>();
export { getWords, provideWords, zh, type Words };
