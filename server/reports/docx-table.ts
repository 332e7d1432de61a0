/** A report's table in a document: no figure broken, figures to the right, its heading on every page; with bars beside it where its section has them. */
import {
  AlignmentType,
  BorderStyle,
  LineRuleType,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type IFontAttributesProperties,
  type ISpacingProperties,
  type ITableCellBorders,
} from 'docx';
import { colourOf } from '../../domain/report/shades.ts';
import { tellInTwo } from '../../domain/report/tell.ts';
import type { Bars, ColumnKind, Report, Table as ReportTable } from '../../domain/wire/report.ts';
import { emOf, fitColumns } from './column-widths.ts';
import { FACES, SIZE, TEXT_WIDTH } from './docx-style.ts';

/** A table of no more rows stands on one page. */
const SHORT = 9;
/** Of a longer one so many rows stand together at either end. */
const TOGETHER = 2;
/** Twips of a line for each half point of its letters. */
const LINE_OF_SIZE = 15;
/** What bars take of the width. */
const BARS_WIDTH = 2_600;
const SHADED = { type: ShadingType.CLEAR, color: 'auto' };
const BAR = { ...SHADED, fill: 'BFBFBF' };
/** No unit is longer. */
const UNIT_EM = 5;
type Alignment = (typeof AlignmentType)['LEFT' | 'CENTER' | 'RIGHT'];

const LINE = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const EDGE = { ...LINE, size: 8 };
const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' };

export function toTable(table: ReportTable, language: Report['language'], bars?: Bars): (Paragraph | Table)[] {
  const { caption, columns, rows, foot = 0 } = table;
  // Who has no place is in no ranking, which needs no dash.
  const told = rows.map((row) =>
    row.map((value, i) => (columns[i]!.kind === 'rank' && value.type === 'none' ? [''] : tellInTwo(value, language))),
  );
  const sums = rows.length - foot;
  const named = columns[0]!.kind === 'rank' ? 1 : 0;
  const { size, inTwo, widths } = fitColumns(
    columns.map(({ title, kind }, i) => ({ title, cells: told.map((row) => row[i]!), mayWrap: isOfWords(kind) })),
    [SIZE[5], SIZE.small5],
    TEXT_WIDTH - (bars ? BARS_WIDTH : 0),
  );
  const alignments = columns.map(({ kind }, i) =>
    alignmentOf(
      kind,
      i === named,
      told.map((row) => row[i]!.join('')),
    ),
  );
  const cell = (
    lines: readonly string[],
    i: number,
    font: IFontAttributesProperties,
    keepNext: boolean,
    colour?: string,
  ): TableCell =>
    new TableCell({
      ...(colour === undefined ? {} : { shading: { ...SHADED, fill: colour } }),
      width: { size: widths[i]!, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { left: 60, right: 60, top: 30, bottom: 30 },
      children: [
        new Paragraph({
          spacing: lineOf(size),
          keepNext,
          alignment: alignments[i]!,
          children: (inTwo ? lines.map((text) => text.trimEnd()) : [lines.join('')]).map(
            (text, line) => new TextRun({ text, font, size, characterSpacing: 0, ...(line === 0 ? {} : { break: 1 }) }),
          ),
        }),
      ],
    });
  const drawn = bars && drawBars(bars);
  const isKept = (row: number): boolean =>
    row < rows.length - 1 && (rows.length <= SHORT || row < TOGETHER || row >= rows.length - TOGETHER);
  return [
    ...(caption === undefined ? [] : [captioned(caption)]),
    new Table({
      width: { size: TEXT_WIDTH, type: WidthType.DXA },
      layout: TableLayoutType.FIXED,
      columnWidths: [...widths, ...(drawn?.steps ?? [])],
      borders: { top: EDGE, bottom: EDGE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE },
      rows: [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: [
            ...columns.map(({ title }, i) => cell([title], i, FACES.heading, true)),
            ...(drawn ? [drawn.head] : []),
          ],
        }),
        ...told.map(
          (row, r) =>
            new TableRow({
              cantSplit: true,
              children: [
                ...row.map((lines, i) =>
                  cell(lines, i, r < sums ? FACES.song : FACES.heading, isKept(r), colourOf(rows[r]![i]!)),
                ),
                ...(drawn?.cellsOf(r) ?? []),
              ],
            }),
        ),
      ],
    }),
    new Paragraph({ spacing: { line: 200, lineRule: LineRuleType.EXACT } }),
  ];
}

/** What may be broken where there is no room for it. */
const isOfWords = (kind: ColumnKind): boolean => kind === 'text' || kind === 'names';

const lineOf = (size: number): ISpacingProperties => ({ line: size * LINE_OF_SIZE, lineRule: LineRuleType.AT_LEAST });

/** Names and sentences to the left, units and days in the middle, figures to the right. */
function alignmentOf(kind: ColumnKind, isNaming: boolean, texts: readonly string[]): Alignment {
  if (kind === 'date' || kind === 'rank') return AlignmentType.CENTER;
  if (!isOfWords(kind)) return AlignmentType.RIGHT;
  return !isNaming && texts.every((text) => emOf(text) <= UNIT_EM) ? AlignmentType.CENTER : AlignmentType.LEFT;
}

interface Drawn {
  /** The grid's columns: from each bar's end to the next longer one's. */
  readonly steps: readonly number[];
  readonly head: TableCell;
  readonly cellsOf: (row: number) => TableCell[];
}

/** Bars of shaded cells: all begin at one line, which is zero, and each is as long as its value. */
function drawBars({ caption, values }: Bars): Drawn {
  const most = Math.max(...values);
  const full = BARS_WIDTH - 120;
  const lengths = values.map((value) => Math.round((value / most) * full));
  const ends = [...new Set([...lengths, BARS_WIDTH])].filter((end) => end > 0).sort((a, b) => a - b);
  const part = (from: number, to: number, shading: boolean, borders: ITableCellBorders): TableCell =>
    new TableCell({
      width: { size: to - from, type: WidthType.DXA },
      columnSpan: ends.filter((end) => end > from && end <= to).length,
      margins: { left: 0, right: 0, top: 0, bottom: 0 },
      borders,
      ...(shading ? { shading: BAR } : {}),
      children: [new Paragraph({ spacing: lineOf(SIZE.small5) })],
    });
  return {
    steps: ends.map((end, i) => end - (ends[i - 1] ?? 0)),
    head: new TableCell({
      width: { size: BARS_WIDTH, type: WidthType.DXA },
      columnSpan: ends.length,
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { left: 60, right: 60, top: 30, bottom: 30 },
      children: [
        new Paragraph({
          spacing: lineOf(SIZE[5]),
          keepNext: true,
          children: [new TextRun({ text: caption, font: FACES.heading, size: SIZE.small5, characterSpacing: 0 })],
        }),
      ],
    }),
    cellsOf: (row) => {
      const length = lengths[row]!;
      const rest = part(length, BARS_WIDTH, false, length === 0 ? {} : { left: NO_LINE });
      return length === 0 ? [rest] : [part(0, length, true, { right: NO_LINE }), rest];
    },
  };
}

const captioned = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    keepNext: true,
    spacing: lineOf(SIZE[5]),
    children: [new TextRun({ text, font: FACES.heading, size: SIZE[5], characterSpacing: 0 })],
  });
