/** The theme's colours as a chart needs them; the style sheet is where they are chosen. */
export interface Palette {
  ink: string;
  soft: string;
  line: string;
  tile: string;
  window: string;
  medical: string;
  online: string;
  other: string;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: read('ink'),
    soft: read('soft'),
    line: read('line'),
    tile: read('tile'),
    window: read('window'),
    medical: read('medical'),
    online: read('online'),
    other: read('other'),
  };
}
