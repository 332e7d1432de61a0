/** The words of what is not in the ledger yet, in both languages. */
import { outbox as en } from './en/outbox.ts';
import type { Language } from './language.ts';
import { outbox as zh, type OutboxWords } from './zh/outbox.ts';

export const outboxLanguages: Readonly<Record<Language, OutboxWords>> = { zh, en };
export type { OutboxWords };
