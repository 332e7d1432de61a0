/** Finds items of the catalogue while somebody types: by name, by code, and by the initials of the name's pinyin. */
import { compareText } from '../events/event.ts';

export interface FindableItem {
  readonly code: string;
  readonly name: string;
  /** A letter for each character of the name, such as `mzylfybx`; a blank where a character has none. */
  readonly initials: string;
  /** Letters by which the hall's staff know it, where they do not follow its characters. */
  readonly alias?: string;
}

export interface FoundItem<T extends FindableItem> {
  readonly item: T;
  /** Which characters (code points) of the name matched, ascending; none where code or alias did. */
  readonly marks: readonly number[];
}

export const FOUND_LIMIT = 8;
/** Nobody types more to find one; what is longer is cut, so that a pasted page costs no more than a name. */
const QUERY_LIMIT = 60;

const BY_CODE = 0;
const AT_START = 1;
const TOGETHER = 2;
const SCATTERED = 3;

/** Digits are looked for in codes and names alone. */
const isLetter = /^[a-z]$/;

interface Match {
  readonly rank: number;
  readonly marks: readonly number[];
}

/**
 * The items that `query` may mean, at most eight: those of `recent` first, the latest before the others; then code,
 * beginning of the name, a part that hangs together, letters scattered over it. Each character typed stands for itself
 * or for the initial of its place, so 门诊bx finds 门诊医疗费用报销. Without a query the recent ones lead the list.
 */
export function findItems<T extends FindableItem>(
  items: readonly T[],
  query: string,
  recent: readonly string[] = [],
): FoundItem<T>[] {
  const typed = fold(query.slice(0, QUERY_LIMIT * 2)).slice(0, QUERY_LIMIT);
  const places = new Map([...recent].reverse().map((code, i) => [code, recent.length - 1 - i]));
  const found = items.flatMap((item) => {
    const match = typed.length === 0 ? { rank: BY_CODE, marks: [] } : matchItem(item, typed);
    return match ? [{ item, match, place: places.get(item.code) ?? Infinity }] : [];
  });
  found.sort(
    (a, b) =>
      (a.place === b.place ? 0 : a.place - b.place) ||
      a.match.rank - b.match.rank ||
      spanOf(a.match) - spanOf(b.match) ||
      (a.match.marks[0] ?? 0) - (b.match.marks[0] ?? 0) ||
      [...a.item.name].length - [...b.item.name].length ||
      compareText(a.item.code, b.item.code),
  );
  return found.slice(0, FOUND_LIMIT).map(({ item, match }) => ({ item, marks: match.marks }));
}

function matchItem({ code, name, initials, alias }: FindableItem, typed: readonly string[]): Match | undefined {
  const beginsAs = (text: string): boolean => fold(text).join('').startsWith(typed.join(''));
  if (beginsAs(code)) return { rank: BY_CODE, marks: [] };
  if (alias !== undefined && beginsAs(alias)) return { rank: AT_START, marks: [] };
  const characters = [...name].map((character) => fold(character).join(''));
  const letters = [...initials.toLowerCase()];
  const fits = (place: number, character: string): boolean =>
    characters[place] === character || (isLetter.test(character) && letters[place] === character);
  const together = findTogether(characters.length, typed, fits);
  if (together !== undefined)
    return { rank: together === 0 ? AT_START : TOGETHER, marks: typed.map((_, i) => together + i) };
  const marks: number[] = [];
  for (let place = 0; place < characters.length && marks.length < typed.length; place++)
    if (fits(place, typed[marks.length]!)) marks.push(place);
  return marks.length === typed.length ? { rank: SCATTERED, marks } : undefined;
}

function findTogether(
  length: number,
  typed: readonly string[],
  fits: (place: number, character: string) => boolean,
): number | undefined {
  for (let start = 0; start + typed.length <= length; start++)
    if (typed.every((character, i) => fits(start + i, character))) return start;
  return undefined;
}

function spanOf({ marks }: Match): number {
  return marks.length === 0 ? 0 : marks.at(-1)! - marks[0]!;
}

/** Without blanks, in small letters, and narrow where an input method writes wide. */
function fold(text: string): string[] {
  return [...text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')];
}
