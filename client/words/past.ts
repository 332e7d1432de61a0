/** The replay's words in both languages: a wall that shows the present does not carry them. */
import { past as en } from './en/past.ts';
import type { Language } from './language.ts';
import { past as zh, type PastWords } from './zh/past.ts';

export const pastLanguages: Readonly<Record<Language, PastWords>> = { zh, en };
export type { PastWords };
