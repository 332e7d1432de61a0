// Who may do what: every route and every socket event of the server, with each role, on a real hall. A route without an entry fails.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { io, type Socket } from 'socket.io-client';
import { TOPICS } from '../../../domain/board/topics/data.ts';
import { DESK_NAMESPACE } from '../../../domain/wire/desk.ts';
import { LIVE_NAMESPACE } from '../../../domain/wire/protocol.ts';
import { listRoutes } from '../../../server/api/list-routes.ts';
import { openStaffedHall, PASSWORD, PEOPLE, type Browser, type StaffedHall, type Who } from '../staffed-hall.ts';

let hall: StaffedHall;
const browsers = new Map<Who | 'nobody', Browser>();
beforeAll(async () => {
  hall = await openStaffedHall();
  for (const who of Object.keys(PEOPLE) as Who[]) browsers.set(who, await hall.signIn(who));
  browsers.set('nobody', hall.browser());
});
afterAll(() => hall.close());

const EVERYBODY = ['nobody', ...Object.keys(PEOPLE)] as readonly (Who | 'nobody')[];
const STAFF = Object.keys(PEOPLE) as Who[];
/** By the clock of the hall's zone. */
const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const AT_THE_HALL: readonly Who[] = ['clerk', 'second', 'lead', 'manager'];

interface Entry {
  /** Whoever a session lets through; the others are refused with 401 or 403. */
  readonly may: readonly (Who | 'nobody')[];
  readonly path?: string;
  readonly body?: unknown;
}
const only = (...may: readonly (Who | 'nobody')[]): Entry => ({ may });
/** Behind a door of its own: a key, a token, a code. */
const NO_SESSION: Entry = { may: [] };
const serve = (body: object = {}): Entry => ({ may: AT_THE_HALL, body: { station: 'hall', window: 'w01', ...body } });
const manage = (path: string, body: object = {}): Entry => ({ may: ['manager', 'administrator'], path, body });

