// What a finger or a weak eye would miss on a page that citizens touch: small targets, small or cut writing, weak contrast.
import type { Page } from 'playwright-core';

export interface TouchLimits {
  readonly targetPx: number;
  readonly textPx: number;
  /** WCAG 1.4.6 (AAA). */
  readonly contrast: number;
}

const LIMITS: TouchLimits = { targetPx: 96, textPx: 16, contrast: 7 };

export function findTouchFaults(page: Page, limits: TouchLimits = LIMITS): Promise<string[]> {
  return page.evaluate(({ targetPx, textPx, contrast }) => {
    const faults: string[] = [];
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) faults.push(`scrolls: ${scrollWidth}×${scrollHeight}`);
    const read = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = ([r = 0, g = 0, b = 0]: number[]): number => {
      const [x, y, z] = [r, g, b].map((c) =>
        c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * x! + 0.7152 * y! + 0.0722 * z!;
    };
    const groundOf = (element: Element): number[] => {
      for (let one: Element | null = element; one; one = one.parentElement) {
        const colour = read(getComputedStyle(one).backgroundColor);
        if (colour.length === 3 || colour[3]! > 0) return colour;
      }
      return [255, 255, 255];
    };
    for (const element of document.querySelectorAll('button, a, select, input')) {
      const { width, height, left, right, top, bottom } = element.getBoundingClientRect();
      const name = element.textContent?.trim().slice(0, 20);
      if (width < targetPx || height < targetPx) faults.push(`small target: ${name} ${width}×${height}`);
      if (left < 0 || right > innerWidth || top < 0 || bottom > innerHeight) faults.push(`outside: ${name}`);
      if (element.scrollHeight > element.clientHeight + 1) faults.push(`overflows: ${name}`);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      const text = node.textContent!.trim();
      if (text === '' || element.closest('script, style, .visually-hidden')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()];
      if (boxes.length === 0) continue;
      const { fontSize, color } = getComputedStyle(element);
      if (parseFloat(fontSize) < textPx) faults.push(`small text: ${text} ${fontSize}`);
      const [one, two] = [light(read(color)), light(groundOf(element))].sort((a, b) => b - a);
      const ratio = (one! + 0.05) / (two! + 0.05);
      if (ratio < contrast) faults.push(`weak: ${text} ${ratio.toFixed(1)}:1`);
      for (const { left, right, top, bottom } of boxes)
        if (left < -0.5 || right > innerWidth + 0.5 || top < -0.5 || bottom > innerHeight + 0.5)
          faults.push(`cut: ${text}`);
    }
    return faults;
  }, limits);
}
