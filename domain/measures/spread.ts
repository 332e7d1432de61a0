/** Medians and percentiles by nearest rank, and the Wilson interval. */
import type { SpreadMs } from './measures.ts';

/** How often each raw value occurred. */
export type Histogram = ReadonlyMap<number, number>;

/**
 * The smallest value such that at least `share` (0 to 1) of all values are not greater: nearest rank, no interpolation,
 * so every answer is a value that occurred. `undefined` for an empty histogram.
 */
export function nearestRank(histogram: Histogram, share: number): number | undefined {
  const total = countOf(histogram);
  if (total === 0) return undefined;
  const rank = Math.max(1, Math.ceil(share * total));
  let seen = 0;
  for (const [value, n] of [...histogram].sort(([a], [b]) => a - b)) {
    seen += n;
    if (seen >= rank) return value;
  }
  return undefined;
}

export function countOf(histogram: Histogram): number {
  let total = 0;
  for (const n of histogram.values()) total += n;
  return total;
}

export function toSpreadMs(histogram: Histogram): SpreadMs {
  return {
    medianMs: nearestRank(histogram, 0.5) ?? null,
    p90Ms: nearestRank(histogram, 0.9) ?? null,
    n: countOf(histogram),
  };
}

/** 97.5th percentile of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * Lower end of the 95 % Wilson score interval for `n` of `of`, 0 to 1; `null` where `of` is 0.
 * Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209–212.
 */
export function wilsonLowerBound(n: number, of: number): number | null {
  if (of === 0) return null;
  const share = n / of;
  const z2 = Z * Z;
  const centre = share + z2 / (2 * of);
  const spread = Z * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return Math.max(0, (centre - spread) / (1 + z2 / of));
}
