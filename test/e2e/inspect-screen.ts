// What a critic would find on a screen without reading it: text cut, lapped over, too small, too pale, or in a foreign font.
import type { Page } from 'playwright-core';

export interface TextFound {
  readonly text: string;
  /** Where it stands: tags and classes from the panel inwards. */
  readonly place: string;
}

export interface Fault extends TextFound {
  readonly fault: 'outside' | 'cut' | 'overlap' | 'ellipsis' | 'broken' | 'small' | 'pale';
  readonly detail: string;
}

export interface Limits {
  /** The least size of text, in parts of the root's font size (1rem = 20 px of a 1080p screen). */
  readonly leastRem: number;
  /** The least contrast of figures and of everything else. */
  readonly figures: number;
  readonly text: number;
}

/** Notes the size and the text of everything that charts write on a canvas; to be called before the page is opened. */
export async function watchCanvasText(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const noted: { text: string; rem: number }[] = [];
    Object.assign(globalThis, { canvasText: noted });
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (this: CanvasRenderingContext2D, ...args) {
      const { a } = this.getTransform();
      const scale = a / (globalThis.devicePixelRatio || 1);
      const px = parseFloat(/([\d.]+)px/.exec(this.font)?.[1] ?? '0') * scale;
      const rem = px / parseFloat(getComputedStyle(document.documentElement).fontSize);
      if (noted.length < 20_000) noted.push({ text: String(args[0]), rem });
      fillText.apply(this, args);
    };
  });
}

