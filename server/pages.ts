/** The built pages and their assets; a page carries its first picture, so that it draws without a second request. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { PERIODS } from '../domain/brief/periods.ts';
import { isScene, type Scene, type Topic } from '../domain/board/topics/data.ts';
import { PAGES, type Page } from '../domain/wire/pages.ts';
import type { Snapshot } from '../domain/wire/protocol.ts';
import { allowFrames } from './access/headers.ts';
import { readerOf } from './access/readers.ts';
import { serveAssets } from './packed.ts';

export interface PagesOptions {
  /** The built client's folder. */
  readonly folder: string;
  /** The prefix behind which all addresses lie; empty at the root. */
  readonly base: string;
  /** The origins that may show the pages of displays in a frame. */
  readonly frameAncestors: readonly string[];
  /** The scene that a wall begins with whose address names none. */
  readonly firstScene: () => Scene;
  /** The picture to embed for this request; `undefined` where it may not be seen or is not ready. */
  readonly snapshot: (topic: Topic, response: Response) => Snapshot | undefined;
  /** Whether a person's session opens it who may follow figures to their rows. */
  readonly isForPerson: (response: Response) => boolean;
  /** What the hall is called on a telephone that its brief is installed on. */
  readonly hallName: () => string;
  /** Stands before every page that shows what a display may see. */
  readonly slowGuesses: RequestHandler;
}

export function createPagesRouter(options: PagesOptions): Router {
  const { folder, base, frameAncestors, firstScene, snapshot, isForPerson, hallName, slowGuesses } = options;
  const router = Router();
  router.use('/assets', serveAssets(join(folder, 'assets')));
  // Asked for anew each time, so that the worker of a new version is found.
  router.get('/offline.js', (_request, response) => {
    response.set('Cache-Control', 'no-cache');
    response.sendFile('offline.js', { root: folder, cacheControl: false });
  });
  router.get('/brief.webmanifest', (_request, response) => {
    response
      .set('Cache-Control', 'no-cache')
      .type('application/manifest+json')
      .send(JSON.stringify(toManifest(hallName(), base)));
  });
  router.get('/brief.svg', keepForADay, (_request, response) => {
    response.type('image/svg+xml').send(BRIEF_ICON);
  });
  const pictureOf = ({ topic }: Page, request: Request, response: Response): Snapshot | undefined => {
    // Whoever asks for a past moment is not to see the present, be it for a blink.
    if (request.query['at'] !== undefined) return undefined;
    if (topic !== 'scene') return topic && snapshot(topic, response);
    const { scene } = request.query;
    return snapshot(isScene(scene) ? scene : firstScene(), response);
  };
  for (const page of Object.values<Page>(PAGES)) {
    const html = readFile(join(folder, page.entry), 'utf8').then((text) => placeAt(base, text));
    html.catch(() => undefined);
    const guards = { management: [slowGuesses, keepPublic(base)], public: [slowGuesses], own: [] }[page.audience];
    router.get(page.path, guards, async (request: Request, response: Response) => {
      const text = await html;
      const picture = pictureOf(page, request, response);
      // What somebody's own session opens leads further than a display's picture.
      if (page.isFramed) allowFrames(response, readerOf(response).person === undefined ? frameAncestors : []);
      const asked = page.asks && addressOfFirst(page.asks, request.query);
      if (asked) response.set('Link', `<${base}${asked}>; rel=preload; as=fetch; crossorigin`);
      const drawn = picture === undefined ? text : embed(text, picture);
      response
        .set('Cache-Control', 'no-store')
        .type('html')
        .send(page.topic === 'scene' && isForPerson(response) ? markForPerson(drawn) : drawn);
    });
  }
  return router;
}

/** What the page will ask for, to the letter; `undefined` where its address narrows that down in a way of its own. */
function addressOfFirst(
  asks: string,
  { period = 'day', hall, lang: _lang, ...rest }: Request['query'],
): string | undefined {
  const isPlain = PERIODS.some((one) => one === period) && Object.keys(rest).length === 0;
  if (!isPlain || (hall !== undefined && typeof hall !== 'string')) return undefined;
  const own = hall === undefined ? '' : `&hall=${encodeURIComponent(hall)}`;
  return `${asks}?period=${String(period)}${own}`;
}

const keepForADay: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'public, max-age=86400');
  next();
};

/** Bars of a day, as wide as a telephone's rounded corners leave. */
const BRIEF_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="#1566d6"/><path fill="#fff" d="M24 50h10v22H24zM43 38h10v34H43zM62 24h10v48H62z"/></svg>`;

function toManifest(hall: string, base: string): object {
  return {
    name: `${hall} 简报`,
    short_name: '简报',
    lang: 'zh-CN',
    start_url: `${base}/brief`,
    scope: `${base}/brief`,
    display: 'standalone',
    background_color: '#e6e3da',
    theme_color: '#e6e3da',
    icons: [{ src: `${base}/brief.svg`, sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  };
}

/** A public screen that was given another page's address finds its own, with the language and theme it was to have. */
function keepPublic(base: string): RequestHandler {
  return (request, response, next) => {
    if (response.locals['audience'] !== 'public') {
      next();
      return;
    }
    const query = request.originalUrl.indexOf('?');
    response.redirect(303, `${base}/public${query < 0 ? '' : request.originalUrl.slice(query)}`);
  };
}

/** A built page names its files from the root. Behind a prefix it names them there, and says so to its scripts. */
function placeAt(base: string, html: string): string {
  if (base === '') return html;
  return html
    .replace(/( (?:src|href)=")(?=\/(?!\/))/g, `$1${base}`)
    .replace('</head>', `<meta name="base" content="${base}"></head>`);
}

/** `<` is escaped, so that no text of the ledger can end the element; the block is data and never runs. */
function embed(html: string, picture: Snapshot): string {
  const json = JSON.stringify(picture).replaceAll('<', '\\u003c');
  const script = `<script type="application/json" id="snapshot">${json}</script>`;
  return html.replace('</body>', () => `${script}</body>`);
}

/** By which a wall knows that it may lead to rows; on a display's page nothing says so. */
function markForPerson(html: string): string {
  return html.replace('</head>', '<meta name="reader" content="person"></head>');
}
