/** Whoever signs in comes back to the page that they were on, and to no other host, whatever the address says. */
import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import type { Role } from '../../../../domain/access/roles.ts';
import { checkNext, homeOf, keepHall } from '../../../../client/pages/sign-in/next-page.ts';

it.each<[string | null, string | undefined]>([
  ['/desk', '/desk'],
  ['/accounts#audit', '/accounts#audit'],
  ['/?scene=stars&hall=b', '/?scene=stars&hall=b'],
  ['/a b/办事', '/a%20b/%E5%8A%9E%E4%BA%8B'],
  ['/__proto__', '/__proto__'],
  [null, undefined],
  ['', undefined],
  ['desk', undefined],
  ['//evil.example', undefined],
  ['/\\evil.example', undefined],
  ['\\\\evil.example', undefined],
  ['/\t/evil.example', undefined],
  ['/\n/evil.example', undefined],
  ['/x/..//evil.example', undefined],
  ['/.//evil.example', undefined],
  ['/%2e/%2e%2e//evil.example', undefined],
  ['https://evil.example/', undefined],
  ['javascript:alert(1)', undefined],
  [' /desk', undefined],
  ['/sign-in?next=/sign-in', undefined],
  ['/sign-in/', undefined],
  ['/x/../sign-in', undefined],
  ['/api/session', undefined],
  ['/assets/a.js', undefined],
  ['/apiary', '/apiary'],
  [`/${'x'.repeat(2_000)}`, undefined],
])('%j', (asked, path) => {
  expect(checkNext(asked)).toBe(path);
});

test('what is let through leads to this host, and is let through as it is', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2e',
    '%2f',
    '%5c',
    '\t',
    '@',
    ':',
    'evil.example',
    '?',
    '#',
    'a',
  );
  const asked = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`),
    fc.string({ unit: 'binary' }).map((text) => `/${text}`),
  );
  fc.assert(
    fc.property(asked, (text) => {
      const path = checkNext(text);
      if (path === undefined) return;
      expect(new URL(path, 'https://hall.example').host).toBe('hall.example');
      expect(new URL(keepHall(path, 'b'), 'https://hall.example').host).toBe('hall.example');
      expect(checkNext(path)).toBe(path);
    }),
    { numRuns: 3_000 },
  );
});

it.each<[Role[], string]>([
  [['clerk'], '/desk'],
  [['lead'], '/desk'],
  [['manager'], '/desk'],
  [['leader'], '/'],
  [['administrator'], '/accounts'],
  [['administrator', 'clerk'], '/desk'],
  [[], '/accounts'],
])('%j begins with %s', (roles, path) => {
  expect(homeOf(roles.map((role) => ({ role })))).toBe(path);
});

it.each<[string, string | undefined, string]>([
  ['/desk', undefined, '/desk'],
  ['/desk', 'b', '/desk?hall=b'],
  ['/accounts?x=1#audit', 'b & c', '/accounts?x=1&hall=b+%26+c#audit'],
  ['/desk?hall=a', 'b', '/desk?hall=a'],
])('%s in the hall %s', (path, hall, address) => {
  expect(keepHall(path, hall)).toBe(address);
});
