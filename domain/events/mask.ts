/** Free text with whatever reads as somebody's name or number put out of sight: a proposal for whoever reads it, who may put out more. */
import { identityInText } from './identity.ts';
import { foldText, toAsciiDigits } from './digits.ts';
import type { Roster } from './names.ts';

/** In place of what was found, however long it was. */
export const MASK = '＊＊＊';

export interface Masked {
  readonly text: string;
  /** How many places were put out of sight. */
  readonly n: number;
}

/** More than a text of the house's limits can hold. */
const MOST_PLACES = 80;
/** A name has no more characters than this. */
const LONGEST_NAME = 4;
const HAN = /^[\u3400-\u4dbf\u4e00-\u9fff]+$/;
const BETWEEN = /^[\s\-–—.·()（）]$/;
const STRIDE = 16;
const FURTHEST = 120;

/**
 * Knows no more than the check that would refuse the text: it is asked of ever shorter pieces, so that what it finds is
 * put out whole, and nothing that it would find is left.
 * @returns undefined where nothing is found, or where what is found cannot be told from the rest
 */
export function maskIdentity(text: string, roster?: Roster): Masked | undefined {
  const tell: Tell = (piece) => identityInText(piece, 'full', undefined, roster);
  const holds = (piece: string): boolean => tell(piece) !== undefined;
  // Digits beyond the first plane are two units each; nothing else of a text is written otherwise.
  let masked = text.replace(/[\u{1d7ce}-\u{1d7ff}]/gu, (digit) => digit.normalize('NFKC'));
  /** What lies before it has been looked through. */
  let seen = 0;
  for (let n = 0; n <= MOST_PLACES; n++) {
    if (!holds(masked)) return n === 0 ? undefined : { text: masked, n };
    const place = findPlace(masked, seen, tell) ?? findPlace(masked, 0, tell);
    if (!place) return undefined;
    masked = masked.slice(0, place[0]) + MASK + masked.slice(place[1]);
    seen = place[0] + MASK.length;
  }
  return undefined;
}

type Tell = (piece: string) => ReturnType<typeof identityInText>;
type Place = readonly [from: number, end: number];

/** The first piece that holds something: the shortest beginning that does, less what it can do without. */
function findPlace(text: string, after: number, tell: Tell): Place | undefined {
  const holds = (piece: string): boolean => tell(piece) !== undefined;
  const isIn = (end: number): boolean => holds(text.slice(0, end));
  const far = firstWhere(after + 1, text.length, isIn, STRIDE);
  if (far === undefined) return undefined;
  const least = firstWhere(Math.max(after + 1, far - STRIDE), far, isIn) ?? far;
  let from = 0;
  // Nothing that tells of one thing lies far apart.
  for (let at = Math.max(1, least - FURTHEST); at < least; at++) if (holds(text.slice(at, least))) from = at;
  const isName = tell(text.slice(from, least)) === 'name';
  const end = isName ? nameGoesOn(text, from, least) : numberEnds(text, least);
  const isGone = ([start, stop]: Place): boolean => !holds(text.slice(from, start) + MASK + text.slice(stop, end));
  // What told that it is one, such as 电话 or 我叫, may stay where it says nothing by itself.
  const piece = text.slice(from, end);
  const firstDigit = piece.search(/[\d０-９]/);
  const start =
    isName && HAN.test(piece) ? Math.max(from, end - LONGEST_NAME) : from + Math.max(0, isName ? 0 : firstDigit);
  return isGone([start, end]) ? [start, end] : [from, end];
}

/** The rest of a number of which enough was there to tell that it is one, in any digits. */
function numberEnds(text: string, least: number): number {
  const isDigit = (sign: string): boolean => sign !== '' && /^[\dXx]$/.test(toAsciiDigits(foldText(sign)));
  let end = least;
  while (isDigit(text.charAt(end)) || (BETWEEN.test(text.charAt(end)) && isDigit(text.charAt(end + 1)))) end++;
  return end;
}

/** The third character of a name of which two told enough. */
function nameGoesOn(text: string, from: number, least: number): number {
  const isHan = HAN.test(text.slice(Math.max(from, least - 2), least));
  return isHan && HAN.test(text.charAt(least)) ? least + 1 : least;
}

/** The last of all is looked at whatever the stride. */
function firstWhere(from: number, to: number, is: (at: number) => boolean, stride = 1): number | undefined {
  for (let at = from; at < to; at += stride) if (is(at)) return at;
  return from <= to && is(to) ? to : undefined;
}
