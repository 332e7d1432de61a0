// Reads a QR code off a picture of the screen, as a telephone does: versions 1 to 5 at level L, without mending errors.
import type { Browser, Locator, Page } from 'playwright-core';

export interface Seen {
  readonly text: string;
  /** Squares of the code on a side, without the white around it. */
  readonly squares: number;
  /** The side of one square, in pixels of the screen. */
  readonly squarePx: number;
  /** White squares around it: the least of the four sides. */
  readonly quiet: number;
}

/** `true`: dark. The first index is the row. */
type Grid = readonly (readonly boolean[])[];

/** Reads what the picture of an element shows; throws where there is no code that can be read. */
export async function readCode(browser: Browser, element: Locator): Promise<Seen> {
  await element.evaluate((image: HTMLImageElement) => image.decode());
  const png = await element.screenshot();
  const desk = await findDesk(browser);
  const rows = await desk.evaluate(toRows, `data:image/png;base64,${png.toString('base64')}`);
  return readGrid(rows.map((row) => Array.from(row, (one) => one === '1')));
}

/** A page on which pictures are opened: one for all of a browser, since a window costs more than what is done in it. */
const desks = new WeakMap<Browser, Promise<Page>>();

async function findDesk(browser: Browser): Promise<Page> {
  const desk = await desks.get(browser);
  if (desk && !desk.isClosed()) return desk;
  const opening = browser.newPage();
  desks.set(browser, opening);
  return opening;
}

/** Runs in the browser, which knows how to open a picture; `1` is dark. */
async function toRows(address: string): Promise<string[]> {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const ink = canvas.getContext('2d')!;
  ink.drawImage(image, 0, 0);
  const { data } = ink.getImageData(0, 0, canvas.width, canvas.height);
  const isDark = (at: number) => data[at]! + data[at + 1]! + data[at + 2]! < 384;
  return Array.from({ length: canvas.height }, (_, y) =>
    Array.from({ length: canvas.width }, (__, x) => (isDark((y * canvas.width + x) * 4) ? '1' : '0')).join(''),
  );
}

/** Of each side of a picture: its corners are round, and what lies behind them is no part of the code. */
const CORNER = 0.06;

function readGrid(picture: Grid): Seen {
  const corner = Math.round(picture.length * CORNER);
  const pixels = picture.slice(corner, -corner).map((row) => row.slice(corner, -corner));
  const rows = pixels.flatMap((row, y) => (row.includes(true) ? [y] : []));
  const [top = 0, bottom = 0] = [rows[0], rows.at(-1)];
  const left = Math.min(...rows.map((y) => pixels[y]!.indexOf(true)));
  const right = Math.max(...rows.map((y) => pixels[y]!.lastIndexOf(true)));
  // The upper edge of the first finder is seven squares long.
  const first = pixels[top]?.slice(left).indexOf(false) ?? 0;
  const size = Math.round((right - left + 1) / (first / 7));
  const squarePx = (right - left + 1) / size;
  if (first < 7 || (size - 17) % 4 !== 0 || Math.abs(bottom - top - (right - left)) > squarePx)
    throw new Error(`no code: ${size} squares of ${squarePx} px`);
  const squares = Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) => {
      const at = (from: number, n: number) => Math.floor(from + (n + 0.5) * squarePx);
      return pixels[at(top, y)]![at(left, x)]!;
    }),
  );
  const margins = [left, top, pixels[0]!.length - 1 - right, pixels.length - 1 - bottom];
  const quiet = (Math.min(...margins) + corner) / squarePx;
  return { text: readSquares(squares), squares: size, squarePx, quiet };
}

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];
/** What the standard lays over the fifteen bits that name level and mask. */
const FORMAT_MASK = 0x5412;
const LEVEL_L = 1;

function readSquares(squares: Grid): string {
  const size = squares.length;
  const dark = (x: number, y: number) => squares[y]![x]!;
  const places = [0, 1, 2, 3, 4, 5, 7, 8].map((y): [number, number] => [8, y]);
  for (const x of [7, 5, 4, 3, 2, 1, 0]) places.push([x, 8]);
  const format = places.reduce((bits, [x, y], i) => bits | (dark(x, y) ? 1 << i : 0), 0) ^ FORMAT_MASK;
  if (format >> 13 !== LEVEL_L || size > 37) throw new Error('only level L up to version 5 is read here');
  const mask = MASKS[(format >> 10) & 7]!;
  const isPattern = (x: number, y: number) =>
    x === 6 ||
    y === 6 ||
    (x < 9 && (y < 9 || y >= size - 8)) ||
    (x >= size - 8 && y < 9) ||
    (size > 21 && Math.abs(x - (size - 7)) <= 2 && Math.abs(y - (size - 7)) <= 2);
  let bits = '';
  // Two columns at a time from the right, upwards and downwards in turn, past the column of the timing pattern.
  for (let column = size - 1, up = true; column > 0; column -= 2, up = !up) {
    if (column === 6) column--;
    for (let i = 0; i < size; i++) {
      const y = up ? size - 1 - i : i;
      for (const x of [column, column - 1]) if (!isPattern(x, y)) bits += dark(x, y) !== mask(x, y) ? '1' : '0';
    }
  }
  return readBits(bits);
}

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

function readBits(bits: string): string {
  let at = 0;
  const take = (n: number) => parseInt(bits.slice(at, (at += n)), 2);
  const mode = take(4);
  if (mode === 4) return String.fromCharCode(...Array.from({ length: take(8) }, () => take(8)));
  if (mode !== 2) throw new Error(`a code in mode ${mode} is not read here`);
  let text = '';
  for (let left = take(9); left > 0; left -= 2) {
    const value = take(left > 1 ? 11 : 6);
    text += left > 1 ? ALPHANUMERIC[Math.floor(value / 45)]! + ALPHANUMERIC[value % 45]! : ALPHANUMERIC[value]!;
  }
  return text;
}
