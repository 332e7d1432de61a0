// Keys in a real browser: each does what the page has bound it to, and none that is typed or composed into a form does anything.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { findDemo } from './demo.ts';
import { prepareScreen } from './screens.ts';

let browser: Browser;
let url: string;
beforeAll(async () => {
  [browser, url] = await Promise.all([openBrowser(), findDemo()]);
});
afterAll(() => browser.close());

async function open(path: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  await prepareScreen(page);
  await page.goto(`${url}${path}`);
  await page.locator('main').waitFor();
  return page;
}

/** All that a key can change on a display. */
const look = (page: Page) =>
  page.evaluate(() => {
    const { lang, dataset } = document.documentElement;
    const main = document.querySelector<HTMLElement>('main')!;
    const isHeld = main.querySelector('.chip')?.textContent === '已暂停';
    return { lang, theme: dataset['theme'], scene: main.dataset['scene'], isHeld };
  });

/** Puts a form on the page, as a desk would have one, and tells what reached it. */
async function addForm(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.querySelector('main')!.insertAdjacentHTML(
      'beforeend',
      `<form id="form" style="position:fixed;inset:auto 0 0 0;z-index:9">
         <input id="input"><textarea id="area"></textarea>
         <select id="select"><option>a</option><option>t</option></select>
         <input type="radio" id="radio"><button type="button" id="button">b</button>
       </form><div id="text" contenteditable="true">x</div><div id="box" role="textbox" tabindex="0">y</div>
       <div id="host"></div>`,
    );
    document.querySelector('form')!.addEventListener('submit', (event) => event.preventDefault());
    document.querySelector('#host')!.attachShadow({ mode: 'open' }).innerHTML = '<input id="inner">';
  });
}

const FIELDS = ['#input', '#area', '#select', '#radio', '#button', '#text', '#box', '#inner'];
const KEYS = ['t', 'L', 'a', ' ', 'Enter', 'ArrowRight', 'PageUp', '2', '5'];

describe('the wall', () => {
  test('does what its keys say', async () => {
    const page = await open('/?lang=zh&theme=deep');
    const press = async (key: string, expected: Partial<Awaited<ReturnType<typeof look>>>) => {
      await page.keyboard.press(key);
      await expect.poll(() => look(page), { timeout: 20_000 }).toMatchObject(expected);
    };
    await press('2', { scene: 'communities' });
    await press('ArrowRight', { scene: 'medical' });
    await press('PageDown', { scene: 'ratings' });
    await press('ArrowLeft', { scene: 'medical' });
    await press('t', { theme: 'light', lang: 'zh-CN' });
    await press('L', { theme: 'light', lang: 'en' });
    await press('Control+t', { theme: 'light', lang: 'en' });
    await page.context().close();
  });

  test('takes nothing that is typed into a form', async () => {
    const page = await open('/?lang=zh&theme=deep');
    // The playlist would turn by itself.
    await page.keyboard.press(' ');
    await expect.poll(async () => (await look(page)).isHeld).toBe(true);
    await addForm(page);
    const before = await look(page);
    for (const field of FIELDS) {
      await page.locator(field).focus();
      for (const key of KEYS) await page.keyboard.press(key);
      expect(await look(page), field).toEqual(before);
    }
    expect(await page.locator('#input').inputValue()).toBe('tLa 25');
    // The same keys, once nobody types.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('t');
    await expect.poll(async () => (await look(page)).theme).toBe('light');
    await page.context().close();
  });

  test('takes nothing that an input method composes, wherever it does so', async () => {
    const page = await open('/?lang=zh&theme=deep');
    await addForm(page);
    const before = await look(page);
    const input = await page.context().newCDPSession(page);
    await page.locator('#input').focus();
    // As a Chinese input method does: the keys of `tong` with their composition, then 通 by the space bar.
    for (const [i, key] of [...'tong'].entries()) {
      await input.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', windowsVirtualKeyCode: 229 });
      await input.send('Input.imeSetComposition', {
        text: 'tong'.slice(0, i + 1),
        selectionStart: i + 1,
        selectionEnd: i + 1,
      });
      await input.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
    }
    await input.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: ' ', windowsVirtualKeyCode: 32 });
    await input.send('Input.insertText', { text: '通' });
    expect(await page.locator('#input').inputValue()).toBe('通');
    expect(await look(page)).toEqual(before);
    // A page may compose without any field; browsers tell of it in one of these two ways.
    await page.evaluate(() => {
      (document.activeElement as HTMLElement).blur();
      for (const said of [{ isComposing: true }, { keyCode: 229 }])
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 't', bubbles: true, composed: true, ...said }));
    });
    expect(await look(page)).toEqual(before);
    await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 't', bubbles: true })));
    await expect.poll(async () => (await look(page)).theme).toBe('light');
    await page.context().close();
  });
});

test('the public screen has keys for its look and no other', async () => {
  const page = await open('/public?lang=zh&theme=deep');
  const before = await look(page);
  for (const key of [' ', 'Enter', 'a', '2', 'ArrowRight', 's', '+']) await page.keyboard.press(key);
  expect(await look(page)).toEqual(before);
  await page.keyboard.press('l');
  await expect.poll(async () => (await look(page)).lang).toBe('en');
  await page.context().close();
});

test('the self-test takes no key that is typed into its own fields', async () => {
  const page = await open('/wall/self-test?lang=zh&theme=deep');
  const metres = page.locator('input[type=number]').last();
  const before = Number(await metres.inputValue());
  await metres.focus();
  for (const key of ['t', 'l', '1']) await page.keyboard.press(key);
  expect(await look(page)).toMatchObject({ lang: 'zh-CN', theme: 'deep' });
  await page.locator('h1').click();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  const typed = Number(await metres.inputValue());
  expect(typed).not.toBe(before);
  await page.keyboard.press('+');
  await expect.poll(async () => Number(await metres.inputValue())).toBe(typed + 0.5);
  await page.context().close();
});
