/** The built pages and their assets; a page carries its first picture, so that it draws without a second request. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Router, static as serveStatic, type RequestHandler, type Response } from 'express';
import { isScene, type Scene, type Topic } from '../domain/board/topics/data.ts';
import type { Snapshot } from '../domain/wire/protocol.ts';

export interface PagesOptions {
  /** The built client's folder. */
  readonly folder: string;
  /** The scene that a wall begins with whose address names none. */
  readonly firstScene: () => Scene;
  /** The picture to embed for this request; `undefined` where it may not be seen or is not ready. */
  readonly snapshot: (topic: Topic, response: Response) => Snapshot | undefined;
  /** Stands before every page that shows what a display may see. */
  readonly slowGuesses: RequestHandler;
}

export function createPagesRouter({ folder, firstScene, snapshot, slowGuesses }: PagesOptions): Router {
  const router = Router();
  const pages = { wall: read('wall'), public: read('public'), selfTest: read('self-test') };
  function read(name: string): Promise<string> {
    const page = readFile(join(folder, name, 'index.html'), 'utf8');
    page.catch(() => undefined);
    return page;
  }
  const send = (response: Response, page: string, picture?: Snapshot) =>
    response
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(picture === undefined ? page : embed(page, picture));

  const keepForEver = (response: Response) => response.set('Cache-Control', 'public, max-age=31536000, immutable');
  router.use('/assets', serveStatic(join(folder, 'assets'), { index: false, setHeaders: keepForEver }));
  router.get('/', slowGuesses, keepPublic, async (request, response) => {
    const { scene } = request.query;
    send(response, await pages.wall, snapshot(isScene(scene) ? scene : firstScene(), response));
  });
  router.get('/public', slowGuesses, async (_request, response) => {
    send(response, await pages.public, snapshot('public', response));
  });
  router.get('/wall/self-test', slowGuesses, keepPublic, async (_request, response) => {
    send(response, await pages.selfTest);
  });
  return router;
}

/** A public screen that was given another page's address finds its own, with the language and theme it was to have. */
const keepPublic: RequestHandler = (request, response, next) => {
  if (response.locals['audience'] !== 'public') {
    next();
    return;
  }
  const query = request.originalUrl.indexOf('?');
  response.redirect(303, `/public${query < 0 ? '' : request.originalUrl.slice(query)}`);
};

/** `<` is escaped, so that no text of the ledger can end the element; the block is data and never runs. */
function embed(page: string, picture: Snapshot): string {
  const json = JSON.stringify(picture).replaceAll('<', '\\u003c');
  const script = `<script type="application/json" id="snapshot">${json}</script>`;
  return page.replace('</body>', () => `${script}</body>`);
}
