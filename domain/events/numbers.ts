/** Tells identity numbers and telephones from the other numbers of a hall: moments, amounts, machine and case ids. */
import { date, isIdentityNumber } from './citizen-numbers.ts';
import { readGroups, type DigitGroup } from './digits.ts';
import { documentIn } from './document-numbers.ts';
import { isPublicLine } from './public-lines.ts';

export type NumberKind = 'identity-number' | 'telephone';

/** What means something else, whatever its digits; each is bounded, or begins only where a run of digits does. */
const machineIds =
  /(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z])|(?<![0-9a-z])(?=[0-9a-f]*[a-f])[0-9a-f]{24,}(?![0-9a-z])/gi;
const moments =
  /(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[Tt ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:[Zz]|[+-]\d{2}:?\d{2})?(?!\d)/g;
const clocks = /(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])/g;
const addresses = /(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.])/g;
const amounts = /(?<![\d.,])\d[\d,]*\.\d{1,2}(?![\d.])|[¥$]\s?\d[\d,]*|(?<![\d,])\d[\d,]*(?=\s?(?:元|万|亿))/g;

const CUES =
  '电话|手机|座机|固话|[宅家]电|宅电|手提|小灵通|致电|拨打|来电|回电|打给|打到|打我|打家里|[请就]打|联系方[式法]|微信|传真|qq|tel|phone|mobile|call';
const telephoneCue = new RegExp(CUES, 'i');
/** What may stand between such a word and its number, from the number backwards. */
const cuedTelephone = new RegExp(`(?:${CUES})(?:号码?|是|为|[^\\p{L}\\p{N}]){0,4}$`, 'iu');
const spreadCue =
  /身份|证|号码|联系|微信|[加打拨]|电话|宅电|手机|座机|固话|致电|来电|回电|传真|\b(?:tel|phone|mobile|call|sfz|id ?card|id ?no)/i;
const identityCue = /身份|证件|证号|公民|\b(?:sfz|id ?card|id ?no)/i;
/**
 * The kind of number that `plain` holds (folded, digits in ASCII), or `undefined`. The work grows with the length.
 * `hasWords` tells that a word may stand before a number and say what it is; an id has none.
 */
export function numberIn(plain: string, hasWords: boolean): NumberKind | undefined {
  const swapped = readLookalikes(plain);
  const hasCue = hasWords && spreadCue.test(plain);
  const isSuspect =
    numberAmong(plain, hasWords) !== undefined ||
    (swapped !== undefined && numberAmong(swapped, hasWords) !== undefined) ||
    (hasCue && spreadNumber(plain) !== undefined) ||
    documentIn(plain, hasWords) !== undefined;
  if (!isSuspect) return undefined;
  // What means something else is taken out only where it matters: nearly every text is done by now.
  const bare = takeOut(plain);
  const bareSwapped = readLookalikes(bare);
  return (
    numberAmong(telephoneCue.test(plain) ? bare : bare.replace(amounts, ' w '), hasWords) ??
    (bareSwapped === undefined ? undefined : numberAmong(bareSwapped, hasWords)) ??
    documentIn(bare, hasWords) ??
    (hasCue ? spreadNumber(bare) : undefined)
  );
}

function takeOut(plain: string): string {
  return plain.replace(machineIds, ' w ').replace(moments, ' w ').replace(clocks, ' w ').replace(addresses, ' w ');
}

/** What is made of digits and of letters that look like them, and what they look like. */
const lookalikes = /(?<![a-z\d])[\dolisbzgq]+(?![a-z\d])/gi;
const isMixed = /\d[olisbzgq]/i;
const drawnAs: Readonly<Record<string, string>> = {
  o: '0',
  O: '0',
  Q: '0',
  l: '1',
  I: '1',
  i: '1',
  z: '2',
  Z: '2',
  S: '5',
  s: '5',
  b: '6',
  B: '8',
  g: '9',
  q: '9',
};

/** The text with such letters as digits; `undefined` where there are none. */
function readLookalikes(text: string): string | undefined {
  if (!isMixed.test(text)) return undefined;
  return text.replace(lookalikes, (token) => {
    const digits = token.replace(/\D+/g, '').length;
    const letters = token.replace(/[\doli]+/gi, '').length;
    if (digits === token.length || digits < 3 || letters > digits) return token;
    return token.replace(/\D/g, (letter) => drawnAs[letter] ?? letter);
  });
}

/** A local telephone, and an identity number. */
const SHORTEST = 7;
const LONGEST = 18;

function numberAmong(text: string, hasWords: boolean): NumberKind | undefined {
  const groups = readGroups(text);
  if (!groups.some(({ joined, digits }) => joined || digits.length >= SHORTEST)) return undefined;
  const cues = {
    identity: hasWords && identityCue.test(text),
    telephone: hasWords && telephoneCue.test(text),
  };
  for (let first = 0; first < groups.length; first++) {
    const glued = gluedNumber(groups[first]!.digits);
    if (glued) return glued;
    let digits = '';
    for (let last = first; last < groups.length; last++) {
      const group = groups[last]!;
      if (last > first && !group.joined) break;
      digits += group.digits;
      if (digits.length > LONGEST) break;
      if (digits.length < SHORTEST) continue;
      if (isIdentityAt(digits, text, group.end, cues.identity)) return 'identity-number';
      if (isMobile(digits) && !beginsWithDate(groups, first, last)) return 'telephone';
      const { start } = groups[first]!;
      const isLine =
        (isLandline(digits, first === last) && (first === last || !isCodeAt(text, start))) ||
        (cues.telephone && isCued(digits, text, start));
      if (isLine && !(hasWords && isPublicLine(text, start, group.end))) return 'telephone';
      if (isForeign(digits, text, start)) return 'telephone';
    }
  }
  return undefined;
}

