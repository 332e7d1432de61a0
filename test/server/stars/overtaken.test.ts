// What overtakes a star: a plan is held by a complaint or a leaving until that is gone; whoever leaves has no photograph, and the name that the hall decides.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { StarKind } from '../../../domain/events/schema.ts';
import type { StarsState } from '../../../domain/wire/stars.ts';
import { postEvents, wireEvent } from '../../e2e/hall-client.ts';
import { createMovingClock, type MovingClock } from '../moving-clock.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

const MONTH = '2019-10';
const PLANNED = Date.parse('2019-11-05T09:00:00+08:00');
const WAIT_MS = 20_000;
let clock: MovingClock;
let hall: StaffedHall;
let manager: Browser;
beforeAll(async () => {
  clock = createMovingClock(Date.parse('2019-11-04T09:00:00+08:00'));
  hall = await openStaffedHall({ clock, server: { starsLookMs: 10 } });
  manager = await hall.signIn('manager');
  const start = Date.parse('2019-10-09T09:30:00+08:00');
  const events = ['s11', 's12', 's13', 'clerk'].flatMap((staff, who) =>
    Array.from({ length: 16 - who }, (_, i) => {
      const [id, at] = [`${staff}-${i}`, start + i * 86_400_000];
      const place = { case: id, station: 'hall', window: `w0${who + 1}`, staff };
      return [
        wireEvent(`${id}/a`, 'hall.case.accepted', { ...place, channel: 'window', item: 'mi-01' }, at),
        wireEvent(`${id}/f`, 'hall.case.finished', { case: id, outcome: 'approved', staff }, at + 600_000),
        wireEvent(`${id}/r`, 'hall.rating.given', { ...place, score: 5, medium: 'pad' }, at + 660_000),
      ];
    }).flat(),
  );
  expect((await postEvents(hall.url, events, { key: KEY })).body.rejected).toEqual([]);
});
afterAll(() => hall.close());

const read = async (): Promise<StarsState> => (await manager.ask('GET', `/api/stars?month=${MONTH}`)).body;
const letters = 'abcdefghij';
let drawn = 0;
const draw = (): string => [...String(++drawn).padStart(12, '0')].map((digit) => letters[Number(digit)]).join('');
async function choose(kind: StarKind, whose: string, publishAt?: number): Promise<void> {
  const more = publishAt === undefined ? {} : { publishAt };
  const body = { id: draw(), month: MONTH, kind, whose, reasons: [], overrule: '测试', ...more };
  expect(await manager.ask('POST', '/api/stars', body)).toMatchObject({ status: 200 });
}
const withdraw = async (kind: StarKind, what: 'star' | 'plan' = 'star') =>
  expect(
    (await manager.ask('POST', '/api/stars/withdraw', { id: draw(), month: MONTH, kind, what, reason: '换人' })).status,
  ).toBe(200);
/** On the wall. */
const card = async (): Promise<object | undefined> =>
  ((await manager.ask('GET', '/api/board?topic=stars')).body as { data: { stars: Record<string, object> } }).data.stars[
    `${MONTH}:pacesetter`
  ];
/** The job goes through all plans of one look, in their order: once the later one is published, it has looked at the earlier. */
const untilPublished = (kind: StarKind, whose: string) =>
  vi.waitFor(async () => expect((await read()).titles[kind].standing).toMatchObject({ whose }), WAIT_MS);
const complaint = (step: 'received' | 'answered', data: object, at: number) =>
  postEvents(hall.url, wireEvent(`x/${step}`, `hall.complaint.${step}`, { complaint: 'x', ...data }, at), { key: KEY });
const voided = (id: string) =>
  postEvents(hall.url, wireEvent(`void/${id}`, 'hall.event.voided', { source: 'urn:test:queue', id }, clock.now()), {
    key: KEY,
  });
async function saveStaff(id: string, until: string | undefined): Promise<void> {
  const administrator = await hall.signIn('administrator');
  const { body } = (await administrator.ask('GET', '/api/setup')) as {
    body: { documents: { profile: { version: string; value: { staff: { id: string }[] } } } };
  };
  const { version, value } = body.documents.profile;
  const staff = value.staff.map(({ ...one }) => {
    if (one.id !== id) return one;
    const { until: _until, ...rest } = one as { id: string; until?: string };
    return until === undefined ? rest : { ...rest, until };
  });
  const saved = await administrator.ask('PUT', '/api/setup/profile', { version, value: { ...value, staff } });
  expect(saved.status).toBe(200);
}
async function putPhotograph(staff: string): Promise<string> {
  const picture = await sharp({ create: { width: 400, height: 500, channels: 3, background: '#336699' } })
    .jpeg()
    .toBuffer();
  const { status } = await fetch(`${hall.url}/api/stars/photographs/${staff}`, {
    method: 'PUT',
    headers: { Cookie: manager.cookie, Origin: hall.url },
    body: new Uint8Array(picture),
  });
  expect(status).toBe(200);
  return join(hall.folder, 'photographs', `${staff}.jpg`);
}

