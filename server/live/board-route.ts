/** `GET /api/board?topic=…`: a topic as a whole, with an ETag for walls that must poll. */
import { Router, type RequestHandler } from 'express';
import * as v from 'valibot';
import { isTopic, TOPICS, type Audience } from '../../domain/board/topics/data.ts';
import { digestData } from '../../domain/wire/digest.ts';
import { describe } from '../asked.ts';
import type { Board } from '../board/board.ts';
import type { Publisher } from './publisher.ts';
import { mayListen } from './sockets.ts';

export interface BoardRouteOptions {
  readonly board: Board;
  readonly publisher: Publisher;
}

export function createBoardRouter({ board, publisher }: BoardRouteOptions): Router {
  const tell: RequestHandler = async (request, response) => {
    const { topic } = request.query;
    if (!isTopic(topic)) {
      response.status(400).json({ error: 'unknown-topic' });
      return;
    }
    if (!mayListen(response.locals['audience'] as Audience | undefined, topic)) {
      response.status(403).json({ error: 'not-allowed' });
      return;
    }
    await board.caughtUp();
    const snapshot = publisher.snapshot(topic);
    if (snapshot === undefined) {
      response.status(503).json({ error: publisher.isFailing(topic) ? 'topic-failed' : 'not-ready' });
      return;
    }
    // Weak: `asOf` moves with the clock while everything that it dates stays the same.
    const etag = `W/"${snapshot.epoch}-${snapshot.seq}-${digestData(snapshot.data)}"`;
    response.set('ETag', etag).set('Cache-Control', 'private, no-cache');
    if (request.headers['if-none-match'] === etag) response.status(304).end();
    else response.json(snapshot);
  };
  // A topic that there is not has a word of its own.
  const asked = { query: v.object({ topic: v.picklist(TOPICS) }) };
  return Router().get('/api/board', describe(tell, asked));
}
