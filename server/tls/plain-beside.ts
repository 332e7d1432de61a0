/** Plain HTTP on the port that speaks TLS: whoever typed `http://` is led over, and a device that does not trust the hall yet finds out how. */
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { enterBase } from '../access/base.ts';
import { FOREIGN_HOST, isMeant } from '../access/headers.ts';
import type { Doors } from '../access/doors.ts';

/** The first byte of whoever begins a TLS handshake; no method of HTTP begins with it. */
const HANDSHAKE = 0x16;
/** Until the first byte, and for all that is asked in plain: a page and its parts on a hall's network. */
const PATIENCE_MS = 30_000;
/** What a device must reach before it trusts the hall, and what supervisors ask under the loopback address; neither is a secret. */
const PLAIN_PATHS = /^\/(trust|trust\/[^/?]+|assets\/[^/?]+|healthz|readyz)(\?|$)/;

/** @returns its stop: ends what was asked in plain */
export function answerPlainBeside(https: HttpsServer, answer: RequestListener, doors: Doors): () => void {
  const plain = createServer((request, response) => {
    const { url = '', method, headers } = request;
    enterBase(doors.base, request);
    if (PLAIN_PATHS.test(request.url ?? '')) {
      answer(request, response);
      return;
    }
    // An answer to a name that is not ours would lead to wherever that name points.
    if (!isMeant(doors.readVisitor(request), doors.isOwnHost) || !headers.host || !url.startsWith('/')) {
      refuse(response, 421, FOREIGN_HOST);
      return;
    }
    const to = `https://${headers.host}${url}`;
    if (method === 'GET' || method === 'HEAD') {
      response.writeHead(307, { Location: to, 'Cache-Control': 'no-store' }).end();
      return;
    }
    // Sent again by itself, a key would go out in plain each time and nobody would notice.
    const message = 'This server speaks HTTPS. Send to an address that begins with https://.';
    response.setHeader('Upgrade', 'TLS/1.2').setHeader('Connection', 'Upgrade, close');
    refuse(response, 426, { error: 'tls-needed', message });
  });
  const sockets = new Set<Socket>();
  const secure = https.listeners('connection') as ((socket: Socket) => void)[];
  https.removeAllListeners('connection');
  https.on('connection', (socket: Socket) => {
    const ending = setTimeout(() => socket.destroy(), PATIENCE_MS);
    const forget = (): void => {
      clearTimeout(ending);
      sockets.delete(socket);
    };
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', forget);
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      if (first[0] === HANDSHAKE) {
        forget();
        for (const take of secure) take.call(https, socket);
      } else {
        plain.emit('connection', socket);
        socket.resume();
      }
    });
  });
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

function refuse(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) })
    .end(text);
}
