/** The peer of push: bare Socket.IO that broadcasts the very same deltas to everybody. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Server } from 'socket.io';
import type { Delta } from '../../domain/wire/protocol.ts';
import { FLUSH_MS } from '../../server/live/publisher.ts';
import { cpuMs } from './product.ts';

let io: Server;
let deltas: readonly Delta[] = [];

export const pushBareHandlers = {
  listen(): Promise<number> {
    const http = createServer();
    io = new Server(http, { serveClient: false, perMessageDeflate: false });
    io.of('/live').on('connection', (socket) => {
      socket.on('board:subscribe', (_request: unknown, answer: (result: unknown) => void) => answer({ ok: true }));
    });
    return new Promise((resolve) => http.listen(0, '127.0.0.1', () => resolve((http.address() as AddressInfo).port)));
  },
  take(recorded: readonly Delta[]): void {
    deltas = recorded;
  },
  /** Broadcasts the deltas at the rhythm in which they were made. */
  async live(): Promise<number> {
    const before = process.cpuUsage();
    for (const delta of deltas) {
      io.of('/live').emit('board:delta', delta);
      await wait(FLUSH_MS + 5);
    }
    return cpuMs(before);
  },
  burst({ from, count }: { from: number; count: number }): void {
    for (let i = from; i < from + count; i++) io.of('/live').emit('board:delta', deltas[i % deltas.length]!);
  },
  cpu: (): number => cpuMs(),
};
