/** The peer that ingest is held against: an Express route that reads a body, parses it and answers; nothing is kept. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';

export const expressPeerHandlers = {
  listen(): Promise<number> {
    const app = express();
    app.post('/api/events', express.raw({ type: () => true, limit: '16mb' }), (request, response) => {
      const body = JSON.parse((request.body as Buffer).toString()) as unknown;
      response.json({ accepted: Array.isArray(body) ? body.length : 1 });
    });
    const server = createServer(app);
    return new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
    );
  },
};
