// The telephone's page of an alarm, in each of its states: under axe, and at small sizes without a scroll to the side.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAlarmHall, type AlarmHall } from '../server/alarms/hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findRoot } from './product.ts';

const SIZES = ['320x568', '390x844', '844x390'];
/** WCAG 2.5.5 (AAA), and what a thumb hits. */
const LEAST_TARGET_PX = 44;
const LEAST_TEXT_PX = 16;
const LANGUAGES = ['zh-CN', 'en-GB'];
const SCHEMES = ['light', 'dark'] as const;

let browser: Browser;
let hall: AlarmHall;
const codes: Record<string, string> = {};
beforeAll(async () => {
  const dist = join(findRoot(), 'dist');
  const { build } = JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8')) as { build: string };
  [browser, hall] = await Promise.all([
    openBrowser(),
    openAlarmHall({ pages: { folder: join(dist, 'client'), build } }),
  ]);
  await hall.makeOvertime();
  for (const terminal of ['terminal-social-insurance', 'terminal-traffic'])
    await hall.tell('hall.terminal.changed', { terminal, station: 'hall', status: 'broken' });
  // Seen at one look, and still so half a minute later.
  await hall.goTo('10:20:45');
  await hall.goTo('10:21:20');
  const idOf = (subject: string) => hall.alarms().find(([, alarm]) => alarm.subject === subject)![0];
  codes['open'] = hall.codeOf(idOf('w03'));
  codes['taken'] = hall.codeOf(idOf('terminal-traffic'));
  codes['over'] = hall.codeOf(idOf('terminal-social-insurance'));
  codes['invalid'] = hall.codeOf('of no alarm');
  await work(idOf('terminal-traffic'), 'taken', { by: 's01', measure: 'repairing' });
  await work(idOf('terminal-social-insurance'), 'ended', { by: 's01' });
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

async function work(id: string, deed: 'taken' | 'ended', body: unknown): Promise<void> {
  const { status } = await fetch(`${hall.url}/api/alarms/${encodeURIComponent(id)}/${deed}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${hall.codeOf(id)}` },
    body: JSON.stringify(body),
  });
  expect(status).toBe(200);
}

async function open(state: string, locale: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({ locale, colorScheme, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(`${hall.url}/a/${codes[state]}`);
  await page.locator(state === 'open' || state === 'taken' ? 'main button' : 'main h1 + p').waitFor();
  return page;
}

/** What is wider than the screen, too small for a thumb, or too small to read. */
function findFaults(page: Page): Promise<string[]> {
  return page.evaluate(
    ([target, text]) => {
      const faults: string[] = [];
      const { scrollWidth } = document.documentElement;
      if (scrollWidth > innerWidth) faults.push(`scrolls sideways: ${scrollWidth} of ${innerWidth}`);
      for (const element of document.querySelectorAll(
        'button, a, select, input:not([type=radio]), label:has(input[type=radio])',
      )) {
        const { width, height } = element.getBoundingClientRect();
        if (width < target || height < target)
          faults.push(`small target: ${element.textContent?.trim()} ${width}×${height}`);
      }
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement!;
        if (node.textContent!.trim() === '' || element.closest('script, style')) continue;
        const px = parseFloat(getComputedStyle(element).fontSize);
        if (px < text) faults.push(`small text: ${node.textContent!.trim()} ${px}px`);
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const { left, right } of range.getClientRects())
          if (left < -0.5 || right > innerWidth + 0.5) faults.push(`cut: ${node.textContent!.trim()}`);
      }
      for (const input of document.querySelectorAll('input:not([type=radio])'))
        if (parseFloat(getComputedStyle(input).fontSize) < text) faults.push('small text in a field');
      return faults;
    },
    [LEAST_TARGET_PX, LEAST_TEXT_PX] as const,
  );
}

describe.each(['open', 'taken', 'over', 'invalid'])('the state %s', (state) => {
  test.each(LANGUAGES)('in %s', async (locale) => {
    for (const scheme of SCHEMES) {
      const page = await open(state, locale, scheme);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale === 'zh-CN' ? 'zh-CN' : 'en');
      expect(await findProblems(page), scheme).toEqual([]);
      for (const size of SIZES) {
        const [width = 0, height = 0] = size.split('x').map(Number);
        await page.setViewportSize({ width, height });
        expect(await findFaults(page), size).toEqual([]);
      }
      await page.context().close();
    }
  });
});

test('a sentence of one’s own and what is wrong with it', async () => {
  const page = await open('open', 'zh-CN');
  await page.setViewportSize({ width: 320, height: 568 });
  await page.getByText('其他').click();
  await page.getByLabel('一句话说明').fill('已请王小明改到 13800138000');
  await page.getByLabel('工号').fill('s01');
  await page.getByRole('button', { name: '签收' }).click();
  await page.getByRole('alert').filter({ hasText: '这句话里像有群众姓名' }).waitFor();
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await page.context().close();
});

test('can be worked by keyboard alone', async () => {
  const page = await open('taken', 'zh-CN');
  await page.keyboard.press('Tab');
  await page.keyboard.type('已修好');
  await page.keyboard.press('Tab');
  await page.keyboard.type('s01');
  await page.keyboard.press('Enter');
  await page.getByText('已结束，谢谢').waitFor();
  expect(await findProblems(page)).toEqual([]);
  await page.context().close();
});
