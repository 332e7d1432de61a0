// The page on trusting a hall in a real browser: what it shows on a telephone and a PC, and that a browser which followed it trusts the hall.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../../commands/browser.mjs';
import { runCommand } from '../server/run-command.ts';
import { findProblems } from './axe.ts';
import { describeBrowser, openBrowser } from './browser.ts';
import { startProduct, type Product } from './product.ts';

const TELEPHONE = 'Mozilla/5.0 (Linux; Android 13; Pad) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36';
const PC = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36';
const devices = [
  { name: 'a telephone', viewport: { width: 390, height: 844 }, userAgent: TELEPHONE, guide: 'CA 证书' },
  { name: 'a PC', viewport: { width: 1366, height: 768 }, userAgent: PC, guide: '受信任的根证书颁发机构' },
] as const;

let parent: string;
let browser: Browser;
let hall: Product;
let bare: Product;
let plainUrl: string;
let printed: string;
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-trust-'));
  const folder = join(parent, 'hall');
  printed = (await runCommand('certificate', [], { HALLPULSE_DATA: folder })).out;
  [browser, hall, bare] = await Promise.all([
    openBrowser(),
    startProduct({ folder, env: { HALLPULSE_READ: '' } }),
    startProduct({ folder: join(parent, 'bare') }),
  ]);
  plainUrl = hall.url.replace('https:', 'http:');
});
afterAll(async () => {
  await browser.close();
  await Promise.all([hall.stop(), bare.stop()]);
  rmSync(parent, { recursive: true, force: true });
});

describe.each(devices)('on $name', ({ viewport, userAgent, guide }) => {
  test.each(['light', 'dark'] as const)(
    '%s: the fingerprint, the file, and its own steps, in both languages',
    async (colorScheme) => {
      const page = await (await browser.newContext({ viewport, userAgent, colorScheme })).newPage();
      for (const language of ['zh', 'en']) {
        await page.goto(`${plainUrl}/trust?lang=${language}`);
        await page.locator('.fingerprint').waitFor();
        const shown = (await page.locator('.fingerprint').innerText()).replace(/\s+/g, ' ').trim();
        expect(shown).toMatch(/^([0-9a-f]{4} ?){16}$/);
        expect(printed).toContain(shown);
        expect(await page.locator('details[open]').count()).toBe(1);
        if (language === 'zh') expect(await page.locator('details[open]').innerText()).toContain(guide);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
        await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
        expect(await findProblems(page)).toEqual([]);
      }
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a.download').click()]);
      expect(download.suggestedFilename()).toBe('hall-authority.crt');
      await page.context().close();
    },
  );
});

test('where the certificate is not trusted, the brief says that it will not open without its server', async () => {
  const folder = join(parent, 'untrusted');
  await runCommand('certificate', [], { HALLPULSE_DATA: folder });
  const untrusted = await startProduct({ folder });
  // As after 继续前往: the page is shown, and the browser keeps nothing of it.
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(`${untrusted.url}/brief`);
  expect(await page.evaluate(() => isSecureContext)).toBe(true);
  await page.getByText('浏览器没有存下本页（多半是不信任本厅的证书），断网时打不开。').waitFor();
  await context.close();
  await untrusted.stop();
});

test('where there is no authority it says what to run', async () => {
  const page = await browser.newPage({ locale: 'zh-CN' });
  await page.goto(`${bare.url}/trust`);
  await page.getByText('npm run certificate', { exact: true }).waitFor();
  expect(await page.locator('a.download').count()).toBe(0);
  expect(await findProblems(page)).toEqual([]);
  await page.close();
});

const certutil = findProgram('certutil');
// Certutil is no part of the product: a machine without libnss3-tools has no second way of installing it to try.
test.skipIf(certutil === undefined)(
  'a Chromium into which the file was put as on UOS trusts the hall, and none else does',
  async () => {
    const home = join(parent, 'home');
    const store = join(home, '.pki/nssdb');
    mkdirSync(store, { recursive: true });
    const file = join(parent, 'hall-authority.crt');
    writeFileSync(file, Buffer.from(await (await fetch(`${plainUrl}/trust/hall-authority.crt`)).arrayBuffer()));
    const profile = { ...describeBrowser(), env: { ...process.env, HOME: home } as Record<string, string> };
    const visit = async (url: string): Promise<unknown> => {
      const context = await chromium.launchPersistentContext(mkdtempSync(join(parent, 'profile-')), profile);
      try {
        const page = await context.newPage();
        await page.goto(`${url}/trust?lang=zh`);
        await page.getByText('现在已经是加密连接').waitFor();
        return await page.evaluate(() => ({
          isSecureContext,
          hasWorkers: 'serviceWorker' in navigator,
          hasClipboard: 'clipboard' in navigator,
        }));
      } catch (error) {
        return /net::(\w+)/.exec((error as Error).message)?.[1] ?? error;
      } finally {
        await context.close();
      }
    };
    const byAddress = `https://127.0.0.1:${hall.port}`;
    expect(await visit(byAddress)).toBe('ERR_CERT_AUTHORITY_INVALID');
    execFileSync(certutil!, ['-d', `sql:${store}`, '-A', '-t', 'C,,', '-n', 'hallpulse', '-i', file]);
    const trusted = { isSecureContext: true, hasWorkers: true, hasClipboard: true };
    expect(await visit(byAddress)).toEqual(trusted);
    expect(await visit(hall.url)).toEqual(trusted);
  },
);
