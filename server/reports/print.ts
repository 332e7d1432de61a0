/** PDF: the report's own page, printed by the machine's Chromium. The page's files and its one report come out of this process; it reaches no network and nobody's session. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import type { Language } from '../../domain/wire/language.ts';
import { PAGES } from '../../domain/wire/pages.ts';
import type { Report } from '../../domain/wire/report.ts';

/** From the start of the browser until the page says that it is ready. */
const READY_MS = 30_000;
/** The sandbox wants rights that a service seldom has; all that this browser opens is the product's own. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--host-resolver-rules=MAP * ~NOTFOUND',
];
/** An address that no name server knows. */
const ORIGIN = 'http://report.invalid';

export type PrintProblem = 'no-browser' | 'printing' | 'not-printed';

const SAID: Readonly<Record<PrintProblem, Readonly<Record<Language, string>>>> = {
  'no-browser': {
    zh: '这台服务器上没有找到 Chromium 浏览器，不能生成 PDF。请用浏览器打开报告打印，或请管理员安装后再试。',
    en: 'No Chromium was found on this server, so there is no PDF. Print the page from your browser, or have one installed.',
  },
  printing: {
    zh: '正在生成另一份 PDF，请稍后再试。',
    en: 'Another PDF is being made. Please try again in a moment.',
  },
  'not-printed': {
    zh: '报告页面没有按时准备好，PDF 没有生成。请再试一次；仍不行请告诉管理员。',
    en: 'The page did not get ready in time, so no PDF was made. Please try again, and tell an administrator if it goes on.',
  },
};

export class PrintError extends Error {
  constructor(
    readonly problem: PrintProblem,
    options?: ErrorOptions,
  ) {
    super(SAID[problem].en, options);
    this.name = 'PrintError';
  }

  /** In words for whoever asked. */
  say(language: Language): string {
    return SAID[this.problem][language];
  }
}

/** @throws PrintError */
export type PrintReport = (report: Report) => Promise<Uint8Array>;

export interface PrintOptions {
  /** The built client's folder. */
  readonly clientFolder: string;
  /** The browser's program; absent where there is none. */
  readonly browser: string | undefined;
  /** Shorter in tests. */
  readonly readyMs?: number;
}

/** One at a time: a browser takes as much memory as the hall itself. */
export function createPrint({ clientFolder, browser: program, readyMs = READY_MS }: PrintOptions): PrintReport {
  let isPrinting = false;
  return async (report) => {
    if (program === undefined) throw new PrintError('no-browser');
    if (isPrinting) throw new PrintError('printing');
    isPrinting = true;
    // Asked for by whoever prints first: walls need none of it.
    const { chromium } = await import('playwright-core');
    let browser: Browser | undefined;
    const end = () => browser?.close().catch(() => undefined);
    const timer = setTimeout(() => void end(), readyMs);
    try {
      browser = await chromium.launch({
        executablePath: program,
        timeout: readyMs,
        // The process has its own way to end.
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
        args: ARGS,
      });
      const page = await browser.newPage({ locale: report.language === 'zh' ? 'zh-CN' : 'en-GB' });
      // A page that is gone wants no answer any more, and what cannot be read is not there.
      await page.route('**/*', (route) => answer(route, report, clientFolder).catch(() => undefined));
      return await printPage(page, report, readyMs);
    } catch (error) {
      throw new PrintError('not-printed', { cause: error });
    } finally {
      clearTimeout(timer);
      await end();
      isPrinting = false;
    }
  };
}

async function printPage(page: Page, { language }: Report, readyMs: number): Promise<Uint8Array> {
  await page.goto(`${ORIGIN}${PAGES.report.path}?lang=${language}`, { timeout: readyMs });
  await page.locator('html[data-ready]').waitFor({ state: 'attached', timeout: readyMs });
  await page.emulateMedia({ media: 'print' });
  return await page.pdf({ preferCSSPageSize: true, printBackground: true });
}

const TYPES = new Map(
  Object.entries({
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.woff2': 'font/woff2',
    '.html': 'text/html; charset=utf-8',
  }),
);

/** The page, its assets and its report; anything else there is not. */
async function answer(route: Route, report: Report, clientFolder: string): Promise<void> {
  const { origin, pathname } = new URL(route.request().url());
  if (origin !== ORIGIN) return route.abort();
  if (pathname === '/api/report') return route.fulfill({ json: report });
  const name = pathname === PAGES.report.path ? PAGES.report.entry : normalize(pathname).slice(1);
  const type = TYPES.get(extname(name));
  const isOwn = name === PAGES.report.entry || name.startsWith(`assets${sep}`);
  if (!isOwn || type === undefined) return route.fulfill({ status: 404 });
  const body = await readFile(join(clientFolder, name)).catch(() => undefined);
  return body === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body, contentType: type });
}
