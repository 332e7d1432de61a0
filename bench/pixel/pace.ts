/** Background for posted-to-pixel: events at a steady rate that touch the whole board but not the figure that is watched. */
import { request, Agent } from 'node:http';
import { INGEST_KEY } from '../product.ts';
import { makeVisits } from '../visits.ts';

const BATCH = 20;

export interface Pace {
  readonly port: number;
  readonly perSecond: number;
  readonly tag: string;
}

let timer: NodeJS.Timeout | undefined;
let sent = 0;

export const paceHandlers = {
  start({ port, perSecond, tag }: Pace): void {
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const startedAt = performance.now();
    sent = 0;
    let run = 0;
    timer = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1000) * perSecond;
      while (sent + BATCH <= due) {
        const body = JSON.stringify(makeVisits(BATCH, `${tag}${run++}x`, Date.now(), 'online'));
        sent += BATCH;
        const posting = request(
          { port, host: '127.0.0.1', agent, method: 'POST', path: '/api/events' },
          (answer) => void answer.resume(),
        );
        posting.setHeader('Authorization', `Bearer ${INGEST_KEY}`);
        posting.setHeader('Content-Type', 'application/cloudevents-batch+json');
        posting.on('error', () => undefined);
        posting.end(body);
      }
    }, 10);
  },
  /** Answers with how many events were sent. */
  stop(): number {
    clearInterval(timer);
    return sent;
  },
};
