// The displays' pages in a frame of a signage system: of one that the hall names they live, of any other, and any other page, they are refused.
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Frame, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGES } from '../../domain/wire/pages.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { describeBrowser } from './browser.ts';
import { acceptance, postEvents } from './hall-client.ts';
import { takePicture } from './staff-pages.ts';

/** Sites of their own: what a browser sends to the hall from a frame of theirs, it sends across sites. */
const [HALL, SIGNAGE, OTHER] = ['hall.test', 'signage.test', 'other.test'];

let browser: Browser;
let hall: StaffedHall;
let signage: Server;
let [home, listed, unlisted] = ['', '', ''];
beforeAll(async () => {
  signage = createServer((request, response) => {
    const src = new URL(request.url ?? '/', 'http://x').searchParams.get('src') ?? '';
    response
      .setHeader('Content-Type', 'text/html')
      .end(`<!doctype html><title>signage</title><iframe width="1280" height="720" src="${encodeURI(src)}"></iframe>`);
  }).listen(0, '127.0.0.1');
  await once(signage, 'listening');
  const { port } = signage.address() as AddressInfo;
  [listed, unlisted] = [`http://${SIGNAGE}:${port}`, `http://${OTHER}:${port}`];
  const { executablePath, args } = describeBrowser();
  const names = [HALL, SIGNAGE, OTHER].map((name) => `MAP ${name} 127.0.0.1`).join();
  browser = await chromium.launch({ executablePath, args: [...args, `--host-resolver-rules=${names}`] });
  hall = await openStaffedHall({
    server: { hosts: [HALL!], openReading: false, ingestKey: KEY, frameAncestors: [listed] },
  });
  home = `http://${HALL}:${new URL(hall.url).port}`;
});
afterAll(async () => {
  await browser.close();
  await hall.close();
  signage.close();
});

const addDisplay = (audience: 'management' | 'public'): string =>
  hall.access.displayTokens.add({ hall: 'meilin', audience, label: 'signage' }).secret;

async function openFramed(outer: string, path: string): Promise<{ page: Page; frame: Frame; said: string[] }> {
  const page = await (await browser.newContext({ viewport: { width: 1300, height: 760 } })).newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  const settled = page.waitForEvent('framenavigated', (one) => one !== page.mainFrame());
  await page.goto(`${outer}/?src=${encodeURIComponent(home + path)}`);
  const frame = await settled;
  return { page, frame, said };
}

const isRefused = (frame: Frame, said: readonly string[]): boolean =>
  frame.url().startsWith('chrome-error:') && said.some((text) => text.includes('frame-ancestors'));

test.each([
  ['management', '/', 'main.wall'],
  ['public', '/public', 'main.public'],
] as const)(
  'O5: in a frame of a listed origin a %s display lives by the token behind its #',
  async (audience, path, main) => {
    const token = addDisplay(audience);
    const sent: { url: string; cookie: string | undefined; authorization: string | undefined }[] = [];
    const { page, frame } = await openFramed(listed, `${path}#token=${token}`);
    page.on('request', (request) => {
      const headers = request.headers();
      sent.push({ url: request.url(), cookie: headers['cookie'], authorization: headers['authorization'] });
    });
    await frame.locator(main).waitFor({ timeout: 60_000 });
    await takePicture(page, `framed ${audience}`);
    if (audience === 'management') {
      const before = Number(await frame.locator('section.window .figure .figure').innerText());
      await postEvents(hall.url, acceptance('framed'), { key: KEY });
      await expect
        .poll(() => frame.locator('section.window .figure .figure').innerText(), { timeout: 60_000 })
        .toBe(String(before + 1));
      // Pushed: the socket has shown it as well.
      expect(await frame.locator('main.wall > header').innerText()).not.toContain('轮询');
      // It reads alone: nothing on it leads to a deed, and none is done by it.
      expect(await frame.locator('a[href], button').count()).toBe(0);
    }
    for (const { url } of sent) expect(url).not.toContain(token);
    expect(await page.context().cookies(home)).toEqual([]);
    // Loaded anew, as for a new version, it finds its token where it was.
    await frame.evaluate(() => location.reload());
    await frame.locator(main).waitFor({ timeout: 60_000 });
    await page.context().close();
  },
);

test('O5: a token of nobody opens nothing there, and the page says so', async () => {
  const { page, frame } = await openFramed(listed, '/#token=hpd_nobodys');
  await frame.getByText('本屏尚未授权').waitFor({ timeout: 60_000 });
  expect(await frame.locator('main.wall').count()).toBe(0);
  await page.context().close();
});

test.each(['/', '/public'])('O5: %s in a frame of another origin is refused', async (path) => {
  const { page, frame, said } = await openFramed(unlisted, `${path}#token=${addDisplay('management')}`);
  await expect.poll(() => isRefused(frame, said), { timeout: 30_000 }).toBe(true);
  await page.context().close();
});

test('O5: no other page is ever framed, and none where somebody is signed in', async () => {
  const { cookie } = await hall.signIn('manager');
  for (const { path, ...page } of Object.values(PAGES)) {
    const address = path.replace(/:\w+/, 'x');
    for (const headers of [undefined, { Cookie: cookie }]) {
      const response = await fetch(hall.url + address, headers && { headers });
      const policy = response.headers.get('content-security-policy')!;
      const isFramed = 'isFramed' in page;
      // The product's own self-test measures the real pages; another site shows them to nobody who is signed in.
      const ancestors = isFramed ? (headers === undefined ? `'self' ${listed}` : "'self'") : "'none'";
      expect([address, /frame-ancestors [^;]*/.exec(policy)?.[0]]).toEqual([address, `frame-ancestors ${ancestors}`]);
      expect([address, response.headers.has('x-frame-options')]).toEqual([address, !isFramed]);
    }
  }
  for (const path of ['/api/board?topic=overview', '/healthz', '/photographs/x', '/nowhere'])
    expect((await fetch(hall.url + path)).headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  const { page, frame, said } = await openFramed(listed, '/desk');
  await expect.poll(() => isRefused(frame, said), { timeout: 30_000 }).toBe(true);
  await page.context().close();
});

test('O5: a display’s token that is sent as a header does nothing but read', async () => {
  const headers = { Authorization: `Bearer ${addDisplay('management')}`, Origin: hall.url };
  expect((await fetch(`${hall.url}/api/board?topic=overview`, { headers })).status).toBe(200);
  for (const deed of ['taken', 'ended']) {
    const response = await fetch(`${hall.url}/api/alarms/any/${deed}`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect([deed, response.status, await response.json()]).toEqual([deed, 403, { error: 'not-allowed' }]);
  }
});
