// What a request may be and where an answer may lead: hosts, redirects, cookies, tokens of other halls, and what may be kept.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Access } from '../../../server/access/access.ts';
import { KEY } from '../../e2e/product.ts';
import { openLiveClient } from '../live/live-client.ts';
import { shakeHands } from '../live/raw-socket.ts';
import { openTestHall, type TestHall } from '../live/test-hall.ts';
import { askRaw, type RawRequest } from './raw-http.ts';

const SPAN = 'from=2026-01-01&to=2026-01-02';
let closed: TestHall;
let proxied: TestHall;
let access: Access;
let token: string;
let publicToken: string;
beforeAll(async () => {
  const env = { HALLPULSE_TRUST_PROXY: '1', HALLPULSE_HOSTS: 'wall.hall.example, screens.example' };
  [closed, proxied] = await Promise.all([
    openTestHall({ openReading: false }),
    openTestHall({ openReading: false, env }),
  ]);
  access = closed.openAccess();
  token = access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' }).secret;
  publicToken = access.displayTokens.add({ hall: 'meilin', audience: 'public', label: 'screen' }).secret;
});
afterAll(async () => {
  access.close();
  await Promise.all([closed.close(), proxied.close()]);
});
const ask = (target: string, more: Omit<RawRequest, 'target'> = {}) => askRaw(closed.url, { target, ...more });

describe('no redirect leaves the host', () => {
  const isHere = (location: string) => new URL(location, closed.url).origin === new URL(closed.url).origin;

  test.each([
    '//evil.example/?token=TOKEN',
    '//evil.example/?token=wrong',
    '///evil.example/?token=TOKEN',
    '//evil.example?token=TOKEN',
    '/\\evil.example/?token=TOKEN',
    '\\\\evil.example/?token=TOKEN',
    '/\\/evil.example/?token=TOKEN',
    '/%2f%2fevil.example/?token=TOKEN',
    '/%5cevil.example/?token=TOKEN',
    '/.//evil.example/?token=TOKEN',
    '/\t/evil.example/?token=TOKEN',
    '/%09//evil.example/?token=TOKEN',
    '//user@evil.example/public?token=TOKEN',
    '/?next=//evil.example&token=TOKEN',
    '/?token=TOKEN&//evil.example',
    '/public?token=TOKEN&x=%0d%0aLocation:%20//evil.example',
  ])('%s', async (target) => {
    const { status, headers } = await ask(target.replace('TOKEN', token));
    // The parser of the server may have refused the line already.
    if (status === 400) return;
    const location = headers.get('location');
    if (status < 300 || status > 399) expect(location).toBeUndefined();
    else {
      expect(location).toMatch(/^\/(?![/\\])/);
      expect(isHere(location!), location).toBe(true);
      expect(location).not.toContain(token);
    }
  });

  test.each(['/?//evil.example', '/?\\evil', '/wall/self-test?x=%0d%0ay', '/?a=1?b=//evil.example', '//?lang=en'])(
    'a public screen at %s is led to its own page at most',
    async (target) => {
      const { status, headers } = await ask(target, { headers: { Cookie: `hallpulse_display=${publicToken}` } });
      if (status === 404) return;
      expect(status).toBe(303);
      expect(headers.get('location')).toMatch(/^\/public(\?|$)/);
    },
  );

  test('a token leaves the address however it stands in it, for GET and HEAD, and for no other method', async () => {
    for (const query of [`token=${token}`, `token=${token}&token=x`, `token=x&token=${token}`]) {
      for (const method of ['GET', 'HEAD']) {
        const { status, headers } = await ask(`/?${query}&scene=medical`, { method });
        expect([status, headers.get('location')]).toEqual([303, '/?scene=medical']);
        expect(headers.get('set-cookie')).toContain(`hallpulse_display=${token};`);
      }
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const { headers } = await ask(`/?${query}`, { method });
        expect(headers.get('set-cookie')).toBeUndefined();
      }
    }
    const empty = await ask('/?token=');
    expect([empty.status, empty.headers.get('location')]).toEqual([303, '/']);
  });
});

