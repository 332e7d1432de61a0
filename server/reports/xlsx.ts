/** A report as a workbook: numbers and dates as such, one sheet a section, and one that says what they are. */
import writeExcelFile, { type Cell, type Row, type Sheet } from 'write-excel-file/node';
import { numberSection } from '../../domain/report/numbering.ts';
import { colourOf } from '../../domain/report/shades.ts';
import { tellValue } from '../../domain/report/tell.ts';
import type { Block, ChangeUnit, ColumnKind, Report, Section, Table, Value } from '../../domain/wire/report.ts';
import { emOf, sumOf } from './column-widths.ts';
import { createPaper, type Content } from './xlsx-paper.ts';

/** Beyond these a spreadsheet refuses a sheet's name. */
const NAME_LENGTH = 31;
const FORBIDDEN = /[\\/?*[\]:]/g;
/** A text that begins like this is taken for a formula where it is copied on. */
const LIKE_A_FORMULA = /^[=+\-@\t\r]/;

const WORDS = {
  zh: {
    about: '口径与说明',
    n: (title: string) => `${title}·分子`,
    of: (title: string) => `${title}·分母`,
    byDay: '日均',
    head: ['指标', '单位', '口径', '规则'],
    item: '项目',
    says: '内容',
    title: '报告',
    missing: '台账不能支持、未写入',
    minutesNote: '时长以分钟计，办结用时以工作日计。',
    units: { duration: '分钟', days: '工作日' },
    changed: { points: '个百分点', minutes: '分钟', days: '天' },
    footer: '&C第 &P 页，共 &N 页',
  },
  en: {
    about: 'Definitions',
    n: (title: string) => `${title} n`,
    of: (title: string) => `${title} of`,
    byDay: 'a day',
    head: ['Measure', 'Unit', 'Definition', 'Rule'],
    item: 'About',
    says: 'Text',
    title: 'Report',
    missing: 'Not supported by the ledger',
    minutesNote: 'Lengths of time are in minutes, times to finish in working days.',
    units: { duration: 'minutes', days: 'working days' },
    changed: { points: ' points', minutes: ' min', days: ' d' },
    footer: '&CPage &P of &N',
  },
} as const;

export async function writeXlsx(report: Report): Promise<Buffer> {
  const taken = new Set<string>();
  const words = WORDS[report.language];
  const drafts: readonly (readonly [name: string, Drawn])[] = [
    ...report.sections.map(
      (section, i) =>
        [nameSheet(`${numberSection(i, report.language)}${section.heading}`, taken), toSheet(section, report)] as const,
    ),
    [nameSheet(words.about, taken), toAbout(report)],
  ];
  const sheets: Sheet<Content>[] = drafts.map(([sheet, { rows, widths, heading, names }]) => ({
    sheet,
    data: rows,
    columns: widths.map((width) => ({ width })),
    ...(heading === undefined ? {} : { stickyRowsCount: heading, stickyColumnsCount: names }),
  }));
  const paper = createPaper(
    drafts.map(([name, { heading }]) => ({ name, heading })),
    words.footer,
  );
  return writeExcelFile(sheets, {
    fontFamily: report.language === 'zh' ? '宋体' : 'Calibri',
    fontSize: 11,
    features: [paper],
  }).toBuffer();
}

interface Drawn {
  readonly rows: Row[];
  /** In widths of a digit. */
  readonly widths: readonly number[];
  /** How many rows stand still above a table that is scrolled, and how many columns of names. */
  readonly heading?: number;
  readonly names?: number;
}

/** Of a digit; a Chinese sign takes two. */
const WIDTHS = { least: 9, rank: 6, name: 38, names: 80, other: 18 };
/** Sentences run across the table, or so far where it is narrow. */
const SENTENCE_WIDTH = 84;
const LINE_POINTS = 16;
/** More rows above a table than these would leave no room to scroll it. */
const MOST_STILL = 8;

function toSheet({ heading, blocks }: Section, report: Report): Drawn {
  const { language } = report;
  const tables = blocks.filter((block) => block.type === 'table');
  const widths = widthsOf(tables, language);
  const across = spanOf(widths);
  const rows: Row[] = [
    [strong(heading)],
    [text(`${report.title} ${report.spanName}`)],
    ...report.marks.map((mark) => across(mark)),
  ];
  let still: number | undefined;
  for (const block of blocks) {
    // They are for the eye; the table beside them has their figures.
    if (block.type === 'bars') continue;
    rows.push([]);
    if (block.type === 'table') {
      if (block.caption !== undefined) rows.push([strong(block.caption)]);
      still = rows.length + 1;
    }
    rows.push(...toRows(block, language, widths));
  }
  const stands = tables.length === 1 && still !== undefined && still <= MOST_STILL;
  return { rows, widths, ...(stands ? { heading: still!, names: namedIn(tables[0]!) + 1 } : {}) };
}

function toRows(
  block: Exclude<Block, { type: 'bars' }>,
  language: Report['language'],
  widths: readonly number[],
): Row[] {
  const across = spanOf(widths);
  switch (block.type) {
    case 'sentence':
    case 'note':
      return [across(block.text)];
    case 'words':
      return [...block.text.split('\n').map(across), across(block.told)];
    case 'table':
      return toTable(block, language, widths);
  }
}

