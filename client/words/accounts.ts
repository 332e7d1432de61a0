/** The words of the page of accounts, in both languages. */
import { access as enAccess } from './en/access.ts';
import { accounts as enAccounts } from './en/accounts.ts';
import { audit as enAudit } from './en/audit.ts';
import type { Language } from './language.ts';
import { access, type AccessWords } from './zh/access.ts';
import { accounts, type AccountsOwn } from './zh/accounts.ts';
import { audit, type AuditWords } from './zh/audit.ts';

export interface AccountsWords {
  readonly access: AccessWords;
  readonly accounts: AccountsOwn;
  readonly audit: AuditWords;
}

export const accountsLanguages: Readonly<Record<Language, AccountsWords>> = {
  zh: { access, accounts, audit },
  en: { access: enAccess, accounts: enAccounts, audit: enAudit },
};