function isIdentityAt(digits: string, text: string, end: number, hasCue: boolean): boolean {
  if (digits.length !== 17) return isIdentityNumber(digits, hasCue);
  return isIdentityNumber(`${digits}X`, hasCue) && endsInX.test(text.slice(end, end + 6));
}

/** The last character of an identity number may be an X, and what looks like one. */
const endsInX = /^[^\p{L}\p{N}]{0,3}[xхχ×✕✖╳](?![a-z\d])/iu;

const mobile = /^(?:0{0,2}86)?0?1[3-9]\d{9}$/;

/** `1997-10-17 083` has eleven digits and is no telephone. */
function beginsWithDate(groups: readonly DigitGroup[], first: number, last: number): boolean {
  const [year, month, day] = groups.slice(first, Math.min(first + 3, last + 1)).map(({ digits }) => digits);
  if (month === undefined || day === undefined) return false;
  return date.test(`${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`);
}

function isMobile(digits: string): boolean {
  return digits.length >= 11 && mobile.test(digits);
}

const AREA = '(?:10|2[0-57-9]|[3-9]\\d{2})';
const landline = new RegExp(`^(?:(?:0{0,2}86)0?|0)${AREA}([1-9]\\d{6,7})$`);

/** An area code and seven or eight digits. Without a sign between them, only as telephones begin. */
function isLandline(digits: string, isWhole: boolean): boolean {
  if (digits.length < 10 || (digits[0] !== '0' && digits[0] !== '8')) return false;
  const local = landline.exec(digits)?.[1];
  return local !== undefined && !date.test(local) && (!isWhole || (local[0] !== '1' && local[0] !== '9'));
}

/** `AA0204/43678/1` is a machine's name for a call: no area code stands right behind letters that say nothing of a telephone. */
function isCodeAt(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 6), start);
  return /[a-z]$/i.test(before) && !/(?:tel|phone|mobile)$/i.test(before);
}

/** A plus sign that is no time zone's. */
function isForeign(digits: string, text: string, start: number): boolean {
  if (digits.length < 9 || digits.length > 15) return false;
  if (digits[0] === '0') return /^00(?:852|853|886)\d{8,9}$/.test(digits);
  const before = text.slice(Math.max(0, start - 3), start);
  return before.includes('+') && /(?:^|[^a-z\d])\+[ (]?$/i.test(before);
}

/** A local or foreign number behind 电话 and the like. Those that everybody may call are nobody's. */
function isCued(digits: string, text: string, start: number): boolean {
  if (digits.length > 13 || /^(?:400|800|95|96|0\d{2,3}12\d{3}$)/.test(digits) || date.test(digits)) return false;
  if (digits.length < 9 && !/^[2-9]/.test(digits)) return false;
  return cuedTelephone.test(text.slice(Math.max(0, start - 16), start));
}

/** Two numbers, or a date and a number, without anything between them. */
function gluedNumber(digits: string): NumberKind | undefined {
  if (digits.length === 19) {
    const isStamped = date.test(digits.slice(0, 8)) && isMobile(digits.slice(8)) && !isClock(digits.slice(8, 14));
    return isStamped || (date.test(digits.slice(11)) && isMobile(digits.slice(0, 11))) ? 'telephone' : undefined;
  }
  // The number of a disabled citizen's card: the identity number, a kind and a degree.
  if (digits.length === 20) return isIdentityNumber(digits.slice(0, 18), false) ? 'identity-number' : undefined;
  if (digits.length !== 29) return undefined;
  const isEither =
    (isIdentityNumber(digits.slice(0, 18), true) && isMobile(digits.slice(18))) ||
    (isMobile(digits.slice(0, 11)) && isIdentityNumber(digits.slice(11), true));
  return isEither ? 'identity-number' : undefined;
}

function isClock(digits: string): boolean {
  return /^(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(digits);
}

/** Most groups, and most characters between them, of a number that is told in words: 前三位138，后面是00138018. */
const SPREAD_GROUPS = 5;
const SPREAD_GAP = 10;
const places = /第?\d{1,2}[位段个组部节]/g;

function spreadNumber(told: string): NumberKind | undefined {
  const text = told.replace(places, '');
  const groups = readGroups(text);
  for (let first = 0; first < groups.length; first++) {
    if (groups[first]!.digits.length < 2) continue;
    let digits = '';
    for (let last = first; last < Math.min(groups.length, first + SPREAD_GROUPS); last++) {
      if (last > first && groups[last]!.start - groups[last - 1]!.end > SPREAD_GAP) break;
      digits += groups[last]!.digits;
      if (isMobile(digits)) return 'telephone';
      const isLine = last > first && isLandline(digits, false);
      if (isLine && !isPublicLine(text, groups[first]!.start, groups[last]!.end)) return 'telephone';
      if (groups[first]!.digits.length >= 6 && isIdentityNumber(digits, false)) return 'identity-number';
    }
  }
  return undefined;
}
