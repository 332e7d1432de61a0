/** Tells Chinese personal names from the vocabulary of a hall; knows characters and words, not people. */
import { appeal, deed, link, nobodysTitle, owner, placeEnd, placeSuffix, role, title, told } from './name-contexts.ts';
import {
  compoundsLikeWords,
  compoundSurnames,
  frequentSurnames,
  clearSurnames,
  givenAlone,
  givenCharacters,
  oddSurnames,
  placeholderNames,
  rareSurnames,
  surestSurnames,
} from './surnames.ts';
import { holdsForeignName } from './foreign-names.ts';
import { wordsLikeNames } from './words-like-names.ts';

/** Names that may be told: those of the hall's own staff. */
export type Roster = ReadonlySet<string>;
export const NOBODY: Roster = new Set();

const HAN = '\\u3400-\\u4dbf\\u4e00-\\u9fff';
const hanRuns = new RegExp(`[${HAN}]+`, 'g');
/** Characters with signs between them, as forms print a name; the last ones may be one. */
const spaced = new RegExp(`[${HAN}](?:[^\\p{L}\\p{N}]{1,2}[${HAN}]){2,6}(?![${HAN}])`, 'gu');
const spacedPair = new RegExp(
  `(?<![${HAN}])[${HAN}]{1,2}[^\\p{L}\\p{N}][${HAN}]{1,2}(?![${HAN}]|[^\\p{L}\\p{N}][${HAN}](?![${HAN}]))`,
  'gu',
);
const signs = /[^\u3400-\u4dbf\u4e00-\u9fff]/g;

/** Points that make a name, and a name in text whose blanks were taken out. */
const ENOUGH = 6;
const ENOUGH_CLOSED = 9;
const cut = new RegExp(`[${HAN}][^\\p{L}\\p{N}]{1,2}[${HAN}]`, 'u');
const blanksBetween = new RegExp(`(?<=[${HAN}]) (?=[${HAN}])`, 'g');

/** Whether `text` (folded) holds what reads as the name of a person who is not on the roster. */
export function holdsName(text: string, roster: Roster = NOBODY): boolean {
  if (holdsNameInRuns(text, ENOUGH, roster)) return true;
  if (cut.test(text)) {
    if (holdsSpacedName(text, ENOUGH, roster)) return true;
    const closed = text.replace(blanksBetween, '');
    if (closed !== text && holdsNameInRuns(closed, ENOUGH_CLOSED, roster)) return true;
  }
  return holdsForeignName(text);
}

function holdsSpacedName(text: string, enough: number, roster: Roster): boolean {
  for (const [pair] of text.matchAll(spacedPair)) if (isName(pair.replace(signs, ''), enough, roster)) return true;
  for (const [match] of text.matchAll(spaced)) {
    const characters = match.replace(signs, '');
    for (const length of [3, 4]) if (isName(characters.slice(-length), enough, roster)) return true;
  }
  return false;
}

function isName(characters: string, enough: number, roster: Roster): boolean {
  return holdsNameInRun(characters, 0, characters.length, enough, roster);
}

function holdsNameInRuns(text: string, enough: number, roster: Roster): boolean {
  for (const { 0: run, index } of text.matchAll(hanRuns)) {
    if (run.length > 1 && holdsNameInRun(text, index, index + run.length, enough, roster)) return true;
  }
  return false;
}

