/** The words of the page on which a hall is kept up, in both languages. */
import { access as enAccess } from './en/access.ts';
import { paste as enPaste } from './en/paste.ts';
import { settings as enSettings } from './en/settings.ts';
import type { Language } from './language.ts';
import { access, type AccessWords } from './zh/access.ts';
import { paste, type PasteWords } from './zh/paste.ts';
import { settings, type SettingsOwn } from './zh/settings.ts';

export interface SettingsWords {
  readonly access: AccessWords;
  readonly paste: PasteWords;
  readonly settings: SettingsOwn;
}

export const settingsLanguages: Readonly<Record<Language, SettingsWords>> = {
  zh: { access, paste, settings },
  en: { access: enAccess, paste: enPaste, settings: enSettings },
};