/** A text over several columns, in as many lines as it needs: a spreadsheet makes merged cells no higher by itself. */
function spanOf(widths: readonly number[]): (told: string) => Row {
  let [columnSpan, width] = [0, 0];
  while (columnSpan < widths.length && width < SENTENCE_WIDTH) width += widths[columnSpan++]!;
  return (told) => {
    const cell = { ...(text(told) as object), columnSpan, wrap: true, alignVertical: 'top' } as const;
    return [
      { ...cell, height: countLines(told, width) * LINE_POINTS } as Cell,
      ...Array.from({ length: columnSpan - 1 }, () => null),
    ];
  };
}

const countLines = (told: string, width: number): number => Math.max(1, Math.ceil((emOf(told) * 2.1) / width));

function widthsOf(tables: readonly Table[], language: Report['language']): number[] {
  const widths: number[] = [];
  for (const table of tables) {
    const told = table.rows.map((row) => row.flatMap((value, i) => tellCells(value, table, i, language)));
    const named = namedIn(table);
    for (const [i, { title, kind }] of headsOf(table, language).entries()) {
      // A heading may stand in two lines.
      const em = Math.max(emOf(title) / 1.6, ...told.map((row) => emOf(row[i]!)));
      const most = kind === 'rank' || kind === 'names' ? WIDTHS[kind] : i === named ? WIDTHS.name : WIDTHS.other;
      const least = kind === 'rank' ? WIDTHS.rank : WIDTHS.least;
      widths[i] = Math.max(widths[i] ?? least, Math.min(Math.ceil(em * 2) + 2, most));
    }
  }
  while (sumOf(widths) < SENTENCE_WIDTH) widths.push(WIDTHS.least);
  return widths;
}

function tellCells(value: Value, table: Table, i: number, language: Report['language']): string[] {
  const told = value.type === 'share' ? '100.0%' : tellValue(value, language);
  const sums = value.type === 'share' ? [String(value.n), String(value.of)] : ['', ''];
  return [told, ...(hasSums(table, i) ? sums : [])];
}

function toTable(table: Table, language: Report['language'], widths: readonly number[]): Row[] {
  const { columns, rows, foot = 0 } = table;
  const sums = rows.length - foot;
  const isOfMeasures = columns[1]?.kind === 'text' && columns[2]?.kind === 'figure';
  const heads = headsOf(table, language);
  const isBroken = heads.some(({ title }, i) => emOf(title) * 2 + 1 > widths[i]!);
  return [
    heads.map(({ title, kind }) => headed(title, kind, isBroken ? 2 : 1)),
    ...rows.map((row, r) =>
      row
        .flatMap((value, i) =>
          cellsOf(isOfMeasures && i === 1 ? unitOf(value, row, language) : value, table, i, language),
        )
        .map((cell) => ruled(r < sums ? cell : bold(cell))),
    ),
  ];
}

/** Which column names the row. */
const namedIn = ({ columns }: Table): number => (columns[0]?.kind === 'rank' ? 1 : 0);

/** On paper a length of time says its own unit; a number in a sheet can't. */
function unitOf(unit: Value, row: readonly Value[], language: Report['language']): Value {
  const { units } = WORDS[language];
  const timed = row.slice(2).find(({ type }) => type === 'duration' || type === 'days');
  if (unit.type !== 'none' || timed === undefined) return unit;
  return { type: 'text', text: units[timed.type as keyof typeof units] };
}

/** A share stands with both of its sums, each in a column of its own, where the table has one. */
function hasSums({ columns, rows }: Table, i: number): boolean {
  const { kind } = columns[i]!;
  return kind === 'share' || (kind === 'figure' && rows.some((row) => row[i]!.type === 'share'));
}

function headsOf(table: Table, language: Report['language']): { title: string; kind: ColumnKind }[] {
  const { n, of } = WORDS[language];
  return table.columns.flatMap(({ title, kind }, i) =>
    (hasSums(table, i) ? [title, n(title), of(title)] : [title]).map((head) => ({ title: head, kind })),
  );
}

/** Places stand apart from the names behind them; many names in one cell need several lines. */
const STYLES: Partial<Readonly<Record<ColumnKind, object>>> = { rank: { align: 'center' }, names: { wrap: true } };

/** A value's cell, and those of its sums. */
function cellsOf(value: Value, table: Table, i: number, language: Report['language']): Cell[] {
  const sums = value.type === 'share' ? [sumCell(value.n), sumCell(value.of)] : [null, null];
  const cell = toCell(value, language);
  return [styled(cell, STYLES[table.columns[i]!.kind] ?? {}), ...(hasSums(table, i) ? sums : [])];
}

