/** The words in times: parts of the day and names of months, in English and Chinese. */

type Half = 'am' | 'pm';

/** What a word says of an hour from 1 to 12: before noon or after it, and whether it may stand beside 12. */
interface Period {
  readonly half: (hour: number) => Half;
  /** 晚上12点 is the end of one day to some and its middle to others. */
  readonly takesTwelve: boolean;
}

const before: Period = { half: () => 'am', takesTwelve: true };
const after: Period = { half: () => 'pm', takesTwelve: true };
/** 中午11:30 is before noon, 中午12:30 and 中午1:30 after it. */
const noon: Period = { half: (hour) => (hour === 10 || hour === 11 ? 'am' : 'pm'), takesTwelve: true };
const night: Period = { half: () => 'pm', takesTwelve: false };

const WORDS: Readonly<Record<string, Period>> = {
  am: before,
  pm: after,
  上午: before,
  早上: before,
  早晨: before,
  清晨: before,
  凌晨: before,
  中午: noon,
  下午: after,
  傍晚: after,
  晚上: night,
  晚间: night,
};

/** As a part of an expression that looks at no case. */
export const PERIODS = `[ap]\\.?m\\.?|${Object.keys(WORDS).slice(2).join('|')}`;
const ANY_PERIOD = new RegExp(`(?<![a-z])(?:${PERIODS})(?![a-z])`, 'i');

/** Whether a literal of a format holds a word that a cell may hold another of. */
export function namesPeriod(literal: string): boolean {
  return ANY_PERIOD.test(literal);
}

/**
 * The hour from 0 to 24 of one beside a part of the day; `undefined` where they contradict each other.
 * @param isLong the hour may already count to 24, as in 下午 13:05
 */
export function toHour(hour: number, period: string, isLong: boolean): number | undefined {
  const { half, takesTwelve } = WORDS[period.toLowerCase().replaceAll('.', '')]!;
  if (hour > 12 || hour === 0) {
    if (!isLong) return undefined;
    const isAfter = hour > 12;
    return isAfter === (half(hour % 12) === 'pm') ? hour : undefined;
  }
  if (hour === 12) {
    if (!takesTwelve) return undefined;
    return half(12) === 'pm' ? 12 : 0;
  }
  return half(hour) === 'pm' ? hour + 12 : hour;
}

const ENGLISH = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const CHINESE = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'].map((n) => `${n}月`);

/** As a part of an expression that looks at no case; the long before the short. */
export const MONTHS = [...CHINESE].reverse().concat('[a-z]{3,9}\\.?').join('|');

/** `Jun`, `June`, `Sept.`, `六月`: the number of the month, or `undefined`. */
export function readMonth(name: string): number | undefined {
  const chinese = CHINESE.indexOf(name);
  if (chinese >= 0) return chinese + 1;
  const english = name.toLowerCase().replace('.', '');
  const found = ENGLISH.findIndex((month) => month === english || month.slice(0, 3) === english);
  if (found >= 0) return found + 1;
  return english === 'sept' ? 9 : undefined;
}
