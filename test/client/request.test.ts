/** One question over HTTP against a real server: what is sent, and that every end of it is an answer. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { readJson, request } from '../../client/live/request.ts';

let close = () => {};
afterEach(() => close());

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it.each<[string, number, string, object]>([
  ['an answer', 200, '{"n":1}', { type: 'answered', value: { n: 1 } }],
  ['an answer that was cut short', 200, '{"n":', { type: 'unreachable' }],
  ['a refusal with its word', 409, '{"error":"ended"}', { type: 'refused', status: 409, error: 'ended' }],
  ['a refusal in another shape', 409, '{"error":{}}', { type: 'refused', status: 409, error: undefined }],
  [
    'a refusal of one field',
    422,
    '{"error":"form","field":"staff"}',
    { type: 'refused', status: 422, error: 'form', field: 'staff' },
  ],
  ['a refusal that is no record', 500, 'null', { type: 'refused', status: 500, error: undefined }],
  ['a refusal without words', 502, '<html>', { type: 'refused', status: 502, error: undefined }],
  ['nothing new', 304, '', { type: 'refused', status: 304, error: undefined }],
])('%s', async (_name, status, text, reply) => {
  const origin = await serve((_request, response) => response.writeHead(status).end(text));
  expect(await request(origin, { read: readJson })).toEqual(reply);
});

it('asks by GET, by POST where it has something to say, and as it is told to', async () => {
  const asked: unknown[] = [];
  const origin = await serve((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const { method, headers } = request;
      asked.push([method, headers['content-type'], headers['x-a'], text]);
      response.end('{}');
    });
  });
  await request(origin, { read: readJson, headers: { 'X-A': '1' } });
  await request(origin, { read: () => undefined, body: { by: 's01' } });
  await request(origin, { method: 'DELETE', read: () => undefined });
  expect(asked).toEqual([
    ['GET', undefined, '1', ''],
    ['POST', 'application/json', undefined, '{"by":"s01"}'],
    ['DELETE', undefined, undefined, ''],
  ]);
});

it('gives up a server that does not answer, and one that is not there', async () => {
  const origin = await serve(() => {});
  expect(await request(origin, { read: readJson, timeoutMs: 50 })).toEqual({ type: 'unreachable' });
  expect(await request('http://127.0.0.1:1', { read: readJson })).toEqual({ type: 'unreachable' });
});

it.each<[string, number | undefined]>([
  ['90', 90],
  ['0', 0],
  ['Thu, 01 Jan 2026 00:00:00 GMT', undefined],
  ['-1', undefined],
])('a refusal for a while says how long: %s', async (text, waitS) => {
  const origin = await serve((_request, response) => response.writeHead(429, { 'Retry-After': text }).end('{}'));
  expect(((await request(origin, { read: readJson })) as { waitS?: number }).waitS).toBe(waitS);
});
