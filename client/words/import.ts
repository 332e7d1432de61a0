/** The words of the page of imports, in both languages. */
import { access as enAccess } from './en/access.ts';
import { audit as enAudit } from './en/audit.ts';
import { imports as enImports } from './en/import.ts';
import { levels as enLevels } from './en/levels.ts';
import type { Language } from './language.ts';
import { access, type AccessWords } from './zh/access.ts';
import { audit } from './zh/audit.ts';
import { imports, type ImportOwn } from './zh/import.ts';
import { levels } from './zh/levels.ts';

export interface ImportWords {
  readonly access: AccessWords;
  readonly imports: ImportOwn;
  /** What each type of event is called, without its `hall.`. */
  readonly types: Readonly<Record<string, string>>;
  readonly levels: readonly string[];
}

export const importLanguages: Readonly<Record<Language, ImportWords>> = {
  zh: { access, imports, types: audit.types, levels },
  en: { access: enAccess, imports: enImports, types: enAudit.types, levels: enLevels },
};
