// A WebSocket by hand over TCP: for a display that stops reading, and for handshakes that no library would send.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface RawSocket {
  readonly tcp: Socket;
  /** The text of every frame so far. */
  readonly frames: readonly string[];
  /** Sends one text frame. */
  send(text: string): void;
  /** Resolves with the first text frame that begins so. */
  receive(beginning: string): Promise<string>;
}

export interface Handshake {
  readonly status: number;
  /** Of the answer, by names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly socket: RawSocket;
}

/** Opens Socket.IO's WebSocket; the headers are exactly those given. `from`: the address of this machine to come from. */
export async function shakeHands(
  url: string,
  headers: Readonly<Record<string, string>>,
  from?: string,
): Promise<Handshake> {
  const { hostname, port, host } = new URL(url);
  const tcp = connect({ port: Number(port), host: from ? '127.0.0.1' : hostname, ...(from && { localAddress: from }) });
  const lines = {
    Host: host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    ...headers,
  };
  const text = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  tcp.write(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${text.join('')}\r\n`);
  let bytes: Buffer = Buffer.alloc(0);
  const frames: string[] = [];
  const waiting = new Set<() => void>();
  const head = await new Promise<string>((resolve, reject) => {
    const onData = (part: Buffer) => {
      bytes = Buffer.concat([bytes, part]);
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      tcp.off('data', onData);
      const text = bytes.subarray(0, end).toString('latin1');
      bytes = bytes.subarray(end + 4);
      resolve(text);
    };
    tcp.on('data', onData);
    tcp.once('error', reject);
  });
  const readFrames = () => {
    for (let frame = takeFrame(bytes); frame !== undefined; frame = takeFrame(bytes)) {
      bytes = frame.rest;
      frames.push(frame.text);
    }
    for (const look of [...waiting]) look();
  };
  tcp.on('data', (part: Buffer) => {
    bytes = Buffer.concat([bytes, part]);
    readFrames();
  });
  // A cut connection is what some tests wait for: it is no error of theirs.
  tcp.on('error', () => undefined);
  const socket: RawSocket = {
    tcp,
    frames,
    send: (frame) => void tcp.write(maskFrame(frame)),
    receive: (beginning) =>
      new Promise((resolve) => {
        const look = () => {
          const found = frames.find((frame) => frame.startsWith(beginning));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        readFrames();
      }),
  };
  const answered = head.split('\r\n').slice(1);
  const pairs = answered.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(head.split(' ')[1]), headers: new Map(pairs), socket };
}

/** Source: RFC 6455, section 5.2. The server's frames are not masked. */
function takeFrame(bytes: Buffer): { text: string; rest: Buffer } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1]! & 0x7f;
  const headLength = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < headLength) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < headLength + length) return undefined;
  const end = headLength + length;
  return { text: bytes.subarray(headLength, end).toString('utf8'), rest: bytes.subarray(end) };
}

/** A client's frame of less than 64 KiB, masked as the protocol demands. */
function maskFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? Buffer.alloc(2) : Buffer.alloc(4);
  head[0] = 0x81;
  if (payload.length < 126) head[1] = 0x80 | payload.length;
  else {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(payload.length, 2);
  }
  const mask = randomBytes(4);
  payload.forEach((byte, i) => (payload[i] = byte ^ mask[i % 4]!));
  return Buffer.concat([head, mask, payload]);
}
