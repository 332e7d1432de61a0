/** What a page has written, each piece with the height of its own signs. */

/** Signs of one kind are as high as one another: a digit, a Latin capital, a Chinese character. */
export interface Sign {
  readonly text: string;
  /** CSS pixels: the lowest kind of sign in it. */
  readonly heightPx: number;
  /** Marked as what is read from across the hall. */
  readonly isFar: boolean;
  /** Tags and classes from the panel inwards. */
  readonly place: string;
}

/**
 * Every visible piece of writing of a document, charts' included, for which `.chart` carries the size of its smallest.
 * Measured in the very font it is drawn with; marks without letters or digits have no height to read. It hangs on
 * nothing outside itself, so that it can be handed to a page.
 */
export function measureSigns(page: Document): Sign[] {
  const view = page.defaultView!;
  const ink = page.createElement('canvas').getContext('2d')!;
  const kinds = [
    [/\d/, '0'],
    [/[A-Za-z]/, 'H'],
    [/[\u3400-\u9fff]/, '国'],
  ] as const;
  const known = new Map<string, number>();
  const measure = (font: string, sign: string): number => {
    const key = sign + font;
    let height = known.get(key);
    if (height === undefined) {
      ink.font = font;
      const { actualBoundingBoxAscent, actualBoundingBoxDescent } = ink.measureText(sign);
      height = actualBoundingBoxAscent + actualBoundingBoxDescent;
      known.set(key, height);
    }
    return height;
  };
  const signs: Sign[] = [];
  const add = (element: Element, text: string): void => {
    const { fontWeight, fontSize, fontFamily } = view.getComputedStyle(element);
    const heights = kinds.flatMap(([pattern, sign]) =>
      pattern.test(text) ? [measure(`${fontWeight} ${fontSize} ${fontFamily}`, sign)] : [],
    );
    if (heights.length === 0) return;
    const names: string[] = [];
    for (let at: Element | null = element; at && at.tagName !== 'BODY' && names.length < 4; at = at.parentElement)
      names.unshift(at.tagName.toLowerCase() + (at.classList.length > 0 ? `.${at.classList[0]}` : ''));
    const isFar = element.closest('[data-far]') !== null;
    signs.push({ text: text.slice(0, 40), heightPx: Math.min(...heights), isFar, place: names.join(' ') });
  };
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement!;
    const text = node.textContent!.trim();
    if (text === '' || element.closest('script, style, noscript, template, .visually-hidden, [hidden]')) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = page.createRange();
    range.selectNodeContents(node);
    const { width, height } = range.getBoundingClientRect();
    if (width > 0.5 && height > 0.5) add(element, text);
  }
  for (const chart of page.querySelectorAll('.chart')) add(chart, chart.getAttribute('aria-label') ?? '0');
  return signs;
}
