/** A report as a document, laid out as GB/T 9704 asks of official ones: A4, its margins, its faces and sizes. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  convertMillimetersToTwip,
  type IFontAttributesProperties,
} from 'docx';
import { dayOf, createZone } from '../../domain/calendar/zone.ts';
import { WORDS } from '../../domain/report/input.ts';
import { numberSection } from '../../domain/report/numbering.ts';
import { colourOf } from '../../domain/report/shades.ts';
import { tellValue } from '../../domain/report/tell.ts';
import type { Block, Column, Report, Table as ReportTable, Value } from '../../domain/wire/report.ts';

/** Named as offices have them; what stands in their place where a machine does not is in the font table. */
const FACES = {
  title: face('方正小标宋简体'),
  heading: face('黑体'),
  body: face('仿宋_GB2312'),
  kai: face('楷体_GB2312'),
  song: face('宋体'),
};

const INSTEAD: readonly (readonly [name: string, instead: string])[] = [
  ['方正小标宋简体', '小标宋,宋体,SimSun,Noto Serif CJK SC'],
  ['黑体', 'SimHei,Noto Sans CJK SC'],
  ['仿宋_GB2312', '仿宋,FangSong,STFangsong,华文仿宋,Noto Serif CJK SC'],
  ['楷体_GB2312', '楷体,KaiTi,STKaiti,华文楷体,Noto Serif CJK SC'],
  ['宋体', 'SimSun,STSong,Noto Serif CJK SC'],
  ['Times New Roman', 'Liberation Serif'],
];

/** Sizes by their Chinese numbers, in half points: 2号, 3号, 4号, 小四, 五号, 小五. */
const SIZE = { 2: 44, 3: 32, 4: 28, small4: 24, 5: 21, small5: 18 };
/** Twenty-two lines a page. */
const LINE = { line: 580, lineRule: LineRuleType.EXACT };
const TABLE_LINE = { line: 320, lineRule: LineRuleType.AT_LEAST };
const MARGIN = { top: 37, bottom: 35, left: 28, right: 26 };
const [PAGE_WIDTH, PAGE_HEIGHT] = [210, 297];
const TEXT_WIDTH = convertMillimetersToTwip(PAGE_WIDTH - MARGIN.left - MARGIN.right);
/** Two signs of 3号. */
const INDENT = { firstLine: 640 };
/** A table of more columns is written smaller. */
const BROAD = 6;

const SAID = {
  zh: { definitions: '指标口径', missing: '台账不能支持、未写入的内容', rule: '规则', stop: '。' },
  en: { definitions: 'Definitions', missing: 'Not supported by the ledger and left out', rule: 'rules', stop: '.' },
} as const;

export function writeDocx(report: Report): Promise<Buffer> {
  const { title, language, hall, spanName } = report;
  const document = new Document({
    title: `${title} ${spanName}`,
    creator: hall.name,
    styles: {
      default: {
        document: { run: { font: FACES.body, size: SIZE[3] }, paragraph: { spacing: LINE } },
        title: { run: { font: FACES.title, size: SIZE[2], bold: false, color: '000000' } },
        heading1: {
          run: { font: FACES.heading, size: SIZE[3], bold: false, color: '000000' },
          paragraph: { indent: INDENT, spacing: LINE },
        },
      },
    },
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          page: {
            size: { width: convertMillimetersToTwip(PAGE_WIDTH), height: convertMillimetersToTwip(PAGE_HEIGHT) },
            margin: {
              top: convertMillimetersToTwip(MARGIN.top),
              bottom: convertMillimetersToTwip(MARGIN.bottom),
              left: convertMillimetersToTwip(MARGIN.left),
              right: convertMillimetersToTwip(MARGIN.right),
              // The number stands 7 mm under the text.
              footer: convertMillimetersToTwip(MARGIN.bottom - 12),
            },
          },
        },
        footers: { default: pageNumber(AlignmentType.RIGHT), even: pageNumber(AlignmentType.LEFT) },
        children: [
          new Paragraph({
            heading: HeadingLevel.TITLE,
            alignment: AlignmentType.CENTER,
            spacing: { line: 700, lineRule: LineRuleType.AT_LEAST },
            children: [new TextRun({ text: title, font: FACES.title, size: SIZE[2] })],
          }),
          centred(`（${spanName}）`, language),
          ...report.marks.map(
            (mark) => new Paragraph({ indent: INDENT, children: [new TextRun({ text: mark, font: FACES.kai })] }),
          ),
          new Paragraph({}),
          ...report.sections.flatMap(({ heading, blocks }, i) => [
            headed(`${numberSection(i, language)}${heading}`),
            ...blocks.flatMap((block) => toBlock(block, report)),
          ]),
          ...toEnd(report),
        ],
      },
    ],
  });
  return Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: writeFontTable() }]);
}

function toBlock(block: Block, report: Report): (Paragraph | Table)[] {
  switch (block.type) {
    case 'sentence':
      return [said(block.text)];
    case 'note':
      return [small(block.text)];
    case 'words':
      return [...block.text.split('\n').map(said), small(block.told)];
    // A document says it in the table beside it.
    case 'bars':
      return [];
    case 'table':
      return [
        ...(block.caption === undefined ? [] : [captioned(block.caption)]),
        toTable(block, report.language),
        new Paragraph({ spacing: { line: 240, lineRule: LineRuleType.EXACT } }),
      ];
  }
}

