/** A workbook's parts beside its sheets: which sheets there are, the formats of cells, and the texts that cells share. */
import { posix } from 'node:path';
import { builtInFormat, NUMBER, readFormat, type CellFormat } from './number-format.ts';
import type { Calendar } from './sheet-moment.ts';
import { attributeOf, readXml } from './xml.ts';
import type { Zip } from './zip.ts';

export interface WorkbookSheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** Its part of the zip. */
  readonly part: string;
}

export interface Workbook {
  readonly calendar: Calendar;
  /** Those that hold cells: charts alone are none. */
  readonly sheets: readonly WorkbookSheet[];
  /** Names of the parts with formats and shared texts; absent where the workbook has none. */
  readonly styles: string | undefined;
  readonly texts: string | undefined;
}

interface Relation {
  readonly id: string;
  /** The last step of its type: `worksheet`, `styles`. */
  readonly type: string;
  readonly target: string;
}

/** @returns `undefined` where the zip holds no workbook that is written in XML */
export async function readWorkbook(zip: Zip): Promise<Workbook | undefined> {
  const [main] = (await readRelations(zip, '')).filter(({ type }) => type === 'officeDocument');
  const part = main?.target ?? 'xl/workbook.xml';
  const stream = await zip.read(part);
  if (!stream || !part.endsWith('.xml')) return undefined;
  let calendar: Calendar = 1900;
  const listed: { name: string; isHidden: boolean; relation: string }[] = [];
  let isWorkbook = false;
  await readXml(stream, {
    open(name, attributes) {
      if (name === 'workbook') isWorkbook = true;
      else if (name === 'workbookPr' && isTrue(attributes['date1904'])) calendar = 1904;
      else if (name === 'sheet') {
        const state = attributes['state'] ?? 'visible';
        const relation = attributeOf(attributes, 'id') ?? '';
        listed.push({ name: attributes['name'] ?? '', isHidden: state !== 'visible', relation });
      }
    },
  });
  if (!isWorkbook) return undefined;
  const relations = await readRelations(zip, part);
  const sheets = listed.flatMap(({ name, isHidden, relation }) => {
    const found = relations.find(({ id, type }) => id === relation && type === 'worksheet');
    return found && zip.names.includes(found.target) ? [{ name, isHidden, part: found.target }] : [];
  });
  const partOf = (type: string) => relations.find((one) => one.type === type)?.target;
  return { calendar, sheets, styles: partOf('styles'), texts: partOf('sharedStrings') };
}

const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true';

/** @param part the one whose relations they are; empty: the zip's own */
async function readRelations(zip: Zip, part: string): Promise<readonly Relation[]> {
  const folder = posix.dirname(part);
  const stream = await zip.read(posix.join(folder, '_rels', `${posix.basename(part)}.rels`));
  const relations: Relation[] = [];
  if (stream)
    await readXml(stream, {
      open(name, { Id: id = '', Type: type = '', Target: target = '' }) {
        if (name !== 'Relationship') return;
        const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
        relations.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: path });
      },
    });
  return relations;
}

/** @returns the format of each cell style, by its number */
export async function readStyles(stream: AsyncIterable<Buffer> | undefined): Promise<readonly CellFormat[]> {
  const own = new Map<number, CellFormat>();
  const styles: number[] = [];
  let isOfCells = false;
  if (stream)
    await readXml(stream, {
      open(name, attributes) {
        if (name === 'cellXfs') isOfCells = true;
        const id = Number(attributes['numFmtId'] ?? 0);
        if (name === 'numFmt') own.set(id, readFormat(attributes['formatCode'] ?? ''));
        else if (name === 'xf' && isOfCells) styles.push(id);
      },
      close(name) {
        if (name === 'cellXfs') isOfCells = false;
      },
    });
  return styles.map((id) => own.get(id) ?? builtInFormat(id));
}

export const formatOf = (styles: readonly CellFormat[], style: string | undefined): CellFormat =>
  styles[Number(style ?? 0)] ?? NUMBER;

/** The texts that cells share, by their numbers; how they are pronounced is left out. */
export async function readTexts(stream: AsyncIterable<Buffer> | undefined): Promise<readonly string[]> {
  const texts: string[] = [];
  const reader = createTextReader();
  if (stream)
    await readXml(stream, {
      open: reader.open,
      text: reader.text,
      close(name) {
        reader.close(name);
        if (name === 'si') texts.push(reader.take());
      },
    });
  return texts;
}

/** The text of `t` elements, runs of rich text put together, outside of what tells how they are pronounced. */
export function createTextReader() {
  let [text, isText, phonetic] = ['', false, 0];
  return {
    open(name: string): void {
      if (name === 'rPh') phonetic++;
      else if (name === 't') isText = phonetic === 0;
    },
    text(piece: string): void {
      if (isText) text += piece;
    },
    close(name: string): void {
      if (name === 'rPh') phonetic--;
      else if (name === 't') isText = false;
    },
    take(): string {
      const taken = unescape(text);
      text = '';
      return taken;
    },
  };
}

/** `_x000D_` stands for a sign that XML cannot hold. */
export function unescape(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
