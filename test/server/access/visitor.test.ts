/** Who asks, behind so many proxies that are trusted: the one that they name, whatever it writes itself. */
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createVisitors } from '../../../server/access/visitor.ts';

const read = (trustProxy: number, headers: Record<string, string>, url = '/') =>
  createVisitors(trustProxy)({
    url,
    headers,
    headersDistinct: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    socket: { remoteAddress: '10.0.0.1' },
  } as unknown as IncomingMessage);

test.each([
  [1, undefined, '10.0.0.1'],
  [0, '1.1.1.1', '10.0.0.1'],
  [1, '6.6.6.6, 1.1.1.1', '1.1.1.1'],
  [2, '6.6.6.6, 1.1.1.1, 10.0.0.2', '1.1.1.1'],
  [9, '1.1.1.1', '1.1.1.1'],
])('behind %i proxies that forward %s it comes from %s', (trustProxy, forwarded, address) => {
  expect(read(trustProxy, forwarded ? { 'x-forwarded-for': forwarded } : {}).address).toBe(address);
});

test('addresses that one customer of IPv6 holds count as one', () => {
  const of = (forwarded: string) => read(1, { 'x-forwarded-for': forwarded }).address;
  expect(of('2001:db8:1:1::1')).toBe(of('2001:db8:1:1:ffff::2'));
  expect(of('2001:db8:1:1::1')).not.toBe(of('2001:db9:1:1::1'));
});

test('only a trusted proxy says that it was TLS, and which host was asked', () => {
  const headers = { host: 'inside:8080', 'x-forwarded-host': 'hall.example', 'x-forwarded-proto': 'https' };
  expect(read(1, headers)).toMatchObject({
    isSecure: true,
    host: 'hall.example',
    hosts: ['inside:8080', 'hall.example'],
  });
  expect(read(0, headers)).toMatchObject({ isSecure: false, host: 'inside:8080', hosts: ['inside:8080'] });
});

test('a whole address in the request line names a host as well', () => {
  expect(read(0, { host: 'localhost' }, 'http://evil.example/x').hosts).toEqual(['localhost', 'evil.example']);
  expect(read(0, {}).hosts).toEqual([]);
});
