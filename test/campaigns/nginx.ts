// The product behind a prefix of Debian's nginx, by the configuration that docs/operations shows: once with the prefix kept, once taken away.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../e2e/browser.ts';
import { findRoot, startProduct } from '../e2e/product.ts';

export interface NginxOptions {
  /** An empty folder. */
  readonly folder: string;
  /** The program. */
  readonly nginx: string;
  readonly onStep: (line: string) => void;
}

export interface NginxLine {
  readonly proxy: 'kept' | 'taken away';
  readonly what: string;
  /** What was wrong with it, where something was. */
  readonly fault?: string;
}

const PATH = '/hall';
/** Of what a machine with much else to do takes to show a page. */
const PATIENCE_MS = 60_000;
const START_TRIES = 200;

export async function runNginxCampaign({ folder, nginx, onStep }: NginxOptions): Promise<NginxLine[]> {
  const lines: NginxLine[] = [];
  const hall = join(folder, 'hall');
  mkdirSync(hall, { recursive: true });
  onStep('filling the reference year');
  const product = await startProduct({
    folder: hall,
    env: { HALLPULSE_DEMO: '1', HALLPULSE_BASE_PATH: `${PATH}/`, HALLPULSE_TRUST_PROXY: '1' },
  });
  const browser = await openBrowser();
  try {
    for (const proxy of ['kept', 'taken away'] as const) {
      onStep(`the prefix is ${proxy}`);
      const gate = await startNginx(nginx, join(folder, proxy === 'kept' ? 'kept' : 'taken'), product.port, proxy);
      try {
        for (const [what, look] of Object.entries(LOOKS)) {
          const fault = await look(browser, gate.url + PATH).then(
            () => undefined,
            (error: unknown) => (error as Error).message.split('\n')[0],
          );
          lines.push({ proxy, what, ...(fault === undefined ? {} : { fault }) });
        }
        const strays = gate.strays();
        lines.push({
          proxy,
          what: 'nothing outside the prefix',
          ...(strays.length === 0 ? {} : { fault: strays.join(', ') }),
        });
      } finally {
        await gate.stop();
      }
    }
  } finally {
    await browser.close();
    await product.stop();
  }
  return lines;
}

export function findNginxFaults(lines: readonly NginxLine[]): string[] {
  const faults = lines.flatMap(({ proxy, what, fault }) =>
    fault === undefined ? [] : [`prefix ${proxy}, ${what}: ${fault}`],
  );
  return lines.length === 0 ? ['nothing was looked at'] : faults;
}

export function printNginxLines(lines: readonly NginxLine[]): string {
  return lines.map(({ proxy, what, fault }) => `prefix ${proxy}, ${what}: ${fault ?? 'well'}`).join('\n');
}

type Look = (browser: Browser, home: string) => Promise<void>;

const LOOKS: Readonly<Record<string, Look>> = {
  wall: (browser, home) =>
    onPage(browser, `${home}/`, async (page) => {
      await page.locator('main.wall').waitFor();
      await page.locator('canvas').waitFor();
      const socket = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      if (socket.some((name) => name.includes('transport=polling'))) throw new Error('the socket polls');
    }),
  'live push': (browser, home) =>
    onPage(browser, 'about:blank', async (page) => {
      const heard = page.waitForEvent('websocket', {
        predicate: (one) => one.url().includes(`${PATH}/socket.io/`),
      });
      await page.goto(`${home}/`);
      await (await heard).waitForEvent('framereceived', ({ payload }) => String(payload).includes('board:heartbeat'));
    }),
  'public screen': (browser, home) =>
    onPage(browser, `${home}/public`, (page) => page.locator('main.public').waitFor()),
  desk: (browser, home) =>
    onPage(browser, `${home}/sign-in?next=/desk`, async (page) => {
      await page.locator('button', { hasText: '窗口人员' }).first().click();
      await page.waitForURL(`${home}/desk`);
      await page.getByText('已连接').waitFor();
    }),
  brief: (browser, home) => onPage(browser, `${home}/brief`, (page) => page.locator('.sentence').waitFor()),
  packed: async (_browser, home) => {
    const page = await (await fetch(`${home}/`)).text();
    const [script] = /\/hall\/assets\/[^"]+\.js/.exec(page) ?? [];
    const response = await fetch(new URL(script ?? '', home), { headers: { 'Accept-Encoding': 'gzip' } });
    await response.arrayBuffer();
    const encoding = response.headers.get('content-encoding');
    if (encoding !== 'gzip') throw new Error(`${script} came as ${encoding}`);
  },
  'token in an address': async (_browser, home) => {
    const response = await fetch(`${home}/?token=none&lang=en`, { redirect: 'manual' });
    const to = response.headers.get('location');
    if (to !== `${PATH}/?lang=en`) throw new Error(`led to ${to}`);
  },
};

async function onPage(browser: Browser, address: string, look: (page: Page) => Promise<unknown>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' });
  context.setDefaultTimeout(PATIENCE_MS);
  try {
    const page = await context.newPage();
    const broken: string[] = [];
    page.on('pageerror', ({ message }) => broken.push(message));
    page.on('response', (one) => {
      if (one.status() === 404 || one.status() >= 500) broken.push(`${one.status()} ${one.url()}`);
    });
    await page.goto(address);
    await look(page);
    if (broken.length > 0) throw new Error(broken.join('; '));
  } finally {
    await context.close();
  }
}

interface Gate {
  readonly url: string;
  /** What was asked for that is another program's. */
  strays(): string[];
  stop(): Promise<void>;
}

async function startNginx(program: string, folder: string, port: number, proxy: NginxLine['proxy']): Promise<Gate> {
  mkdirSync(folder, { recursive: true });
  const own = await findFreePort();
  const shown = readFileSync(join(findRoot(), 'docs/operations/nginx-hall.conf'), 'utf8');
  const locations = shown
    .replaceAll('http://127.0.0.1:8080', `http://127.0.0.1:${port}`)
    .replace(/(location \/hall\/ \{[^}]*proxy_pass [^;]*)/, proxy === 'kept' ? '$1' : '$1/')
    .replace(/(location \/hall\/socket\.io\/ \{[^}]*proxy_pass [^;]*)/, proxy === 'kept' ? '$1' : '$1/socket.io/');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 256; }
http {
  access_log off;
  ${temporary.join('\n  ')}
  log_format stray '$request_uri';
  server {
    listen 127.0.0.1:${own};
    location / { access_log ${folder}/strays.log stray; return 404; }
    location = /favicon.ico { return 204; }
    ${locations}
  }
}
`,
  );
  const child = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${own}`;
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries === START_TRIES)
      throw new Error(`nginx did not start:\n${readIfThere(join(folder, 'error.log'))}`);
    if (
      await fetch(`${url}${PATH}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    await wait(50);
  }
  return {
    url,
    strays: () => readIfThere(join(folder, 'strays.log')).split('\n').filter(Boolean),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

const readIfThere = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
