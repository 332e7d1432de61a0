/** What the pages of the staff are called where they lead to each other, in both languages. */
import { ways as en } from './en/ways.ts';
import type { Language } from './language.ts';
import { ways as zh, type WaysWords } from './zh/ways.ts';

export const waysLanguages: Readonly<Record<Language, WaysWords>> = { zh, en };
export type { WaysWords };
