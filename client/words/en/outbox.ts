/** What of somebody's is not in the ledger yet, in English. */
import type { OutboxWords } from '../zh/outbox.ts';

export const outbox: OutboxWords = {
  unsent: (n) => `${n} unsent`,
  refused: (n) => `${n} to correct`,
};