const TABLE: Readonly<Record<string, Entry>> = {
  'GET /healthz': only(...EVERYBODY),
  'GET /readyz': only(...EVERYBODY),
  'GET /api/openapi.json': only(...EVERYBODY),
  'POST /api/events': { ...NO_SESSION, body: {} },
  // Of signing in each asks by itself who one is.
  'GET /api/session': only(...STAFF),
  'POST /api/session/confirm': { may: STAFF, body: { password: PASSWORD } },
  'POST /api/session/password': { may: [], body: { old: 'not-this-one', password: PASSWORD } },
  'POST /api/session': { may: EVERYBODY, body: {} },
  'DELETE /api/session': only(...EVERYBODY),
  'POST /api/codes/look': { may: EVERYBODY, body: { code: 'x' } },
  'POST /api/codes/use': { may: EVERYBODY, body: { code: 'x', password: 'x' } },
  'GET /api/accounts': only('manager', 'administrator'),
  'POST /api/accounts': manage('/api/accounts', {}),
  'POST /api/accounts/:staff/assignments': manage('/api/accounts/nobody/assignments'),
  'POST /api/accounts/:staff/assignments/:id/end': manage('/api/accounts/nobody/assignments/x/end'),
  'POST /api/accounts/:staff/code': manage('/api/accounts/nobody/code'),
  'POST /api/accounts/:staff/end': manage('/api/accounts/nobody/end'),
  'POST /api/accounts/sessions/:id/end': { may: STAFF, path: '/api/accounts/sessions/nothing/end', body: {} },
  'GET /api/access/keys': only('administrator'),
  'GET /api/accounts/own': only(...STAFF),
  'GET /api/setup': only('administrator'),
  // Of a document a manager changes the parts that are theirs: what those are is tested by itself.
  'PUT /api/setup/:document': {
    may: ['manager', 'administrator'],
    path: '/api/setup/profile',
    body: { version: 'x', value: {} },
  },
  'POST /api/setup/clear': { may: ['administrator'], body: { version: 'x' } },
  'POST /api/setup/finish': { may: ['administrator'], body: {} },
  'GET /api/settings': only('manager', 'administrator'),
  'POST /api/settings/:document/effects': manage('/api/settings/scenes/effects', { value: {} }),
  'GET /api/settings/:document/versions': {
    may: ['manager', 'administrator'],
    path: '/api/settings/scenes/versions',
  },
  'GET /api/settings/:document/versions/:mark': {
    may: ['manager', 'administrator'],
    path: '/api/settings/scenes/versions/1-00000000',
  },
  'POST /api/access/keys': { may: ['administrator'], body: {} },
  'POST /api/access/displays': { may: ['administrator'], body: {} },
  'POST /api/access/keys/:id/renew': { may: ['administrator'], path: '/api/access/keys/none/renew', body: {} },
  'POST /api/access/keys/:id/end': { may: ['administrator'], path: '/api/access/keys/none/end', body: {} },
  'POST /api/access/displays/:id/renew': { may: ['administrator'], path: '/api/access/displays/none/renew', body: {} },
  'POST /api/access/displays/:id/end': { may: ['administrator'], path: '/api/access/displays/none/end', body: {} },
  'POST /api/reconcile': { may: ['manager'], path: '/api/reconcile?day=2026-11-02&mapping=none', body: {} },
  'GET /api/reconcile': only('lead', 'manager', 'leader'),
  'GET /api/reconcile/days': only('lead', 'manager', 'leader'),
  'GET /api/reconcile/findings': { may: ['lead', 'manager', 'leader'], path: '/api/reconcile/findings?run=none' },
  'POST /api/reconcile/findings': { may: ['lead', 'manager'], body: { run: 'none', findings: [0] } },
  'POST /api/imports': { may: ['administrator'], path: '/api/imports?name=none.csv', body: {} },
  'GET /api/imports': { may: ['administrator'], path: '/api/imports?id=none' },
  'POST /api/imports/look': { may: ['administrator'], body: { id: 'none', reading: {} } },
  'POST /api/imports/run': {
    may: ['administrator'],
    body: { id: 'none', mapping: {}, dryRun: true, correct: false },
  },
  'POST /api/imports/stop': { may: ['administrator'], body: { id: 'none' } },
  'POST /api/imports/drop': { may: ['administrator'], body: { id: 'none' } },
  'PUT /api/mappings': { may: ['administrator'], body: { name: 'none', mapping: {}, replace: false } },
  'GET /api/audit': only('manager', 'administrator'),
  'POST /api/desk/entries': { may: STAFF, body: { entries: [] } },
  'GET /api/desk/mine': only(...STAFF),
  'GET /api/desk/catalogue': {
    may: ['clerk', 'second', 'lead', 'manager', 'leader'],
    path: '/api/desk/catalogue?station=hall',
  },
  'GET /api/desk/matters': {
    may: ['clerk', 'second', 'lead', 'manager', 'leader'],
    path: '/api/desk/matters?station=hall',
  },
  'GET /api/desk/owed': {
    may: ['clerk', 'second', 'lead', 'manager', 'leader'],
    path: '/api/desk/owed?station=hall',
  },
  'GET /api/desk/written': { may: ['lead', 'manager'], path: `/api/desk/written?station=hall&day=${TODAY}` },
  'POST /api/desk/feed': { may: ['lead', 'manager'], body: { station: 'hall', facts: ['cases'], status: 'desk' } },
  'POST /api/desk/queue/open': serve(),
  'POST /api/desk/queue/pause': serve({ reason: '午休' }),
  'POST /api/desk/queue/close': serve(),
  'POST /api/desk/queue/call': serve(),
  'POST /api/desk/queue/recall': serve(),
  'POST /api/desk/queue/pass': serve(),
  'POST /api/desk/queue/transfer': serve(),
  'POST /api/desk/queue/finish': serve(),
  'POST /api/desk/queue/take': { may: AT_THE_HALL, body: { station: 'hall' } },
  'POST /api/desk/queue/withdraw': { may: AT_THE_HALL, body: { station: 'hall', ticket: 'none' } },
  'POST /api/desk/queue/end': { may: ['lead', 'manager'], body: { station: 'hall' } },
  'POST /api/desk/queue/reopen': { may: ['lead', 'manager'], body: { station: 'hall' } },
  'POST /api/desk/queue/:command': { may: STAFF, path: '/api/desk/queue/other', body: {} },
  'POST /api/rate/:window': { ...NO_SESSION, path: '/api/rate/w01', body: { round: 'x', score: 5 } },
  'POST /api/rate/:window/reasons': { ...NO_SESSION, path: '/api/rate/w01/reasons', body: { round: 'x', tags: ['x'] } },
  'GET /api/take': NO_SESSION,
  'POST /api/take': { ...NO_SESSION, body: {} },
  'GET /api/say': NO_SESSION,
  'POST /api/say': { ...NO_SESSION, body: {} },
  // Whoever holds a receipt may read the answer.
  'POST /api/say/look': { may: EVERYBODY, body: { code: 'AAAAA-AAAAA' } },
  'GET /api/suggestions': only('clerk', 'second', 'elsewhere', 'lead', 'manager'),
  'POST /api/suggestions': {
    may: AT_THE_HALL,
    body: { code: 'AAAAA-AAAAA', kind: 'suggestion', text: '多设座位', station: 'hall' },
  },
  'GET /api/suggestions/own': only(...STAFF),
  // Of one that there is not whoever may answer any is told so; a clerk answers what is given to them.
  'POST /api/suggestions/:kind/:id': {
    may: ['clerk', 'second', 'elsewhere', 'lead', 'manager'],
    path: '/api/suggestions/suggestion/none',
    body: { deed: 'decline', id: 'abcdefghijklm', words: 'x' },
  },
  'GET /api/alarms/by-code': NO_SESSION,
  // Of an alarm that there is not only those who work everywhere are told so.
  'POST /api/alarms/:id/taken': { may: ['manager'], path: '/api/alarms/none/taken', body: {} },
  'POST /api/alarms/:id/ended': { may: ['manager'], path: '/api/alarms/none/ended', body: {} },
  'GET /api/alarms/:id/code.svg': { may: ['manager', 'leader'], path: '/api/alarms/none/code.svg' },
  'GET /api/board': { may: ['manager', 'leader'], path: '/api/board?topic=ratings' },
  'GET /api/at': { may: ['manager', 'leader'], path: '/api/at?at=2026-11-01T10:00&topic=overview&player=whoeverlooks' },
  'GET /api/stars': only('manager'),
  'GET /api/stars/mine': only(...STAFF),
  'POST /api/stars': { may: ['manager'], body: {} },
  'POST /api/stars/withdraw': { may: ['manager'], body: {} },
  'GET /api/stars/photographs/:staff': { may: ['manager'], path: '/api/stars/photographs/nobody' },
  'PUT /api/stars/photographs/:staff': { may: ['manager'], path: '/api/stars/photographs/nobody', body: {} },
  'DELETE /api/stars/photographs/:staff': { may: ['manager'], path: '/api/stars/photographs/nobody', body: {} },
  'POST /api/stars/rules/effects': { may: ['manager'], body: { month: '2019-10', stars: {} } },
  'PUT /api/stars/rules': { may: ['manager'], body: { version: 'x', stars: {} } },
  'PUT /api/stars/conduct': { may: ['manager'], body: { version: 'x', conduct: [] } },
  'GET /api/brief': only('manager', 'leader'),
  'GET /api/brief/scopes': only('manager', 'leader'),
  'POST /api/brief/instructions': only('manager', 'leader'),
  // Whom none concerns gets an empty list, and is told that there is no such instruction.
  'GET /api/brief/instructions': only(...STAFF),
  'POST /api/brief/instructions/:id/notes': { may: STAFF, path: '/api/brief/instructions/none/notes', body: {} },
  'POST /api/brief/instructions/:id/close': { may: STAFF, path: '/api/brief/instructions/none/close', body: {} },
  'GET /api/checks': only('lead', 'manager', 'leader'),
  'POST /api/checks': {
    may: ['manager'],
    body: { id: 'abcdefghijkl', checks: [{ station: 'meifeng', area: 'cases', answers: [] }] },
  },
  // Whom none concerns gets an empty list, and is told that there is no such follow-up.
  'GET /api/followups': only(...STAFF),
  'GET /api/followups/one': { may: STAFF, path: '/api/followups/one?followup=none' },
  'POST /api/followups': {
    may: STAFF,
    body: { id: 'abcdefghijkl', followup: 'none', deed: { type: 'note', note: 'x' } },
  },
  'GET /api/rows': only('manager', 'leader'),
  'GET /api/rows/one': only('manager', 'leader'),
  'GET /api/days/frozen': { may: ['manager', 'leader'], path: '/api/days/frozen?from=2026-11-01&to=2026-11-02' },
  'GET /api/report': only('manager', 'leader'),
  'POST /api/reports/words': {
    may: ['manager'],
    body: { kind: 'month', from: '2026-11-01', to: '2026-11-30', text: 'x' },
  },
  'GET /api/reports/sections': { may: ['manager', 'administrator'], path: '/api/reports/sections?kind=month' },
  'PUT /api/reports/sections': manage('/api/reports/sections', { version: 'x', kind: 'month', sections: null }),
  'GET /api/sending': only('manager', 'administrator'),
  'POST /api/sending/test': manage('/api/sending/test', { recipient: 'nobody' }),
  'POST /api/sending/settle': manage('/api/sending/settle', { run: 'x', recipient: 'nobody', attempt: 1, as: 'sent' }),
  'POST /api/sending/missed': manage('/api/sending/missed', { run: 'x', turn: 1 }),
  'PUT /api/sending/secrets': { may: ['administrator'], body: { smtp: null } },
  'GET /api/robots': only('manager', 'administrator'),
  'PUT /api/robots': {
    may: ['administrator'],
    body: { id: 'x', kind: 'wecom', name: 'x', address: 'http://127.0.0.1:9/' },
  },
  'POST /api/robots/remove': { may: ['administrator'], body: { id: 'x' } },
  'POST /api/robots/test': manage('/api/robots/test', { id: 'nobody' }),
  'GET /api/report.txt': only('manager', 'leader'),
  'GET /api/report.xlsx': only('manager', 'leader'),
  'GET /api/report.docx': only('manager', 'leader'),
  'GET /api/report.pdf': only('manager', 'leader'),
  'GET /api/breakdown': { may: ['manager', 'leader'], path: '/api/breakdown?from=2026-11-01&to=2026-11-02' },
  'GET /api/measures': { may: ['manager', 'leader'], path: '/api/measures?from=2026-11-01&to=2026-11-02' },
};

