/** A line of text whose numbers stand out: what panels hand to `Line.svelte`. */
export type Tone = 'warning' | 'trouble';

export interface Part {
  text: string;
  /** A figure: brighter and heavier than the words around it. */
  strong?: true;
  tone?: Tone;
}

export function plain(text: string): Part {
  return { text };
}

export function strong(text: string, tone?: Tone): Part {
  return tone ? { text, strong: true, tone } : { text, strong: true };
}
