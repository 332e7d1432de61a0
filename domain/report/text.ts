/** A report as plain text, for a message: sentences whole, tables line by line, definitions left to the files. */
import type { Block, Report, Table } from '../wire/report.ts';
import { tellValue } from './tell.ts';
import { numberSection } from './numbering.ts';

export function toPlainText(report: Report): string {
  const { language } = report;
  const lines = [
    report.title,
    report.spanName,
    ...report.marks.map((mark) => (language === 'zh' ? `【${mark}】` : `[${mark}]`)),
    ...report.sections.flatMap(({ heading, blocks }, i) => [
      '',
      `${numberSection(i, language)}${heading}`,
      ...blocks.flatMap((block) => tellBlock(block, report)),
    ]),
    ...(report.missing.length === 0
      ? []
      : [
          '',
          language === 'zh' ? '台账不能支持、未写入的内容：' : 'Not supported by the ledger and left out:',
          ...report.missing,
        ]),
    '',
    ...report.colophon,
  ];
  return `${lines.join('\n')}\n`;
}

function tellBlock(block: Block, report: Report): string[] {
  switch (block.type) {
    case 'sentence':
    case 'note':
      return [block.text];
    case 'words':
      return [block.text, report.language === 'zh' ? `（${block.told}）` : `(${block.told})`];
    // The table beside it has its figures.
    case 'bars':
      return [];
    case 'table':
      return [...(block.caption === undefined ? [] : [block.caption]), ...tellTable(block, report.language)];
  }
}

function tellTable({ columns, rows }: Table, language: Report['language']): string[] {
  const [colon, comma] = language === 'zh' ? ['：', '，'] : [': ', ', '];
  // Of measures the unit stands behind the figure.
  const isOfMeasures = columns[1]?.kind === 'text' && columns[2]?.kind === 'figure';
  const isRanked = columns[0]?.kind === 'rank';
  return rows.map((row) => {
    if (isOfMeasures) return tellMeasure(row, columns, language);
    const texts = row.map((value) => tellValue(value, language));
    const [place, name = ''] = texts;
    const head = !isRanked ? place : place === '—' ? name : `${place}. ${name}`;
    const from = isRanked ? 2 : 1;
    const told = texts.slice(from).flatMap((text, i) => (text === '—' ? [] : [`${columns[from + i]!.title} ${text}`]));
    return `${head}${colon}${told.join(comma)}`;
  });
}

function tellMeasure(row: Table['rows'][number], columns: Table['columns'], language: Report['language']): string {
  const [head, unit, now, ...others] = row.map((value) => tellValue(value, language));
  const [open, close, colon, comma] = language === 'zh' ? ['（', '）', '：', '，'] : [' (', ')', ': ', ', '];
  // A share brings its own sums, and nothing has no unit.
  const isCount = row[2]?.type === 'number';
  const figure = isCount ? `${now}${language === 'zh' ? '' : ' '}${unit}` : now;
  const told = others.flatMap((text, i) => (text === '—' ? [] : [`${columns[i + 3]!.title} ${text}`]));
  return `${head}${colon}${figure}${told.length === 0 ? '' : `${open}${told.join(comma)}${close}`}`;
}