/** Of these the answer says by itself that nothing was let through, whoever asked. */
const REFUSED = new Set([401, 403]);

test('every route under /api, and whatever writes, stands in the table', () => {
  const routes = listRoutes(hall.server.app).map(({ method, path }) => `${method} ${path}`);
  expect(routes.length).toBeGreaterThan(30);
  expect(routes.sort()).toEqual(Object.keys(TABLE).sort());
});

const cases = Object.entries(TABLE).filter(([route]) => !/^(POST|DELETE) \/api\/session$/.test(route));
test.each(cases)('%s', async (route, { may, path, body }) => {
  const [method, own] = route.split(' ') as [string, string];
  const passed: string[] = [];
  for (const who of EVERYBODY) {
    const { status } = await browsers.get(who)!.ask(method, path ?? own, method === 'GET' ? undefined : (body ?? {}));
    expect([who, status], 'no fault of ours').not.toEqual([who, 500]);
    if (!REFUSED.has(status)) passed.push(who);
  }
  expect(passed.sort()).toEqual([...may].sort());
});

async function connect(namespace: string, who: Who | 'nobody'): Promise<Socket> {
  const { cookie } = browsers.get(who)!;
  const socket = io(`${hall.url}${namespace}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...(cookie === '' ? {} : { extraHeaders: { Cookie: cookie } }),
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

/** What a socket may ask; leaving a topic takes nothing and tells nothing. */
const ASKED_BY_SOCKET = ['board:subscribe', 'board:unsubscribe', 'desk:join', 'rate:join'];

test('a socket is asked nothing that is not asked below', () => {
  const folder = join(import.meta.dirname, '../../../server');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const heard = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\.on\(\s*'([a-z]+:[a-z]+)'/g)].map(([, name]) => name!),
  );
  expect([...new Set(heard)].sort()).toEqual(ASKED_BY_SOCKET);
});

test('on the sockets as well: topics, the desks of stations, and tablets', async () => {
  const found: Record<string, unknown> = {};
  for (const who of EVERYBODY) {
    const live = await connect(LIVE_NAMESPACE, who);
    const desk = await connect(DESK_NAMESPACE, who);
    const asks = async (socket: Socket, event: string, request: object): Promise<boolean> =>
      ((await socket.timeout(10_000).emitWithAck(event, request)) as { ok: boolean }).ok;
    const topics = [];
    for (const topic of TOPICS) if (await asks(live, 'board:subscribe', { topic })) topics.push(topic);
    found[who] = {
      topics: topics.length === TOPICS.length ? 'all' : topics.join(' '),
      hall: await asks(desk, 'desk:join', { station: 'hall' }),
      meifeng: await asks(desk, 'desk:join', { station: 'meifeng' }),
      tablet: await asks(desk, 'rate:join', { window: 'w01' }),
    };
    live.close();
    desk.close();
  }
  const atHall = { topics: 'public', hall: true, meifeng: false, tablet: false };
  const everywhere = { topics: 'all', hall: true, meifeng: true, tablet: false };
  expect(found).toEqual({
    nobody: { topics: '', hall: false, meifeng: false, tablet: false },
    clerk: atHall,
    second: atHall,
    lead: atHall,
    elsewhere: { ...atHall, hall: false, meifeng: true },
    manager: everywhere,
    leader: everywhere,
    administrator: { topics: 'public', hall: false, meifeng: false, tablet: false },
  });
});
