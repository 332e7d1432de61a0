// What a browser is sent, as it was built.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { PAGES } from '../../domain/wire/pages.ts';

const dist = join(import.meta.dirname, '../../dist/client');

test('K1: no page brings a calendar of its own along: browsers go by what the topics say', () => {
  const assets = join(dist, 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(0);
  // Names of holidays as the library has them.
  for (const name of scripts) expect(readFileSync(join(assets, name), 'utf8')).not.toMatch(/国庆节|National Day/);
});

test('the pages of the table and what they load are all that is built, and no source lies beside them', () => {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(dist.length + 1)
        .replaceAll('\\', '/'),
    );
  const pages = Object.values(PAGES).map(({ entry }) => entry);
  const besides = ['offline.js', 'offline.js.map'];
  expect(files.filter((file) => !file.startsWith('assets/')).sort()).toEqual([...pages, ...besides].sort());
  expect(
    files.filter((file) => file.startsWith('assets/') && !/\.((js|css)(\.br|\.gz)?|woff2|js\.map)$/.test(file)),
  ).toEqual([]);
});

test('beside every script and sheet lie its packed forms, which are the same and smaller', () => {
  const assets = join(dist, 'assets');
  // Those of the build before, for pages that are still open, lie there as they were.
  const built = JSON.parse(readFileSync(join(dist, '../build.json'), 'utf8')) as { assets: string[] };
  const names = built.assets.filter((name) => /\.(js|css)$/.test(name));
  expect(names.length).toBeGreaterThan(50);
  for (const name of names) {
    const content = readFileSync(join(assets, name));
    for (const [ending, unpack] of [
      ['.br', brotliDecompressSync],
      ['.gz', gunzipSync],
    ] as const) {
      const file = join(assets, name + ending);
      // A line of a few words becomes no smaller.
      if (!existsSync(file)) expect(content.length, file).toBeLessThan(400);
      else {
        expect(statSync(file).size, file).toBeLessThan(content.length);
        expect(unpack(readFileSync(file)).equals(content), file).toBe(true);
      }
    }
  }
});
