// The first hour of a new hall over HTTP: who may set it up, that a change is whole or none, and in force at once.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Profile } from '../../../domain/profile/profile.ts';
import type { SetupState } from '../../../domain/wire/setup.ts';
import { acceptance, postEvents } from '../../e2e/hall-client.ts';
import { KEY, openStaffedHall, PASSWORD, type Browser, type StaffedHall } from '../staffed-hall.ts';

let hall: StaffedHall;
afterEach(() => hall.close());

/** A hall as it begins, and the administrator that the printed code has made. */
async function begin(): Promise<Browser> {
  hall = await openStaffedHall({ isEmpty: true });
  const browser = hall.browser();
  const body = { code: hall.server.setUpCode, staff: 'gly', name: '管理员', password: PASSWORD };
  expect((await browser.ask('POST', '/api/codes/use', body)).status).toBe(200);
  return browser;
}

const read = async (browser: Browser): Promise<SetupState> => {
  const { status, body } = await browser.ask('GET', '/api/setup');
  expect(status).toBe(200);
  return body;
};
const onDisk = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(hall.folder, 'documents', `${name}.json`), 'utf8')) as never;
const changes = async () =>
  (await hall.server.ledger.read(0, 1_000)).filter(({ type }) => type === 'hall.profile.changed');

async function saveProfile(browser: Browser, change: (profile: Profile) => object, version?: string) {
  const { profile } = (await read(browser)).documents;
  return browser.ask('PUT', '/api/setup/profile', {
    version: version ?? profile.version,
    value: change(profile.value),
  });
}

test('a new hall has no sample people, and takes events before anybody has set it up', async () => {
  const browser = await begin();
  const { documents, isDone, mayClear } = await read(browser);
  expect([documents.profile.value.staff, documents.noticeboard.value.duty]).toEqual([[], []]);
  expect(documents.profile.value).toMatchObject({ hall: 'meilin', timeZone: 'Asia/Shanghai' });
  expect({ isDone, mayClear }).toEqual({ isDone: false, mayClear: true });
  expect((await postEvents(hall.url, acceptance('first'), { key: KEY })).status).toBe(200);
  await hall.server.board.caughtUp();
  expect((await read(browser)).mayClear).toBe(false);
});

test('what is saved is in force at once, on the disk, and told in its author’s name, once', async () => {
  const browser = await begin();
  const { status, body } = await saveProfile(browser, (profile) => ({
    ...profile,
    name: { zh: '荷花街道政务服务大厅' },
    staff: [{ id: 'h01', name: '何花', station: 'hall' }],
  }));
  expect([status, body]).toMatchObject([200, { value: { version: 2, name: { zh: '荷花街道政务服务大厅' } } }]);
  expect(hall.server.config.profile.name.zh).toBe('荷花街道政务服务大厅');
  expect(hall.server.config.roster.has('何花')).toBe(true);
  expect(onDisk('profile')).toMatchObject({ version: 2, staff: [{ id: 'h01' }] });
  expect((await browser.ask('GET', '/api/session')).body).toMatchObject({
    hall: { name: '荷花街道政务服务大厅', settingUp: true },
  });
  await browser.ask('POST', '/api/setup/finish', {});
  expect((await changes()).map(({ data }) => data)).toEqual([
    { document: 'profile', version: 2, digest: expect.stringMatching(/^[0-9a-f]{8}$/) },
    { document: 'profile', version: 3, digest: expect.stringMatching(/^[0-9a-f]{8}$/) },
  ]);
  const { body: audit } = await browser.ask('GET', '/api/audit?kind=people');
  const told = (audit as { lines: { type: string }[] }).lines.filter(({ type }) => type === 'hall.profile.changed');
  expect(told).toMatchObject([{ actor: { kind: 'staff', id: 'gly' } }, {}]);
});

test('what a document was before each change stays on the disk', async () => {
  const browser = await begin();
  const before = onDisk('profile');
  await saveProfile(browser, (profile) => ({ ...profile, name: { zh: '荷花街道政务服务大厅' } }));
  await saveProfile(browser, (profile) => ({ ...profile, name: { zh: '荷塘街道政务服务大厅' } }));
  const folder = join(hall.folder, 'documents/versions');
  const kept = readdirSync(folder).filter((name) => name.startsWith('profile-'));
  expect(kept.map((name) => name.replace(/-[\da-f]{8}\.json$/, ''))).toEqual(['profile-1', 'profile-2']);
  expect(JSON.parse(readFileSync(join(folder, kept[0]!), 'utf8'))).toEqual(before);
});

