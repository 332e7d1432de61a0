/** Lets a picture drift within its own margin (`.picture` in kiosk.css), for as long as it is shown. */
import { driftAt } from './drift.ts';

const LOOK_MS = 60_000;

/** An attachment. It goes by this machine's own clock: a demo's may run a thousand times as fast. */
export function drifting(picture: HTMLElement): () => void {
  const move = () => {
    const { x, y } = driftAt(Date.now());
    picture.style.setProperty('--drift-x', `${x}rem`);
    picture.style.setProperty('--drift-y', `${y}rem`);
  };
  move();
  const timer = setInterval(move, LOOK_MS);
  return () => clearInterval(timer);
}
