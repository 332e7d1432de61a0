/** Tells Chinese personal names from the vocabulary of a hall; knows characters, not people. */
import {
  compoundsLikeWords,
  compoundSurnames,
  frequentSurnames,
  givenAlone,
  givenCharacters,
  placeholderNames,
  rareSurnames,
  surestAlone,
  surestSurnames,
} from './surnames.ts';
import { wordsLikeNames } from './words-like-names.ts';

/** `full` for free text and ids, `strict` for fields that hold words of the trade: only what is hardly anything else. */
export type NameRule = 'full' | 'strict';

const HAN = '\\u3400-\\u4dbf\\u4e00-\\u9fff';
const hanRuns = new RegExp(`[${HAN}]+`, 'g');
/** A name typed with blanks between its characters, as forms print it. */
const spacedName = new RegExp(`^[${HAN}](?:\\s[${HAN}]){1,3}$|^[${HAN}]{1,2}\\s+[${HAN}]{1,2}$`);
const honorific = /先生|女士|小姐|同志|老人/g;
const label = new RegExp(
  `(?:姓名|申请人|联系人|当事人|户主|本人|经办人|代理人|监护人|投诉人|来访人|办事人|收件人)(?:名称|姓名|名字)?\\s*[:：=＝]\\s*([${HAN}]{2,4})(?![${HAN}])`,
);
const openLabel = new RegExp(
  `(?:姓名|申请人|联系人|当事人|户主|本人|代理人|监护人|投诉人|来访人|市民|居民|群众|业主|患者|家属|访客|致电|回电|回访|联系|实为)(?:名称|姓名|名字)?\\s*(?:[:：=＝]|是|为|叫)?\\s*([${HAN}]{2,})`,
  'g',
);
const reporting = new RegExp(`^([${HAN}]{2,4}?)(?:来电|致电|反映|投诉|来访|咨询|申请|表示|要求|前来)`);

/**
 * Whether `text` (NFKC) holds what reads as a person's name: a whole token between characters that are not Han,
 * or a name before a title, after a label such as 申请人, or before a verb of reporting.
 */
export function holdsName(text: string, rule: NameRule): boolean {
  const isSure = rule === 'full' ? isName : isSureName;
  if (text.length <= 9 && spacedName.test(text) && isSure(text.replace(/\s+/g, ''))) return true;
  for (const [run] of text.matchAll(hanRuns)) {
    if (run.length < 2) continue;
    // 张先生 names nobody: it is how a hall writes when it leaves the name out.
    if (run.length <= 4 && !run.endsWith('先生') && isSure(run)) return true;
    if (run.length >= 4 && (hasTitledName(run) || hasReportingName(run))) return true;
  }
  const labelled = label.exec(text)?.[1];
  if (labelled !== undefined && isLabelledName(labelled)) return true;
  for (const [, after = ''] of text.matchAll(openLabel)) if (beginsWithName(after)) return true;
  return false;
}

/** Surname and given name, nothing before or after. */
function isName(run: string): boolean {
  if (placeholderNames.has(run)) return true;
  if (wordsLikeNames.has(run)) return false;
  const first = run[0]!;
  if (run.length >= 3 && isCompound(run)) return true;
  if (run.length === 2) return (frequentSurnames.has(first) || rareSurnames.has(first)) && givenAlone.has(run[1]!);
  if (run.length === 3) return (frequentSurnames.has(first) || rareSurnames.has(first)) && areGiven(run, 1);
  // Two surnames in front, as married women in Hong Kong write theirs.
  return first !== run[1] && surestSurnames.has(first) && surestSurnames.has(run[1]!) && areGiven(run, 2);
}

function isSureName(run: string): boolean {
  if (placeholderNames.has(run)) return true;
  if (wordsLikeNames.has(run)) return false;
  if (run.length >= 3 && isCompound(run)) return true;
  if (!surestSurnames.has(run[0]!)) return false;
  if (run.length === 2) return surestAlone.has(run[1]!);
  return run.length === 3 && areGiven(run, 1);
}

function isCompound(run: string): boolean {
  const surname = run.slice(0, 2);
  return compoundSurnames.has(surname) || (compoundsLikeWords.has(surname) && areGiven(run, 2));
}

function areGiven(run: string, from: number): boolean {
  for (let i = from; i < run.length; i++) if (!givenCharacters.has(run[i]!)) return false;
  return true;
}

/** After a label with a colon, a surname and one or two characters of any kind are a name. */
function isLabelledName(run: string): boolean {
  if (placeholderNames.has(run)) return true;
  if (wordsLikeNames.has(run) || /[某*]/.test(run)) return false;
  if (run.length >= 3 && isCompound(run)) return true;
  return run.length <= 3 && (frequentSurnames.has(run[0]!) || (rareSurnames.has(run[0]!) && areGiven(run, 1)));
}

/** The two to four characters before a title, read as a name. */
function hasTitledName(run: string): boolean {
  for (const match of run.matchAll(honorific)) {
    for (let length = 2; length <= 4 && length <= match.index; length++) {
      if (isName(run.slice(match.index - length, match.index))) return true;
    }
  }
  return false;
}

function hasReportingName(run: string): boolean {
  const name = reporting.exec(run)?.[1];
  return name !== undefined && (placeholderNames.has(name) || isSureName(name));
}

function beginsWithName(run: string): boolean {
  for (const length of [4, 3, 2]) {
    if (run.length === length && isName(run)) return true;
    const start = run.slice(0, length);
    if (run.length > length && length < 4 && placeholderNames.has(start)) return true;
  }
  return hasReportingName(run);
}
