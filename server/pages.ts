/** The built pages and their assets; the wall's page carries its first picture, so that it draws without a second request. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Router, static as serveStatic, type Request, type Response } from 'express';
import type { Snapshot } from '../domain/wire/protocol.ts';

export interface PagesOptions {
  /** The built client's folder. */
  readonly folder: string;
  /** The picture to embed for this request; `undefined` where it may not be seen or is not ready. */
  readonly snapshot: (request: Request, response: Response) => Snapshot | undefined;
}

export function createPagesRouter({ folder, snapshot }: PagesOptions): Router {
  const router = Router();
  const wall = readFile(join(folder, 'wall/index.html'), 'utf8');
  wall.catch(() => undefined);
  router.use('/assets', serveStatic(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }));
  router.get('/', async (request, response) => {
    const picture = snapshot(request, response);
    const page = await wall;
    response
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(picture === undefined ? page : embed(page, picture));
  });
  return router;
}

/** `<` is escaped, so that no text of the ledger can end the element; the block is data and never runs. */
function embed(page: string, picture: Snapshot): string {
  const json = JSON.stringify(picture).replaceAll('<', '\\u003c');
  const script = `<script type="application/json" id="snapshot">${json}</script>`;
  return page.replace('</body>', () => `${script}</body>`);
}
