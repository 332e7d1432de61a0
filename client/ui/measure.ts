/** How much room a text takes, and how a long one is cut into pages: nothing on a screen is ever cut off. */

const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]/u;
/** A digit or a letter of the hall's figures beside half a Chinese character. */
const LATIN = 1.15;

/** The width in half Chinese characters. */
export function measureText(text: string): number {
  let width = 0;
  for (const letter of text) width += WIDE.test(letter) ? 2 : LATIN;
  return width;
}

/**
 * Parts of at most `most` digits' width each, in order, that together are the text. Cut behind a sentence where one ends
 * in the second half of a part, else behind a comma or a space, else where the room ends.
 */
export function splitText(text: string, most: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (measureText(rest) > most) {
    const room = takeWidth(rest, most);
    const end = lastEnd(room, /[。！？；.!?;]/gu) ?? lastEnd(room, /[，、,\s]/gu) ?? room.length;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

/** 9:00–12:00, 11月29日, 2019年11月29日, 29 November. */
const MOMENT =
  /\d{1,2}[:：]\d{2}(?:\s?(?:[–—~～-]|至|to)\s?\d{1,2}[:：]\d{2})?|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*/gu;

/** A text that people wrote, in order: its times and dates, inside of which no line may end, and what stands between. */
export function splitMoments(text: string): { text: string; isMoment: boolean }[] {
  const parts: { text: string; isMoment: boolean }[] = [];
  let end = 0;
  for (const found of text.matchAll(MOMENT)) {
    if (found.index > end) parts.push({ text: text.slice(end, found.index), isMoment: false });
    parts.push({ text: found[0], isMoment: true });
    end = found.index + found[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isMoment: false });
  return parts;
}

function takeWidth(text: string, most: number): string {
  let width = 0;
  let taken = '';
  for (const letter of text) {
    width += measureText(letter);
    // A part holds at least one letter, however narrow the room.
    if (width > most && taken !== '') break;
    taken += letter;
  }
  return taken;
}

function lastEnd(text: string, mark: RegExp): number | undefined {
  const found = [...text.matchAll(mark)].at(-1);
  if (found === undefined) return undefined;
  const end = found.index + found[0].length;
  return end * 2 >= text.length ? end : undefined;
}
