/** Whether what a page has written can be read from where people stand. Pure. */
import type { Sign } from './signs.ts';

const MM_PER_INCH = 25.4;

export interface Viewing {
  /** Diagonal of the whole picture, inches. */
  readonly inches: number;
  /** From the eye to the screen, metres. */
  readonly metres: number;
  /** The whole picture in CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * The angle under which a height is seen, in minutes of arc: 2 · atan(height ÷ 2 ÷ distance).
 * `heightPx` is the character's own height in CSS pixels (a capital's, a digit's), not the font's size.
 */
export function measureAngle(
  heightPx: number,
  { inches, metres, widthPx, heightPx: pictureHeightPx }: Viewing,
): number {
  const mmPerPx = (inches * MM_PER_INCH) / Math.hypot(widthPx, pictureHeightPx);
  return 2 * Math.atan((heightPx * mmPerPx) / 2 / (metres * 1000)) * (180 / Math.PI) * 60;
}

/**
 * Minutes of arc that a sign has at least: ISO 9241-303:2011 asks for 16 of a character's height, which is what is read
 * from across the hall has; the rest of 总览 has 12, and of what is walked up to 10.
 */
export const FAR_ANGLE = 16;
export const OVERVIEW_ANGLE = 12;
export const LEAST_ANGLE = 10;

export interface LeastSign {
  readonly text: string;
  /** Minutes of arc. */
  readonly angle: number;
}

/** The lowest writing of a page and whether it can be read; absent where the page has none of its kind. */
export interface Legibility {
  readonly far?: LeastSign;
  readonly rest?: LeastSign;
  readonly isLegible: boolean;
}

export function judgeSigns(signs: readonly Sign[], viewing: Viewing, leastAngle: number): Legibility {
  const far = findLeast(
    signs.filter(({ isFar }) => isFar),
    viewing,
  );
  const rest = findLeast(
    signs.filter(({ isFar }) => !isFar),
    viewing,
  );
  const reaches = (least: LeastSign | undefined, angle: number) => least === undefined || least.angle >= angle;
  return {
    ...(far && { far }),
    ...(rest && { rest }),
    isLegible: signs.length > 0 && reaches(far, FAR_ANGLE) && reaches(rest, leastAngle),
  };
}

function findLeast(signs: readonly Sign[], viewing: Viewing): LeastSign | undefined {
  const least = signs.reduce<Sign | undefined>(
    (least, sign) => (least && least.heightPx <= sign.heightPx ? least : sign),
    undefined,
  );
  return least && { text: least.text, angle: measureAngle(least.heightPx, viewing) };
}

export interface Distance {
  readonly inches: number;
  readonly metres: number;
}

const USUAL_INCHES = 75;
const USUAL_METRES = 6;

/**
 * The diagonal, in inches, of a picture whose screens are of the usual size: a 75-inch one, lying or upright, or as many
 * beside one another as the picture is wide.
 */
export function usualInches({ width, height }: { readonly width: number; readonly height: number }): number {
  if (width < 3 * height) return USUAL_INCHES;
  const heightInches = (USUAL_INCHES * 9) / Math.hypot(16, 9);
  return Math.round(heightInches * Math.hypot(width / height, 1));
}

/** From `?inches=75&distance=6`, else what was said at this screen before; what is no sensible number is the usual. */
export function parseDistance(query: URLSearchParams, kept: string | null, inches: number): Distance {
  const before = new URLSearchParams(kept ?? '');
  const read = (name: string, least: number, most: number) =>
    parseWithin(query.get(name), least, most) ?? parseWithin(before.get(name), least, most);
  return { inches: read('inches', 10, 1000) ?? inches, metres: read('distance', 0.3, 100) ?? USUAL_METRES };
}

/** As `parseDistance` reads it. */
export function writeDistance({ inches, metres }: Distance): string {
  return new URLSearchParams({ inches: String(inches), distance: String(metres) }).toString();
}

function parseWithin(text: string | null, least: number, most: number): number | undefined {
  const value = Number(text);
  return text !== null && text.trim() !== '' && value >= least && value <= most ? value : undefined;
}
