/** The words of the form for suggestions and complaints: both languages at once, for whoever stands before it. */
import { say as en } from './en/say.ts';
import { say as zh, type SayWords } from './zh/say.ts';

export const sayWords: { readonly zh: SayWords; readonly en: SayWords } = { zh, en };
