/** A kiosk's words: both languages at once, for whoever stands before it. */
import { take as en } from './en/take.ts';
import { take as zh, type TakeWords } from './zh/take.ts';

export const takeWords: { readonly zh: TakeWords; readonly en: TakeWords } = { zh, en };
