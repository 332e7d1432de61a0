/** Five hundred displays as raw sockets: they shake hands, subscribe and count, and cost next to nothing themselves. */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const MARK = Buffer.from('"board:delta"');
/** Where the event's name lies in a packet `42/live,["board:delta",…`. */
const MARK_WITHIN = 24;

export interface ClientsPlan {
  readonly port: number;
  readonly count: number;
}

let received = 0;
let bytes = 0;
let waiting: { total: number; resolve: () => void } | undefined;

export const pushClientHandlers = {
  async connect({ port, count }: ClientsPlan): Promise<void> {
    // A few at a time, so that no listener's backlog overflows.
    for (let i = 0; i < count; i += 50)
      await Promise.all(Array.from({ length: Math.min(50, count - i) }, () => openDisplay(port)));
  },
  /** Resolves when `total` deltas were received since the start; answers with the bytes of all. */
  waitFor(total: number): Promise<number> {
    return new Promise((resolve) => {
      waiting = { total, resolve: () => resolve(bytes) };
      wake();
    });
  },
};

function wake(): void {
  if (!waiting || received < waiting.total) return;
  const { resolve } = waiting;
  waiting = undefined;
  resolve();
}

function openDisplay(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.on('error', reject);
    socket.write(
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    );
    let rest: Buffer = Buffer.alloc(0);
    let upgraded = false;
    socket.on('data', (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (!upgraded) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        upgraded = true;
        rest = rest.subarray(end + 4);
        send(socket, '40/live,');
      }
      for (let frame = readFrame(rest); frame; frame = readFrame(rest)) {
        rest = rest.subarray(frame.end);
        take(socket, frame.payload, resolve);
      }
      wake();
    });
  });
}

function take(socket: Socket, payload: Buffer, subscribed: () => void): void {
  if (payload.subarray(0, MARK_WITHIN).includes(MARK)) {
    received++;
    bytes += payload.length;
  } else if (payload[0] === 0x32) send(socket, '3');
  else if (payload.subarray(0, 8).toString() === '40/live,')
    send(socket, '42/live,0["board:subscribe",{"topic":"overview"}]');
  else if (payload.subarray(0, 9).toString() === '43/live,0') subscribed();
}

/** One unmasked frame from the server, whole or not at all. */
function readFrame(bytes: Buffer): { payload: Buffer; end: number } | undefined {
  if (bytes.length < 2) return undefined;
  let length = bytes[1]! & 0x7f;
  let at = 2;
  if (length === 126) {
    if (bytes.length < 4) return undefined;
    length = bytes.readUInt16BE(2);
    at = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return undefined;
    length = Number(bytes.readBigUInt64BE(2));
    at = 10;
  }
  return bytes.length < at + length ? undefined : { payload: bytes.subarray(at, at + length), end: at + length };
}

/** A short text frame, masked with zeros as a client must mask. */
function send(socket: Socket, text: string): void {
  const payload = Buffer.from(text);
  socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]));
}
