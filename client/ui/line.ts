/** A line of text whose numbers stand out: what panels hand to `Line.svelte`. */
import type { Behind } from './behind.ts';

export type Tone = 'warning' | 'trouble';

export interface Part {
  text: string;
  /** A figure: brighter and heavier than the words around it. */
  strong?: true;
  tone?: Tone;
  /** The measure that it is. */
  behind?: Behind;
}

export function plain(text: string): Part {
  return { text };
}

/** A part that is a measure. */
export function measured(part: Part, behind: Behind): Part {
  return { ...part, behind };
}

export function strong(text: string, tone?: Tone): Part {
  return tone ? { text, strong: true, tone } : { text, strong: true };
}
