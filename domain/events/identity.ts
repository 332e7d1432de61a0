/** Finds what looks like a citizen's name, identity number or telephone in an event, and never says what it found. */
import { countDigits, foldText, simplifyCues, toAsciiDigits } from './digits.ts';
import { holdsPinyinName } from './foreign-names.ts';
import { kindOfKey, type IdentityKind } from './identity-keys.ts';
import { parseMoment } from './moment.ts';
import { holdsName, type Roster } from './names.ts';
import { numberIn } from './numbers.ts';

export type { IdentityKind };

/** How a field's strings are read: `none` refers to the hall's own configuration, but is no place for numbers either. */
export type TextRule = 'full' | 'none';

/** What a key says about what it holds. */
export interface KeyReading {
  /** The field says that it holds a citizen's identity of this kind. */
  readonly telling?: IdentityKind;
  /** The key itself is an identity. */
  readonly identity?: IdentityKind;
  readonly rule: TextRule;
  /** Whether an answer may repeat the key: no word that could be a person's name which nobody recognised. */
  readonly tellable: boolean;
}

/** Fields that name a part of the hall or one of its staff by id, or hold a word from a fixed list. The others hold text. */
const CONFIGURATION = new Set(
  (
    'type specversion datacontenttype dataschema station window item line terminal staff owner by area ' +
    'channel handling outcome result status document'
  ).split(' '),
);
const plainKey = /^[\w$:@-]{1,64}$/;

/** What one look at each character tells of a text: most are `PLAIN`, and nothing dearer need be asked of them. */
export const PLAIN = 0;
const HAS_LONG_NUMBER = 1;
export const HAS_ODD_CHARACTERS = 2;
/** Two words of Latin letters, which may be a name. */
const HAS_WORDS = 4;
/** A long number behind a word, which may say what it is. */
const HAS_LABEL = 8;

/** The shortest number is a local telephone behind a word that tells; without a word, a landline with its area code. */
const SHORTEST = 7;
const SHORTEST_BARE = 10;

const LETTER = 0;
const DIGIT = 1;
/** Blanks and signs may stand between the digits of one number. */
const SIGN = 2;
const ODD = 3;
/** A letter that looks like a digit goes on with a number, and begins none. */
const LOOKALIKE = 4;
const BLANK = 32;
const COLON = 58;
const classes = Uint8Array.from({ length: 128 }, (_, c) => {
  if (c >= 48 && c <= 57) return DIGIT;
  if ((c < 32 && c !== 9 && c !== 10 && c !== 13) || c === 127) return ODD;
  const character = String.fromCharCode(c);
  if ('OolI'.includes(character)) return LOOKALIKE;
  return /[a-z]/i.test(character) ? LETTER : SIGN;
});

/** Ingest asks this of every string, so it is one loop without any allocation. */
export function glanceAt(text: string): number {
  let run = 0;
  let shortest = SHORTEST_BARE;
  let glance = PLAIN;
  let isLetterBefore = false;
  let isWordBefore = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const kind = c < 128 ? classes[c] : ODD;
    // What follows is looked at with more care anyway.
    if (kind === ODD) return glance | HAS_ODD_CHARACTERS;
    if (kind === DIGIT || (kind === LOOKALIKE && run > 0)) {
      if (++run >= shortest) glance |= shortest === SHORTEST ? HAS_LONG_NUMBER | HAS_LABEL : HAS_LONG_NUMBER;
    } else if (kind === LETTER) run = 0;
    const isLetter = kind === LETTER || kind === LOOKALIKE;
    if (isLetter && isWordBefore) glance |= HAS_WORDS;
    isWordBefore = c === BLANK && isLetterBefore;
    if (isLetterBefore && (c === BLANK || c === COLON)) shortest = SHORTEST;
    isLetterBefore = isLetter;
  }
  return glance;
}

/** What `text` holds, if it looks like a citizen's identity. `glance` is that of the same text. */
export function identityInText(
  text: string,
  rule: TextRule,
  glance = glanceAt(text),
  roster?: Roster,
): IdentityKind | undefined {
  if (glance === PLAIN || parseMoment(text) !== undefined) return undefined;
  const isPlain = (glance & HAS_ODD_CHARACTERS) === 0;
  const folded = isPlain ? text : foldText(text);
  const isLong = (glance & HAS_LONG_NUMBER) !== 0 || (!isPlain && countDigits(folded, SHORTEST) === SHORTEST);
  const hasLabel = !isPlain || (glance & HAS_LABEL) !== 0;
  const number = isLong ? numberInFolded(folded, hasLabel) : undefined;
  if (number !== undefined || rule === 'none') return number;
  return (isPlain ? holdsPinyinName(folded) : holdsName(folded, roster)) ? 'name' : undefined;
}

/** 一 is drawn like a dash, and stands between digits in its place. */
const dashLike = /(?<=\d)[一丨](?=\d)/g;

function numberInFolded(folded: string, hasLabel: boolean): IdentityKind | undefined {
  if (!hasLabel) return numberIn(folded, false);
  const told = simplifyCues(folded);
  const number = numberIn(toAsciiDigits(told), true);
  if (number !== undefined || told.search(dashLike) < 0) return number;
  return numberIn(toAsciiDigits(told.replace(dashLike, '-')), true);
}

/** A number that was sent as a JSON number: only whole ones of the right length can be an identity. */
export function identityInNumber(value: number): IdentityKind | undefined {
  const size = Math.abs(value);
  if (size < 1e10 || size >= 1e18 || !Number.isInteger(value)) return undefined;
  return numberIn(String(size), false);
}

/** Longer strings of a list are no pieces of one number or name. */
const LONGEST_PIECE = 24;
const MOST_PIECES = 24;

/** What the strings of a list, and numbers of one digit, hold together, where one identity was cut in pieces. */
export function identityInList(list: readonly unknown[], rule: TextRule, roster?: Roster): IdentityKind | undefined {
  if (list.length < 2 || list.length > MOST_PIECES) return undefined;
  const pieces = list.map((piece) => {
    const isPiece = typeof piece === 'string' ? piece.length <= LONGEST_PIECE : isDigit(piece);
    return isPiece ? String(piece) : 'w';
  });
  return identityInText(pieces.join(' '), rule, undefined, roster);
}

function isDigit(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 9;
}

/** Keys come from a small vocabulary, so each is read once; the bound keeps a hostile sender from filling memory. */
const readings = new Map<string, KeyReading>();
const READINGS_KEPT = 5_000;

export function readKey(key: string): KeyReading {
  const known = readings.get(key);
  if (known !== undefined) return known;
  const rule = CONFIGURATION.has(key) ? 'none' : 'full';
  const telling = kindOfKey(key);
  const identity = identityInText(key, 'full');
  const tellable = identity === undefined && (telling !== undefined || plainKey.test(key));
  const reading: KeyReading = { rule, tellable, ...(telling && { telling }), ...(identity && { identity }) };
  if (readings.size < READINGS_KEPT && key.length <= 100) readings.set(key, reading);
  return reading;
}

/** What one string or number holds, given its field's rule and what the fields above it tell. */
export function identityOf(
  value: string | number,
  rule: TextRule,
  telling: IdentityKind | undefined,
  glance?: number,
  roster?: Roster,
): IdentityKind | undefined {
  if (telling !== undefined && (typeof value === 'number' || value.trim() !== '')) return telling;
  return typeof value === 'string' ? identityInText(value, rule, glance, roster) : identityInNumber(value);
}
