// What a browser is sent, as it was built.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('K1: no page brings a calendar of its own along: browsers go by what the topics say', () => {
  const assets = join(import.meta.dirname, '../../dist/client/assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(0);
  // Names of holidays as the library has them.
  for (const name of scripts) expect(readFileSync(join(assets, name), 'utf8')).not.toMatch(/国庆节|National Day/);
});
