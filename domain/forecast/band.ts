/** A range of whole counts that holds the truth about as often as it says. */

/** What is likely of one count. */
export interface Band {
  low: number;
  /** The mean, rounded. */
  mid: number;
  high: number;
}

/** From here on counts are so large that their being whole no longer matters. */
const LARGE_MEAN = 300;
/** The 90th percentile of the standard normal: between it and its mirror lie 80 %. */
const Z80 = 1.2816;
/** The share that a band aims to hold: four of five. */
export const COVERAGE = 0.8;

/**
 * The central 80 % of a count with this mean and variance: negative binomial where the variance is the larger, which is
 * a Poisson count whose rate varies by a gamma distribution (M. Greenwood, G. U. Yule, JRSS 83, 1920), else Poisson.
 * Of the neighbouring whole bounds those are taken whose probability comes nearest to 80 %; a count that is nearly
 * always 0 holds more, as no narrower range exists.
 */
export function bandOf(mean: number, variance: number): Band {
  if (mean <= 0) return { low: 0, mid: 0, high: 0 };
  const mid = Math.round(mean);
  if (mean > LARGE_MEAN)
    return { low: gammaQuantile(mean, variance, -Z80), mid, high: gammaQuantile(mean, variance, Z80) };
  const below = cumulate(mean, variance);
  const tail = (1 - COVERAGE) / 2;
  // below[x] is the probability of fewer than x.
  const low = below.findIndex((p) => p > tail) - 1;
  const high = below.findIndex((p) => p >= 1 - tail) - 1;
  let best = { low, high };
  let nearest = Infinity;
  for (const from of [low, low + 1]) {
    for (const to of [high, high - 1]) {
      const miss = Math.abs(below[to + 1]! - below[from]! - COVERAGE);
      if (to < from || miss >= nearest) continue;
      nearest = miss;
      best = { low: from, high: to };
    }
  }
  return { low: Math.min(best.low, mid), mid, high: Math.max(best.high, mid) };
}

/** The probabilities of fewer than 0, 1, 2 … until nearly everything is below. */
function cumulate(mean: number, variance: number): number[] {
  const excess = Math.max(variance - mean, 0) / mean ** 2;
  // Negative binomial: p(x + 1) = p(x) · (1 + excess·x) ÷ (x + 1) · mean ÷ (1 + excess·mean); Poisson where excess is 0.
  let p = excess > 1e-9 ? (1 + excess * mean) ** (-1 / excess) : Math.exp(-mean);
  const ratio = mean / (1 + excess * mean);
  const below = [0];
  for (let x = 0, sum = 0; sum < 0.999 && x < 100 * LARGE_MEAN; x++) {
    below.push((sum += p));
    p *= ((1 + excess * x) / (x + 1)) * ratio;
  }
  return below;
}

/**
 * A quantile of the gamma distribution with this mean and variance, rounded.
 * Source: E. B. Wilson, M. M. Hilferty, The distribution of chi-square, PNAS 17 (1931).
 */
function gammaQuantile(mean: number, variance: number, z: number): number {
  const ninth = variance / (9 * mean ** 2);
  return Math.max(0, Math.round(mean * (1 - ninth + z * Math.sqrt(ninth)) ** 3));
}
