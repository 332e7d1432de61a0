/** The words of the brief, in both languages. */
import { brief as en } from './en/brief.ts';
import type { Language } from './language.ts';
import { brief as zh, type BriefWords } from './zh/brief.ts';

export const briefLanguages: Readonly<Record<Language, BriefWords>> = { zh, en };
export type { BriefWords };
