// Which figures of a scene must add up to which others, as they stand on the screen.
import type { Page } from 'playwright-core';

export interface Sum {
  readonly what: string;
  readonly parts: number;
  readonly whole: number;
}

type Scene = 'overview' | 'communities' | 'medical' | 'ratings' | 'stars';

/** Reads the figures from the page itself, so that what is compared is what people see. */
export async function addUp(page: Page, scene: Scene): Promise<Sum[]> {
  if (scene === 'overview') return addUpOverview(page);
  return [];
}

async function addUpOverview(page: Page): Promise<Sum[]> {
  const numbers = (selector: string) =>
    page
      .locator(selector)
      .evaluateAll((found) => found.map((element) => Number(element.textContent!.replace(/\D/g, ''))));
  const [hall = NaN, communities = NaN] = await numbers('.stations .strip dd');
  const tiles = await numbers('.stations .strip li .value');
  const [window = NaN] = await numbers('section.window .figure .figure');
  const [online = NaN] = await numbers('section.online .figure .figure');
  return [
    { what: 'the communities', parts: sum(tiles), whole: communities },
    { what: 'windows and online', parts: window + online, whole: hall + communities },
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
