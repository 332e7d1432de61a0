/** By which names a server may be called: its own and addresses, never one that somebody else's DNS points at it. */
import { expect, test } from 'vitest';
import { createHosts, isSameHost, readHost } from '../../../server/access/hosts.ts';

const isOwn = createHosts({
  machine: 'Wall-Server.hall.lan',
  configured: ['screens.hall.example', 'http://code.hall.example:8080', '0.0.0.0', '::', ''],
});

test.each([
  'localhost',
  'LOCALHOST:8080',
  'localhost.:8080',
  'screen.localhost',
  '127.0.0.1:8080',
  '10.0.4.7',
  '192.168.1.20:65535',
  '[::1]',
  '[::1]:8080',
  '[fe80::1]:8080',
  'wall-server',
  'WALL-SERVER:8080',
  'wall-server.local',
  'wall-server.local.:8080',
  'wall-server.hall.lan',
  'screens.hall.example',
  'SCREENS.hall.example.:443',
  'code.hall.example',
])('%s is the server', (host) => expect(isOwn(host)).toBe(true));

test.each([
  'evil.example',
  'evil.example:8080',
  'localhost.evil.example',
  'evillocalhost',
  '127.0.0.1.evil.example',
  'wall-server.evil.example',
  'wall-server.hall.lan.evil.example',
  'hall.lan',
  'sub.screens.hall.example',
  'user@localhost',
  'localhost:8080@evil.example',
  'evil.example@localhost',
  'localhost/evil',
  'localhost\\@evil.example',
  'localhost#evil',
  'localhost?evil',
  'localhost evil.example',
  'localhost, evil.example',
  'localhost:port',
  '[::1',
  '::1',
  '',
  '.',
  'http://localhost',
  '__proto__',
  'constructor',
  'x'.repeat(5_000),
])('%j is not', (host) => expect(isOwn(host)).toBe(false));

test('a machine without a usable name still answers by its addresses', () => {
  for (const machine of ['', '.', 'two words']) {
    const isMachine = createHosts({ machine, configured: [] });
    expect([isMachine('10.0.0.1'), isMachine('localhost'), isMachine(machine), isMachine('undefined.local')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  }
});

test('a host is read without its port, in lower case, without the last dot', () => {
  expect(readHost('Hall.Example.:8080')).toBe('hall.example');
  expect(readHost('Bücher.example')).toBe('xn--bcher-kva.example');
  expect(readHost('a@b')).toBeUndefined();
});

test.each([
  ['http://hall.example', 'hall.example', true],
  ['http://hall.example', 'HALL.example:80', true],
  ['https://hall.example', 'hall.example:443', true],
  ['http://hall.example:8080', 'hall.example:8080', true],
  ['http://[::1]:8080', '[::1]:8080', true],
  ['http://hall.example:8080', 'hall.example', false],
  ['https://hall.example', 'hall.example:80', false],
  ['http://hall.example.evil', 'hall.example', false],
  ['null', 'null', false],
  ['', '', false],
  ['file://', '', false],
  ['http://hall.example', undefined, false],
  ['http://hall.example', 'evil.example@hall.example', true],
])('a page of %s asks the host %s: %s', (origin, host, same) => expect(isSameHost(origin, host)).toBe(same));