test('S9 a plan that a complaint has overtaken is held and told as held, and is published once the complaint is void', async () => {
  await choose('pacesetter', 's11', PLANNED);
  await choose('expert', 's12', PLANNED + 1);
  await complaint('received', { station: 'hall', staff: 's11' }, Date.parse('2019-10-20T10:00:00+08:00'));
  await complaint('answered', { upheld: true }, clock.now());
  clock.set(PLANNED + 60_000);
  await untilPublished('expert', 's12');
  expect((await read()).titles.pacesetter).toMatchObject({ planned: { whose: 's11', held: 'complaint' } });
  expect((await read()).titles.pacesetter.standing).toBeUndefined();
  // A start anew says nothing else.
  await hall.restart();
  manager = await hall.signIn('manager');
  expect((await read()).titles.pacesetter).toMatchObject({ planned: { whose: 's11', held: 'complaint' } });
  await voided('x/answered');
  await untilPublished('pacesetter', 's11');
  expect((await read()).titles.pacesetter.planned).toBeUndefined();
});

test('S9 a plan about somebody who has left is held until they are back', async () => {
  await withdraw('pacesetter');
  await withdraw('expert');
  const at = clock.now() + 3_600_000;
  await choose('pacesetter', 's13', at);
  await choose('window', 'w01', at + 1);
  await saveStaff('s13', '2019-11-01');
  clock.set(at + 60_000);
  await untilPublished('window', 'w01');
  expect((await read()).titles.pacesetter).toMatchObject({ planned: { whose: 's13', held: 'left' } });
  expect((await read()).titles.pacesetter.standing).toBeUndefined();
  await saveStaff('s13', undefined);
  await untilPublished('pacesetter', 's13');
});

test('S9 a plan is withdrawn alone: what is published stays on the wall, and nothing comes at the planned moment', async () => {
  const { pacesetter } = (await read()).titles;
  expect(pacesetter.standing).toMatchObject({ whose: 's13' });
  const at = clock.now() + 3_600_000;
  await choose('pacesetter', 's12', at);
  expect((await read()).titles.pacesetter).toMatchObject({ standing: { whose: 's13' }, planned: { whose: 's12' } });
  const gone = { id: draw(), month: MONTH, kind: 'pacesetter', what: 'plan', reason: '改主意了' };
  // Asked again after a lost answer it is done once.
  for (const _ of [1, 2]) expect((await manager.ask('POST', '/api/stars/withdraw', gone)).status).toBe(200);
  const again = await manager.ask('POST', '/api/stars/withdraw', { ...gone, id: draw() });
  expect(again).toMatchObject({ status: 404, body: { error: 'nothing-to-withdraw' } });
  const isAsBefore = async () => {
    const { standing, planned } = (await read()).titles.pacesetter;
    expect([standing?.whose, planned]).toEqual(['s13', undefined]);
    expect(await card()).toMatchObject({ staffId: 's13' });
  };
  await isAsBefore();
  await choose('window', 'w02', at + 1);
  clock.set(at + 60_000);
  await untilPublished('window', 'w02');
  await isAsBefore();
  await hall.restart();
  manager = await hall.signIn('manager');
  await isAsBefore();
  // The star itself goes with what is planned in its place.
  await choose('pacesetter', 's12', clock.now() + 3_600_000);
  await withdraw('pacesetter');
  const { standing, planned } = (await read()).titles.pacesetter;
  expect([standing, planned, await card()]).toEqual([undefined, undefined, undefined]);
  await choose('pacesetter', 's13');
});

test('S10 whoever leaves has no photograph on the wall nor on the disk, and is called what the hall decides, on a poster too', async () => {
  const file = await putPhotograph('s13');
  const wall = () => fetch(`${hall.url}/photographs/s13`, { headers: { Cookie: manager.cookie } });
  expect((await wall()).status).toBe(200);
  expect(await card()).toMatchObject({ staff: '示例丙寅', staffId: 's13' });
  await saveStaff('s13', '2019-11-04');
  await vi.waitFor(() => expect(existsSync(file)).toBe(false), WAIT_MS);
  expect((await wall()).status).toBe(404);
  for (const [leavers, staff] of [
    ['left', ''],
    ['initial', '示某'],
    ['name', '示例丙寅'],
  ] as const) {
    const { versions } = await read();
    const saved = await manager.ask('PUT', '/api/stars/rules', { version: versions.rules, stars: { leavers } });
    expect(saved.status).toBe(200);
    expect(await card()).toMatchObject({ staff, left: true });
    expect(await card()).not.toHaveProperty('staffId');
    // The poster says what the wall says.
    expect((await read()).titles.pacesetter.standing).toMatchObject({ whose: 's13', left: staff });
  }
  // Nor is a new one taken of them.
  const again = await fetch(`${hall.url}/api/stars/photographs/s13`, {
    method: 'PUT',
    headers: { Cookie: manager.cookie, Origin: hall.url },
    body: new Uint8Array(10),
  });
  expect([again.status, await again.json()]).toEqual([404, { error: 'left' }]);
});

test('S10 the photograph of whoever is in no roster goes with their account, and nobody else’s does', async () => {
  const file = await putPhotograph('clerk');
  const other = await putPhotograph('s12');
  // What the hall cannot tell whose it is stays: a file of somebody unknown is not the product's to delete.
  mkdirSync(join(hall.folder, 'photographs'), { recursive: true });
  const unknown = join(hall.folder, 'photographs', 'nobody.jpg');
  writeFileSync(unknown, 'a file');
  const ended = await manager.ask('POST', '/api/accounts/clerk/end', {});
  expect(ended.status).toBe(200);
  await vi.waitFor(() => expect(existsSync(file)).toBe(false), WAIT_MS);
  expect([existsSync(other), existsSync(unknown)]).toEqual([true, true]);
});
