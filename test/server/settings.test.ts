// Where the key of the frozen days lies: beside the data folder, elsewhere by a setting, and never in it; and the listener outside.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demoFolder, demoKeysFolder, readPlaces, readSettings } from '../../server/settings.ts';

const keysOf = (data: string, keys?: string): string =>
  readPlaces({ HALLPULSE_DATA: data, ...(keys === undefined ? {} : { HALLPULSE_KEYS: keys }) }, '/srv/product')
    .keysFolder;

test.each([
  ['/srv/hall', undefined, '/srv/hall-keys'],
  ['data/store', undefined, '/srv/product/data/store-keys'],
  ['/srv/hall', '', '/srv/hall-keys'],
  ['/srv/hall', '/etc/hall', '/etc/hall'],
  ['/srv/hall', '../keys', '/srv/keys'],
  ['/srv/hall', '/srv/hallway', '/srv/hallway'],
])('data in %s, keys %s: %s', (data, keys, folder) => {
  expect(keysOf(data, keys)).toBe(folder);
});

test.each(['/srv/hall', '/srv/hall/', '/srv/hall/keys', '/srv/other/../hall/a/b'])(
  'a folder in the data folder is refused: %s',
  (keys) => {
    expect(() => keysOf('/srv/hall', keys)).toThrow(/HALLPULSE_KEYS must be a folder outside \/srv\/hall/);
  },
);

test('the demo has its own in its folder', () => {
  expect(demoKeysFolder('/srv/hall')).toBe(join(demoFolder('/srv/hall'), 'keys'));
});

const outsideOf = (env: Record<string, string>) =>
  readSettings({ HALLPULSE_DATA: '/srv/hall', ...env }, [], '/srv/product').outside;
test('the listener outside is off, and with a port and an address it listens to this machine alone', () => {
  const address = 'https://say.hall.example';
  expect(outsideOf({})).toBeUndefined();
  expect(outsideOf({ HALLPULSE_OUTSIDE_ADDRESS: address })).toBeUndefined();
  expect(outsideOf({ HALLPULSE_OUTSIDE_PORT: '8090', HALLPULSE_OUTSIDE_ADDRESS: address })).toEqual({
    ...{ port: 8090, host: '127.0.0.1', address, trustProxy: 0 },
  });
  expect(() => outsideOf({ HALLPULSE_OUTSIDE_PORT: '8090' })).toThrow(/HALLPULSE_OUTSIDE_ADDRESS must say where/);
  expect(() => outsideOf({ HALLPULSE_OUTSIDE_PORT: 'x', HALLPULSE_OUTSIDE_ADDRESS: address })).toThrow(
    /HALLPULSE_OUTSIDE_PORT must be a whole number/,
  );
  expect(() => outsideOf({ HALLPULSE_OUTSIDE_PORT: '8090', HALLPULSE_OUTSIDE_ADDRESS: `${address}/say` })).toThrow(
    /HALLPULSE_OUTSIDE_ADDRESS must be like/,
  );
});

const read = (env: Record<string, string>) => readSettings({ HALLPULSE_DATA: '/srv/hall', ...env }, [], '/srv/product');

test.each([
  ['', ''],
  ['/', ''],
  ['/hall', '/hall'],
  ['/hall/', '/hall'],
  ['/gov/hall-2/', '/gov/hall-2'],
  ['/toString', '/toString'],
  ['/__proto__/', '/__proto__'],
])('O4: the prefix %j is taken as %j', (given, path) => {
  expect(read({ HALLPULSE_BASE_PATH: given }).basePath).toBe(path);
});

test.each([
  ...[
    'hall',
    '//hall',
    '/hall//x',
    '/..',
    '/hall/../x',
    '/.hall',
    '/hall?x',
    '/hall#x',
    '/ha ll',
    '/厅',
    '/"',
    '/hall//',
  ],
  ...['http://hall.example/hall', '/<b>', `/${'%2e'}`],
])('O4: the prefix %j is refused with a sentence', (given) => {
  expect(() => read({ HALLPULSE_BASE_PATH: given })).toThrow(/^HALLPULSE_BASE_PATH must be like \/hall\/, not /);
});

test.each(['/api', '/assets/x', '/public/', '/A/b', '/socket.io', '/desk'])(
  'O4: the prefix %s would be taken for an address of the product itself',
  (given) => {
    expect(() => read({ HALLPULSE_BASE_PATH: given })).toThrow(/must not begin with .* address of the product's own/);
  },
);

test('O5: nobody may frame anything unless origins are named, and these are whole', () => {
  expect(read({}).frameAncestors).toEqual([]);
  expect(
    read({ HALLPULSE_FRAME_ANCESTORS: ' https://signage.example , http://10.0.0.5:8080/, http://[::1]:3000,' })
      .frameAncestors,
  ).toEqual(['https://signage.example', 'http://10.0.0.5:8080', 'http://[::1]:3000']);
});

test.each([
  ...['*', 'https://*', 'signage.example', 'https://signage.example/page', "'self'", 'https://a.example;script-src *'],
  ...['https://a.example https://b.example', 'file:///x', 'https://user@a.example', 'https://', 'javascript:alert(1)'],
])('O5: %s is no origin that could be named', (given) => {
  expect(() => read({ HALLPULSE_FRAME_ANCESTORS: given })).toThrow(/^HALLPULSE_FRAME_ANCESTORS must be origins like /);
});
