/** Two answers to the same question, compared number by number. */
import type { Measures } from '../../domain/measures/measures.ts';

export interface Difference {
  /** Such as `onTime.of`. */
  readonly name: string;
  readonly shown: unknown;
  readonly recounted: unknown;
}

/** Interval ends are worked out in more than one way, and round differently in the last digits. */
const TOLERANCE = 1e-9;

export function compareMeasures(shown: Measures, recounted: Measures): Difference[] {
  const left = flatten(shown);
  const right = flatten(recounted);
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((name) => ({ name, shown: left.get(name), recounted: right.get(name) }))
    .filter((entry) => !isSame(entry.shown, entry.recounted));
}

function flatten(value: unknown, name = '', into = new Map<string, unknown>()): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) into.set(name, value);
  else for (const [key, part] of Object.entries(value)) flatten(part, name === '' ? key : `${name}.${key}`, into);
  return into;
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= TOLERANCE;
  return JSON.stringify(a) === JSON.stringify(b);
}
