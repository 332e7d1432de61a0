/** The peer of posted-to-pixel: an Express route that emits on bare Socket.IO to a page that writes one text. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { Server } from 'socket.io';

const PAGE = `<!doctype html><meta charset="utf-8"><title>peer</title><p id="figure">0</p>
<script src="/client.js"></script>
<script>
  const figure = document.getElementById('figure');
  const socket = io({ transports: ['websocket'] });
  socket.on('figure', (n) => { figure.textContent = String(n); });
  socket.on('connect', () => { document.title = 'connected'; });
</script>`;

export const pixelPeerHandlers = {
  listen(root: string): Promise<number> {
    const client = readFileSync(join(root, 'node_modules/socket.io-client/dist/socket.io.min.js'));
    const app = express();
    const server = createServer(app);
    const io = new Server(server, { serveClient: false, perMessageDeflate: false });
    let shown = 0;
    app.get('/', (_request, response) => void response.type('html').send(PAGE));
    app.get('/client.js', (_request, response) => void response.type('js').send(client));
    app.post('/api/events', express.raw({ type: () => true, limit: '16mb' }), (request, response) => {
      const body = JSON.parse((request.body as Buffer).toString()) as unknown;
      // A load's batches are read and answered like the product's, but they change no figure.
      if (!Array.isArray(body)) io.emit('figure', ++shown);
      response.json({ accepted: Array.isArray(body) ? body.length : 1 });
    });
    return new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
    );
  },
};
