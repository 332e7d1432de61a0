/** The size of the screen as drawing on a canvas needs it: style sheets have `rem` for this. */
class Screen {
  /** Pixels of one unit of a 1080p screen: 1 at 1920×1080. */
  unitPx = $state(1);

  constructor() {
    if (typeof window === 'undefined') return;
    const measure = () => (this.unitPx = parseFloat(getComputedStyle(document.documentElement).fontSize) / 20);
    addEventListener('resize', measure);
    measure();
  }
}

export const screen = new Screen();