/** Looks at every surname in the Han characters of `text` from `from` to `to`, and at what follows it. */
function holdsNameInRun(text: string, from: number, to: number, enough: number, roster: Roster): boolean {
  let starts: Uint8Array | undefined;
  for (let at = from; at < to - 1; at++) {
    const pair = surnameOfTwo(text.slice(at, Math.min(at + 2, to)));
    const surname = pair ?? surnamePoints(text[at]!);
    if (surname === undefined) continue;
    const given = at + (pair === undefined ? 1 : 2);
    for (const end of [given + 2, given + 1]) {
      if (end > to) continue;
      const name = surname + givenPoints(text, given, end, surname);
      // What the words around say is asked where it can matter, and the dictionary last: that is the dearest.
      if (name + MOST_AROUND < enough || isNobody(text, given) || isOnRoster(text, at, roster)) continue;
      const before = beforeName(text, from, at);
      const after = afterName(text, end, to);
      const isPerson = after === TITLED || (before === BESIDE_ROLE && end - given === 2);
      const isUnusual = pair !== 4 && hasUnusual(text, given, end);
      if (isUnusual && !isPerson && (before === 0 || after === 0 || before + after < BESIDE_APPEAL)) continue;
      if (surname === 0 && before < BESIDE_APPEAL && (before === 0 || after < WITH_DEED)) continue;
      const place = endsAsPlace(text, pair === undefined ? end - 1 : given, end) ? PLACE : 0;
      const points = name + before + after + place;
      if (points + 1 < enough) continue;
      const slot = slotPoints(surname, text.slice(given, end), before, after);
      if ((slot === NONE || surname === 3) && wordsLikeNames.has(text.slice(at, end))) continue;
      starts ??= wordStarts(text.slice(from, to));
      const words = wordPoints(starts, at - from, given - from, end - from, slot, before === BESIDE_ROLE);
      if (points + words >= enough) return true;
    }
  }
  return holdsPlaceholder(text, from, to) || holdsNameInParts(text.slice(from, to));
}

/** 姓冯名永强. */
const inParts = new RegExp(`姓([${HAN}]{1,2})名(?!字|称|单)[${HAN}]`, 'g');

function holdsNameInParts(run: string): boolean {
  if (!run.includes('姓')) return false;
  for (const [, surname = ''] of run.matchAll(inParts)) {
    if ((surname.length === 2 ? surnameOfTwo(surname) : surnamePoints(surname)) !== undefined) return true;
  }
  return false;
}

/** 等了钱一天: a number and a measure. */
const counted = /^一[天次个月家年人些下起直切样定共般点位路张件份名条]/;

/** So little that nothing makes up for it. */
const NONE = -100;
const PLACE = -6;

function surnamePoints(c: string): number | undefined {
  if (surestSurnames.has(c)) return 3;
  if (frequentSurnames.has(c) || clearSurnames.has(c)) return 2;
  if (rareSurnames.has(c)) return 1;
  return oddSurnames.has(c) ? 0 : undefined;
}

function surnameOfTwo(characters: string): number | undefined {
  if (compoundSurnames.has(characters)) return 4;
  return compoundsLikeWords.has(characters) ? 2 : undefined;
}

/** Signs of somebody who is left out: 王某, 李氏. */
const leftOut = /[某氏男女们等的]/;
/** Of the commonest words that no name is made of, and of what a hall has: 件, 证, 号. */
const neverGiven =
  /[了着过们这那哪吗呢吧啊呀么是在不没就也都还很把被给让从跟与或但且若所此该您你我他她它谁什怎几个只件张份次号时候点秒块钱证卡费表单据照办理局厅室窗口路街险机车票岁位型类项条级层栋座等已将已未须需请可以何各每另其前后左右内外间里边面处院村镇县市省区家人民员工龄]/;

/** One character of two may be unusual in a name. */
function givenPoints(text: string, from: number, end: number, surname: number): number {
  const length = end - from;
  // Many rare surnames are words, and with one character more they are half a sentence.
  let points = length === 2 ? 1 : surname < 2 ? -2 : -1;
  let unusual = 0;
  if ((length === 1 && text[from] === '家') || counted.test(text.slice(from, from + 2))) return NONE;
  for (let i = from; i < end; i++) {
    const c = text[i]!;
    if (givenAlone.has(c)) points += 2;
    else if (givenCharacters.has(c)) points += 1;
    else if (leftOut.test(c) || placeEnd.test(c) || neverGiven.test(c) || ++unusual > 1) return NONE;
    else points -= 1;
  }
  return points;
}

