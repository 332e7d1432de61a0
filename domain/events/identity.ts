/** Finds what looks like a citizen's name, identity number or telephone in an event, and never says what it found. */
import { kindOfKey } from './identity-keys.ts';
import { holdsName, type NameRule } from './names.ts';

export type IdentityKind = 'name' | 'identity-number' | 'telephone';

/** Where it was found. A key that is itself an identity is written `*`. */
export interface IdentityFinding {
  readonly path: readonly string[];
  readonly kind: IdentityKind;
}

/** How a field's strings are read: `none` refers to the hall's own configuration, but is no place for numbers either. */
export type TextRule = NameRule | 'none';

/** What a key says about what it holds. */
export interface KeyReading {
  /** The field says that it holds a citizen's identity of this kind. */
  readonly telling?: IdentityKind;
  /** The key itself is an identity. */
  readonly identity?: IdentityKind;
  readonly rule: TextRule;
}

/** Fields that name a part of the hall or one of its staff, or a word from a fixed list. */
const CONFIGURATION = new Set(
  (
    'type specversion datacontenttype dataschema station window item line terminal staff owner by kind area ' +
    'channel medium handling outcome result status document citation reasons hall'
  ).split(' '),
);
/** Fields that hold words of the trade. */
const TRADE = new Set(['topic', 'tags', 'deferredDocuments']);

/** A short digit run cannot be an identity: ten digits are the shortest, a landline with its area code. */
const SHORTEST = 10;

const PROVINCE = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])';
const MONTH_DAY = '(?:0[1-9]|1[0-2])S(?:0[1-9]|[12]\\d|3[01])';
/** Digits with at most one blank or hyphen wherever a `S` stands. */
const spaced = (pattern: string, flags = '') => new RegExp(pattern.replaceAll('S', '[\\s-]?'), flags);
const identityNumber = spaced(
  `(?<!\\d)${PROVINCE}S\\d{2}S\\d{2}S(?:19S\\d{2}|20S[0-4]\\d)S${MONTH_DAY}S\\d{2}S\\dS[\\dX](?!\\d)`,
  'i',
);
const oldIdentityNumber = spaced(`(?<!\\d)${PROVINCE}\\d{4}S\\d{2}${MONTH_DAY}S\\d{3}(?!\\d)`);
const mobile =
  /(?<!\d)(?:(?:\+|00)?86[\s.-]{0,2}|\(\+?86\)\s?)?1[3-9](?:\d[\s.-]?\d{4}[\s.-]?\d{4}|\d{2}\s\d{3}\s\d{4}|\d{3}\s\d{6})(?!\d)/;
const landline =
  /(?<!\d)(?:(?:\+|00)?86[\s.-]?\(?0?|\(?0)(?:10|2\d|[3-9]\d{2})(?:\)[\s.-]?|[\s.-]{1,2})(?!(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d))[1-9](?:\d{6,7}|\d{2,3}[\s.-]\d{4})(?!\d)/;
/** Machine-made ids, whose digits mean nothing. */
const machineIds =
  /(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z])|(?<![0-9a-z])(?=[0-9a-f]*[a-f])[0-9a-f]{24,}(?![0-9a-z])/gi;
const moments = /(?<!\d)\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})?(?!\d)/g;
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const dashes = /[\u2010-\u2015\u2212\u30fc]/g;

/** What one look at each character tells of a text: most are `PLAIN`, and nothing dearer need be asked of them. */
export const PLAIN = 0;
export const HAS_LONG_NUMBER = 1;
export const HAS_ODD_CHARACTERS = 2;

const OTHER = 0;
const DIGIT = 1;
/** Blank, brackets, hyphen and full stop may stand between the groups of one number. */
const SEPARATOR = 2;
const ODD = 3;
const classes = Uint8Array.from({ length: 128 }, (_, c) => {
  if (c >= 48 && c <= 57) return DIGIT;
  if (' ().-'.includes(String.fromCharCode(c))) return SEPARATOR;
  return c < 32 || c === 127 ? ODD : OTHER;
});

