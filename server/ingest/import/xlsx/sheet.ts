/** The rows of one sheet, as an export would write their cells. */
import type { FileRow } from '../file-row.ts';
import type { CellFormat } from './number-format.ts';
import { tellIso, tellSerial, type Calendar } from './sheet-moment.ts';
import { createTextReader, formatOf, unescape } from './workbook.ts';
import { followXml } from './xml.ts';

/** As many as a sheet can have. */
export const ROW_LIMIT = 1_048_576;
const COLUMN_LIMIT = 16_384;

export interface SheetContext {
  readonly calendar: Calendar;
  readonly styles: readonly CellFormat[];
  readonly texts: readonly string[];
}

interface OpenCell {
  readonly place: number;
  readonly type: string;
  readonly style: string | undefined;
}

/**
 * Rows that hold a cell, by their numbers in the sheet. A cell that cannot be read breaks its own row.
 * @param onBytes hears how much of the part was read
 */
export async function* readSheet(
  stream: AsyncIterable<Buffer>,
  context: SheetContext,
  onBytes: (bytes: number) => void,
): AsyncGenerator<FileRow> {
  let found: FileRow[] = [];
  let line = 0;
  let cells: string[] = [];
  let isBroken = false;
  let next = 0;
  let cell: OpenCell | undefined;
  let [value, isValue] = ['', false];
  const inline = createTextReader();

  const openRow = (number: string | undefined): void => {
    // A row without a number is the next one, and none stands above another that came before it.
    line = Math.max(line + 1, Number(number ?? 0) || 0);
    [cells, isBroken, next] = [[], line > ROW_LIMIT, 0];
  };
  const openCell = ({ r, t = 'n', s }: Readonly<Record<string, string>>): void => {
    const place = r === undefined ? next : placeOf(r);
    if (place < 0 || place >= COLUMN_LIMIT) isBroken = true;
    cell = { place: Math.min(Math.max(place, 0), COLUMN_LIMIT - 1), type: t, style: s };
    next = cell.place + 1;
    value = '';
  };
  const closeCell = ({ place, type, style }: OpenCell): void => {
    const text =
      type === 'inlineStr'
        ? inline.take() || unescape(value)
        : tellCell(type, value, formatOf(context.styles, style), context);
    if (text === undefined) isBroken = true;
    while (cells.length < place) cells.push('');
    cells[place] = text ?? '';
  };

  const pieces = followXml(stream, {
    open(name, attributes) {
      if (name === 'row') openRow(attributes['r']);
      else if (name === 'c') openCell(attributes);
      else if (name === 'v') isValue = cell !== undefined;
      else inline.open(name);
    },
    text(text) {
      if (isValue) value += text;
      else if (cell !== undefined) inline.text(text);
    },
    close(name) {
      if (name === 'v') isValue = false;
      else if (name === 'c' && cell !== undefined) {
        closeCell(cell);
        cell = undefined;
      } else if (name === 'row') {
        if (isBroken) found.push({ kind: 'broken', line, reason: 'cell' });
        else if (cells.length > 0) found.push({ kind: 'cells', line, cells });
      } else inline.close(name);
    },
  });
  for await (const bytes of pieces) {
    onBytes(bytes);
    const rows = found;
    found = [];
    yield* rows;
  }
}

/** `AB12`: 27; -1 for what is no address. */
function placeOf(address: string): number {
  const letters = /^\$?([A-Za-z]{1,3})\$?\d*$/.exec(address)?.[1];
  if (letters === undefined) return -1;
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** @returns `undefined` for a cell that cannot be read */
function tellCell(type: string, value: string, format: CellFormat, context: SheetContext): string | undefined {
  switch (type) {
    case 's':
      return value === '' ? '' : context.texts[Number(value)];
    case 'str':
      return unescape(value);
    case 'b':
      return value === '' ? '' : value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
    // `#N/A`, as an export writes it: it refuses its row where the mapping reads it, and does not call it nothing.
    case 'e':
      return value;
    case 'd':
      return value === '' ? '' : tellIso(value);
    case 'n':
      return value.trim() === '' ? '' : tellNumber(value.trim(), format, context.calendar);
    default:
      return undefined;
  }
}

function tellNumber(text: string, format: CellFormat, calendar: Calendar): string | undefined {
  const number = Number(text);
  if (!Number.isFinite(number)) return undefined;
  if (format.hasDate || format.hasTime) {
    const told = tellSerial(number, format, calendar);
    // 20190501 under the format of a date is no moment: the sheet shows ####, and what was typed is the number.
    if (told !== 'beyond') return told;
  }
  // A long number keeps its digits: as a number it would lose those beyond the fifteenth.
  if (/^-?\d+$/.test(text)) return text;
  const settled = Number(number.toPrecision(15));
  // What a spreadsheet has cut must not look whole: an id of eighteen digits ends in made-up ones.
  if (Math.abs(settled) >= 1e15) return settled.toExponential().replace('e', 'E');
  // 0.1 + 0.2 is stored with its rounding error, which nobody sees in the sheet.
  return String(settled);
}
