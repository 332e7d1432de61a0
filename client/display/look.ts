/** Puts a theme and a language on the page itself, and what the browser draws around it follows. */
import type { Theme } from '../../domain/board/topics/data.ts';

export function showLook(theme: Theme, locale: string): void {
  const { documentElement } = document;
  documentElement.dataset['theme'] = theme;
  documentElement.lang = locale;
  const ground = getComputedStyle(documentElement).getPropertyValue('--ground').trim();
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', ground);
}
