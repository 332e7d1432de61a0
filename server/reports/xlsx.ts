/** A report as a workbook: numbers and dates as such, one sheet a section, and one that says what they are. */
import writeExcelFile, { type Cell, type Row, type Sheet } from 'write-excel-file/node';
import { numberSection } from '../../domain/report/numbering.ts';
import { colourOf } from '../../domain/report/shades.ts';
import type { Block, Column, Report, Section, Table, Value } from '../../domain/wire/report.ts';

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
  },
} as const;

export async function writeXlsx(report: Report): Promise<Buffer> {
  const taken = new Set<string>();
  const sheets: Sheet<Buffer>[] = report.sections.map((section, i) => ({
    sheet: nameSheet(`${numberSection(i, report.language)}${section.heading}`, taken),
    ...toSheet(section, report),
  }));
  const about = { sheet: nameSheet(WORDS[report.language].about, taken), ...toAbout(report) };
  return writeExcelFile([...sheets, about], {
    fontFamily: report.language === 'zh' ? '宋体' : 'Calibri',
    fontSize: 11,
  }).toBuffer();
}

type Drawn = Pick<Sheet<Buffer>, 'data' | 'columns'>;

function toSheet({ heading, blocks }: Section, report: Report): Drawn {
  const rows: Row[] = [
    [strong(heading)],
    [text(`${report.title} ${report.spanName}`)],
    ...report.marks.map((mark) => [text(mark)]),
  ];
  for (const block of blocks) rows.push([], ...toRows(block, report));
  const isRanked = blocks.some((block) => block.type === 'table' && block.columns[0]?.kind === 'rank');
  return {
    data: rows,
    columns: [...(isRanked ? [{ width: 8 }] : []), { width: 26 }, ...Array.from({ length: 12 }, () => ({ width: 14 }))],
  };
}

function toRows(block: Block, { language }: Report): Row[] {
  switch (block.type) {
    case 'sentence':
    case 'note':
      return [[text(block.text)]];
    case 'words':
      return [[text(block.text)], [text(block.told)]];
    // The table beside it has its figures.
    case 'bars':
      return [];
    case 'table':
      return toTable(block, language);
  }
}

function toTable({ caption, columns, rows, foot = 0 }: Table, language: Report['language']): Row[] {
  const sums = rows.length - foot;
  return [
    ...(caption === undefined ? [] : [[strong(caption)]]),
    columns.flatMap((column) => headsOf(column, language).map(strong)),
    ...rows.map((row, r) => {
      const cells = row.flatMap((value, i) => cellsOf(value, columns[i]!, language));
      return r < sums ? cells : cells.map(bold);
    }),
  ];
}

/** A share stands with both of its sums, each in a column of its own. */
function hasSums({ kind }: Column): boolean {
  return kind === 'share' || kind === 'figure';
}

function headsOf(column: Column, language: Report['language']): string[] {
  const { n, of } = WORDS[language];
  return hasSums(column) ? [column.title, n(column.title), of(column.title)] : [column.title];
}

function cellsOf(value: Value, column: Column, language: Report['language']): Cell[] {
  const sums = value.type === 'share' ? [number(value.n), number(value.of)] : [null, null];
  return [toCell(value, language), ...(hasSums(column) ? sums : [])];
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
      return value.of === 0 ? null : number(value.n / value.of, '0.0%');
    case 'part':
      return number(value.part, '0.0%');
    case 'date':
      // The library writes what a moment is in UTC, wherever the server stands.
      return { value: new Date(`${value.day}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
    case 'duration':
      return number(value.ms / 60_000, '0.0');
    case 'days':
      return number(value.days, '#,##0.0#');
    case 'change':
      return value.n === undefined || value.unit === undefined
        ? text(value.text)
        : number(value.n, toFormat(value, language));
    case 'none':
      return null;
  }
}

const FORMATS = { count: '#,##0.#', percent: '0.0%', points: '0.0%', minutes: '0.0', days: '0.0#' } as const;

/** The sign is said, and so is that it is by working day. */
function toFormat({ unit, n, byDay }: Value & { type: 'change' }, language: Report['language']): string {
  const plain = unit === 'count' && Number.isInteger(n) ? '#,##0' : FORMATS[unit!];
  const by = byDay ? `"${WORDS[language].byDay} "` : '';
  return `${by}+${plain};${by}-${plain};0`;
}

function toAbout(report: Report): Drawn {
  const words = WORDS[report.language];
  const { title, spanName, marks, definitions, missing } = report;
  return {
    data: [
      [strong(words.item), strong(words.says)],
      [text(words.title), text(`${title} ${spanName}`)],
      ...[...report.colophon, words.minutesNote, ...marks].map((line) => [null, text(line)]),
      ...missing.map((line) => [text(words.missing), text(line)]),
      [],
      words.head.map(strong),
      ...definitions.map(({ name, unit, definition, rule }) => [name, unit, definition, rule].map(text)),
    ],
    columns: [{ width: 26 }, { width: 14 }, { width: 80 }, { width: 12 }],
  };
}

const number = (value: number, format = '#,##0'): Cell => ({ value, type: Number, format });
const bold = (cell: Cell): Cell => (cell === null ? cell : ({ ...(cell as object), fontWeight: 'bold' } as Cell));
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
