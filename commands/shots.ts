/** `npm run shots`: pictures of a running product's pages at the sizes of real screens, for the guide and for a critic. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const USAGE = `npm run shots -- [--url http://localhost:8080] [--page /]… [--out docs/images] [--size 1920x1080]… [--wait SECONDS]
Takes a picture of each page at each size. Without --size: 1366x768, 1920x1080 and 3840x2160.`;
const SIZES = ['1366x768', '1920x1080', '3840x2160'];
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:8080' },
    page: { type: 'string', multiple: true, default: ['/'] },
    out: { type: 'string', default: 'docs/images' },
    size: { type: 'string', multiple: true, default: SIZES },
    wait: { type: 'string', default: '2' },
    help: { type: 'boolean', default: false },
  },
});

function parseSize(size: string): { width: number; height: number } | undefined {
  const match = /^(\d{3,5})x(\d{3,5})$/.exec(size);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

function findBrowser(): string | undefined {
  return [process.env['HALLPULSE_BROWSER'], ...PLACES, chromium.executablePath()].find(
    (place) => place && existsSync(place),
  );
}

/** `/` is the wall; other pages are called after their address. */
function nameShot(page: string, size: string): string {
  const name = new URL(page, 'http://page').pathname.replaceAll('/', ' ').trim().replaceAll(' ', '-') || 'wall';
  return `${name}-${size}.png`;
}

async function takeShots(): Promise<number> {
  const sizes = values.size.map((size) => ({ size, viewport: parseSize(size) }));
  const wrong = sizes.find(({ viewport }) => !viewport);
  if (values.help || wrong) {
    console.log(wrong ? `Not a size: ${wrong.size}\n${USAGE}` : USAGE);
    return wrong ? 2 : 0;
  }
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    console.error('No browser was found. Install chromium, or set HALLPULSE_BROWSER to its path.');
    return 1;
  }
  mkdirSync(values.out, { recursive: true });
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath, args });
  try {
    for (const address of values.page) {
      for (const { size, viewport } of sizes) {
        const page = await browser.newPage({ viewport: viewport!, locale: 'zh-CN' });
        await page.goto(new URL(address, values.url).href);
        await page.waitForTimeout(Number(values.wait) * 1000);
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        const path = join(values.out, nameShot(address, size));
        await page.screenshot({ path });
        await page.close();
        console.log(path);
      }
    }
  } finally {
    await browser.close();
  }
  return 0;
}

process.exitCode = await takeShots();
