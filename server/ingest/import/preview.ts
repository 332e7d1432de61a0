/** A look at a file before any mapping is written: how it reads, its columns, and its first rows. */
import type { MappingSpec } from '../../../domain/mapping/schema.ts';
import type { Language } from '../../../domain/wire/language.ts';
import type { RowSource } from './file-row.ts';
import { findDelimiter } from './lay-out.ts';
import { describeFinding, describeSource, shorten } from './report.ts';
import { openRows } from './rows.ts';
import { showCell } from './shown-cells.ts';

export interface Preview {
  readonly source: RowSource;
  /** The first rows under the column names, as they stand. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** Those among them that could not be cut into cells. */
  readonly broken: readonly { readonly line: number; readonly reason: string }[];
}

/**
 * @param count rows to look at
 * @param wanted the columns of a mapping, by which the column names are found
 * @throws ImportProblem when the file cannot be read at all
 */
export async function lookAt(
  file: string,
  options: NonNullable<MappingSpec['file']>,
  count: number,
  wanted: readonly string[] = [],
): Promise<Preview> {
  let source = await openRows(file, options, wanted);
  const delimiter = options.delimiter === undefined ? findDelimiter(source.header) : undefined;
  if (source.format === 'csv' && delimiter !== undefined)
    source = await openRows(file, { ...options, delimiter }, wanted);
  const rows: { line: number; cells: readonly string[] }[] = [];
  const broken: { line: number; reason: string }[] = [];
  for await (const row of source.rows(() => {})) {
    if (row.kind === 'cells' && row.cells.some((cell) => cell.trim() !== '')) rows.push(row);
    else if (row.kind === 'broken') broken.push(row);
    if (rows.length + broken.length >= count) break;
  }
  return { source, rows, broken };
}

/** Texts shown of each column. */
const SHOWN = 3;

/** One line for each column, with the first texts that stand in it. */
export function describePreview(
  { source, rows, broken }: Preview,
  language: Language,
  roster: ReadonlySet<string>,
): readonly string[] {
  const zh = language === 'zh';
  const columns = source.header.map((name, index) => {
    const texts = rows
      .map(({ cells }) => shorten(showCell(name, cells[index] ?? '', roster)))
      .filter((text) => text !== '');
    const shown = [...new Set(texts)].slice(0, SHOWN).join(' | ');
    const said = shown !== '' ? shown : zh ? '（前面的行里没有内容）' : '(nothing in the first rows)';
    return `  #${index + 1} ${name === '' ? '—' : name}${zh ? '：' : ': '}${said}`;
  });
  return [
    ...describeSource(source, undefined, language),
    zh
      ? `共 ${source.header.length} 列，前 ${rows.length} 行中的内容：`
      : `${source.header.length} columns, and what stands in the first ${rows.length} rows:`,
    ...columns,
    ...broken.map(({ line, reason }) => describeFinding({ line, reason, columns: [] }, language, source)),
  ];
}
