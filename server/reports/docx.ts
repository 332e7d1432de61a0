/** A report as a document, laid out as GB/T 9704 asks of official ones: A4, its margins, its faces and sizes. */
import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TextRun,
  convertMillimetersToTwip,
  type IFontAttributesProperties,
} from 'docx';
import { dayOf, createZone } from '../../domain/calendar/zone.ts';
import { WORDS } from '../../domain/report/input.ts';
import { numberSection } from '../../domain/report/numbering.ts';
import { textOf } from '../../domain/report/table.ts';
import type { Block, Report, Section, Table as ReportTable } from '../../domain/wire/report.ts';
import { emOf } from './column-widths.ts';
import {
  CHARACTER_SPACING,
  FACES,
  INDENT,
  LINE,
  NOTE_LINE,
  MARGIN,
  PAGE,
  SIZE,
  SMALL_LINE,
  signs,
  writeFontTable,
} from './docx-style.ts';
import { toTable } from './docx-table.ts';

const SAID = {
  zh: {
    annex: '附件',
    annexed: '附件：指标口径',
    definitions: '指标口径',
    missing: '台账不能支持、未写入的内容',
    columns: ['指标', '单位', '口径', '规则'],
  },
  en: {
    annex: 'Annex',
    annexed: 'Annex: Definitions',
    definitions: 'Definitions',
    missing: 'Not supported by the ledger and left out',
    columns: ['Measure', 'Unit', 'Definition', 'Rules'],
  },
} as const;

/** Between the right edge and a date that is signed. */
const DATE_SIGNS = 4;

/** What no XML may hold, out of a vendor's ids or of pasted words: a document with one of them is opened by nobody. */
const UNWRITABLE = /[\p{Surrogate}\uFFFE\uFFFF]|(?![\t\n\r])\p{Cc}/gu;

function toWritable(report: Report): Report {
  const clean = (_: string, value: unknown): unknown =>
    typeof value === 'string' ? value.replaceAll(UNWRITABLE, '') : value;
  return JSON.parse(JSON.stringify(report), clean) as Report;
}

export function writeDocx(told: Report): Promise<Buffer> {
  const report = toWritable(told);
  const { title, language, hall, spanName } = report;
  const document = new Document({
    title: `${title} ${spanName}`,
    creator: hall.name,
    styles: {
      default: {
        document: {
          run: {
            font: FACES.body,
            size: SIZE[3],
            characterSpacing: CHARACTER_SPACING,
            // What stands in for a face is chosen by it: of Chinese signs, and not of Japanese ones.
            language: { value: language === 'zh' ? 'en-US' : 'en-GB', eastAsia: 'zh-CN' },
          },
          paragraph: { spacing: LINE },
        },
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
            size: { width: convertMillimetersToTwip(PAGE.width), height: convertMillimetersToTwip(PAGE.height) },
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
          titled(title),
          centred(`（${spanName}）`, language),
          ...report.marks.map(
            (mark) => new Paragraph({ indent: INDENT, children: [new TextRun({ text: mark, font: FACES.kai })] }),
          ),
          new Paragraph({}),
          ...report.sections.flatMap((section, i) => toSection(section, i, language)),
          ...toEnd(report),
        ],
      },
    ],
  });
  return Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: writeFontTable() }]);
}

function toSection({ heading, blocks }: Section, i: number, language: Report['language']): (Paragraph | Table)[] {
  return [
    headed(`${numberSection(i, language)}${heading}`),
    ...blocks.flatMap((block, at) => toBlock(block, language, blocks[at - 1], blocks[at + 1])),
  ];
}

function toBlock(
  block: Block,
  language: Report['language'],
  before: Block | undefined,
  next: Block | undefined,
): (Paragraph | Table)[] {
  switch (block.type) {
    case 'sentence':
      return [said(block.text, { after: next?.type === 'table' || next?.type === 'bars' ? 100 : 0 })];
    case 'note':
      return [small(block.text)];
    case 'words':
      return [...block.text.split('\n').map((line) => said(line)), small(block.told)];
    // They are drawn beside the figures that they are of, in the table that comes next.
    case 'bars':
      return [];
    case 'table':
      return toTable(
        block,
        language,
        before?.type === 'bars' && before.values.length === block.rows.length ? before : undefined,
      );
  }
}

