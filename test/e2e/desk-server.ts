// A server that keeps the contract of the desk's routes, and remembers what it took: what a page's outbox is tried against.
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Server } from 'socket.io';
import * as v from 'valibot';
import { entrySchema, type Entry, type EntryOutcome } from '../../domain/desk/entry.ts';
import {
  DESK_NAMESPACE,
  type DeskClientToServer,
  type DeskServerToClient,
  type DeskState,
  type SignedIn,
} from '../../domain/wire/desk.ts';
import { root } from '../campaigns/real-folder.ts';

const AHEAD_MS = 5 * 60_000;

/** What becomes of the next posts of entries: all is well, nothing is answered before or after they are taken, or an answer of another kind. */
export type Mood =
  | 'well'
  | 'cut-before'
  | 'cut-after'
  | { readonly status: number; readonly retryAfter?: string; readonly body?: string };

export interface DeskServer {
  readonly origin: string;
  /** What it took, by id: once, whoever sends it how often. */
  readonly taken: ReadonlyMap<string, Entry>;
  /** Ids of each body of entries that arrived, in order. */
  readonly posts: string[][];
  mood: Mood;
  /** Why an entry is refused beyond what the contract says. */
  refuse: (entry: Entry) => Omit<EntryOutcome & { ok: false }, 'id' | 'ok'> | undefined;
  hall: SignedIn['hall'];
  /** What is in the catalogue; changes with it. */
  catalogue: object;
  /** Catalogues answered, by status. */
  readonly catalogues: number[];
  /** The hall's clock. */
  now(): number;
  /** Ends everybody's session. */
  endSessions(): void;
  push(station: string): void;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export const PASSWORD = 'opens';
const NAMES = new Map([
  ['s01', '陈静'],
  ['s02', '周敏'],
]);

/** Built once for all servers of a process. */
let page: ReturnType<typeof buildPage> | undefined;

/** @param now the hall's clock, epoch ms */
export async function openDeskServer(now: () => number = Date.now): Promise<DeskServer> {
  const files = await (page ??= buildPage());
  const taken = new Map<string, Entry>();
  const sessions = new Map<string, string>();
  let sessionCount = 0;
  let port = 0;
  let http: HttpServer;
  let io: Server<DeskClientToServer, DeskServerToClient>;

  const readStaff = (cookie = ''): string | undefined => sessions.get(/desk_session=(\w+)/.exec(cookie)?.[1] ?? '');
  const signedIn = (staff: string): SignedIn => ({
    staff,
    name: NAMES.get(staff) ?? staff,
    assignments: [{ role: 'clerk', station: 'hall' }],
    stations: [{ id: 'hall', name: '街道大厅' }],
    hall: server.hall,
    day: new Date(now() + 8 * 3_600_000).toISOString().slice(0, 10),
    now: now(),
    timeZone: 'Asia/Shanghai',
    isFresh: true,
  });
  const judge = (given: unknown, staff: string): EntryOutcome => {
    const id = String((given as { id?: unknown } | null)?.id);
    const parsed = v.safeParse(entrySchema, given);
    if (!parsed.success) return { id, ok: false, reason: 'form' };
    const entry = parsed.output;
    if (entry.author !== staff) return { id, ok: false, reason: 'author' };
    const known = taken.get(id);
    if (known && JSON.stringify(known) !== JSON.stringify(entry)) return { id, ok: false, reason: 'conflict' };
    if (!known && Date.parse(entry.at) > now() + AHEAD_MS) return { id, ok: false, reason: 'time' };
    const refusal = known ? undefined : server.refuse(entry);
    if (refusal) return { id, ok: false, ...refusal };
    if (entry.act.type === 'undo' && !taken.has(entry.act.entry)) return { id, ok: false, reason: 'unknown' };
    taken.set(id, entry);
    return { id, ok: true };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://desk');
    const body = await readBody(request);
    const staff = readStaff(request.headers.cookie);
    const json = (status: number, value: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(value));
    };
    const file = files.get(pathname);
    if (file) response.writeHead(200, { 'Content-Type': file.type }).end(file.text);
    else if (pathname === '/api/session' && request.method === 'POST') {
      const given = JSON.parse(body) as { staff: string; password: string };
      if (given.password !== PASSWORD) return json(401, { error: 'wrong' });
      const secret = `x${++sessionCount}`;
      sessions.set(secret, given.staff);
      json(200, signedIn(given.staff), { 'Set-Cookie': `desk_session=${secret}; Path=/; HttpOnly; SameSite=Strict` });
    } else if (pathname === '/api/session' && request.method === 'DELETE') {
      sessions.delete(/desk_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
      response.writeHead(204, { 'Set-Cookie': 'desk_session=; Path=/; Max-Age=0' }).end();
    } else if (staff === undefined) json(401, { error: 'unauthorized' });
    else if (pathname === '/api/session') json(200, signedIn(staff));
    else if (pathname === '/api/desk/catalogue') {
      const value = { station: searchParams.get('station'), ...server.catalogue };
      const etag = `"${Buffer.from(JSON.stringify(value)).toString('base64url')}"`;
      const status = request.headers['if-none-match'] === etag ? 304 : 200;
      server.catalogues.push(status);
      if (status === 304) response.writeHead(304, { ETag: etag }).end();
      else json(200, value, { ETag: etag });
    } else if (pathname === '/api/desk/entries' && request.method === 'POST') takeEntries(body, staff, response, json);
    else json(404, { error: 'not-found' });
  };
  const takeEntries = (
    body: string,
    staff: string,
    response: ServerResponse,
    json: (status: number, value: unknown, headers?: Record<string, string>) => void,
  ): void => {
    const { entries } = JSON.parse(body) as { entries: unknown[] };
    const { mood } = server;
    server.posts.push(entries.map((entry) => String((entry as { id?: unknown }).id)));
    if (mood === 'cut-before') response.destroy();
    else if (typeof mood === 'object') {
      const headers = { 'Content-Type': 'text/html', ...(mood.retryAfter ? { 'Retry-After': mood.retryAfter } : {}) };
      response.writeHead(mood.status, headers).end(mood.body ?? '');
    } else if (entries.length > 200 || Buffer.byteLength(body) > 262_144) json(413, { error: 'too-large' });
    else {
      const outcomes = entries.map((entry) => judge(entry, staff));
      if (mood === 'cut-after') response.destroy();
      else json(200, { outcomes, seq: taken.size });
    }
  };
  const stateOf = (station: string): DeskState => ({
    hall: server.hall.id,
    station,
    stationName: station,
    seq: taken.size,
    now: now(),
    day: signedIn('s01').day,
    windows: [],
    cases: [],
    caseCount: 0,
    appointments: [],
    alarms: [],
    terminals: [],
    feeds: {},
  });

  const server: DeskServer = {
    get origin() {
      return `http://127.0.0.1:${port}`;
    },
    taken,
    posts: [],
    mood: 'well',
    refuse: () => undefined,
    hall: { id: 'h1', name: '政务服务中心', demo: false, practice: false },
    catalogue: { items: [] },
    catalogues: [],
    now,
    endSessions() {
      sessions.clear();
      io.of(DESK_NAMESPACE).disconnectSockets(true);
    },
    push: (station) => void io.of(DESK_NAMESPACE).emit('desk:state', stateOf(station)),
    async start() {
      http = createServer((request, response) => void answer(request, response));
      io = new Server(http, { transports: ['websocket'] });
      io.of(DESK_NAMESPACE).on('connection', (socket) => {
        socket.on('desk:join', ({ station }, reply) => {
          if (readStaff(socket.handshake.headers.cookie) === undefined) reply({ ok: false, error: 'not-allowed' });
          else if (station === 'gone') reply({ ok: false, error: 'unknown-station' });
          else reply({ ok: true, state: stateOf(station) });
        });
      });
      await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
      ({ port } = http.address() as AddressInfo);
    },
    async stop() {
      http.closeAllConnections();
      await io.close();
    },
  };
  await server.start();
  return server;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

/** The page and its scripts as a browser fetches them, by address. */
async function buildPage(): Promise<Map<string, { type: string; text: string }>> {
  // Loaded where it is needed: the command of all campaigns holds this file too.
  const [{ build }, { svelte }] = await Promise.all([import('vite'), import('@sveltejs/vite-plugin-svelte')]);
  const result = await build({
    root: join(root, 'test/e2e/desk-page'),
    configFile: false,
    logLevel: 'silent',
    plugins: [svelte({ configFile: join(root, 'svelte.config.js') })],
    build: { write: false, target: 'es2022' },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) => ('output' in one ? one.output : []));
  const files = outputs.map((one) => {
    const isPage = one.fileName.endsWith('.html');
    const text = one.type === 'chunk' ? one.code : String(one.source);
    const type = isPage ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8';
    return [isPage ? '/' : `/${one.fileName}`, { type, text }] as const;
  });
  return new Map(files);
}
