/** `npm run shots`: every scene at every size and theme as a person would see it, with contact sheets of them all; the desk, a tablet and the kiosk; the brief and a report. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { SignedOut } from '../domain/wire/accounts.ts';
import { openAccess } from '../server/access/access.ts';
import { demoFolder } from '../server/settings.ts';
import { startProduct } from '../test/e2e/product.ts';
import { findBrowser } from './browser.mjs';

const USAGE = `npm run shots -- [--url http://localhost:8080] [--page /?scene=medical]… [--size 1920x1080]…
  [--theme deep|light|contrast]… [--lang zh|en]… [--out DIR] [--wait SECONDS]
Takes a picture of each page at each size, theme and language, and lays them out on one contact sheet a theme and
language. Without --url it starts a demo hall of its own; without --page it takes every scene and the public screen.
Of a demo hall of its own, and without --page, it also takes the desk, a window's tablet and the kiosk, at work,
the brief and a report.`;
const PAGES = [
  '/?scene=overview',
  '/?scene=communities',
  '/?scene=medical',
  '/?scene=ratings',
  '/?scene=stars',
  '/public',
];
const SIZES = ['1366x768', '1920x1080', '3840x2160', '5760x1080', '1080x1920'];
const SHEET_WIDTH = 2600;

interface Shot {
  readonly page: string;
  readonly size: string;
  readonly file: string;
}

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    page: { type: 'string', multiple: true, default: PAGES },
    out: { type: 'string', default: 'shots' },
    size: { type: 'string', multiple: true, default: SIZES },
    theme: { type: 'string', multiple: true, default: ['deep', 'light', 'contrast'] },
    lang: { type: 'string', multiple: true, default: ['zh'] },
    wait: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

function parseSize(size: string): { width: number; height: number } | undefined {
  const match = /^(\d{3,5})x(\d{3,5})$/.exec(size);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

/** The scene, or the address, or `wall`. */
function nameOf(page: string): string {
  const { pathname, searchParams } = new URL(page, 'http://page');
  return searchParams.get('scene') ?? (pathname.replaceAll('/', ' ').trim().replaceAll(' ', '-') || 'wall');
}

async function takeShot(browser: Browser, address: string, size: string, file: string): Promise<void> {
  const context = await browser.newContext({ viewport: parseSize(size)!, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('main').waitFor();
  await page.waitForTimeout(Number(values.wait) * 1000);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: file });
  await context.close();
}

/** One page with all pictures of a theme and language: a row for each scene, all rows of one scale. */
async function layOut(browser: Browser, title: string, shots: readonly Shot[], file: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: SHEET_WIDTH, height: 1000 } });
  const rows = [...new Set(shots.map((shot) => shot.page))].map((name) => {
    const pictures = shots
      .filter((shot) => shot.page === name)
      .map(({ size, file: picture }) => {
        const { width, height } = parseSize(size)!;
        return `<figure style="flex:${width / height} 1 0"><img src="${pathToFileURL(picture).href}"><figcaption>${nameOf(name)} ${size}</figcaption></figure>`;
      });
    return `<div>${pictures.join('')}</div>`;
  });
  const sheet = join(values.out, '.sheet.html');
  const style =
    'body{margin:24px;background:#777;font:20px sans-serif;color:#fff}div{display:flex;gap:16px;margin-bottom:16px;align-items:flex-start}figure{margin:0}img{width:100%;display:block}';
  writeFileSync(sheet, `<meta charset="utf-8"><style>${style}</style><h1>${title}</h1>${rows.join('')}`);
  await page.goto(pathToFileURL(sheet).href);
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
  rmSync(sheet);
}

async function takeAll(browser: Browser, url: string): Promise<void> {
  mkdirSync(values.out, { recursive: true });
  for (const theme of values.theme) {
    for (const lang of values.lang) {
      const shots: Shot[] = [];
      for (const page of values.page) {
        for (const size of values.size) {
          const address = new URL(page, url);
          address.searchParams.set('theme', theme);
          address.searchParams.set('lang', lang);
          const file = join(values.out, `${nameOf(page)}-${theme}-${lang}-${size}.png`);
          await takeShot(browser, address.href, size, file);
          console.log(file);
          shots.push({ page, size, file });
        }
      }
      const sheet = join(values.out, `contact-sheet-${theme}-${lang}.png`);
      await layOut(browser, `${theme} · ${lang}`, shots, sheet);
      console.log(sheet);
    }
  }
}

