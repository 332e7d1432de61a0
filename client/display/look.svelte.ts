/** Puts a screen's theme and language on the page itself, and what the browser draws around it follows. */
import type { Display } from '../../domain/board/topics/data.ts';
import type { Language } from '../words/language.ts';
import type { Preferences } from './preferences.svelte.ts';

const LOCALES: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

/** Keeps the page in the look that the preferences say, and lets these follow the hall where `readDisplay` knows it. */
export function wearLook(
  readPreferences: () => Preferences,
  readDisplay: () => Pick<Display, 'theme' | 'language'> | undefined = () => undefined,
): void {
  $effect.pre(() => {
    const display = readDisplay();
    if (display) readPreferences().follow(display);
  });
  $effect.pre(() => {
    const { theme, language } = readPreferences();
    const { documentElement } = document;
    documentElement.dataset['theme'] = theme;
    documentElement.lang = LOCALES[language];
    const ground = getComputedStyle(documentElement).getPropertyValue('--ground').trim();
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', ground);
  });
}
