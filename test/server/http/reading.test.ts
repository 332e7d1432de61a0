// The other answers of the server: health, measures, the board's ETag, pages, headers, and what is not there.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptance, hallDay, postEvents, readMeasures } from '../../e2e/hall-client.ts';
import { openTestHall, type TestHall } from '../live/test-hall.ts';

let hall: TestHall;
let url: string;
beforeAll(async () => {
  hall = await openTestHall();
  url = hall.url;
});
afterAll(() => hall.close());

test('health says which hall, ledger, position and build this is', async () => {
  const { body } = await postEvents(url, acceptance('health'));
  const askedAt = Date.now();
  const response = await fetch(`${url}/healthz`);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const health = (await response.json()) as Record<string, unknown>;
  // Late in the last year that is known, the next one is named too.
  delete health['unknownYears'];
  expect(Object.keys(health).sort()).toEqual(['build', 'epoch', 'hall', 'lag', 'now', 'seq', 'status']);
  expect(health).toMatchObject({ status: 'ok', hall: 'meilin' });
  expect(health['epoch']).toMatch(/^[0-9a-f-]{36}\.\w+$/);
  expect(health['now']).toBeGreaterThanOrEqual(askedAt);
  expect(health['now']).toBeLessThanOrEqual(Date.now());
  await readMeasures(url, '2026-01-01');
  expect(((await (await fetch(`${url}/healthz`)).json()) as { seq: number }).seq).toBe(body.seq);
});

test.each([
  ['', 'from'],
  ['?from=2026-01-01', 'to'],
  ['?from=2026-1-1&to=2026-01-02', 'from'],
  ['?from=2026-02-30&to=2026-03-01', 'from'],
  ['?from=2026-01-02&to=2026-01-01', 'to'],
  ['?from=0001-01-01&to=9999-12-31', 'to'],
  ['?from=2026-01-01&to=2026-01-02&station=', 'station'],
  ['?from=2026-01-01&from=2026-01-02&to=2026-01-03', 'from'],
])('a question for measures, or for what they are made of, %s is a 400 that names the field', async (query, field) => {
  for (const path of ['measures', 'breakdown']) {
    const response = await fetch(`${url}/api/${path}${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'bad-query', field });
  }
});

test('an answered event is in the measures of the next request, by day and by station', async () => {
  const day = hallDay(Date.now());
  const before = await readMeasures(url, day);
  await postEvents(url, acceptance('measured', { station: 'meifeng' }));
  expect((await readMeasures(url, day)).accepted).toBe(before.accepted + 1);
  const at = (station: string) =>
    fetch(`${url}/api/measures?from=${day}&to=${day}&station=${station}`).then((r) => r.json());
  expect(await at('meifeng')).toMatchObject({ accepted: 1, windowCases: 1 });
  expect(await at('longwei')).toMatchObject({ accepted: 0, satisfied: { n: 0, of: 0 } });
});

test('the board answers 304 while nothing changed, and a picture when something did', async () => {
  const ask = (etag?: string) =>
    fetch(`${url}/api/board?topic=overview`, etag ? { headers: { 'If-None-Match': etag } } : {});
  const first = await ask();
  const etag = first.headers.get('etag')!;
  expect(first.status).toBe(200);
  expect((await ask(etag)).status).toBe(304);
  await postEvents(url, acceptance('for-etag'));
  const second = await ask(etag);
  expect(second.status).toBe(200);
  expect(second.headers.get('etag')).not.toBe(etag);
  expect((await fetch(`${url}/api/board?topic=nothing`)).status).toBe(400);
});

test('the page carries its first picture as data that cannot end the element', async () => {
  await postEvents(url, acceptance('script', { item: '</script><script>alert(1)</script>' }));
  await readMeasures(url, '2026-01-01');
  const page = await (await fetch(`${url}/`)).text();
  const picture = /<script type="application\/json" id="snapshot">(.*?)<\/script>/s.exec(page)![1]!;
  expect(JSON.parse(picture)).toMatchObject({ topic: 'overview' });
  expect(page).not.toContain('<script>alert');
});

test('by a host name over plain HTTP nothing asks the browser to go where there is no TLS (ASVS 3.4)', async () => {
  for (const path of ['/', '/api/board?topic=overview', '/nowhere']) {
    const response = await fetch(`${url.replace('localhost', '127.0.0.1')}${path}`, {
      headers: { Host: 'wall.hall.example' },
    });
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'self'");
    // The self-test alone shows the wall in a frame.
    expect(policy).toContain(`frame-ancestors '${path === '/' ? 'self' : 'none'}'`);
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(response.headers.get('strict-transport-security')).toBeNull();
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('x-powered-by')).toBeNull();
  }
});

test('what is not there is a plain 404, and no answer shows a stack or a path', async () => {
  for (const path of [
    '/nowhere',
    '/api/nowhere',
    '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/build.json',
    '/%ff',
  ]) {
    const response = await fetch(`${url}${path}`);
    const text = await response.text();
    expect(response.status, path).toBeGreaterThanOrEqual(400);
    expect(response.status, path).toBeLessThan(500);
    expect(text).not.toMatch(/node_modules|\bat .*:\d+:\d+|\/tmp\//);
  }
  expect((await fetch(`${url}/api/events`, { method: 'DELETE' })).status).toBe(404);
});
