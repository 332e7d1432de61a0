/** The size of the screen as drawing on a canvas needs it: style sheets have `rem` for this. */
class Screen {
  /** Pixels of one unit of a chart: 1 at 1920×1080, and larger where the type is. */
  chartPx = $state(1);

  constructor() {
    if (typeof window === 'undefined') return;
    const measure = () => {
      const style = getComputedStyle(document.documentElement);
      this.chartPx = (parseFloat(style.fontSize) / 20) * Number(style.getPropertyValue('--type-chart'));
    };
    addEventListener('resize', measure);
    measure();
  }
}

export const screen = new Screen();
