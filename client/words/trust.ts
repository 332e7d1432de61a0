/** The words of the page on trusting a hall, in both languages. */
import { trust as en } from './en/trust.ts';
import type { Language } from './language.ts';
import { trust as zh, type TrustWords } from './zh/trust.ts';

export const trustLanguages: Readonly<Record<Language, TrustWords>> = { zh, en };
export type { TrustWords };
