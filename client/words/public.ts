/** The public screen's words in both languages, handed down by context. */
import { createContext } from 'svelte';
import { publicWords as en } from './en/public.ts';
import type { Language } from './language.ts';
import { publicWords as zh, type PublicWords } from './zh/public.ts';

export const publicLanguages: Readonly<Record<Language, PublicWords>> = { zh, en };

const [getPublicWords, providePublicWords] = createContext<PublicWords>();
export { getPublicWords, providePublicWords, type PublicWords };
