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
