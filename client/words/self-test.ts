/** The self-test's words in both languages. */
import { selfTest as en } from './en/self-test.ts';
import type { Language } from './language.ts';
import { selfTest as zh, type SelfTestWords } from './zh/self-test.ts';

export const selfTestLanguages: Readonly<Record<Language, SelfTestWords>> = { zh, en };
