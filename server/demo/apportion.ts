/** Shares out a whole number by weights so that the shares add up to it exactly (largest remainders). */

/**
 * @param total a whole number, 0 or more
 * @param weights 0 or more each; where all are 0 the result is all 0 and `total` must be 0
 * @returns whole numbers with the sum `total`; equal remainders go to the earlier place
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum <= 0) {
    if (total === 0) return weights.map(() => 0);
    throw new RangeError(`cannot share out ${total} over weights that are all 0`);
  }
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const missing = total - shares.reduce((all, share) => all + share, 0);
  const order = exact
    .map((value, i) => [value - Math.floor(value), i] as const)
    .sort((x, y) => y[0] - x[0] || x[1] - y[1]);
  for (let k = 0; k < missing; k++) shares[order[k]![1]]!++;
  return shares;
}