/** Ingest asks this of every string, so it is one loop without any allocation. */
export function glanceAt(text: string): number {
  let run = 0;
  let glance = PLAIN;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const kind = c < 128 ? classes[c] : ODD;
    if (kind === OTHER) run = 0;
    else if (kind === DIGIT) {
      if (++run === SHORTEST) glance |= HAS_LONG_NUMBER;
    } else if (kind === ODD) {
      // What follows is looked at with more care anyway.
      return glance | HAS_ODD_CHARACTERS;
    }
  }
  return glance;
}

/** What `text` holds, if it looks like a citizen's identity. `glance` is that of the same text. */
export function identityInText(text: string, rule: TextRule, glance = glanceAt(text)): IdentityKind | undefined {
  if (glance === PLAIN) return undefined;
  if ((glance & HAS_ODD_CHARACTERS) === 0) return numberIn(text);
  return identityInWideText(text.normalize('NFKC').replace(invisible, '').replace(dashes, '-'), rule);
}

const longNumber = /\d(?:[\s().-]*\d){9}/;
const han = /[\u3400-\u4dbf\u4e00-\u9fff]/;

function identityInWideText(text: string, rule: TextRule): IdentityKind | undefined {
  const number = longNumber.test(text) ? numberIn(text) : undefined;
  if (number !== undefined) return number;
  return rule !== 'none' && han.test(text) && holdsName(text, rule) ? 'name' : undefined;
}

function numberIn(text: string): IdentityKind | undefined {
  const bare = text.replace(machineIds, ' ; ').replace(moments, ' ; ');
  if (identityNumber.test(bare) || oldIdentityNumber.test(bare)) return 'identity-number';
  return mobile.test(bare) || landline.test(bare) ? 'telephone' : undefined;
}

/** A number that was sent as a JSON number: only whole ones of the right length can be an identity. */
export function identityInNumber(value: number): IdentityKind | undefined {
  if (value < 1e10 || value >= 1e18 || !Number.isInteger(value)) return undefined;
  return numberIn(String(value));
}

/** Keys come from a small vocabulary, so each is read once; the bound keeps a hostile sender from filling memory. */
const readings = new Map<string, KeyReading>();
const READINGS_KEPT = 5_000;

export function readKey(key: string): KeyReading {
  const known = readings.get(key);
  if (known !== undefined) return known;
  const rule = CONFIGURATION.has(key) ? 'none' : TRADE.has(key) ? 'strict' : 'full';
  const telling = kindOfKey(key);
  const identity = telling === undefined ? identityInText(key, 'full') : identityInText(key, 'none');
  const reading: KeyReading = { rule, ...(telling && { telling }), ...(identity && { identity }) };
  if (readings.size < READINGS_KEPT && key.length <= 100) readings.set(key, reading);
  return reading;
}

/**
 * Spec of the refusal: every string, number and key of `value`, at any depth, envelope and ids included.
 * A string under a key that tells (姓名, phone …) is one whatever it holds. The first finding, in the order of the
 * keys; `undefined` when there is none. Never throws; the value is in no part of the answer.
 */
export function findIdentity(value: unknown): IdentityFinding | undefined {
  const path: string[] = [];
  const kind = scan(value, 'full', undefined, path);
  return kind === undefined ? undefined : { path, kind };
}

const DEEPEST = 64;

/** Leaves the way to the finding in `path`. */
function scan(
  value: unknown,
  rule: TextRule,
  telling: IdentityKind | undefined,
  path: string[],
): IdentityKind | undefined {
  if (typeof value === 'string' || typeof value === 'number') return identityOf(value, rule, telling);
  if (typeof value !== 'object' || value === null || path.length > DEEPEST) return undefined;
  const isList = Array.isArray(value);
  for (const key of Object.keys(value)) {
    const reading = isList ? undefined : readKey(key);
    path.push(reading?.identity === undefined ? key : '*');
    const kind =
      reading?.identity ??
      scan((value as Record<string, unknown>)[key], reading?.rule ?? rule, telling ?? reading?.telling, path);
    if (kind !== undefined) return kind;
    path.pop();
  }
  return undefined;
}

/** What one string or number holds, given its field's rule and what the fields above it tell. */
export function identityOf(
  value: string | number,
  rule: TextRule,
  telling: IdentityKind | undefined,
  glance?: number,
): IdentityKind | undefined {
  if (telling !== undefined && (typeof value === 'number' || value.trim() !== '')) return telling;
  return typeof value === 'string' ? identityInText(value, rule, glance) : identityInNumber(value);
}
