// The client of the HTTP contract against a real server: what stands in the address, in the body, and what is made of answers.
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askAs } from '../../client/live/ask.ts';

let server: Server;
let origin: string;
const seen: { method: string; url: string; body: string }[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      seen.push({ method: request.method!, url: request.url!, body });
      if (request.method === 'DELETE') response.writeHead(204).end();
      else response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"handedOn":2}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const last = () => seen.at(-1)!;

test('names of an address are put into it whole, whatever they hold', async () => {
  const at = { staff: '../a?b=%2F#王' };
  expect(await ask('POST /api/accounts/:staff/end', { origin, at, body: {} })).toEqual({
    type: 'answered',
    value: { handedOn: 2 },
  });
  expect(last()).toEqual({ method: 'POST', url: '/api/accounts/..%2Fa%3Fb%3D%252F%23%E7%8E%8B/end', body: '{}' });
});

test('a query leaves out what is not asked, and an address’s own is taken as it stands', async () => {
  await ask('GET /api/audit', { origin, query: { kind: 'all', limit: 50, before: undefined, staff: 'a&b' } });
  expect(last().url).toBe('/api/audit?kind=all&limit=50&staff=a%26b');
  await ask('GET /api/stars', { origin });
  expect(last().url).toBe('/api/stars');
  await ask('GET /api/brief', { origin, search: '?period=day' });
  expect(last().url).toBe('/api/brief?period=day');
});

test('a success without words is nothing, and a reader of one’s own is asked', async () => {
  expect(await ask('DELETE /api/session', { origin })).toEqual({ type: 'answered', value: null });
  const status = await askAs('GET /healthz', { origin }, { read: (response) => response.status });
  expect(status).toEqual({ type: 'answered', value: 200 });
});
