/** What of somebody's is not in the ledger yet, in Chinese: on the desk, and in sight on every page of the staff. */
export const outbox = {
  unsent: (n: number) => `待上传 ${n} 条`,
  refused: (n: number) => `${n} 条要更正`,
};

export type OutboxWords = typeof outbox;
