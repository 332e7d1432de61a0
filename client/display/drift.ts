/** Against burn-in: where the picture stands within its margin, another place every ten minutes. Pure. */

/** In rem; a picture's margin is wider, so no edge is ever cut. */
export interface Drift {
  readonly x: number;
  readonly y: number;
}

const STAY_MS = 600_000;
/** 6 px at 1080p: about half the stroke of the largest figures. */
const STEP_REM = 0.3;
/** Round the middle and through it, so that each step is a small one. */
const PLACES: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
];

/** `at`: epoch ms of any clock that runs like a real one. */
export function driftAt(at: number): Drift {
  const [x, y] = PLACES[Math.floor(at / STAY_MS) % PLACES.length]!;
  return { x: x * STEP_REM, y: y * STEP_REM };
}
