/** Long texts in parts that fit their place: nothing that somebody wrote is cut off, the rest comes with the next page. */

/** Width of a text in signs of full width; Latin letters and figures take about half. */
export function measureText(text: string): number {
  let width = 0;
  for (const sign of text) width += isNarrow(sign) ? 0.56 : 1;
  return width;
}

/** Parts of at most `most` full-width signs, parted after punctuation or a blank where there is one near the end. */
export function splitText(text: string, most: number): string[] {
  const parts: string[] = [];
  let rest = [...text.trim()];
  while (measureText(rest.join('')) > most) {
    const end = cutAt(rest, most);
    parts.push(rest.slice(0, end).join('').trim());
    rest = [...rest.slice(end).join('').trim()];
  }
  if (rest.length > 0) parts.push(rest.join(''));
  return parts;
}

function cutAt(signs: readonly string[], most: number): number {
  let width = 0;
  let end = 0;
  while (end < signs.length && width + measureText(signs[end]!) <= most) width += measureText(signs[end++]!);
  for (let at = end; at > end / 2; at--) if (/[，。；、！？,.;!?\s]/.test(signs[at - 1]!)) return at;
  return Math.max(1, end);
}

function isNarrow(sign: string): boolean {
  return sign.codePointAt(0)! < 0x2000;
}
