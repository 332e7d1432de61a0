/** Medians and percentiles by nearest rank, and the Wilson interval. */
import type { SpreadMs } from './measures.ts';

/** How often each raw value occurred. */
export interface Histogram {
  /** How many values there are. */
  readonly size: number;
  forEach(tell: (n: number, value: number) => void): void;
}

/** Adds to a count; one that comes back to 0 is absent. */
export function addTo<K>(counts: Map<K, number>, key: K, n: number): void {
  const sum = (counts.get(key) ?? 0) + n;
  if (sum === 0) counts.delete(key);
  else counts.set(key, sum);
}

/** Adds `more` to a histogram. */
export function addAll(histogram: Map<number, number>, more: Histogram): void {
  more.forEach((n, value) => addTo(histogram, value, n));
}

/** A histogram that grows no more, in a tenth of the memory. */
export class PackedHistogram implements Histogram {
  readonly #values: Float64Array;
  readonly #counts: Uint32Array;

  constructor(histogram: Histogram) {
    this.#values = new Float64Array(histogram.size);
    this.#counts = new Uint32Array(histogram.size);
    let i = 0;
    histogram.forEach((n, value) => {
      this.#values[i] = value;
      this.#counts[i++] = n;
    });
  }

  get size(): number {
    return this.#values.length;
  }

  forEach(tell: (n: number, value: number) => void): void {
    for (let i = 0; i < this.#values.length; i++) tell(this.#counts[i]!, this.#values[i]!);
  }
}

/**
 * The smallest value such that at least `share` (0 to 1) of all values are not greater: nearest rank, no interpolation,
 * so every answer is a value that occurred. `undefined` for an empty histogram.
 */
export function nearestRank(histogram: ReadonlyMap<number, number>, share: number): number | undefined {
  return nearestRanks(histogram, [share])[0];
}

/** Several of them at once. */
function nearestRanks(histogram: ReadonlyMap<number, number>, shares: readonly number[]): (number | undefined)[] {
  // Most rows have no value of most spreads.
  if (histogram.size === 0) return shares.map(() => undefined);
  const values = new Float64Array(histogram.size);
  let [size, total] = [0, 0];
  histogram.forEach((n, value) => {
    values[size++] = value;
    total += n;
  });
  if (total === 0) return shares.map(() => undefined);
  values.sort();
  const ranks = shares.map((share) => Math.max(1, Math.ceil(share * total)));
  const found: (number | undefined)[] = shares.map(() => undefined);
  let seen = 0;
  for (const value of values) {
    seen += histogram.get(value)!;
    ranks.forEach((rank, i) => {
      if (found[i] === undefined && seen >= rank) found[i] = value;
    });
    if (found.every((one) => one !== undefined)) break;
  }
  return found;
}

export function countOf(histogram: Histogram): number {
  let total = 0;
  histogram.forEach((n) => (total += n));
  return total;
}

export function toSpreadMs(histogram: ReadonlyMap<number, number>): SpreadMs {
  const [median, p90] = nearestRanks(histogram, [0.5, 0.9]);
  return { medianMs: median ?? null, p90Ms: p90 ?? null, n: countOf(histogram) };
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
