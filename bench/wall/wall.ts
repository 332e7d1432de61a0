/** The screens of a hall from a cold cache with a slowed processor: until their figures are drawn, and until their charts are. */
import { openBrowser } from '../browser.ts';
import type { BenchContext } from '../context.ts';
import { startBarePage } from '../brief/bare.ts';
import { startProduct } from '../product.ts';
import { printLine, ratios, writeSpread } from '../stats.ts';
import { openDisplay, type Showing } from './open.ts';

const OPENINGS = { full: 6, small: 1 } as const;
const SCREENS = [
  { name: 'wall', path: '/', figures: 'main.wall section.window .figure', charts: true },
  { name: 'public screen', path: '/public', figures: 'main.public .calls', charts: false },
] as const;

export async function benchWall(context: BenchContext): Promise<void> {
  const [browser, bare, demo] = await Promise.all([
    openBrowser(),
    startBarePage(),
    startProduct(context, 'wall-demo', { HALLPULSE_DEMO: '1' }),
  ]);
  try {
    console.log('wall, the demo: milliseconds from the navigation, processor slowed four times');
    const bares: Showing[] = [];
    const seen = SCREENS.map((screen) => ({ ...screen, showings: [] as Showing[] }));
    for (let i = 0; i < context.rounds * OPENINGS[context.size] + 1; i++) {
      const ofBare = await openDisplay(browser, bare.url, { figures: 'p.sentence', charts: false });
      // The first round is for warming up.
      if (i > 0) bares.push(ofBare);
      for (const { path, showings, ...waited } of seen) {
        const ours = await openDisplay(browser, demo.origin + path, waited);
        if (i > 0) showings.push(ours);
      }
    }
    const print = (what: string, of: readonly Showing[], read: (one: Showing) => number) =>
      printLine(what, writeSpread(of.map(read)));
    print('a bare page, drawn', bares, (one) => one.figuresMs);
    for (const { name, charts, showings } of seen) {
      print(`${name}, figures drawn`, showings, (one) => one.figuresMs);
      const [ours, beside] = [showings, bares].map((of) => of.map((one) => one.figuresMs)) as [number[], number[]];
      printLine(`ratio, ${name} drawn / bare page drawn`, writeSpread(ratios(ours, beside), 1));
      if (charts) print(`${name}, charts drawn`, showings, (one) => one.chartsMs);
      print(`${name}, page there`, showings, (one) => one.pageMs);
      print(`${name}, scripts ran for`, showings, (one) => one.scriptMs);
      print(`${name}, styles and places took`, showings, (one) => one.layoutMs);
      print(`${name}, bytes received`, showings, (one) => one.bytes);
    }
  } finally {
    await Promise.all([browser.close(), bare.stop(), demo.stop()]);
  }
}
