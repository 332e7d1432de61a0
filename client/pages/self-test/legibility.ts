/** Whether a size of writing can be read from where people stand. Pure. */

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

export type Legibility = 'recommended' | 'least' | 'small';

/** ISO 9241-303:2011, character height: at least 16 minutes of arc, 20 to 22 recommended. */
export const LEAST_ANGLE = 16;
export const RECOMMENDED_ANGLE = 20;

export function judgeAngle(arcMinutes: number): Legibility {
  if (arcMinutes >= RECOMMENDED_ANGLE) return 'recommended';
  return arcMinutes >= LEAST_ANGLE ? 'least' : 'small';
}

/** The furthest distance, in metres, from which a height still has `arcMinutes`. */
export function findReach(heightPx: number, viewing: Viewing, arcMinutes: number): number {
  const mmPerPx = (viewing.inches * MM_PER_INCH) / Math.hypot(viewing.widthPx, viewing.heightPx);
  return (heightPx * mmPerPx) / 2 / Math.tan(arcMinutes / 60 / 2 / (180 / Math.PI)) / 1000;
}

/** Heights of signs in parts of the font's size, measured in the two faces that the product carries. */
export const DIGIT_HEIGHT = 0.7;
export const HANZI_HEIGHT = 0.88;

export interface Distance {
  readonly inches: number;
  readonly metres: number;
}

/** From `?inches=75&distance=6`; what is no sensible number is the usual screen and the usual place. */
export function parseDistance(query: URLSearchParams): Distance {
  return {
    inches: parseWithin(query.get('inches'), 10, 1000) ?? 75,
    metres: parseWithin(query.get('distance'), 0.3, 100) ?? 6,
  };
}

function parseWithin(text: string | null, least: number, most: number): number | undefined {
  const value = Number(text);
  return text !== null && text.trim() !== '' && value >= least && value <= most ? value : undefined;
}