/** Every fault of what the page shows now. */
export function findFaults(page: Page, limits: Limits): Promise<Fault[]> {
  return page.evaluate((limits): Fault[] => {
    const faults: Fault[] = [];
    // What of a line of the hall's figures lies above and below its signs.
    const [above, below] = [0.25, 0.17];
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    interface Piece {
      element: Element;
      node: Text;
      text: string;
      rects: DOMRect[];
    }
    const pieces: Piece[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      const text = node.textContent!.trim();
      if (text === '' || element.closest('script, style, noscript, .visually-hidden, title')) continue;
      const style = getComputedStyle(element);
      if (style.visibility === 'hidden' || !element.checkVisibility({ opacityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter(({ width, height }) => width > 0.5 && height > 0.5);
      if (rects.length > 0) pieces.push({ element, node: node as Text, text, rects });
    }

    const placeOf = (element: Element): string => {
      const names: string[] = [];
      for (let at: Element | null = element; at && at.tagName !== 'BODY' && names.length < 4; at = at.parentElement)
        names.unshift(at.tagName.toLowerCase() + (at.classList.length > 0 ? `.${at.classList[0]}` : ''));
      return names.join(' ');
    };
    const add = (piece: Piece, fault: Fault['fault'], detail: string) =>
      faults.push({ fault, detail, text: piece.text.slice(0, 60), place: placeOf(piece.element) });
    const write = ({ left, top, right, bottom }: DOMRect) =>
      `${Math.round(left)},${Math.round(top)}–${Math.round(right)},${Math.round(bottom)}`;

    for (const piece of pieces) {
      const { element, node, text, rects } = piece;
      const style = getComputedStyle(element);
      const px = parseFloat(style.fontSize);
      if (px < limits.leastRem * rem - 0.05) add(piece, 'small', `${(px / rem).toFixed(2)}rem`);
      if (text.includes('…')) add(piece, 'ellipsis', 'written');
      for (const moment of node.data.matchAll(/\d{1,2}:\d{2}(?:[–-]\d{1,2}:\d{2})?|\d{1,2}月\d{1,2}日/g)) {
        const range = document.createRange();
        range.setStart(node, moment.index);
        range.setEnd(node, moment.index + moment[0].length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) add(piece, 'broken', moment[0]);
      }
      for (const rect of rects) {
        // A line box is taller than its glyphs: only what cuts into these is a fault.
        const [top, bottom] = [rect.top + rect.height * above, rect.bottom - rect.height * below];
        if (rect.left < -1 || top < -1 || rect.right > innerWidth + 1 || bottom > innerHeight + 1)
          add(piece, 'outside', write(rect));
        for (let at: Element | null = element; at && at.tagName !== 'BODY'; at = at.parentElement) {
          const box = at.getBoundingClientRect();
          const own = getComputedStyle(at);
          if (own.display === 'inline' || own.display === 'contents') continue;
          const sides = rect.left < box.left - 1.5 || rect.right > box.right + 1.5;
          // A tight line is lower than its signs, which is nothing to see where the box itself is not seen.
          const isSeen =
            own.overflowY !== 'visible' ||
            parseFloat(own.borderBottomWidth) > 0 ||
            !own.backgroundColor.endsWith(', 0)');
          const ends = isSeen && (top < box.top - 1 || bottom > box.bottom + 1);
          if (sides || ends) {
            add(piece, 'cut', `${write(rect)} leaves ${placeOf(at)} ${write(box)}`);
            break;
          }
        }
      }
      for (let at: Element | null = element; at; at = at.parentElement) {
        const own = getComputedStyle(at);
        if (own.textOverflow === 'ellipsis' && at.scrollWidth > at.clientWidth + 1) add(piece, 'ellipsis', 'by style');
      }
    }

    for (let i = 0; i < pieces.length; i++) {
      for (let k = i + 1; k < pieces.length; k++) {
        const lapped = pieces[i]!.rects.some((a) =>
          pieces[k]!.rects.some((b) => {
            const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const height =
              Math.min(a.bottom - a.height * below, b.bottom - b.height * below) -
              Math.max(a.top + a.height * above, b.top + b.height * above);
            return width > 1.5 && height > 1;
          }),
        );
        if (lapped) add(pieces[i]!, 'overlap', `with “${pieces[k]!.text.slice(0, 40)}” ${placeOf(pieces[k]!.element)}`);
      }
    }

    type Colour = [number, number, number, number];
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const ink = canvas.getContext('2d', { willReadFrequently: true })!;
    const known = new Map<string, Colour>();
    const parse = (colour: string): Colour => {
      const found = known.get(colour);
      if (found) return found;
      ink.clearRect(0, 0, 1, 1);
      ink.fillStyle = colour;
      ink.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = ink.getImageData(0, 0, 1, 1).data;
      const value: Colour = [r, g, b, a / 255];
      known.set(colour, value);
      return value;
    };
    const over = (top: Colour, below: Colour): Colour => [
      top[0] * top[3] + below[0] * (1 - top[3]),
      top[1] * top[3] + below[1] * (1 - top[3]),
      top[2] * top[3] + below[2] * (1 - top[3]),
      1,
    ];
    const luminance = ([r, g, b]: Colour): number => {
      const [x, y, z] = [r, g, b].map((c) => {
        const s = c / 255;
        return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * x! + 0.7152 * y! + 0.0722 * z!;
    };
    for (const piece of pieces) {
      const chain: Colour[] = [];
      let opacity = 1;
      let isStopped = false;
      for (let at: Element | null = piece.element; at; at = at.parentElement) {
        const own = getComputedStyle(at);
        opacity *= Number(own.opacity);
        // What is behind is greyed on purpose, and says so in full contrast beside it.
        if (own.filter.includes('grayscale')) isStopped = true;
        const ground = parse(own.backgroundColor);
        if (ground[3] > 0) chain.push(ground);
        if (ground[3] === 1) break;
      }
      if (isStopped) continue;
      const ground = chain.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1] as Colour);
      const colour = parse(getComputedStyle(piece.element).color);
      const seen = over([colour[0], colour[1], colour[2], colour[3] * opacity], ground);
      const [light, dark] = [luminance(seen), luminance(ground)].sort((a, b) => b - a) as [number, number];
      const ratio = (light + 0.05) / (dark + 0.05);
      const isFigure = /^[\d.,:%/–−+-]+$/.test(piece.text);
      if (ratio < (isFigure ? limits.figures : limits.text) - 0.005) add(piece, 'pale', `${ratio.toFixed(2)}:1`);
    }
    if (
      document.documentElement.scrollHeight > innerHeight + 1 ||
      document.documentElement.scrollWidth > innerWidth + 1
    )
      faults.push({
        fault: 'outside',
        text: '',
        place: 'page',
        detail: `scrolls: ${document.documentElement.scrollWidth}×${document.documentElement.scrollHeight}`,
      });
    return faults;
  }, limits);
}

/** Text that charts have written smaller than the least size, since the page was opened. */
export function findSmallCanvasText(page: Page, leastRem: number): Promise<string[]> {
  return page.evaluate((leastRem) => {
    const noted = (globalThis as unknown as { canvasText: { text: string; rem: number }[] }).canvasText;
    const small = noted.filter(({ text, rem }) => text.trim() !== '' && rem < leastRem - 0.03);
    return [...new Set(small.map(({ text, rem }) => `“${text}” ${rem.toFixed(2)}rem`))];
  }, leastRem);
}

/** Families that the browser drew the page's text with and that the product does not bring along: missing glyphs. */
export async function findForeignFonts(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'body' });
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId, selector: '#app *' });
  const foreign = new Set<string>();
  // A live page may have taken a node away since it was listed.
  const found = await Promise.allSettled(
    nodeIds.map((id) => session.send('CSS.getPlatformFontsForNode', { nodeId: id })),
  );
  const fonts = found.flatMap((one) => (one.status === 'fulfilled' ? one.value.fonts : []));
  if (fonts.length === 0) throw new Error('no font of any element could be read');
  for (const { familyName, isCustomFont, glyphCount } of fonts)
    if (!isCustomFont && glyphCount > 0) foreign.add(familyName);
  await session.detach();
  return [...foreign];
}
