/** The public screen's own words, handed down by context: it does not carry those of the wall. */
import { createContext } from 'svelte';
import { publicWords as en } from '../ui/words/en/public.ts';
import { publicWords as zh, type PublicWords } from '../ui/words/zh/public.ts';
import type { Language } from '../ui/words.ts';

export const publicLanguages: Readonly<Record<Language, PublicWords>> = { zh, en };

const [getPublicWords, providePublicWords] = createContext<PublicWords>();
export { getPublicWords, providePublicWords, type PublicWords };
