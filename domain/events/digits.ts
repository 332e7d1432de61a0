/** Reduces text to its digits: whatever script they are written in, and whatever signs stand between them. */

/** Digits that Unicode does not call decimal: Chinese numerals, plain and in banker's forms, and dingbats. */
const written: readonly (readonly [digit: number, characters: string])[] = [
  [0, '〇零○⓿🄋🄌'],
  [1, '一壹弌幺〡❶➀➊⓵'],
  [2, '二贰貳弍〢❷➁➋⓶'],
  [3, '三叁參弎〣❸➂➌⓷'],
  [4, '四肆〤❹➃➍⓸'],
  [5, '五伍〥❺➄➎⓹'],
  [6, '六陆陸〦❻➅➏⓺'],
  [7, '七柒〧❼➆➐⓻'],
  [8, '八捌〨❽➇➑⓼'],
  [9, '九玖〩❾➈➒⓽'],
];
const digits = new Map(written.flatMap(([digit, characters]) => [...characters].map((c) => [c, digit] as const)));

/** Words that are spoken for digits, after digits. */
const SPOKEN = new Map(['洞0', '两2', '兩2', '拐7', '勾9'].map(([c, digit]) => [c!, digit!]));
const meant = new Set([...SPOKEN.keys(), ...'oOlI']);
const spoken = /(?<=\d\d)[洞两兩拐勾]+/g;

/** What is seen of a character is its base: marks, keycaps and what has no width are no part of a number. */
const unseen = /[\p{M}\p{Cf}]+/gu;
const blanks = /\s+/g;
/** A sign that is drawn longer by repeating it is one. */
const again = /([\p{P}\p{S}])\1+/gu;
const dashes = /[\u2010-\u2015\u2212\u30fc]/g;
const decimal = /\p{Nd}/u;

/** Nothing but characters that are their own compatible form, and no sign twice. */
const folded = /^(?:[\u4e00-\u9fff]|[a-z\d])*$/i;

/** Compatible forms folded together (NFKC), without marks and invisible characters; a run of blanks, or of one sign, is one. */
export function foldText(text: string): string {
  if (folded.test(text)) return text;
  return text.normalize('NFKC').replace(unseen, '').replace(blanks, ' ').replace(dashes, '-').replace(again, '$1');
}

/**
 * Folded text with every digit of every script, and every Chinese numeral, as an ASCII digit. A blank stands where one
 * follows the other: 13800138000三次 is a number and a word, 138零零一三八000 one number in three groups.
 */
export function toAsciiDigits(folded: string): string {
  let plain = '';
  let before = '';
  for (const c of folded) {
    const digit = digitOf(c);
    const script = digit === undefined ? '' : c === digit ? 'ascii' : 'other';
    if (script !== '' && before !== '' && script !== before) plain += ' ';
    plain += digit ?? c;
    before = script;
  }
  return plain.replace(spoken, (words) => [...words].map((c) => SPOKEN.get(c)!).join(''));
}

/** The traditional characters of the words that say what a number is, and their simplified forms. */
const TRADITIONAL = '電話機證號碼護鄉銀賬帳摺聯繫絡傳駕駛醫軍結離殘優戶編單業務訂來撥辦開諮詢對監舊臺產';
const SIMPLIFIED = '电话机证号码护乡银账账折联系络传驾驶医军结离残优户编单业务订来拨办开咨询对监旧台产';
const simplified = new Map([...TRADITIONAL].map((c, i) => [c, SIMPLIFIED[i]!]));
const traditional = new RegExp(`[${TRADITIONAL}]`, 'g');

/** Text of the same length in which those words are written in simplified characters. */
export function simplifyCues(text: string): string {
  return text.replace(traditional, (c) => simplified.get(c)!);
}

/** How many characters of `folded` are digits of any script, or may be meant for one; no more than `most` are counted. */
export function countDigits(folded: string, most: number): number {
  let count = 0;
  for (const c of folded) if ((digitOf(c) !== undefined || meant.has(c)) && ++count === most) break;
  return count;
}

function digitOf(c: string): string | undefined {
  if (c < '\u0080') return c >= '0' && c <= '9' ? c : undefined;
  const known = digits.get(c);
  if (known !== undefined) return String(known);
  if ((c >= '\u3400' && c <= '\u9fff') || !decimal.test(c)) return undefined;
  // Unicode keeps decimal digits in blocks of ten in their order, several of which may follow one another.
  const point = c.codePointAt(0)!;
  let before = 0;
  while (decimal.test(String.fromCodePoint(point - before - 1))) before++;
  return String(before % 10);
}

/** Digits with nothing between them. */
export interface DigitGroup {
  readonly digits: string;
  /** Where it begins in the text, and where it has ended. */
  readonly start: number;
  readonly end: number;
  /** Whether only a few signs stand between it and the group before. */
  readonly joined: boolean;
}

/** Blanks, punctuation and symbols may stand between the digits of one number, but not more of them. */
const SIGNS = 3;
const word = /[\p{L}\p{N}]/u;

function isWord(point: number): boolean {
  if (point >= 128) return (point >= 0x3400 && point <= 0x9fff) || word.test(String.fromCodePoint(point));
  const lower = point | 32;
  return lower >= 97 && lower <= 122;
}

/** The groups of digits of `plain` (ASCII digits) in their order. One pass. */
export function readGroups(plain: string): readonly DigitGroup[] {
  const groups: DigitGroup[] = [];
  let start = -1;
  let signs = SIGNS + 1;
  let joined = false;
  for (let at = 0; at <= plain.length;) {
    const point = at < plain.length ? plain.codePointAt(at)! : -1;
    const isDigit = point >= 48 && point <= 57;
    if (isDigit && start < 0) {
      start = at;
      joined = signs <= SIGNS;
    }
    if (!isDigit) {
      if (start >= 0) {
        groups.push({ digits: plain.slice(start, at), start, end: at, joined });
        start = -1;
        signs = 0;
      }
      if (point >= 0) signs = isWord(point) ? SIGNS + 1 : signs + 1;
    }
    at += point > 0xffff ? 2 : 1;
  }
  return groups;
}
