// What stands between desks and their server: it carries, answers in the server's place, or ends connections at the worst moment.
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Mood } from './desk-server.ts';

/** `cut-midway`: the body is cut off before all of it has come. */
export type GatewayMood = Mood | 'cut-midway';

export interface Gateway {
  readonly url: string;
  /** What becomes of the next bodies of entries. */
  mood: GatewayMood;
  /** Whether anything goes through at all; what is open is ended where nothing does. */
  isOpen: boolean;
  /** Whether it answers everything with its own page of an error, as where the server behind it is gone. */
  isAlone: boolean;
  /** Bodies of entries that came this far. */
  readonly posts: number;
  /** What was asked for outside the prefix, where there is one: another program's addresses. */
  readonly strays: readonly string[];
  close(): Promise<void>;
}

/** Of a host that has more than one program: only what lies behind the prefix is passed on, with it or without. */
export interface Prefix {
  readonly path: string;
  readonly isKept: boolean;
}

/** @param portOf where the server is at this moment */
export async function openGateway(portOf: () => number, prefix?: Prefix): Promise<Gateway> {
  const strays: string[] = [];
  const targetOf = (asked: IncomingMessage): string | undefined => {
    const { url = '/' } = asked;
    if (prefix === undefined) return url;
    if (!url.startsWith(`${prefix.path}/`)) return void strays.push(url);
    return prefix.isKept ? url : url.slice(prefix.path.length);
  };
  const sockets = new Set<Duplex>();
  let isOpen = true;
  let isAlone = false;
  let mood: GatewayMood = 'well';
  let posts = 0;
  const keep = (socket: Duplex): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };
  const end = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const handle = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const target = targetOf(asked);
    if (target === undefined) return void answer.writeHead(404, { 'Content-Type': 'text/plain' }).end('elsewhere');
    if (isAlone) return void answer.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad Gateway</h1>');
    const isEntries = asked.method === 'POST' && asked.url?.startsWith('/api/desk/entries') === true;
    const now = isEntries ? mood : 'well';
    if (isEntries) posts++;
    if (now === 'cut-midway') return void asked.socket.destroy();
    const body = await readBody(asked);
    if (now === 'cut-before') return void asked.socket.destroy();
    if (typeof now === 'object') {
      const wait = now.retryAfter === undefined ? {} : { 'Retry-After': now.retryAfter };
      return void answer.writeHead(now.status, { 'Content-Type': 'text/html', ...wait }).end(now.body ?? '<h1>…</h1>');
    }
    const further = await passOn(asked, target, body, portOf());
    if (now === 'cut-after') return void asked.socket.destroy();
    answer.writeHead(further.status, further.headers).end(further.body);
  };
  const server = createServer((asked, answer) => {
    handle(asked, answer).catch(() => asked.socket.destroy());
  });
  server.on('connection', (socket: Socket) => {
    keep(socket);
    if (!isOpen) socket.destroy();
  });
  server.on('upgrade', (asked: IncomingMessage, near: Duplex, head: Buffer) => {
    const target = targetOf(asked);
    if (target === undefined) return void near.destroy();
    const far = connect(portOf(), '127.0.0.1');
    keep(far);
    const lines = [`${asked.method} ${target} HTTP/1.1`];
    for (let i = 0; i < asked.rawHeaders.length; i += 2)
      lines.push(`${asked.rawHeaders[i]}: ${asked.rawHeaders[i + 1]}`);
    far.write(`${lines.join('\r\n')}\r\n\r\n`);
    far.write(head);
    near.pipe(far).pipe(near);
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get mood() {
      return mood;
    },
    set mood(next) {
      mood = next;
    },
    get isOpen() {
      return isOpen;
    },
    set isOpen(next) {
      isOpen = next;
      if (!next) end();
    },
    get isAlone() {
      return isAlone;
    },
    set isAlone(next) {
      isAlone = next;
      if (next) end();
    },
    get posts() {
      return posts;
    },
    strays,
    async close() {
      end();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function passOn(asked: IncomingMessage, path: string, body: Buffer, port: number): Promise<Answer> {
  const { method, headers } = asked;
  const further = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
  further.end(body);
  const [response] = (await once(further, 'response')) as [IncomingMessage];
  return { status: response.statusCode!, headers: response.headers, body: await readBody(response) };
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
