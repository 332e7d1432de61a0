// What stands in the place of a group's robots on this machine: keeps all that it is sent, and answers as it is told.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly at: number;
}

export interface RobotReceiver {
  readonly base: string;
  received: Received[];
  answer: (response: ServerResponse, one: Received) => void;
  close(): Promise<void>;
}

export async function startRobotReceiver(): Promise<RobotReceiver> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url!, receiver.base);
      const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as Received['body'];
      const one = { path: pathname, query: searchParams, body, at: performance.now() };
      receiver.received.push(one);
      receiver.answer(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: RobotReceiver = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    answer: answerFine,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

export function answerJson(response: ServerResponse, value: object, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

/** As each kind says that it has taken a message. */
export function answerFine(response: ServerResponse, { path }: Received): void {
  answerJson(response, path.startsWith('/feishu') ? { code: 0, msg: 'success' } : { errcode: 0, errmsg: 'ok' });
}

/** Of any kind the words of a message. */
export function textOf({ body }: Received): string {
  const { content, text } = (body['text'] ?? body['content']) as { content?: string; text?: string };
  return (content ?? text)!;
}
