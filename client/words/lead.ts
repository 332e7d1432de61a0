/** The words of a figure that is followed from a wall, in both languages: fetched only where somebody is signed in. */
import { lead as en } from './en/lead.ts';
import type { Language } from './language.ts';
import { lead as zh, type LeadWords } from './zh/lead.ts';

export const leadLanguages: Readonly<Record<Language, LeadWords>> = { zh, en };
export type { LeadWords };
