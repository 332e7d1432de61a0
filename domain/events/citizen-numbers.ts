/** The identity numbers of residents: how they are built, and how they differ from the case numbers of a hall. */

const PROVINCE = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-9])';
const MONTH_DAY = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const eighteen = new RegExp(`^${PROVINCE}\\d{4}(?:19\\d{2}|20[0-4]\\d)${MONTH_DAY}\\d{3}[\\dX]$`);
const fifteen = new RegExp(`^${PROVINCE}\\d{4}\\d{2}${MONTH_DAY}\\d{3}$`);
/** A day without signs, of this century or the last. */
export const date = new RegExp(`^(?:19|20)\\d{2}${MONTH_DAY}$`);

/**
 * Eighteen characters with a place and a date; the check digit is asked for only where the date is young enough to be
 * that of a filing (a district, a date and a serial make a case number) and no word says what it is, and where the
 * place is that of a foreigner's card, which a company's code may look like.
 * Fifteen with a place and a date, unless the date may be that of a filing.
 */
export function isIdentityNumber(digits: string, hasCue: boolean): boolean {
  if (digits.length === 15) {
    return fifteen.test(digits) && digits[0] !== '9' && (hasCue || !isFilingYear(2000 + Number(digits.slice(6, 8))));
  }
  if (digits.length !== 18 || !eighteen.test(digits)) return false;
  if (hasCheckDigit(digits)) return true;
  // No case is filed at 81 to 83: these are the residence permits of Hong Kong, Macao and Taiwan.
  return digits[0] !== '9' && (hasCue || digits[0] === '8' || !isFilingYear(Number(digits.slice(6, 10))));
}

/** Halls have numbered their cases by machine since about then. */
function isFilingYear(year: number): boolean {
  return year >= 2015 && year <= 2035;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643-1999, ISO 7064 MOD 11-2. */
function hasCheckDigit(digits: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return digits[17] === '10X98765432'[sum % 11];
}
