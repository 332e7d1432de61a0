/** The least that a page can be which says a sentence and answers a press: what the browser itself takes. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const PAGE = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>bare</title><link rel="icon" href="data:,"><body><p class="sentence">今天已受理<a href="#">53</a>件。</p><dialog>53</dialog>
<script>document.querySelector('a').onclick = (event) => { event.preventDefault(); document.querySelector('dialog').showModal(); };</script>`;

export interface BarePage {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startBarePage(): Promise<BarePage> {
  const server = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(PAGE));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