test('a recipient that is called like a telephone is no recipient', async () => {
  const browser = await begin();
  const { version, value } = (await read(browser)).documents.sending;
  const recipients = [{ id: 'one', type: 'mail', name: '13800138000', address: 'one@hall.example' }];
  const { status, body } = await browser.ask('PUT', '/api/setup/sending', {
    version,
    value: { ...value, recipients },
  });
  expect([status, body]).toMatchObject([422, { error: 'identity', field: 'recipients.0.name' }]);
});

test('of two who change one document the second is told, and nothing of theirs is kept', async () => {
  const browser = await begin();
  const { version } = (await read(browser)).documents.profile;
  const answers = await Promise.all(
    ['甲街道大厅', '乙街道大厅'].map((zh) =>
      saveProfile(browser, (profile) => ({ ...profile, name: { zh } }), version),
    ),
  );
  // Which of both is first is the network's to say.
  const first = answers.findIndex(({ status }) => status === 200);
  const second = answers[1 - first]!;
  expect([second.status, second.body]).toEqual([409, { error: 'conflict' }]);
  expect(hall.server.config.profile.name.zh).toBe(['甲街道大厅', '乙街道大厅'][first]);
});

describe('a change that may not be made changes nothing', () => {
  const stations = (profile: Profile, change: object) => [{ ...profile.stations[0], ...change }];
  test.each<[string, (profile: Profile) => object, object]>([
    ['another hall', (p) => ({ ...p, hall: 'another' }), { error: 'fixed', field: 'hall' }],
    ['another zone', (p) => ({ ...p, timeZone: 'Asia/Tokyo' }), { error: 'fixed', field: 'timeZone' }],
    ['a zone that there is not', (p) => ({ ...p, timeZone: 'x' }), { error: 'bad-document', field: 'timeZone' }],
    ['an end by the back door', (p) => ({ ...p, setUp: 'done' }), { error: 'fixed', field: 'setUp' }],
    ['no station', (p) => ({ ...p, stations: [], windows: [] }), { error: 'bad-document', field: 'stations' }],
    [
      'a window nowhere',
      (p) => ({ ...p, windows: [{ id: 'w', station: 'toString', label: '1' }] }),
      { error: 'bad-document', field: 'windows.0.station' },
    ],
    [
      'a station twice',
      (p) => ({ ...p, stations: [p.stations[0], p.stations[0]] }),
      { error: 'bad-document', field: 'windows.12.station' },
    ],
    [
      'a kind that there is not',
      (p) => ({ ...p, stations: stations(p, { kind: 'street' }) }),
      { error: 'bad-document', field: 'stations.0.kind' },
    ],
    [
      'a telephone for a name',
      (p) => ({ ...p, staff: [{ id: 'h1', name: '13800138000', station: 'hall' }] }),
      { error: 'identity', field: 'staff.0.name' },
    ],
    [
      'a telephone for a post in English',
      (p) => ({ ...p, staff: [{ id: 'h1', name: '示例', station: 'hall', roleEn: 'Duty lead 13800138000' }] }),
      { error: 'identity', field: 'staff.0.roleEn' },
    ],
    [
      'a post in English that is no text',
      (p) => ({ ...p, staff: [{ id: 'h1', name: '示例', station: 'hall', roleEn: ['Duty lead'] }] }),
      { error: 'bad-document', field: 'staff.0.roleEn' },
    ],
    [
      'hours that run back',
      (p) => ({ ...p, hours: [['12:00', '09:00']] }),
      { error: 'bad-document', field: 'hours.0' },
    ],
  ])('%s', async (_what, change, refusal) => {
    const browser = await begin();
    const before = onDisk('profile');
    const { status, body } = await saveProfile(browser, change);
    expect([status, body]).toMatchObject([422, refusal]);
    expect(onDisk('profile')).toEqual(before);
    expect(await changes()).toEqual([]);
  });

  test('a station at which somebody has an account', async () => {
    const browser = await begin();
    const invited = { staff: 'h02', name: '何叶', assignment: { role: 'clerk', station: 'meifeng' } };
    expect((await browser.ask('POST', '/api/accounts', invited)).status).toBe(201);
    const without = (p: Profile) => ({
      ...p,
      stations: p.stations.filter(({ id }) => id !== 'meifeng'),
      windows: p.windows.filter(({ station }) => station !== 'meifeng'),
    });
    expect((await saveProfile(browser, without)).body).toMatchObject({ error: 'station-in-use', message: 'meifeng' });
    const { version } = (await read(browser)).documents.profile;
    expect((await browser.ask('POST', '/api/setup/clear', { version })).body).toEqual({ error: 'in-use' });
  });

  test('what is no document, one too large, and one of another name', async () => {
    const browser = await begin();
    const { version, value } = (await read(browser)).documents.catalogue;
    const put = (path: string, body: unknown) => browser.ask('PUT', `/api/setup/${path}`, body);
    expect((await put('catalogue', { version, value: [] })).status).toBe(422);
    expect((await put('catalogue', { version, value: 'all' })).status).toBe(400);
    expect((await put('catalogue', { version, value, by: 'x' })).status).toBe(400);
    expect((await put('catalogue', { version, value: { ...value, note: 'x'.repeat(4_200_000) } })).status).toBe(413);
    for (const name of ['secrets', '__proto__', 'toString', '..%2Fprofile'])
      expect((await put(name, { version, value })).status, name).toBe(404);
  });
});

