/** How this screen looks: its address decides, then what was chosen by a key, then what the hall has decided. */
import { THEMES, type Display, type Theme } from '../../domain/board/topics/data.ts';
import type { Memory } from '../live/memory.ts';
import type { Language } from '../words/language.ts';

export interface PreferenceSources {
  /** The page's address. */
  readonly query: URLSearchParams;
  /** Where a choice made by a key is kept; without it the choice lasts as long as the page. */
  readonly memory: Memory;
  /** What the browser asks for, the best first: read only where the hall leaves the language to it. */
  readonly browserLanguages?: readonly string[];
}

const LANGUAGES: readonly Language[] = ['zh', 'en'];

export class Preferences {
  theme = $state<Theme>('deep');
  language = $state<Language>('zh');
  readonly #sources: PreferenceSources;

  constructor(sources: PreferenceSources) {
    this.#sources = sources;
    this.follow({ theme: 'deep', language: 'zh' });
  }

  /** Takes what the hall has decided, where this screen has no wish of its own. */
  follow(display: Pick<Display, 'theme' | 'language'>): void {
    this.theme = this.#read('theme', THEMES) ?? display.theme;
    this.language = this.#read('lang', LANGUAGES) ?? this.#settle(display.language);
  }

  /** The next theme, kept for this screen. */
  turnTheme(): void {
    this.theme = after(THEMES, this.theme);
    this.#keep('theme', this.theme);
  }

  turnLanguage(): void {
    this.language = after(LANGUAGES, this.language);
    this.#keep('lang', this.language);
  }

  #settle(language: Display['language']): Language {
    if (language !== 'auto') return language;
    const known = this.#sources.browserLanguages?.map((tag) =>
      LANGUAGES.find((one) => tag.toLowerCase().startsWith(one)),
    );
    return known?.find((one) => one !== undefined) ?? 'zh';
  }

  #read<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const wish = this.#sources.query.get(name) ?? this.#sources.memory.getItem(`hallpulse:${name}`);
    return allowed.find((value) => value === wish);
  }

  #keep(name: string, value: string): void {
    // From here on the key decides, not the address that the page was opened with.
    this.#sources.query.delete(name);
    this.#sources.memory.setItem(`hallpulse:${name}`, value);
  }
}

function after<T>(list: readonly T[], value: T): T {
  return list[(list.indexOf(value) + 1) % list.length]!;
}
