// The wall in a real browser: an event becomes a figure, an outage is said and passes, a wrong copy heals, a new epoch is taken.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openWall, readHeader, waitForWindowCases, windowCases } from './browser.ts';
import { acceptance, hallDay, postEvents, readBoard, readMeasures } from './hall-client.ts';
import { findRoot, startProduct, type Product } from './product.ts';

const run = promisify(execFile);
let parent: string;
let browser: Browser;
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-wall-'));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(parent, { recursive: true, force: true });
});

const begin = (name: string, more: { port?: number; env?: Record<string, string> } = {}): Promise<Product> =>
  startProduct({ folder: join(parent, name), ...more });

async function measuredCases({ url }: Product): Promise<string> {
  return String((await readMeasures(url, hallDay(Date.now()))).windowCases);
}

/** Posts `count` cases and resolves with the text that the wall must then show. */
async function post({ url }: Product, prefix: string, count = 1): Promise<string> {
  const { status } = await postEvents(
    url,
    Array.from({ length: count }, (_, i) => acceptance(`${prefix}-${i}`)),
  );
  expect(status).toBe(200);
  return measuredCases({ url } as Product);
}

test('shows an event as it is told, and what it shows is what GET /api/measures says', async () => {
  const hall = await begin('event');
  const page = await openWall(browser, `${hall.url}/?scene=overview`);
  expect(await windowCases(page)).toBe('0');
  // The first delta of a page pays for its warm-up; a wall on a quiet day has had that long ago.
  await waitForWindowCases(page, await post(hall, 'warm'), 60_000);
  const times: number[] = [];
  for (let i = 0; i < 7; i++) {
    const expected = String(Number(await windowCases(page)) + 1);
    const shown = waitForWindowCases(page, expected, 60_000);
    await postEvents(hall.url, acceptance(`one-${i}`));
    times.push(await shown);
    expect(await measuredCases(hall)).toBe(expected);
  }
  console.log(`event to wall: ${times.map((ms) => Math.round(ms)).join(', ')} ms`);
  expect(times).toHaveLength(7);
  await page.context().close();
  await hall.stop();
});