/** The street hall's station in the demo, with a window for the desk and one for the tablet, at which nobody sits there. */
const STATION = 'hall';
const [DESK_WINDOW, TABLET_WINDOW] = ['w11', 'w12'];

/** A clerk at work, a citizen who is asked for a rating, and a kiosk that gives numbers. */
async function takeWork(browser: Browser, { url, folder }: { url: string; folder: string }): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  const desk = await context.newPage();
  const headers = { Origin: new URL(url).origin };
  const ask = async (command: string, body: object): Promise<void> => {
    const answer = await context.request.post(`${url}/api/desk/queue/${command}`, {
      data: { station: STATION, ...body },
      headers,
    });
    if (!answer.ok()) throw new Error(`${command}: ${answer.status()} ${await answer.text()}`);
  };
  const seen = await context.request.get(`${url}/api/session`);
  const { hall, offers = [] } = (await seen.json()) as SignedOut;
  const { staff, password } = offers[0]!;
  await context.request.post(`${url}/api/session`, { data: { staff, password }, headers });
  for (const green of [true, true, false]) await ask('take', green ? { green } : {});
  for (const window of [DESK_WINDOW, TABLET_WINDOW]) {
    await ask('open', { window });
    await ask('call', { window });
  }
  await desk.goto(`${url}/desk`);
  await desk.getByRole('button', { name: '选择窗口' }).click();
  await desk.getByRole('button', { name: `开窗 ${DESK_WINDOW.slice(1)}号窗` }).click();
  await desk.mouse.move(0, 0);
  for (const item of ['少儿医保', '异地就医备案']) {
    await desk.getByRole('combobox').fill(item);
    await desk.getByRole('button', { name: /^受理/ }).first().waitFor();
    await desk.getByRole('combobox').press('Enter');
    await desk.getByText(`已登记：${item}`).waitFor();
  }
  await desk.getByText('待上传 0 条').waitFor();
  await desk.getByRole('combobox').fill('mzbx');
  await desk.getByRole('option').first().waitFor();
  await save(desk, 'desk-1366x768');

  const access = openAccess(folder, { now: Date.now });
  const open = async (path: string, audience: { rate: string } | { take: string }): Promise<Page> => {
    const { secret } = access.displayTokens.add({ hall: hall!.id, audience, label: 'shots' });
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.goto(`${url}${path}?token=${secret}`);
    return page;
  };
  const tablet = await open(`/rate/${TABLET_WINDOW}`, { rate: TABLET_WINDOW });
  await tablet.locator('main[data-turn=idle]').waitFor();
  await ask('finish', { window: TABLET_WINDOW });
  await tablet.locator('main[data-turn=asking]').waitFor();
  await save(tablet, 'rate-1280x800');
  const kiosk = await open('/take', { take: STATION });
  await kiosk.locator('main[data-view=open]').waitFor();
  await save(kiosk, 'take-1280x800');
  access.close();
  for (const page of [desk, tablet, kiosk]) await page.context().close();
}

/** What leadership reads, of the demo's last days: the brief on a telephone and a month's report. */
async function takeReading(browser: Browser, url: string): Promise<void> {
  for (const [address, width, height, name] of [
    ['/brief?lang=zh', 390, 844, 'brief'],
    ['/report?kind=month&day=2019-10-15&lang=zh', 1440, 900, 'report'],
  ] as const) {
    const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(`${url}${address}`);
    await page.locator(name === 'brief' ? '.sentence' : 'html[data-ready]').waitFor();
    await page.waitForTimeout(Number(values.wait) * 1000);
    await save(page, `${name}-${width}x${height}`);
    await context.close();
  }
}

async function save(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const file = join(values.out, `${name}.png`);
  await page.screenshot({ path: file });
  console.log(file);
}

async function run(): Promise<number> {
  const wrong = values.size.find((size) => !parseSize(size));
  if (values.help || wrong) {
    console.log(wrong ? `Not a size: ${wrong}\n${USAGE}` : USAGE);
    return wrong ? 2 : 0;
  }
  const executablePath = await findBrowser();
  if (executablePath === undefined) {
    console.error('No browser was found. Install chromium, or set HALLPULSE_BROWSER to its path.');
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-shots-'));
  const product = values.url === undefined ? await startProduct({ folder, env: { HALLPULSE_DEMO: '1' } }) : undefined;
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath, args });
  try {
    await takeAll(browser, values.url ?? product!.url);
    if (product && values.page === PAGES) {
      await takeReading(browser, product.url);
      await takeWork(browser, { url: product.url, folder: demoFolder(folder) });
    }
  } finally {
    await browser.close();
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}

process.exitCode = await run();
