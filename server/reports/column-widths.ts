/** How broad a table's columns must be on paper, so that no figure breaks in its middle: by an estimate of each text's length. */

export interface MeasuredColumn {
  readonly title: string;
  /** Of each row the lines that it is told in: one, or two where it may be broken. */
  readonly cells: readonly (readonly string[])[];
  /** A text that may be broken anywhere, when there is no room for it. */
  readonly mayWrap: boolean;
}

export interface Fit {
  /** Half points. */
  readonly size: number;
  /** Whether what has two lines is told in two. */
  readonly inTwo: boolean;
  /** Twips; together the width that was asked for. */
  readonly widths: readonly number[];
}

/** Left and right of each text, and the line beside it. */
const PADDING = 140;
/** A broken text keeps at least so many signs in a line. */
const LEAST_EM = 4;
/** A heading of so few signs is not broken. */
const LEAST_TITLE_EM = 2;
const TWIPS_PER_HALF_POINT = 10;

/**
 * The largest size at which everything stands whole, else the largest at which texts may be broken and figures not.
 * @param sizes in half points, largest first; @param width in twips
 */
export function fitColumns(columns: readonly MeasuredColumn[], sizes: readonly number[], width: number): Fit {
  const tries = sizes.flatMap((size) => [false, true].map((inTwo) => ({ size, inTwo })));
  for (const mayBreak of [false, true])
    for (const one of tries) {
      const least = columns.map((column) => leastOf(column, one, mayBreak));
      if (sumOf(least) <= width) return { ...one, widths: spread(columns, one, least, width) };
    }
  // Nothing helps: all give way alike.
  const last = tries.at(-1)!;
  const least = columns.map((column) => leastOf(column, last, true));
  return { ...last, widths: least.map((one) => Math.floor((one * width) / sumOf(least))) };
}

type Try = Omit<Fit, 'widths'>;

function leastOf({ title, cells, mayWrap }: MeasuredColumn, { size, inTwo }: Try, mayBreak: boolean): number {
  const whole = longest(cells, inTwo);
  const em = mayWrap && mayBreak ? Math.max(longestWord(cells), Math.min(whole, LEAST_EM)) : whole;
  return toTwips(Math.max(em, halfOf(title)), size);
}

/**
 * What is left makes whole first what lacks least, so that no heading is broken after three signs of four; then it goes
 * to names, and where nothing is broken any more to all alike.
 */
function spread(columns: readonly MeasuredColumn[], one: Try, least: readonly number[], width: number): number[] {
  const widths = [...least];
  let spare = width - sumOf(least);
  const lacking = columns
    .map(({ title, cells }, i) => ({
      i,
      lack: toTwips(Math.max(longest(cells, one.inTwo), emOf(title)), one.size) - least[i]!,
    }))
    .filter(({ lack }) => lack > 0)
    .sort((a, b) => a.lack - b.lack);
  const broken = lacking.filter(({ i, lack }) => {
    if (lack > spare) return true;
    widths[i]! += lack;
    spare -= lack;
    return false;
  });
  const names = columns.flatMap(({ mayWrap }, i) => (mayWrap ? [i] : []));
  const unwhole = broken.map(({ i }) => i).filter((i) => columns[i]!.mayWrap);
  const takers = broken.length === 0 ? widths.map((_, i) => i) : unwhole.length > 0 ? unwhole : names;
  for (const i of takers) widths[i]! += Math.floor(spare / takers.length);
  return widths;
}

const toTwips = (em: number, size: number): number => Math.ceil(em * size * TWIPS_PER_HALF_POINT) + PADDING;

function longest(cells: MeasuredColumn['cells'], inTwo: boolean): number {
  const lines = cells.flatMap((cell) => (inTwo ? cell : [cell.join('')]));
  return Math.max(0, ...lines.map(emOf));
}

const longestWord = (cells: MeasuredColumn['cells']): number =>
  Math.max(0, ...cells.flat().flatMap((line) => wordsOf(line).map(emOf)));

/** A heading may stand in two lines: Chinese anywhere, other words whole. */
function halfOf(title: string): number {
  return Math.max(Math.ceil(emOf(title) / 2), Math.min(emOf(title), LEAST_TITLE_EM), ...wordsOf(title).map(emOf));
}

/** Between signs of Chinese a line may break anywhere. */
const wordsOf = (text: string): string[] => text.match(/[^\s\u2e80-\uffef]+/gu) ?? [];

/** How long a text is, in widths of a Chinese sign; a little generous, since faces differ. */
export function emOf(text: string): number {
  let em = 0;
  for (const sign of text) em += /[\u2014\u2212\u2e80-\uffef%]/u.test(sign) ? 1 : /[A-ZmwM&]/.test(sign) ? 0.72 : 0.52;
  return em;
}

export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