// Side by side, because they mostly wait.
describe.concurrent('the wall', () => {
  test('says an outage across its header, keeps its picture, and is back by itself after 40 s (promise 5)', async () => {
    let hall = await begin('outage');
    const page = await openWall(browser, `${hall.url}/?scene=overview`);
    const before = await post(hall, 'before', 3);
    await waitForWindowCases(page, before, 60_000);
    expect(await readHeader(page)).toContain('最近办件');
    const killedAt = performance.now();
    await hall.kill9();
    const band = page.locator('header .band');
    await band.waitFor({ timeout: 60_000 });
    const saidAfterMs = performance.now() - killedAt;
    expect(await band.innerText()).toMatch(/数据停在 \d\d:\d\d.*正在重连/s);
    expect(await windowCases(page)).toBe(before);

    await new Promise((resolve) => setTimeout(resolve, 40_000 - (performance.now() - killedAt)));
    expect(await windowCases(page)).toBe(before);
    expect(await band.isVisible()).toBe(true);
    hall = await begin('outage', { port: hall.port });
    const backAt = performance.now();
    const expected = await post(hall, 'during');
    expect(Number(expected)).toBe(Number(before) + 1);
    await waitForWindowCases(page, expected, 60_000);
    const freshAfterMs = performance.now() - backAt;
    await band.waitFor({ state: 'detached', timeout: 60_000 });
    expect(await windowCases(page)).toBe(await measuredCases(hall));
    // Pushed again, not merely asked for once.
    await waitForWindowCases(page, await post(hall, 'after'), 60_000);
    console.log(
      `outage: said after ${Math.round(saidAfterMs)} ms, fresh ${Math.round(freshAfterMs)} ms after the server was back`,
    );
    await page.context().close();
    await hall.stop();
  });

  test('heals a copy that was altered on the way (P4)', async () => {
    const hall = await begin('digest');
    let toAlter = 0;
    let altered = 0;
    const page = await openWall(browser, `${hall.url}/?scene=overview`, (one) =>
      one.routeWebSocket(/\/socket\.io\//, (ws) => {
        const server = ws.connectToServer();
        ws.onMessage((message) => server.send(message));
        server.onMessage((message) => {
          const changed =
            toAlter > 0 && typeof message === 'string' && message.includes('"board:delta"')
              ? message.replace(/("\/counts\/windowCases":)\d+/, '$1777')
              : message;
          if (changed !== message) {
            toAlter--;
            altered++;
          }
          ws.send(changed);
        });
      }),
    );
    await waitForWindowCases(page, await post(hall, 'fine'), 60_000);
    toAlter = 1;
    await post(hall, 'altered');
    await waitForWindowCases(page, '777', 60_000);
    expect(altered).toBe(1);
    const healedMs = await waitForWindowCases(page, await measuredCases(hall), 60_000);
    console.log(`an altered copy healed after ${Math.round(healedMs)} ms`);
    await page.context().close();
    await hall.stop();
  });

  test('fetches the picture when a delta was lost (P3)', async () => {
    const hall = await begin('gap');
    let toDrop = 0;
    const page = await openWall(browser, `${hall.url}/?scene=overview`, (one) =>
      one.routeWebSocket(/\/socket\.io\//, (ws) => {
        const server = ws.connectToServer();
        ws.onMessage((message) => server.send(message));
        server.onMessage((message) => {
          if (toDrop > 0 && typeof message === 'string' && message.includes('"board:delta"')) toDrop--;
          else ws.send(message);
        });
      }),
    );
    const before = await post(hall, 'fine');
    await waitForWindowCases(page, before, 60_000);
    toDrop = 1;
    await post(hall, 'lost');
    expect(await windowCases(page)).toBe(before);
    // The next delta begins where the lost one ended: that is the gap.
    const beganAt = performance.now();
    const expected = await post(hall, 'next');
    await waitForWindowCases(page, expected, 60_000);
    console.log(`a gap closed after ${Math.round(performance.now() - beganAt)} ms`);
    expect(toDrop).toBe(0);
    await page.context().close();
    await hall.stop();
  });

  test('takes a restored ledger as a new epoch, though its numbers go back (W5, P3)', async () => {
    const folder = join(parent, 'epoch');
    let hall = await begin('epoch');
    const page = await openWall(browser, `${hall.url}/?scene=overview`);
    const kept = await post(hall, 'kept', 2);
    const copy = join(parent, 'copy');
    const command = (name: string, ...args: string[]) =>
      run(process.execPath, [join(findRoot(), `dist/server/commands/${name}.js`), ...args], {
        env: { ...process.env, HALLPULSE_DATA: folder },
      });
    const { stdout } = await command('backup', '--to', copy);
    await waitForWindowCases(page, await post(hall, 'undone', 3), 60_000);
    const { epoch } = await readBoard(hall.url);
    await hall.stop();
    await command('restore', /\S*hallpulse-wall-\S+/.exec(stdout)?.[0] ?? copy);
    hall = await begin('epoch', { port: hall.port });
    expect((await readBoard(hall.url)).epoch).not.toBe(epoch);
    await waitForWindowCases(page, kept, 60_000);
    await waitForWindowCases(page, await post(hall, 'anew'), 60_000);
    await page.context().close();
    await hall.stop();
  });

  test('polls where WebSocket does not get through, with an ETag, and says so', async () => {
    const hall = await begin('polling');
    const answers: number[] = [];
    const page = await openWall(browser, `${hall.url}/?scene=overview`, async (one) => {
      await one.routeWebSocket(/\/socket\.io\//, (ws) => ws.close());
      one.on('response', (response) => {
        if (response.url().includes('/api/board')) answers.push(response.status());
      });
    });
    await page.getByText('备用连接，每5秒更新').waitFor({ timeout: 60_000 });
    const ms = await waitForWindowCases(page, await post(hall, 'polled'), 60_000);
    await page.waitForResponse((one) => one.url().includes('/api/board') && one.status() === 304, { timeout: 60_000 });
    expect(await readHeader(page)).toContain('备用连接，每5秒更新');
    console.log(`polled figure after ${Math.round(ms)} ms; answers ${answers.join(' ')}`);
    await page.context().close();
    await hall.stop();
  });
});
