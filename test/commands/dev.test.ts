// `npm run dev` knows every page by the address at which the server has it, and hands out its source.
import { join } from 'node:path';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGES } from '../../domain/wire/pages.ts';

let dev: ViteDevServer;
let origin: string;
beforeAll(async () => {
  const configFile = join(import.meta.dirname, '../../vite.config.ts');
  dev = await createServer({ configFile, mode: 'development', logLevel: 'silent', server: { port: 0, hmr: false } });
  await dev.listen(0);
  origin = dev.resolvedUrls!.local[0]!.replace(/\/$/, '');
});
afterAll(() => dev.close());

test.each(Object.entries(PAGES))('%s', async (name, { path }) => {
  const page = await fetch(`${origin}${path.replace(':code', 'k7')}?lang=en`);
  expect(page.status).toBe(200);
  const html = await page.text();
  const [, script] = /src="(\/[^"]*main\.ts[^"]*)"/.exec(html) ?? [];
  expect(script).toContain(`/${name}/main.ts`);
  const source = await fetch(`${origin}${script}`);
  expect(source.headers.get('content-type')).toContain('javascript');
  expect(await source.text()).toMatch(/\b(mount|startDisplay)\(/);
});
