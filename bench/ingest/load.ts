/** The load: requests made beforehand, written to raw sockets, so that sending costs the second core next to nothing. */
import { connect, type Socket } from 'node:net';
import { INGEST_KEY } from '../product.ts';
import { makeVisits } from '../visits.ts';

export interface LoadPlan {
  readonly tag: string;
  readonly events: number;
  /** Events of one request; 1 sends an object instead of an array. */
  readonly batch: number;
}

export interface LoadRun {
  readonly port: number;
  readonly connections: number;
}

/** `lastSeq`: the highest `seq` that an answer named. */
export interface LoadResult {
  readonly ms: number;
  readonly accepted: number;
  readonly lastSeq: number;
  /** Answers of 429, each followed by another try. */
  readonly refused: number;
}

const RETRY_MS = 5;

let requests: Buffer[] = [];

export const loadHandlers = {
  prepare({ tag, events, batch }: LoadPlan): void {
    const all = makeVisits(events, tag, Date.now());
    requests = [];
    for (let i = 0; i < all.length; i += batch)
      requests.push(toRequest(JSON.stringify(batch === 1 ? all[i] : all.slice(i, i + batch))));
  },
  async run({ port, connections }: LoadRun): Promise<LoadResult> {
    const sockets = await Promise.all(Array.from({ length: connections }, () => openSocket(port)));
    const tally: Tally = { next: 0, accepted: 0, lastSeq: 0, refused: 0 };
    const startedAt = performance.now();
    await Promise.all(sockets.map((socket) => drive(socket, tally)));
    const ms = performance.now() - startedAt;
    for (const socket of sockets) socket.destroy();
    return { ms, accepted: tally.accepted, lastSeq: tally.lastSeq, refused: tally.refused };
  },
};

function toRequest(body: string): Buffer {
  const bytes = Buffer.from(body);
  const head =
    `POST /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${INGEST_KEY}\r\n` +
    `Content-Type: application/cloudevents${body.startsWith('[') ? '-batch' : ''}+json\r\nContent-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

function openSocket(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

interface Tally {
  next: number;
  accepted: number;
  lastSeq: number;
  refused: number;
}

/** One request at a time on one connection, until none is left. */
function drive(socket: Socket, tally: Tally): Promise<void> {
  return new Promise((resolve, reject) => {
    let request: Buffer | undefined;
    const sendNext = () => {
      request = requests[tally.next++];
      if (request) socket.write(request);
      else resolve();
    };
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)![1]);
      if (text.length < end + 4 + length) return;
      if (text.startsWith('HTTP/1.1 429')) {
        tally.refused++;
        text = '';
        setTimeout(() => socket.write(request!), RETRY_MS);
        return;
      }
      const answer = JSON.parse(text.slice(end + 4)) as { accepted?: number; seq?: number };
      if (!text.startsWith('HTTP/1.1 200') || answer.accepted === undefined) {
        reject(new Error(`refused: ${text.slice(0, 60)}`));
        return;
      }
      tally.accepted += answer.accepted;
      tally.lastSeq = Math.max(tally.lastSeq, answer.seq ?? 0);
      text = '';
      sendNext();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve());
    sendNext();
  });
}
