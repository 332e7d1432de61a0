// What of a report must stand in a file of it, by its JSON: rows in a text, figures on drawn pages, numbers in sheets. Pure.
import { parse } from 'csv-parse/sync';
import { tellValue } from '../../domain/report/tell.ts';
import type { Report, Table, Value } from '../../domain/wire/report.ts';

export interface Looked {
  /** How many were looked for. */
  readonly figures: number;
  readonly missing: readonly string[];
}

const tablesOf = (report: Report): Table[] =>
  report.sections.flatMap(({ blocks }) => blocks.filter((block) => block.type === 'table'));
const saidOf = (report: Report): string[] => [
  report.title,
  report.spanName,
  ...report.marks,
  ...report.sections.flatMap(({ heading, blocks }) => [
    heading,
    ...blocks.flatMap((block) => {
      if (block.type === 'sentence' || block.type === 'note') return [block.text];
      return block.type === 'words' ? [...block.text.split('\n'), block.told] : [];
    }),
  ]),
  ...report.missing,
  ...report.colophon,
];
const FIGURES = new Set<Value['type']>(['number', 'share', 'part', 'duration', 'days', 'change', 'date']);
const figuresOf = (report: Report): Value[] =>
  tablesOf(report)
    .flatMap(({ rows }) => rows.flat())
    .filter(({ type }) => FIGURES.has(type));

/** Without what a program may put between signs where it breaks a line. */
const dense = (text: string): string => text.replace(/\s+/gu, '');

/** Each row whole and in order, and every sentence. */
export function findMissingRows(report: Report, text: string): Looked {
  const all = dense(text);
  const told = tablesOf(report).flatMap((table) =>
    table.rows.map((row) => row.map((value, i) => tellCell(value, table, i, report.language)).join('')),
  );
  const missing = [...told, ...saidOf(report)].filter((line) => !all.includes(dense(line)));
  return { figures: figuresOf(report).length, missing };
}

/**
 * Each figure at least as often as the report holds it, and every sentence; a page may put anything between two of them.
 * @param asSheet sheets write values in their own way, and say `###` of what has no room
 */
export function findMissingFigures(report: Report, text: string, asSheet: boolean): Looked {
  const values = figuresOf(report).filter(
    ({ type }) => !asSheet || type === 'number' || type === 'share' || type === 'date',
  );
  const wanted = new Map<string, number>();
  for (const piece of values.flatMap((value) => piecesOf(value, report, asSheet)))
    wanted.set(piece, (wanted.get(piece) ?? 0) + 1);
  // Where a page ends its number stands in the middle of a sentence.
  const all = dense(text.replace(/^\s*(?:—\s*\d+\s*—|第\s*\d+\s*页.*|Page \d+ of \d+)\s*$/gmu, ''));
  const found = (piece: string): number => all.split(piece).length - 1;
  const missing = [...wanted].flatMap(([piece, times]) =>
    found(piece) < times ? [`${piece} stands ${found(piece)} times, not ${times}`] : [],
  );
  const said = asSheet ? [] : saidOf(report).filter((line) => !all.includes(dense(line)));
  const hidden = asSheet && /#{2,}/.test(all) ? ['a column is too narrow for its figures'] : [];
  return { figures: values.length, missing: [...missing, ...said, ...hidden] };
}

/** Who has no place is in no ranking, which needs no dash. */
function tellCell(value: Value, { columns }: Table, i: number, language: Report['language']): string {
  return columns[i]!.kind === 'rank' && value.type === 'none' ? '' : tellValue(value, language);
}

/** A share is two pieces, which may stand in two lines, or one where its sums are figures of their own. */
function piecesOf(value: Value, { language }: Report, asSheet: boolean): string[] {
  const count = (n: number): string => n.toLocaleString('en', { maximumFractionDigits: 1 });
  if (value.type !== 'share') return [dense(tellValue(value, language).replace('−', asSheet ? '-' : '−'))];
  const hasSums = value.apart !== true;
  if (asSheet) return hasSums ? [count(value.n), count(value.of)] : [];
  if (value.of === 0) return [];
  const [share] = dense(tellValue(value, language)).split(/[（(]/);
  return hasSums ? [share!, `${count(value.n)}/${count(value.of)}`] : [share!];
}

/** Each row by its first cell, with every number as it is and not as it is shown. */
export function findMissingCells(report: Report, sheets: readonly string[]): Looked {
  const rows: string[][] = sheets.flatMap((sheet): string[][] => parse(sheet, { relax_column_count: true }));
  const missing: string[] = [];
  let figures = 0;
  for (const table of tablesOf(report))
    for (const row of table.rows) {
      const wanted = row.slice(1).flatMap(numbersOf);
      figures += wanted.length;
      const head = row[0]!;
      const name = head.type === 'date' ? head.day : tellCell(head, table, 0, report.language);
      const found = rows.some(([first, ...rest]) => first === name && holds(rest, wanted));
      if (!found) missing.push(`${name}: ${wanted.join(' ')}`);
    }
  return { figures, missing };
}

function numbersOf(value: Value): number[] {
  switch (value.type) {
    case 'number':
      return [value.n];
    case 'share':
      if (value.of === 0) return [];
      return value.apart ? [value.n / value.of] : [value.n / value.of, value.n, value.of];
    case 'part':
      return [value.part];
    case 'duration':
      return [value.ms / 60_000];
    case 'days':
      return [value.days];
    case 'change':
      return value.n === undefined ? [] : [value.unit === 'points' ? value.n * 100 : value.n];
    default:
      return [];
  }
}

/** In their order, with nothing but texts and blanks between. */
function holds(cells: readonly string[], wanted: readonly number[]): boolean {
  const numbers = cells.map(readNumber).filter((one) => one !== undefined);
  const isNear = (one: number, i: number): boolean => Math.abs(one - numbers[i]!) <= 1e-9 * Math.max(1, Math.abs(one));
  return numbers.length === wanted.length && wanted.every(isNear);
}

/** LibreOffice writes shares with a percent sign also where it writes values as they are. */
function readNumber(cell: string): number | undefined {
  const [, digits, percent] = /^(-?[\d.]+(?:E-?\d+)?)(%?)$/.exec(cell) ?? [];
  return digits === undefined ? undefined : Number(digits) / (percent === '' ? 1 : 100);
}
