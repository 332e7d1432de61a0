// How timings of one kind lie: the usual one, the slow ones, and the slowest.

export interface Spread {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
}

/** Nearest rank over raw values; -1 where there are none. `digits` after the point are kept. */
export function spreadOf(values: readonly number[], digits = 0): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Number((sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? -1).toFixed(digits));
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) };
}

export function writeSpread({ n, p50, p95, p99, most }: Spread): string {
  return `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, most ${most} ms (n ${n})`;
}
