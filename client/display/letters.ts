/** Fonts come in pieces, by the letters that are shown. What is said while there is no server must be here before that. */
import { afterNextFrame } from '../ui/after-frame.ts';

/** Fetches the pieces that hold the letters of `text`, once the picture stands; the answer calls it off. */
export function fetchLetters(text: string): () => void {
  return afterNextFrame(() => {
    const { fontFamily } = getComputedStyle(document.documentElement);
    // Without them the words are in the system's own face.
    document.fonts.load(`16px ${fontFamily}`, text).catch(() => undefined);
  });
}
