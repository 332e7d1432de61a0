// Every scene and the public screen at every size: nothing cut, lapped over, ellipsed, too small, too pale or in a foreign font, and figures that add up.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LEAST_ANGLE, OVERVIEW_ANGLE } from '../../client/pages/self-test/legibility.ts';
import { SCENES } from '../../domain/board/topics/data.ts';
import { openBrowser } from './browser.ts';
import { findDemo } from './demo.ts';
import { findFaults, findForeignFonts, findSmallCanvasText, watchCanvasText, type Fault } from './inspect-screen.ts';
import { addUp } from './add-up.ts';
import { findSmallSigns, openScreen, resize, settle, SIZES, turnLists, writeFaults } from './screens.ts';

const LOOKS = ['lang=zh&theme=deep', 'lang=en&theme=light', 'lang=zh&theme=contrast'];

let browser: Browser;
let url: string;
beforeAll(async () => {
  [browser, url] = await Promise.all([openBrowser(), findDemo()]);
});
afterAll(() => browser.close());

describe.each(SCENES)('%s', (scene) => {
  // 总览 is read from across the hall; the others hold more and are read by who walks up.
  const leastAngle = scene === 'overview' ? OVERVIEW_ANGLE : LEAST_ANGLE;

  test.each(LOOKS)('is composed for every size, %s', async (look) => {
    const page = await openScreen(browser, `${url}/?scene=${scene}&${look}`, SIZES[0]);
    // A screen that changes its size under a chart has the old text for a moment: what is looked at is a first drawing.
    expect(await findSmallCanvasText(page, scene === 'overview' ? 1.4 : 1.16)).toEqual([]);
    const text = look.includes('contrast') ? 7 : 4.5;
    for (const size of SIZES) {
      await resize(page, size);
      expect(writeFaults(await findFaults(page, { leastRem: 0, figures: 7, text })), size).toEqual([]);
      expect(await findSmallSigns(page, leastAngle), size).toEqual([]);
    }
    expect(await findForeignFonts(page)).toEqual([]);
    await page.close();
  });
});

test.each(LOOKS)('the public screen is composed for every size, on every page of its band, %s', async (look) => {
  const page = await openScreen(browser, `${url}/public?${look}`, SIZES[0]);
  const band = page.locator('.band h2 span');
  const pages = Number((await band.innerText()).split('/')[1]);
  expect(pages).toBeGreaterThan(5);
  const limits = { leastRem: 0, figures: 7, text: look.includes('contrast') ? 7 : 4.5 };
  for (const size of SIZES) {
    await resize(page, size);
    const seen = new Set<string>();
    for (let turn = 0; turn < pages; turn++) {
      seen.add(await band.innerText());
      expect(writeFaults(await findFaults(page, limits)), `${size}, page ${[...seen].at(-1)}`).toEqual([]);
      expect(await findSmallSigns(page, LEAST_ANGLE), `${size}, page ${[...seen].at(-1)}`).toEqual([]);
      await turnLists(page);
      await settle(page);
    }
    expect(seen.size).toBe(pages);
  }
  expect(await findForeignFonts(page)).toEqual([]);
  await page.close();
});

test.each(['overview', 'communities', 'medical', 'ratings'] as const)('%s shows figures that add up', async (scene) => {
  const page = await openScreen(browser, `${url}/?scene=${scene}`, '1920x1080');
  const sums = await addUp(page, scene);
  expect(sums.length).toBeGreaterThan(0);
  for (const { what, parts, whole } of sums) expect(parts, what).toBe(whole);
  await page.close();
});

test('a screen with faults is seen to have them', async () => {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await watchCanvasText(page);
  const faulty = `<style>:root{font-size:20px;background:#fff}body{margin:0}p{margin:0;position:absolute}</style>
    <div id="app">
      <p style="left:10px;top:10px;font-size:12px">small</p>
      <p style="left:1880px;top:100px;font-size:30px;white-space:nowrap">outside the screen</p>
      <div style="position:absolute;left:300px;top:300px;width:60px;height:40px"><span style="display:block;white-space:nowrap;font-size:30px">cut off here</span></div>
      <p style="left:10px;top:500px;font-size:30px">one upon</p><p style="left:40px;top:505px;font-size:30px">the other</p>
      <p style="left:10px;top:600px;font-size:30px;color:#bbb">pale</p>
      <p style="left:10px;top:700px;font-size:30px;color:#777">1234</p>
      <p style="left:10px;top:800px;font-size:30px;width:90px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">ellipsed words</p>
      <canvas width="100" height="100"></canvas>
    </div>`;
  await page.goto(`data:text/html;charset=utf-8,${encodeURIComponent(faulty)}`);
  await page.evaluate(() => {
    const ink = document.querySelector('canvas')!.getContext('2d')!;
    ink.font = '12px sans-serif';
    ink.fillText('tiny', 10, 50);
  });
  const faults = await findFaults(page, { leastRem: 1.2, figures: 7, text: 4.5 });
  const found = (fault: Fault['fault']) => faults.filter((entry) => entry.fault === fault).map(({ text }) => text);
  expect(found('small')).toEqual(['small']);
  expect(found('outside')).toContain('outside the screen');
  expect(found('cut')).toEqual(expect.arrayContaining(['cut off here', 'ellipsed words']));
  expect(found('overlap')).toEqual(['one upon']);
  expect(found('pale')).toEqual(['pale', '1234']);
  expect(found('ellipsis')).toEqual(['ellipsed words']);
  expect(await findSmallCanvasText(page, 1.2)).toEqual(['“tiny” 0.60rem']);
  expect(await findForeignFonts(page)).not.toEqual([]);
  await page.close();
});
