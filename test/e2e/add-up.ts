// Which figures of a scene must add up to which others, as they stand on the screen.
import type { Page } from 'playwright-core';

export interface Sum {
  readonly what: string;
  readonly parts: number;
  readonly whole: number;
}

/** The scenes that hold sums; the star wall holds none. */
export type SummedScene = keyof typeof sums;

/** Reads the figures from the page itself, so that what is compared is what people see. */
export function addUp(page: Page, scene: SummedScene): Promise<Sum[]> {
  return sums[scene](page);
}

const sums = {
  async overview(page: Page): Promise<Sum[]> {
    const [accepted = NaN, hall = NaN, communities = NaN] = await readNumbers(page, '.stations .strip dd');
    const tiles = await readNumbers(page, '.stations .strip li .value');
    const [window = NaN] = await readNumbers(page, 'section.window .figure .figure');
    const [online = NaN] = await readNumbers(page, 'section.online .figure .figure');
    const channels = await readNumbers(page, '.trend li:is(.window, .online, .other)');
    return [
      { what: 'the communities', parts: sum(tiles), whole: communities },
      { what: 'the hall and the communities', parts: hall + communities, whole: accepted },
      { what: 'windows, online and other ways', parts: sum(channels), whole: accepted },
      { what: 'windows', parts: channels[0] ?? NaN, whole: window },
      { what: 'online', parts: channels[1] ?? NaN, whole: online },
    ];
  },

  async communities(page: Page): Promise<Sum[]> {
    return Promise.all(
      ['.load .value', '.finished .value'].map(async (cell) => ({
        what: cell,
        parts: sum(await readNumbers(page, `.board .row:not(.total) ${cell}`)),
        whole: sum(await readNumbers(page, `.board .total ${cell}`)),
      })),
    );
  },

  async medical(page: Page): Promise<Sum[]> {
    const rows = await readNumbers(page, '.items .rows .row .number');
    const totals = await readNumbers(page, '.items .total .number');
    return totals.map((whole, column) => ({
      what: `column ${column} of the items`,
      parts: sum(rows.filter((_, i) => i % totals.length === column)),
      whole,
    }));
  },

  async ratings(page: Page): Promise<Sum[]> {
    const found: Sum[] = [];
    for (const table of await page.locator('.stations table, .windows table').all()) {
      const figures = await table
        .locator('tbody tr:not(.filler) td:nth-child(2)')
        .evaluateAll((cells) => cells.map((cell) => Number(cell.textContent!.replace(/\D/g, ''))));
      found.push({ what: 'rated', parts: sum(figures.slice(0, -1)), whole: figures.at(-1) ?? NaN });
    }
    return found;
  },
};

function readNumbers(page: Page, selector: string): Promise<number[]> {
  return page
    .locator(selector)
    .evaluateAll((found) => found.map((element) => Number(element.textContent!.replace(/\D/g, ''))));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
