// Every page is found by the address that stands in the table, and by no other.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { audienceOf } from '../../../domain/board/topics/data.ts';
import { findPage, PAGES, type Page } from '../../../domain/wire/pages.ts';

test.each([
  ['/', PAGES.wall],
  ['/public', PAGES.public],
  ['/a/k7', PAGES.alarm],
  ['/sign-in', PAGES['sign-in']],
  ['/accounts', PAGES.accounts],
  ['/rate/w03', PAGES.rate],
  ['/desk', PAGES.desk],
  ['/take', PAGES.take],
  ['/wall/self-test', PAGES['self-test']],
  ['/a/', undefined],
  ['/a', undefined],
  ['/a/k7/x', undefined],
  ['/public/main.ts', undefined],
  ['/wall', undefined],
  ['', undefined],
])('%s', (address, page) => {
  expect(findPage(address)).toEqual(page);
});

test('every page of the client stands in the table', () => {
  const folder = join(import.meta.dirname, '../../../client/pages');
  expect(readdirSync(folder).sort()).toEqual(Object.keys(PAGES).sort());
  for (const { entry } of Object.values(PAGES)) expect(existsSync(join(folder, entry)), entry).toBe(true);
});

test('no page that the public may open shows a topic for the management', () => {
  for (const { topic, audience } of Object.values<Page>(PAGES))
    if (topic !== undefined && topic !== 'scene') expect(audience).toBe(audienceOf(topic));
    else if (topic === 'scene') expect(audience).toBe('management');
});
