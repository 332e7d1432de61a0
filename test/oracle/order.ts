/** The oracle's order of texts: code point by code point. */

export function compareCodePoints(a: string, b: string): number {
  const left = [...a].map((letter) => letter.codePointAt(0)!);
  const right = [...b].map((letter) => letter.codePointAt(0)!);
  for (let i = 0; i < left.length && i < right.length; i++) {
    if (left[i] !== right[i]) return left[i]! - right[i]!;
  }
  return left.length - right.length;
}
