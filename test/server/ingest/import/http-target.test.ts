// An import over HTTP: what is sent, how it waits when asked to, and what it makes of each answer.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createHttpTarget } from '../../../../server/ingest/import/http-target.ts';
import type { ImportItem } from '../../../../server/ingest/import/target.ts';

const sent = {
  specversion: '1.0',
  source: '/import/sample',
  id: 'B1/accepted',
  type: 'hall.licence.uploaded',
  time: '2019-06-05T01:03:00.000Z',
  data: { case: 'B1' },
} as const;
const item: ImportItem = {
  event: { source: sent.source, id: sent.id, type: sent.type, at: Date.parse(sent.time), data: { case: 'B1' } },
  timeGiven: true,
};

let server: Server | undefined;
afterEach(() => new Promise<void>((done) => (server ? server.close(() => done()) : done())));

interface Call {
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

async function serve(
  answer: (response: ServerResponse, count: number) => void,
): Promise<{ url: string; calls: Call[] }> {
  const calls: Call[] = [];
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      calls.push({ url: request.url, authorization: request.headers.authorization, body });
      response.setHeader('connection', 'close');
      answer(response, calls.length);
    });
  });
  await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, calls };
}

const body = (accepted: number, rejected: object[] = [], known?: number[]) =>
  JSON.stringify({ accepted, duplicates: known?.length ?? 0, rejected, known, seq: 1 });

test('checks and appends are told apart, with the key', async () => {
  const { url, calls } = await serve((response) => response.end(body(1)));
  const target = createHttpTarget({ url, key: 'secret' });
  expect(await target.check([item])).toEqual(['new']);
  expect(await target.append([item])).toEqual(['new']);
  expect(calls).toEqual([
    { url: '/api/events?known=true&check=true', authorization: 'Bearer secret', body: [sent] },
    { url: '/api/events?known=true', authorization: 'Bearer secret', body: [sent] },
  ]);
});

test.each([429, 503])('%s is waited out as its Retry-After says, then the same batch is sent again', async (status) => {
  const { url, calls } = await serve((response, count) => {
    if (count === 1) response.writeHead(status, { 'retry-after': '1' }).end('{}');
    else response.end(body(1));
  });
  const begun = performance.now();
  expect(await createHttpTarget({ url, key: 'k' }).append([item])).toEqual(['new']);
  expect(performance.now() - begun).toBeGreaterThan(950);
  expect(calls.map((call) => call.body)).toEqual([[sent], [sent]]);
});

test('an answer of 422 says which events were rejected and why', async () => {
  const rejected = [{ index: 0, id: 'B1/accepted', field: 'id', reason: 'conflict' }];
  const { url } = await serve((response) => response.writeHead(422).end(body(0, rejected)));
  expect(await createHttpTarget({ url, key: 'k' }).check([item])).toEqual([{ reason: 'conflict', field: 'id' }]);
});

test('every event of a batch has an outcome of its own', async () => {
  const { url } = await serve((response) => response.end(body(1, [{ index: 0, reason: 'source' }], [2])));
  expect(await createHttpTarget({ url, key: 'k' }).check([item, item, item])).toEqual([
    { reason: 'source', field: '' },
    'new',
    'duplicate',
  ]);
});

test.each<[string, object]>([
  ['counts without saying which', { accepted: 1, duplicates: 1, rejected: [] }],
  ['leaves an event out', { accepted: 1, duplicates: 0, rejected: [], known: [] }],
  ['names one twice', { accepted: 0, duplicates: 1, rejected: [{ index: 1, reason: 'data' }], known: [1] }],
  ['names one that was not sent', { accepted: 1, duplicates: 1, rejected: [], known: [2] }],
])('an answer that %s breaks the import off', async (_name, answer) => {
  const { url } = await serve((response) => response.end(JSON.stringify(answer)));
  await expect(createHttpTarget({ url, key: 'k' }).append([item, item])).rejects.toThrow(/each event/);
});

test.each([
  [401, /key/],
  [507, /full/],
  [500, /answered 500/],
])('%s breaks off with a plain sentence', async (status, message) => {
  const { url } = await serve((response) => response.writeHead(status).end('<html>'));
  await expect(createHttpTarget({ url, key: 'k' }).append([item])).rejects.toThrow(message);
});

test('an address that is none is refused at once', () => {
  expect(() => createHttpTarget({ url: 'hall', key: 'k' })).toThrow(/http/);
});
