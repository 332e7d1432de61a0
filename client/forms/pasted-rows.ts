/** Reads pasted text as a sheet: from a spreadsheet's clipboard, which parts cells by tabs, or as CSV. */
import { parse } from 'csv-parse/browser/esm/sync';
import type { SheetRow } from '../../domain/profile/sheet.ts';

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

export function readRows(text: string): SheetRow[] {
  const records = parseText(text);
  let line = 0;
  return records.map(({ record, info }) => {
    // A row may take several lines: it is called by the first, as whoever looks for it does.
    const row = { line: line + 1, cells: record };
    line = info.lines;
    return row;
  });
}

function parseText(text: string): Parsed[] {
  const options = { bom: true, delimiter: findDelimiter(text), info: true, relax_column_count: true } as const;
  try {
    return parse(text, { ...options, relax_quotes: true }) as unknown as Parsed[];
  } catch {
    // Where quotes do not close they are none.
    return parse(text, { ...options, quote: false }) as unknown as Parsed[];
  }
}

/** By its first filled line: a Chinese keyboard writes the comma at full width. */
function findDelimiter(text: string): string {
  const heading = text.split(/\r\n|\r|\n/).find((line) => line.trim() !== '') ?? '';
  return ['\t', ',', '，', ';'].find((sign) => heading.includes(sign)) ?? '\t';
}