/** What is missing, the annex's name, and who signs when: none of them alone on a page. */
function toEnd(report: Report): (Paragraph | Table)[] {
  const { definitions, missing, language, hall, kind, timeZone, madeAt } = report;
  const words = SAID[language];
  const date = WORDS[language].date(dayOf(createZone(timeZone), madeAt));
  // A day's are notes in small type: an annex would be longer than what it explains.
  const hasAnnex = definitions.length > 0 && kind !== 'day';
  return [
    ...(missing.length === 0 ? [] : [headed(words.missing), ...missing.map((line) => said(line, { keepNext: true }))]),
    ...(hasAnnex ? [blank(), said(words.annexed, { keepNext: true })] : []),
    blank(),
    signed(hall.name, DATE_SIGNS - (emOf(hall.name) - emOf(date)) / 2, true),
    signed(date, DATE_SIGNS, false),
    ...(hasAnnex
      ? [
          new Paragraph({
            pageBreakBefore: true,
            keepNext: true,
            children: [new TextRun({ text: words.annex, font: FACES.heading })],
          }),
          titled(words.definitions),
          blank(),
          ...toTable(toDefinitions(report), language),
        ]
      : [blank(), ...(definitions.length > 0 ? [defined(report)] : [])]),
    ...report.colophon.map(small),
  ];
}

/** All definitions in one paragraph of small type, each name in the face of headings. */
function defined({ definitions, language }: Report): Paragraph {
  const words = SAID[language];
  const isChinese = language === 'zh';
  const [open, close, colon, gap] = isChinese ? ['（', '）', '：', '　'] : [' (', ')', ': ', '  '];
  const run = (text: string, font: IFontAttributesProperties): TextRun =>
    new TextRun({ text, font, size: SIZE.small5, characterSpacing: 0 });
  return new Paragraph({
    spacing: NOTE_LINE,
    children: [
      run(`${words.definitions}${colon}`, FACES.heading),
      ...definitions.flatMap(({ name, unit, definition, rule }) => [
        run(`${name}${open}${unit}${close}`, FACES.heading),
        run(`${definition}${isChinese ? '' : ' '}[${rule}]${gap}`, FACES.song),
      ]),
    ],
  });
}

function toDefinitions({ definitions, language }: Report): ReportTable {
  return {
    type: 'table',
    columns: SAID[language].columns.map((title) => ({ title, kind: 'text' })),
    rows: definitions.map(({ name, unit, definition, rule }) => [name, unit, definition, rule].map(textOf)),
  };
}

const titled = (text: string): Paragraph =>
  new Paragraph({
    heading: HeadingLevel.TITLE,
    alignment: AlignmentType.CENTER,
    keepNext: true,
    spacing: { line: 700, lineRule: LineRuleType.AT_LEAST },
    children: [new TextRun({ text, font: FACES.title, size: SIZE[2], characterSpacing: 0 })],
  });

/** Kept to what comes next, as whatever stands before a signature is. */
const blank = (): Paragraph => new Paragraph({ keepNext: true });

const said = (text: string, { keepNext = false, after = 0 } = {}): Paragraph =>
  new Paragraph({
    indent: INDENT,
    alignment: AlignmentType.BOTH,
    keepNext,
    spacing: { ...LINE, after },
    children: [new TextRun({ text })],
  });

const small = (text: string): Paragraph =>
  new Paragraph({
    indent: INDENT,
    spacing: SMALL_LINE,
    children: [new TextRun({ text, font: FACES.kai, size: SIZE.small4 })],
  });

const headed = (text: string): Paragraph =>
  new Paragraph({ heading: HeadingLevel.HEADING_1, keepNext: true, children: [new TextRun({ text })] });

/** @param right signs from the right edge: a name is centred above its date. */
const signed = (text: string, right: number, keepNext: boolean): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.RIGHT,
    keepNext,
    indent: { right: signs(Math.max(0, right)) },
    children: [new TextRun({ text })],
  });

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
