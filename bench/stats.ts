/** Medians, percentiles and the lines that show them. */

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** `median (least to most)`. */
export function writeSpread(values: readonly number[], digits = 0): string {
  const write = (value: number) =>
    value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${write(median(values))} (${write(Math.min(...values))} to ${write(Math.max(...values))})`;
}

/** Round by round, so that what disturbed a round disturbs both sides of its ratio. */
export function ratios(ours: readonly number[], peers: readonly number[]): number[] {
  return ours.map((value, round) => value / peers[round]!);
}

export function printLine(label: string, value: string): void {
  console.log(`  ${label.padEnd(58)} ${value}`);
}
