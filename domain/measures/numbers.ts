/** How counts and shares are written, on every face and in every text: never rounded into a perfect day. */
import type { Ratio } from '../board/topics/data.ts';

/** A whole number with its thousands apart: 12,345. */
export function formatCount(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Whole minutes, rounded up: a wait of four minutes and a half is not called 4. */
export function formatMinutes(ms: number): string {
  return formatCount(Math.ceil(ms / 60_000));
}

/** A ratio as a percentage with one decimal, without the sign; `undefined` where there is nothing to divide. */
export function formatShare({ n, of }: Ratio): string | undefined {
  if (of === 0) return undefined;
  // Only a whole is 100, and only nothing is 0: 999 of 1000 must not be rounded into a perfect day.
  const tenths = Math.round((n / of) * 1000);
  const honest = n < of ? Math.min(Math.max(tenths, n > 0 ? 1 : -Infinity), n < 0 ? -1 : 999) : tenths;
  return honest % 10 === 0 ? String(honest / 10) : (honest / 10).toFixed(1);
}

/** A percentage without decimals, for a small line: 22 %. */
export function formatWholeShare({ n, of }: Ratio): string | undefined {
  if (of === 0) return undefined;
  const whole = Math.round((n / of) * 100);
  return String(n < of ? Math.min(Math.max(whole, n > 0 ? 1 : -Infinity), n < 0 ? -1 : 99) : whole);
}
