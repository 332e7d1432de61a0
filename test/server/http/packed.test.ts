// What goes over the wire goes packed, for whoever takes it: assets as the build packed them, answers as they are made.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as askHttp, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packAnswers } from '../../../server/packed.ts';
import { findRoot } from '../../e2e/product.ts';
import { openTestHall, type TestHall } from '../live/test-hall.ts';

const dist = join(findRoot(), 'dist/client');

let hall: TestHall;
let script: string;
let sheet: string;
beforeAll(async () => {
  hall = await openTestHall();
  const page = readFileSync(join(dist, 'wall/index.html'), 'utf8');
  // The faces' sheet is the longest of them.
  [script, sheet] = [/\/assets\/wall-[^"]+\.js/, /\/assets\/wght-[^"]+\.css/].map((one) => one.exec(page)![0]) as [
    string,
    string,
  ];
});
afterAll(() => hall.close());

interface Told {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** As it comes over the wire: `fetch` would unpack it. */
function ask(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Told> {
  return new Promise((resolve, reject) => {
    const asked = askHttp(hall.url + path, { method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.once('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(pieces) }),
      );
    });
    asked.once('error', reject).end();
  });
}
const accepting = (encodings: string) => ({ 'Accept-Encoding': encodings });

const UNPACK = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  undefined: (body: Buffer) => body,
};

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  // What Chromium asks for over plain HTTP by a host's name.
  ['gzip, deflate', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['gzip;q=0', undefined],
  ['identity', undefined],
  ['toString, __proto__', undefined],
  ['', undefined],
] as const)('O1: an asset asked for with %j comes as %s', async (encodings, encoding) => {
  for (const [path, type] of [
    [script, 'text/javascript; charset=utf-8'],
    [sheet, 'text/css; charset=utf-8'],
  ] as const) {
    const plain = readFileSync(join(dist, path));
    const { status, headers, body } = await ask(path, accepting(encodings));
    expect([status, headers['content-encoding'], headers['content-type']]).toEqual([200, encoding, type]);
    expect(headers['vary']).toBe('Accept-Encoding');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-length']).toBe(String(body.length));
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(UNPACK[`${encoding}`](body).equals(plain)).toBe(true);
    if (encoding) expect(body.length).toBeLessThan(plain.length / 2);
  }
});

test('O1: each form has an ETag of its own, by which it is not sent again; HEAD says what GET would', async () => {
  const forms = await Promise.all(['br', 'gzip', 'identity'].map((one) => ask(script, accepting(one))));
  const etags = forms.map(({ headers }) => headers.etag!);
  expect(new Set(etags).size).toBe(3);
  for (const [i, encoding] of ['br', 'gzip', 'identity'].entries()) {
    const again = await ask(script, { ...accepting(encoding), 'If-None-Match': etags[i]! });
    expect([again.status, again.body.length, again.headers['vary']]).toEqual([304, 0, 'Accept-Encoding']);
    const other = await ask(script, { ...accepting(encoding), 'If-None-Match': etags[(i + 1) % 3]! });
    expect(other.status).toBe(200);
    const { date: _get, ...headers } = forms[i]!.headers;
    const head = await ask(script, accepting(encoding), 'HEAD');
    const { date: _head, ...said } = head.headers;
    expect([head.status, head.body.length, said]).toEqual([200, 0, headers]);
  }
});

test('O1: a range is one of the form that is asked for', async () => {
  for (const encoding of ['br', 'gzip', 'identity']) {
    const whole = await ask(script, accepting(encoding));
    const part = await ask(script, { ...accepting(encoding), Range: 'bytes=100-199' });
    expect(part.status).toBe(206);
    expect(part.headers['content-encoding']).toBe(encoding === 'identity' ? undefined : encoding);
    expect(part.headers['content-range']).toBe(`bytes 100-199/${whole.body.length}`);
    expect(part.body.equals(whole.body.subarray(100, 200))).toBe(true);
    expect((await ask(script, { ...accepting(encoding), Range: 'bytes=99999999-' })).status).toBe(416);
  }
});

test.each(['.br', '.gz', '.br.gz', '/', '%2e%2e', '.map.br'])(
  'O1: a packed form has no address of its own: %s',
  async (ending) => {
    const { status, headers } = await ask(script + ending, accepting('br'));
    expect([status, headers['content-encoding']]).toEqual([404, undefined]);
  },
);

test('O1: a picture goes packed with its page and by itself, and is not sent again while nothing changed', async () => {
  for (const path of ['/', '/api/board?topic=overview']) {
    const plain = await ask(path, accepting('identity'));
    expect([plain.status, plain.headers['content-encoding']]).toEqual([200, undefined]);
    for (const encoding of ['br', 'gzip'] as const) {
      const { status, headers, body } = await ask(path, accepting(encoding));
      expect([status, headers['content-encoding'], headers['vary']]).toEqual([200, encoding, 'Accept-Encoding']);
      expect(headers['content-type']).toBe(plain.headers['content-type']);
      expect(headers['cache-control']).toBe(plain.headers['cache-control']);
      const length = UNPACK[encoding](body).length;
      expect(body.length).toBeLessThan(length * 0.6);
    }
  }
  const { headers } = await ask('/api/board?topic=overview', accepting('br'));
  const asked = { ...accepting('gzip'), 'If-None-Match': headers.etag! };
  expect((await ask('/api/board?topic=overview', asked)).status).toBe(304);
});

test('O1: small answers, and answers to what is done, stay as they are', async () => {
  const health = await ask('/healthz', accepting('br, gzip'));
  expect(health.headers['content-encoding']).toBeUndefined();
  const posted = await ask('/api/session', accepting('br, gzip'), 'POST');
  expect(posted.headers['content-encoding']).toBeUndefined();
});

test('O1: what systems send in is answered with the answer’s length, for clients that read no pieces', async () => {
  const app = express().use(packAnswers());
  app.post('/events', (_request, response) => void response.end('{"accepted":1}'));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { headers } = await fetch(`http://127.0.0.1:${port}/events`, { method: 'POST' });
  expect([headers.get('content-length'), headers.get('transfer-encoding')]).toEqual(['14', null]);
  server.close();
});
