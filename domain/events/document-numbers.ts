/** Tells the numbers of citizens' papers and bank cards: those of any machine look alike, so it is mostly the word beside that tells. */
import { date } from './citizen-numbers.ts';
import { countDigits, readGroups } from './digits.ts';

const PAPERS =
  '护照|通行证|回乡证|台胞证|居留证|居留许可|居留身份证|居住证|永居证?|五星卡|军官证|士兵证|警官证|驾驶证|驾照|行驶证|出生证|出生医学证明|结婚证|离婚证|' +
  '老年证|优待证|残疾人?证|户口[本簿]|身份证|证件|证号|社保卡|社会保障卡|医保卡|市民卡|社保电脑|社保号|医保号|公积金账?号|银行卡|passport|permit|visa';
/** Behind such a word: `护照号 E 2938 4716`, `居留证USA310198703120`. */
const document = new RegExp(
  `(?:${PAPERS})(?:号码?|编号|是|为|no|[^\\p{L}\\p{N}]){0,4}([a-z]{0,3})((?:[^\\p{L}\\p{N}]{0,2}\\d){6,})`,
  'giu',
);
const documentCue = /[照证卡脑簿本永号]|passport|permit|visa/i;
/** As passports and permits are numbered; a few words may stand between it and theirs: 护照上写的是E73482916. */
const lettered = /(?<![a-z\d])[a-z]{1,2}\d{7,9}(?![a-z\d])/gi;
const travelBefore = /(?:护照|通行证|回乡证|台胞证|出入境证|居留|passport)[^\d,;。!?单票受流]{0,12}$/i;
const travelAfter = /^[^\p{L}\p{N}]{0,2}(?:是|为|的)?[\u4e00-\u9fff]{0,4}(?:护照|通行证|回乡证|台胞证|passport)/iu;
const hongKongCard = /(?<![a-z0-9])([a-z]{1,2})(\d{6})\(([\da])\)/gi;

/** `plain` is folded, with digits in ASCII. The work grows with the length. */
export function documentIn(plain: string, hasWords: boolean): 'identity-number' | undefined {
  const isFound =
    (hasWords && documentCue.test(plain) && (holdsDocument(plain) || holdsLettered(plain))) ||
    holdsBankCard(plain, hasWords) ||
    (plain.includes('(') && holdsHongKongCard(plain));
  return isFound ? 'identity-number' : undefined;
}

/** Neither a day nor a line of an office: 证件 2024-05-06, 身份证 0755-12345678. */
function holdsDocument(plain: string): boolean {
  for (const [, letters = '', signed = ''] of plain.matchAll(document)) {
    const digits = signed.replace(/\D/g, '');
    if (letters !== '' || !(date.test(digits.slice(0, 8)) || /^(?:0\d{9,11}|[48]00\d{7})$/.test(digits))) return true;
  }
  return false;
}

function holdsLettered(plain: string): boolean {
  for (const { 0: number, index } of plain.matchAll(lettered)) {
    if (date.test(number.replace(/\D/g, ''))) continue;
    if (travelBefore.test(plain.slice(Math.max(0, index - 18), index))) return true;
    const end = index + number.length;
    if (travelAfter.test(plain.slice(end, end + 12))) return true;
  }
  return false;
}

const SHORTEST_ACCOUNT = 12;
const SHORTEST_CARD = 16;
const LONGEST_CARD = 19;
const BANK =
  '银行|[工农中建交招邮储商信浦]行|邮储|农商|信用社|信用卡|储蓄卡|借记卡|工资卡|补贴卡|津贴卡|存折|折子|卡号|账[号户]|帐[号户]|打卡|张卡|退款|退到|汇款|汇到|转账|到账|bank|card|account';
const bankCue = new RegExp(BANK, 'i');
/** What may stand between such a word and its number, from the number backwards. */
const bankBefore = new RegExp(`(?:${BANK}|卡)(?:卡|折|账|帐|号码?|户|里|上|[是为:]|no|[^\\p{L}\\p{N}]){0,6}$`, 'iu');
const accountBefore = /(?:存折|折子|卡号|账[号户]|帐[号户]|account)(?:号码?|是|为|no|[^\p{L}\p{N}]){0,4}$/iu;
const bankAfter = /^[^\p{L}\p{N}]{0,3}[\u4e00-\u9fff]{0,6}(?:银行|[工农中建交招商]行|邮储|信用社|卡|存折)/u;
/** Numbers of something else, though a bank is spoken of, and accounts of no citizen. */
const otherBefore =
  /(?:单|流水|受理|业务|订单|编|案|批|回执|交易|合同|发票|票|条码|信用代码)(?:号码?|编号|码)?[^\p{L}\p{N}]{0,3}$/u;
const unionPay = /6[^\p{L}\p{N}]{0,3}2/u;
const publicAccount = /财政|专户|对公|国库|缴款|基本户|公司账/;

/** Sixteen to nineteen digits beside a word that tells, or those that begin as UnionPay's do and have the check digit. */
function holdsBankCard(plain: string, hasWords: boolean): boolean {
  const hasCue = hasWords && bankCue.test(plain);
  if (!hasCue && !unionPay.test(plain)) return false;
  if (countDigits(plain, SHORTEST_ACCOUNT) < SHORTEST_ACCOUNT) return false;
  const groups = readGroups(plain);
  for (let first = 0; first < groups.length; first++) {
    let digits = '';
    for (let last = first; last < groups.length; last++) {
      const group = groups[last]!;
      if (last > first && !group.joined) break;
      digits += group.digits;
      if (digits.length > LONGEST_CARD) break;
      if (digits.length < (hasCue ? SHORTEST_ACCOUNT : SHORTEST_CARD) || date.test(digits.slice(0, 8))) continue;
      if (isBankCard(digits, hasCue, plain, groups[first]!.start, group.end)) return true;
    }
  }
  return false;
}

function isBankCard(digits: string, hasCue: boolean, text: string, start: number, end: number): boolean {
  const isUnionPay = digits.startsWith('62') && digits.length >= SHORTEST_CARD;
  const isWhole = digits.length === SHORTEST_CARD || digits.length === LONGEST_CARD;
  if (!hasCue && !(isUnionPay && isWhole)) return false;
  const before = text.slice(Math.max(0, start - 16), start);
  if (otherBefore.test(before)) return false;
  if (!hasCue) return hasLuhn(digits);
  if (publicAccount.test(before)) return false;
  if (isUnionPay || accountBefore.test(before)) return true;
  if (digits.length < SHORTEST_CARD) return false;
  return bankBefore.test(before) || bankAfter.test(text.slice(end, end + 12));
}

/** ISO/IEC 7812, from the right. */
function hasLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighed = i % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

function holdsHongKongCard(plain: string): boolean {
  for (const [, letters = '', digits = '', check = ''] of plain.matchAll(hongKongCard)) {
    if (isHongKongCard(letters.toUpperCase(), digits, check.toUpperCase())) return true;
  }
  return false;
}

/** A letter or two, six digits and a check digit in brackets; a missing first letter counts as 36. */
function isHongKongCard(letters: string, digits: string, check: string): boolean {
  const values = [...letters.padStart(2, ' ')].map((c) => (c === ' ' ? 36 : c.charCodeAt(0) - 55));
  const all = [...values, ...[...digits].map(Number), check === 'A' ? 10 : Number(check)];
  return all.reduce((sum, value, i) => sum + value * (9 - i), 0) % 11 === 0;
}