function toCell(value: Value, language: Report['language']): Cell {
  switch (value.type) {
    case 'text':
      return text(value.text);
    case 'number': {
      const cell = number(value.n, Number.isInteger(value.n) ? '#,##0' : '#,##0.0');
      const colour = colourOf(value);
      return colour === undefined ? cell : ({ ...(cell as object), backgroundColor: `#${colour}` } as Cell);
    }
    case 'share':
      return value.of === 0 ? null : number(value.n / value.of, formatOfShare(value.n / value.of));
    case 'part':
      return number(value.part, formatOfShare(value.part));
    case 'date':
      // The library writes what a moment is in UTC, wherever the server stands.
      return { value: new Date(`${value.day}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
    case 'duration':
      return number(value.ms / 60_000, '0.00');
    case 'days':
      return number(value.days, '#,##0.0#');
    case 'change':
      return value.n === undefined || value.unit === undefined
        ? text(value.text)
        : number(
            value.unit === 'points' ? value.n * 100 : value.n,
            toFormat(value.unit, value.n, value.byDay === true, language),
          );
    case 'none':
      return null;
  }
}

/** As it is said: a percentage in the sheet's own way, anything else with what it is counted in. */
const FORMATS = { count: '#,##0.0', percent: '0.0%', points: '0.0', minutes: '0.00', days: '0.0#' } as const;
const isNamed = (unit: ChangeUnit): unit is 'points' | 'minutes' | 'days' => unit !== 'count' && unit !== 'percent';

/** As many places as it takes not to show a whole, or nothing, where there is none. */
function formatOfShare(part: number): string {
  let places = 1;
  const isFalse = (): boolean => {
    const shown = part.toFixed(places + 2);
    return part > 0 && part < 1 && (Number(shown) === 0 || Number(shown) === 1);
  };
  while (isFalse() && places < 6) places++;
  return `0.${'0'.repeat(places)}%`;
}

/** The sign is said, what it is counted in, and that it is by working day. */
function toFormat(unit: ChangeUnit, n: number, byDay: boolean, language: Report['language']): string {
  const words = WORDS[language];
  const plain = unit === 'count' && Number.isInteger(n) ? '#,##0' : FORMATS[unit];
  const by = byDay ? `"${words.byDay} "` : '';
  const named = isNamed(unit) ? `"${words.changed[unit]}"` : '';
  return `${by}+${plain}${named};${by}-${plain}${named};0`;
}

function toAbout(report: Report): Drawn {
  const words = WORDS[report.language];
  const { title, spanName, marks, definitions, missing } = report;
  const lines: Row[] = [
    [words.item, words.says].map((head) => headed(head, 'text')),
    [text(words.title), text(`${title} ${spanName}`)],
    ...[...report.colophon, words.minutesNote, ...marks].map((line): Row => [null, text(line)]),
    ...missing.map((line): Row => [text(words.missing), text(line)]),
    [],
  ];
  const widths = [26, 14, 80, 14];
  const table = definitions.map(({ name, unit, definition, rule }) =>
    [name, unit, definition, rule].map((told) => {
      const cell = { ...(text(told) as object), wrap: true, height: countLines(definition, widths[2]!) * LINE_POINTS };
      return ruled(cell as Cell);
    }),
  );
  const heading = lines.length + 1;
  return {
    rows: [...lines, words.head.map((head) => headed(head, 'text')), ...table],
    widths,
    heading,
  };
}

const number = (value: number, format = '#,##0'): Cell => ({ value, type: Number, format });
/** Of days a sum may be no whole number. */
const sumCell = (n: number): Cell => number(n, Number.isInteger(Math.round(n * 10) / 10) ? '#,##0' : '#,##0.0');
const RULE = { borderStyle: 'thin', borderColor: '#BFBFBF' } as const;
const ruled = (cell: Cell): Cell => ({ alignVertical: 'center', ...(cell as object), ...RULE }) as Cell;

const HEADS_ALIGNED: Partial<Readonly<Record<ColumnKind, string>>> = {
  text: 'left',
  names: 'left',
  date: 'left',
  rank: 'center',
};

/** Over its figures: to the right, where they are. */
const headed = (title: string, kind: ColumnKind, lines = 1): Cell =>
  ({
    ...(strong(title) as object),
    ...RULE,
    backgroundColor: '#EDEDED',
    align: HEADS_ALIGNED[kind] ?? 'right',
    alignVertical: 'center',
    wrap: true,
    height: lines * LINE_POINTS,
  }) as Cell;

/** A blank cell has no style. */
const styled = (cell: Cell, style: object): Cell =>
  cell === null ? cell : ({ ...(cell as object), ...style } as Cell);
const bold = (cell: Cell): Cell => styled(cell, { fontWeight: 'bold' });
const strong = (value: string): Cell => bold(text(value));

/** What looks like a formula is marked as the text that it is. */
function text(value: string): Cell {
  return { value: LIKE_A_FORMULA.test(value) ? `'${value}` : value, type: String };
}

function nameSheet(wanted: string, taken: Set<string>): string {
  const plain = wanted.replace(FORBIDDEN, ' ').slice(0, NAME_LENGTH);
  let name = plain;
  for (let i = 2; taken.has(name); i++) name = `${plain.slice(0, NAME_LENGTH - 3)} ${i}`;
  taken.add(name);
  return name;
}
