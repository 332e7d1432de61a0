// Whether something grows: a straight line through samples, and how sure its slope is.

export interface Slope {
  readonly first: number;
  readonly last: number;
  readonly mean: number;
  /** Growth for each one of `at`, by least squares. */
  readonly rate: number;
  /** The slope divided by its standard error; below 3 it is not told apart from the samples' own scatter. */
  readonly t: number;
  /** Growth over the whole span as a share of the mean. */
  readonly share: number;
}

/** `at`: days, or whatever the growth is told by. Three samples or more. Source of the formulas: any textbook's simple linear regression. */
export function fitSlope(samples: readonly { readonly at: number; readonly value: number }[]): Slope {
  const n = samples.length;
  const meanAt = samples.reduce((sum, { at }) => sum + at, 0) / n;
  const mean = samples.reduce((sum, { value }) => sum + value, 0) / n;
  let sxx = 0;
  let sxy = 0;
  for (const { at, value } of samples) {
    sxx += (at - meanAt) ** 2;
    sxy += (at - meanAt) * (value - mean);
  }
  const rate = sxx === 0 ? 0 : sxy / sxx;
  const rest = samples.reduce((sum, { at, value }) => sum + (value - mean - rate * (at - meanAt)) ** 2, 0);
  const error = Math.sqrt(rest / Math.max(n - 2, 1) / (sxx || 1));
  const span = samples.at(-1)!.at - samples[0]!.at;
  return {
    first: samples[0]!.value,
    last: samples.at(-1)!.value,
    mean,
    rate,
    t: error === 0 ? (rate === 0 ? 0 : Infinity * Math.sign(rate)) : rate / error,
    share: mean === 0 ? 0 : (rate * span) / mean,
  };
}

/** The slope of each of `names`; `at` says where a sample stands, as in `fitSlope`. */
export function fitSlopes<N extends string, S extends Readonly<Record<N, number>>>(
  names: readonly N[],
  samples: readonly S[],
  at: (sample: S) => number,
): Record<N, Slope> {
  return Object.fromEntries(
    names.map((name) => [name, fitSlope(samples.map((sample) => ({ at: at(sample), value: sample[name] })))]),
  ) as Record<N, Slope>;
}

export interface RateLimits {
  /** Of what is counted one by one, for each one of `at`. */
  readonly counted: number;
  /** Bytes for each one of `at`. */
  readonly heap: number;
}

/** The names of what grows faster than it may, beyond what the samples' scatter explains. */
export function findGrowing<N extends string>(slopes: Readonly<Record<N, Slope>>, limits: RateLimits): N[] {
  return (Object.keys(slopes) as N[]).filter((name) => {
    const { t, rate } = slopes[name];
    return t > 3 && rate > (name === 'heap' ? limits.heap : limits.counted);
  });
}

/** `per`: what one of `at` is, as it is said behind the rate. */
export function describeRate({ first, last, rate, t }: Slope, per: string): string {
  const round = (value: number) => Math.round(value * 100) / 100;
  return `${round(first)} to ${round(last)}, ${round(rate)} ${per}, t ${round(t)}`;
}
