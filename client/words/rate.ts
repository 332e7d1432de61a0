/** A tablet's words: both languages at once, for whoever stands before it. */
import { rate as en } from './en/rate.ts';
import { rate as zh, type RateWords } from './zh/rate.ts';

export const rateWords: { readonly zh: RateWords; readonly en: RateWords } = { zh, en };
