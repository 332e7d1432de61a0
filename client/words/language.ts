/** In which language a page speaks. */
import type { Language } from '../../domain/wire/language.ts';

export type { Language };

/**
 * The language of a page that one person reads: the address's `lang`, else the browser's own.
 *
 * @param own the browser's language, such as `zh-CN`; Chinese where it names none
 */
export function chooseLanguage(query: URLSearchParams, own: string | undefined): Language {
  const asked = query.get('lang');
  if (asked === 'zh' || asked === 'en') return asked;
  return !own || own.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