describe('a token of another hall', () => {
  test('opens nothing: not by link, cookie, bearer nor socket', async () => {
    const { secret } = access.displayTokens.add({ hall: 'elsewhere', audience: 'management', label: 'foreign' });
    const link = await ask(`/?token=${secret}`);
    expect([link.status, link.headers.get('set-cookie')]).toEqual([303, undefined]);
    const cookie = { headers: { Cookie: `hallpulse_display=${secret}` } };
    expect((await ask('/api/board?topic=overview', cookie)).status).toBe(401);
    expect((await ask('/', cookie)).body).not.toContain('id="snapshot"');
    const bearer = { headers: { Authorization: `Bearer ${secret}` } };
    for (const path of ['/api/board?topic=public', `/api/measures?${SPAN}`, '/photographs/s01'])
      expect((await ask(path, bearer)).status).toBe(401);
    for (const client of [
      await openLiveClient(closed.url, { token: secret }),
      await openLiveClient(closed.url, { headers: { Cookie: `hallpulse_display=${secret}` } }),
    ]) {
      expect(await client.subscribe({ topic: 'public' })).toEqual({ ok: false, error: 'not-allowed' });
      client.close();
    }
  });
});

describe('cookies', () => {
  const board = (cookie: string | readonly string[]) =>
    ask('/api/board?topic=overview', { headers: { Cookie: cookie } }).then(({ status }) => status);

  test('another of the same name, set by somebody else on this host, does not hide the right one', async () => {
    const right = () => `hallpulse_display=${token}`;
    expect(await board(`hallpulse_display=x; ${right()}`)).toBe(200);
    expect(await board(`hallpulse_display=; hallpulse_display="a"; ${right()}; hallpulse_display=b`)).toBe(200);
    expect(await board(['hallpulse_display=x', right()])).toBe(200);
    const client = await openLiveClient(closed.url, { headers: { Cookie: `hallpulse_display=x; ${right()}` } });
    expect(await client.subscribe({ topic: 'overview' })).toMatchObject({ ok: true });
    client.close();
  });

  const renewed = async (target: string, cookie: string, more: Omit<RawRequest, 'target'> = {}) => {
    const { headers } = await ask(target, { ...more, headers: { ...more.headers, Cookie: cookie } });
    return headers.get('set-cookie');
  };
  const YEAR = 'Max-Age=31536000';

  test('a display’s is renewed where it is used, once a day, and its mark lasts a day', async () => {
    const right = `hallpulse_display=${token}`;
    for (const target of ['/', '/?scene=ratings', '/api/board?topic=overview', '/api/nowhere']) {
      const given = await renewed(target, `a=b; ${right}`);
      expect(given, target).toContain(`hallpulse_display=${token}; ${YEAR};`);
      expect(given, target).toContain('renewed_hallpulse_display=1; Max-Age=86400;');
      expect(given!.match(/HttpOnly; SameSite=Strict/g), target).toHaveLength(2);
      expect(await renewed(target, `${right}; renewed_hallpulse_display=1`), target).toBeUndefined();
    }
    expect(await renewed('/public', `hallpulse_display=x; hallpulse_display=${publicToken}`)).toContain(
      `hallpulse_display=${publicToken}; ${YEAR};`,
    );
  });

  test('of what a cache may keep for everybody none is given, nor for a right that is no cookie', async () => {
    const right = `hallpulse_display=${token}`;
    for (const target of [
      '/assets/nowhere.js',
      '/offline.js',
      '/brief.svg',
      '/photographs/s01',
      '/healthz',
      '/nowhere',
    ])
      expect(await renewed(target, right), target).toBeUndefined();
    const bearer = { headers: { Authorization: `Bearer ${token}` } };
    expect((await ask('/api/board?topic=overview', bearer)).headers.get('set-cookie')).toBeUndefined();
    expect(await renewed('/api/board?topic=overview', 'hallpulse_display=hpd_wrong')).toBeUndefined();
  });

  test('a token that was revoked, or has run out, is renewed no more', async () => {
    const { id, secret } = access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'lost' });
    const right = `hallpulse_display=${secret}`;
    expect(await renewed('/', right)).toContain(secret);
    access.displayTokens.revoke(id);
    expect(await renewed('/', right)).toBeUndefined();
    expect(await renewed('/api/board?topic=overview', right)).toBeUndefined();
  });

  test.each(['%', '%ff%00', '__proto__', '"', '=', 'hpd_', 'x'.repeat(8_000)])(
    'what is none (%j) is no error',
    async (value) => expect(await board(`hallpulse_display=${value}`)).toBe(401),
  );

  test('what is too long for any browser is refused before it is read', async () => {
    expect(await board(`hallpulse_display=${'x'.repeat(40_000)}`)).toBe(431);
  });
});