test('cleared, a hall keeps its id and its zone, and can be shown and filled in', async () => {
  const browser = await begin();
  const { version } = (await read(browser)).documents.profile;
  const { status, body } = await browser.ask('POST', '/api/setup/clear', { version });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    documents: {
      profile: { value: { hall: 'meilin', timeZone: 'Asia/Shanghai', windows: [], stations: [{ id: 'hall' }] } },
      catalogue: { value: { lines: [], items: [] } },
      noticeboard: { value: { notices: [], duty: [] } },
    },
  });
  expect(onDisk('profile')).not.toHaveProperty('medicalPilot');
  expect(await changes()).toHaveLength(4);
  expect((await postEvents(hall.url, acceptance('first'), { key: KEY })).status).toBe(200);
  await hall.server.board.caughtUp();
  const wall = hall.access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' }).secret;
  const shown = await fetch(`${hall.url}/api/board?topic=overview`, { headers: { Authorization: `Bearer ${wall}` } });
  expect(shown.status).toBe(200);
});

test('finished, it is offered no more; a document can still be mended, and nothing be cleared', async () => {
  const browser = await begin();
  expect((await browser.ask('POST', '/api/setup/finish', {})).body).toMatchObject({ isDone: true, mayClear: false });
  expect((await browser.ask('GET', '/api/session')).body).not.toHaveProperty('hall.settingUp');
  const { version } = (await read(browser)).documents.profile;
  expect((await browser.ask('POST', '/api/setup/clear', { version })).status).toBe(409);
  expect((await saveProfile(browser, (p) => ({ ...p, name: { zh: '后来改名' } }))).status).toBe(200);
  expect((await read(browser)).isDone).toBe(true);
});

test('only administrators: nobody else reads or writes all of it', async () => {
  hall = await openStaffedHall();
  const asks = [
    ['GET', '', undefined],
    ['PUT', '/profile', { version: 'x', value: {} }],
    ['POST', '/clear', { version: 'x' }],
    ['POST', '/finish', {}],
  ] as const;
  const browsers = {
    nobody: hall.browser(),
    clerk: await hall.signIn('clerk'),
    lead: await hall.signIn('lead'),
    manager: await hall.signIn('manager'),
    leader: await hall.signIn('leader'),
  };
  const before = onDisk('profile');
  for (const [who, browser] of Object.entries(browsers))
    for (const [method, path, body] of asks)
      expect((await browser.ask(method, `/api/setup${path}`, body)).status, `${who} ${method} ${path}`).toBe(
        // A manager has parts of a document to keep, and has seen another version of it here.
        who === 'nobody' ? 401 : who === 'manager' && method === 'PUT' ? 409 : 403,
      );
  const administrator = await hall.signIn('administrator');
  const elsewhere = await administrator.ask('POST', '/api/setup/finish', {}, { Origin: 'http://elsewhere.example' });
  expect(elsewhere.status).toBe(403);
  expect(onDisk('profile')).toEqual(before);
});