function hasUnusual(text: string, from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (!givenCharacters.has(text[i]!) && !givenAlone.has(text[i]!)) return true;
  return false;
}

/** 张先生 names nobody: it is how a hall writes when it leaves the name out. */
function isNobody(text: string, given: number): boolean {
  return nobodysTitle.test(text.slice(given, given + 3));
}

function isOnRoster(text: string, at: number, roster: Roster): boolean {
  if (roster.size === 0) return false;
  for (const length of [2, 3, 4]) if (roster.has(text.slice(at, at + length))) return true;
  return false;
}

function endsAsPlace(text: string, from: number, end: number): boolean {
  return placeEnd.test(text.slice(from, end));
}

const BESIDE_ROLE = 4;
const BESIDE_APPEAL = 3;
const TITLED = 3;
const WITH_DEED = 2;
/** The most that the words before and after, and the dictionary, can add. */
const MOST_AROUND = BESIDE_ROLE + TITLED + 1;

function beforeName(text: string, from: number, at: number): number {
  if (at === from) return role.test(text.slice(Math.max(0, at - 7), at).replace(signs, '')) ? BESIDE_ROLE : 1;
  const before = text.slice(Math.max(from, at - 6), at);
  return role.test(before) ? BESIDE_ROLE : appeal.test(before) ? BESIDE_APPEAL : 0;
}

function afterName(text: string, end: number, to: number): number {
  if (end === to) return told.test(text.slice(end, end + 8)) ? WITH_DEED : 1;
  const after = text.slice(end, Math.min(to, end + 7));
  if (title.test(after)) return TITLED;
  if (owner.test(after)) return TITLED;
  if (deed.test(after)) return WITH_DEED;
  if (placeSuffix.test(after)) return PLACE;
  return link.test(after) ? 1 : 0;
}

/**
 * What it counts that a name is a word of the dictionary: some are those of well-known people, and where only a person
 * can stand, a word may be a name: 请高明先生, 市民白雪来电.
 */
function slotPoints(surname: number, given: string, before: number, after: number): number {
  if ((before >= BESIDE_APPEAL && after === TITLED) || (surname === 3 && given.length === 2)) return -1;
  const isSure = given.length === 2 || givenAlone.has(given);
  return before === BESIDE_ROLE && after === WITH_DEED && isSure ? -3 : NONE;
}

/** Words of a text without blanks, by the dictionary that every runtime of the product carries (ICU). */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
/** Much longer text is cut: the segmenter's work grows faster than its text. */
const SEGMENTED = 256;

function wordStarts(run: string): Uint8Array {
  const starts = new Uint8Array(run.length + 1);
  for (let from = 0; from < run.length; from += SEGMENTED) {
    for (const { index } of segmenter.segment(run.slice(from, from + SEGMENTED))) starts[from + index] = 1;
  }
  starts[run.length] = 1;
  return starts;
}

/** A name is no word of the dictionary, and its surname stands by itself there. */
function wordPoints(
  starts: Uint8Array,
  at: number,
  given: number,
  end: number,
  slot: number,
  isBesideRole: boolean,
): number {
  if (starts[end] === 0) return NONE;
  // The dictionary may see its own words across the border of a name: 業|主張|曉明.
  if (starts[at] === 0) return isBesideRole ? -2 : NONE;
  let words = 0;
  for (let i = at; i < end; i++) words += starts[i]!;
  if (words === 1) return end - at > 3 ? 0 : slot;
  if (given - at === 1 && starts[given] === 0) return -3;
  return words === end - at ? 1 : 0;
}

function holdsPlaceholder(text: string, from: number, to: number): boolean {
  for (let at = from; at < to - 1; at++) {
    for (const length of [2, 3]) {
      const end = at + length;
      if (end > to || !placeholderNames.has(text.slice(at, end))) continue;
      if (beforeName(text, from, at) > 0 && afterName(text, end, to) > PLACE) return true;
    }
  }
  return false;
}