function toTable({ columns, rows, foot = 0 }: ReportTable, language: Report['language']): Table {
  const named = columns[0]!.kind === 'rank' ? 1 : 0;
  const size = columns.length - named > BROAD ? SIZE.small5 : SIZE[5];
  const widths = widthsOf(columns);
  const sums = rows.length - foot;
  const cell = (text: string, i: number, font: IFontAttributesProperties, colour?: string): TableCell =>
    new TableCell({
      ...(colour === undefined ? {} : { shading: { type: ShadingType.CLEAR, color: 'auto', fill: colour } }),
      width: { size: widths[i]!, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { left: 60, right: 60, top: 30, bottom: 30 },
      children: [
        new Paragraph({
          spacing: TABLE_LINE,
          alignment:
            columns[i]!.kind === 'names' || (columns[i]!.kind === 'text' && i === named)
              ? AlignmentType.LEFT
              : AlignmentType.CENTER,
          children: [new TextRun({ text, font, size })],
        }),
      ],
    });
  const border = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    borders: {
      top: { ...border, size: 8 },
      bottom: { ...border, size: 8 },
      left: border,
      right: border,
      insideHorizontal: border,
      insideVertical: border,
    },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ title }, i) => cell(title, i, FACES.heading)),
      }),
      ...rows.map(
        (row, r) =>
          new TableRow({
            cantSplit: true,
            children: row.map((value, i) =>
              cell(tellCell(value, columns[i]!, language), i, r < sums ? FACES.song : FACES.heading, colourOf(value)),
            ),
          }),
      ),
    ],
  });
}

/** Who has no place is in no ranking, which needs no dash. */
function tellCell(value: Value, { kind }: Column, language: Report['language']): string {
  return kind === 'rank' && value.type === 'none' ? '' : tellValue(value, language);
}

/** The column that names things is broader than the others, one of many names the broadest. */
function widthsOf(columns: readonly Column[]): number[] {
  const named = columns[0]!.kind === 'rank' ? 1 : 0;
  const weights = columns.map(({ kind }, i) => (kind === 'rank' ? 0.6 : kind === 'names' ? 5 : i === named ? 1.8 : 1));
  const share = TEXT_WIDTH / weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.floor(weight * share));
}

function toEnd(report: Report): Paragraph[] {
  const { definitions, missing, language, hall, timeZone, madeAt } = report;
  const words = SAID[language];
  return [
    ...(missing.length === 0 ? [] : [headed(words.missing), ...missing.map(said)]),
    new Paragraph({}),
    signed(hall.name),
    signed(WORDS[language].date(dayOf(createZone(timeZone), madeAt))),
    new Paragraph({
      pageBreakBefore: true,
      heading: HeadingLevel.HEADING_1,
      indent: INDENT,
      children: [new TextRun({ text: words.definitions })],
    }),
    ...definitions.map(
      ({ name, unit, definition, rule }) =>
        new Paragraph({
          indent: INDENT,
          spacing: { line: 400, lineRule: LineRuleType.AT_LEAST },
          children: [
            new TextRun({ text: `${name}（${unit}）`, font: FACES.heading, size: SIZE.small4 }),
            new TextRun({ text: ` ${definition}（${words.rule} ${rule}）`, size: SIZE.small4 }),
          ],
        }),
    ),
    ...report.colophon.map(small),
  ];
}

const said = (text: string): Paragraph =>
  new Paragraph({ indent: INDENT, alignment: AlignmentType.BOTH, children: [new TextRun({ text })] });

const small = (text: string): Paragraph =>
  new Paragraph({
    indent: INDENT,
    spacing: { line: 400, lineRule: LineRuleType.AT_LEAST },
    children: [new TextRun({ text, font: FACES.kai, size: SIZE.small4 })],
  });

const captioned = (text: string): Paragraph =>
  new Paragraph({
    keepNext: true,
    spacing: { line: 400, lineRule: LineRuleType.AT_LEAST },
    children: [new TextRun({ text, font: FACES.kai, size: SIZE.small4 })],
  });

const headed = (text: string): Paragraph =>
  new Paragraph({ heading: HeadingLevel.HEADING_1, keepNext: true, children: [new TextRun({ text })] });

/** Four signs from the right edge, as a date is signed. */
const signed = (text: string): Paragraph =>
  new Paragraph({ alignment: AlignmentType.RIGHT, indent: { right: 1280 }, children: [new TextRun({ text })] });

const centred = (text: string, language: Report['language']): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ text: language === 'zh' ? text : text.slice(1, -1), font: FACES.kai })],
  });

function pageNumber(alignment: (typeof AlignmentType)['LEFT'] | (typeof AlignmentType)['RIGHT']): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { left: 280, right: 280 },
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: FACES.song, size: SIZE[4] })],
      }),
    ],
  });
}

function face(name: string): IFontAttributesProperties {
  return { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: name };
}

function writeFontTable(): string {
  const fonts = INSTEAD.map(([name, instead]) => `<w:font w:name="${name}"><w:altName w:val="${instead}"/></w:font>`);
  const namespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="${namespace}">${fonts.join('')}</w:fonts>`;
}
