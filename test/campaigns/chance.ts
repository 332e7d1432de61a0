// Chance that can be had again: the same seed draws the same numbers.

export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
}

/** Source: Tommy Ettinger's Mulberry32, in the public domain. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value = (value + Math.imul(value ^ (value >>> 7), value | 61)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return { next, between: (least, most) => least + Math.floor(next() * (most - least + 1)) };
}