describe('a foreign host (DNS rebinding)', () => {
  const foreign = { Host: 'evil.example', Origin: 'http://evil.example' };

  test.each(['/', '/api/board?topic=overview', '/public', '/assets/x.js', '/a/ABC', '/?token=x'])(
    '%s is answered with 421 and one sentence on what to set',
    async (path) => {
      const { status, body } = await ask(path, { headers: foreign });
      expect(status).toBe(421);
      expect(JSON.parse(body)).toEqual({
        error: 'misdirected',
        message: expect.stringMatching(/HALLPULSE_HOSTS/) as string,
      });
      expect(body).not.toContain('evil');
    },
  );

  test('reaches no write, with whatever key, and no socket', async () => {
    const headers = { ...foreign, Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' };
    expect((await ask('/api/events', { method: 'POST', headers, body: '[]' })).status).toBe(421);
    const wall = { ...foreign, Cookie: `hallpulse_display=${token}` };
    expect((await ask('/socket.io/?EIO=4&transport=polling', { headers: wall })).status).toBe(421);
    const { status, socket } = await shakeHands(closed.url, wall);
    expect(status).toBe(421);
    socket.tcp.destroy();
  });

  test.each([
    ['one of two headers', '/public', { Host: ['localhost', 'evil.example'] }],
    ['the address in the request line', 'http://evil.example/public', {}],
    ['user and host', '/public', { Host: 'localhost@evil.example' }],
    ['a name that begins as ours', '/public', { Host: 'localhost.evil.example' }],
  ])('is one as well: %s', async (_name, target, headers) => {
    expect([400, 421]).toContain((await ask(target, { headers })).status);
  });

  test('its own names, addresses and probes without any are served', async () => {
    for (const Host of ['localhost', 'LOCALHOST.:80', '127.0.0.1', '[::1]:8080', '10.1.2.3'])
      expect((await ask('/public', { headers: { Host } })).status, Host).toBe(200);
    expect((await ask('/public', { headers: { Host: undefined }, version: '1.0' })).status).toBe(200);
    expect((await ask('/public', { headers: { Host: undefined } })).status).toBe(400);
    for (const Host of ['wall.hall.example', 'SCREENS.example:8443'])
      expect((await askRaw(proxied.url, { target: '/public', headers: { Host } })).status, Host).toBe(200);
  });

  test('health is asked under any name, and tells nothing of the hall’s work', async () => {
    expect((await ask('/healthz', { headers: foreign })).status).toBe(200);
    expect((await ask('/readyz', { headers: foreign })).status).toBe(200);
  });

  test('behind a proxy what it forwards counts too', async () => {
    const behind = (headers: Record<string, string>) => askRaw(proxied.url, { target: '/public', headers });
    expect((await behind({ 'X-Forwarded-Host': 'wall.hall.example' })).status).toBe(200);
    expect((await behind({ 'X-Forwarded-Host': 'evil.example' })).status).toBe(421);
    expect((await behind({ 'X-Forwarded-Host': 'wall.hall.example', Host: 'evil.example' })).status).toBe(421);
    // Without a proxy nobody listens to what a client says of itself.
    expect((await ask('/public', { headers: { 'X-Forwarded-Host': 'evil.example' } })).status).toBe(200);
  });
});

describe('whether it came over TLS', () => {
  const signIn = async (headers: Record<string, string>) => {
    const store = proxied.openAccess();
    const { secret } = store.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
    store.close();
    return askRaw(proxied.url, { target: `/?token=${secret}`, headers });
  };

  test('behind a trusted proxy that is asked over plain HTTP, signing in works', async () => {
    for (const headers of [{}, { 'X-Forwarded-Proto': 'http' }] as Record<string, string>[]) {
      const answer = await signIn(headers);
      expect(answer.headers.get('set-cookie')).not.toMatch(/secure/i);
      expect(answer.headers.get('strict-transport-security')).toBeUndefined();
      expect(answer.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
    }
  });

  test('behind one that is asked over HTTPS, cookie and headers say so, on the socket too', async () => {
    const headers = { 'X-Forwarded-Proto': 'https' };
    const answer = await signIn(headers);
    expect(answer.headers.get('set-cookie')).toMatch(/; Secure/);
    const polling = await askRaw(proxied.url, { target: '/socket.io/?EIO=4&transport=polling', headers });
    for (const one of [answer, polling]) {
      expect(one.headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
      expect(one.headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
    }
  });

  test('without a proxy nobody is believed', async () => {
    const { headers } = await ask(`/?token=${token}`, { headers: { 'X-Forwarded-Proto': 'https' } });
    expect(headers.get('set-cookie')).not.toMatch(/secure/i);
    expect(headers.get('strict-transport-security')).toBeUndefined();
  });
});

describe('what may be kept, and what every answer says of itself', () => {
  const wall = () => ({ headers: { Cookie: `hallpulse_display=${token}` } });

  test.each([
    '/',
    '/public',
    '/wall/self-test',
    `/api/measures?${SPAN}`,
    '/api/measures',
    `/api/breakdown?${SPAN}`,
    '/api/board?topic=nothing',
    '/api/alarms/none/code.svg',
    '/api/alarms/by-code',
    '/a/ABCDEFGH',
    '/healthz',
    '/nowhere',
    '/api/nowhere',
    '/assets/nowhere.js',
    '/photographs/s01',
    '/socket.io/?EIO=4&transport=polling',
    '/socket.io/?EIO=4&transport=polling&sid=unknown',
  ])('nobody keeps %s, and it carries the security headers', async (path) => {
    const { headers } = await ask(path, wall());
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    // The self-test alone shows the displays in a frame.
    const framers = ['/', '/public'].includes(path) ? 'self' : 'none';
    expect(headers.get('content-security-policy')).toContain(`frame-ancestors '${framers}'`);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('the answer to a handshake of a WebSocket carries them too', async () => {
    const { status, socket, headers } = await shakeHands(closed.url, wall().headers);
    expect(status).toBe(101);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    socket.tcp.destroy();
  });

  test('the board may be kept by the screen that asked and is asked for anew; assets for ever', async () => {
    const board = await ask('/api/board?topic=overview', wall());
    expect([board.status, board.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    const page = await ask('/', wall());
    const asset = /\/assets\/[^"]+\.js/.exec(page.body)![0];
    expect((await ask(asset)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });
});

test('no spelling of a path or method goes round the doors', async () => {
  for (const target of [
    '/API/board?topic=overview',
    '/api/board/?topic=overview',
    '/api/./board?topic=overview',
    '/api//board?topic=overview',
    '//api/board?topic=overview',
    '/%61pi/board?topic=overview',
    '/api%2fboard?topic=overview',
    '/api/board;x?topic=overview',
    '/x/../api/board?topic=overview',
    'http://localhost/api/board?topic=overview',
    `/Api/Measures?${SPAN}`,
    `/api/measures/?${SPAN}`,
    '/PHOTOGRAPHS/s01',
  ])
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS']) {
      const { status, body } = await ask(target, { method, headers: { 'X-HTTP-Method-Override': 'GET' } });
      // What a path may be asked is no secret.
      if (method !== 'OPTIONS') expect(status, `${method} ${target}`).toBeGreaterThanOrEqual(400);
      expect(body).not.toContain('"data"');
    }
  // A public screen is kept from the measures however they are spelt.
  for (const target of [`/API/Measures?${SPAN}`, `/api/measures/?${SPAN}`, `/API/Breakdown/?${SPAN}`]) {
    const { status } = await ask(target, { headers: { Authorization: `Bearer ${publicToken}` } });
    expect(status, target).toBe(403);
  }
});
