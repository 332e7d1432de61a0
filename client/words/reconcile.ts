/** The words of the page of reconciliation, in both languages. */
import { access as enAccess } from './en/access.ts';
import { reconcile as enReconcile } from './en/reconcile.ts';
import type { Language } from './language.ts';
import { access, type AccessWords } from './zh/access.ts';
import { reconcile, type ReconcileOwn } from './zh/reconcile.ts';

export interface ReconcileWords {
  readonly access: AccessWords;
  readonly reconcile: ReconcileOwn;
}

export const reconcileLanguages: Readonly<Record<Language, ReconcileWords>> = {
  zh: { access, reconcile },
  en: { access: enAccess, reconcile: enReconcile },
};
