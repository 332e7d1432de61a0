/** How long to wait before another try: doubling up to a cap, and spread so that a thousand walls do not return at once. */

export interface Backoff {
  firstMs: number;
  mostMs: number;
}

/** `attempt` counts from 0; `chance` lies in [0, 1). The wait lies between half and the whole of the doubled one. */
export function backoffMs({ firstMs, mostMs }: Backoff, attempt: number, chance: number): number {
  const full = Math.min(firstMs * 2 ** Math.min(attempt, 30), mostMs);
  return full / 2 + (full / 2) * chance;
}
