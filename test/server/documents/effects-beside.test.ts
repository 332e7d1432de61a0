// What a change does to lamps of the month and to scores of stars is said before it is made, and then is so.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { FollowupList } from '../../../domain/wire/followups.ts';
import type { Effects, Settings } from '../../../domain/wire/setup.ts';
import type { StarsState } from '../../../domain/wire/stars.ts';
import { postEvents, wireEvent } from '../../e2e/hall-client.ts';
import { createMovingClock, type MovingClock } from '../moving-clock.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

const at = (moment: string): number => Date.parse(`${moment}:00+08:00`);
let clock: MovingClock;
let hall: StaffedHall;
let manager: Browser;
let administrator: Browser;
beforeAll(async () => {
  clock = createMovingClock(at('2019-11-04T09:00'));
  hall = await openStaffedHall({ clock, server: { followupLookMs: 20 } });
  [manager, administrator] = [await hall.signIn('manager'), await hall.signIn('administrator')];
  const events = [
    ['s11', 'mi-01', 14],
    ['s12', 'mi-02', 12],
  ].flatMap(([staff, item, n]) =>
    Array.from({ length: Number(n) }, (_, i) => {
      const [id, on] = [`${staff}-${i}`, at('2019-10-09T09:30') + i * 86_400_000];
      const place = { case: id, station: 'hall', window: 'w01', staff };
      return [
        wireEvent(`${id}/a`, 'hall.case.accepted', { ...place, channel: 'window', item }, on),
        wireEvent(`${id}/f`, 'hall.case.finished', { case: id, outcome: 'approved', staff }, on + 600_000),
        wireEvent(`${id}/r`, 'hall.rating.given', { ...place, score: 5, medium: 'pad' }, on + 660_000),
      ];
    }).flat(),
  );
  const dueBy = '2019-11-04T09:30:00+08:00';
  events.push(
    wireEvent('f', 'hall.followup.opened', { followup: 'f', about: 'check', station: 'hall', dueBy }, clock.now()),
  );
  expect((await postEvents(hall.url, events, { key: KEY })).body.rejected).toEqual([]);
});
afterAll(() => hall.close());

const documents = async (): Promise<Settings['documents']> =>
  ((await administrator.ask('GET', '/api/settings')).body as Settings).documents;
async function look(who: Browser, name: 'profile' | 'catalogue', value: object): Promise<Effects> {
  const { status, body } = await who.ask('POST', `/api/settings/${name}/effects`, { value });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as Effects;
}

test('0040 lamps of the month that an edited rule counts otherwise are said before, and are counted so after', async () => {
  const lamps = async () => ((await manager.ask('GET', '/api/followups')).body as FollowupList).lamps!;
  const yellow = async () => (await lamps()).find(({ lamp }) => lamp === 'yellow')!;
  clock.set(at('2019-11-04T10:00'));
  await vi.waitFor(async () => expect(await yellow()).toMatchObject({ lit: 1, waiting: 1, counts: 0 }), 20_000);
  // Seven working hours later no cause has come.
  clock.set(at('2019-11-05T17:30'));
  expect(await yellow()).toMatchObject({ lit: 1, waiting: 0, counts: 1 });
  const { profile } = await documents();
  const rule = { lamps: { causeHours: 100 } };
  const told = await look(manager, 'profile', { ...profile!.value, followups: rule });
  expect(told.now.filter(({ id }) => id.startsWith('lamps'))).toEqual([
    { id: 'lampsCounting', before: 1, after: 0 },
    { id: 'lampsWaiting', before: 0, after: 1 },
  ]);
  const uncounted = await look(manager, 'profile', { ...profile!.value, followups: { lamps: { counted: ['red'] } } });
  expect(uncounted.now).toContainEqual({ id: 'lampsCounting', before: 1, after: 0 });
  expect(await yellow()).toMatchObject({ counts: 1 });
  const { version, value } = profile!;
  const saved = await manager.ask('PUT', '/api/setup/profile', { version, value: { ...value, followups: rule } });
  expect(saved.status).toBe(200);
  expect(await yellow()).toMatchObject({ lit: 1, waiting: 1, counts: 0 });
});

test('scores of stars that another difficulty changes are said before, whose they are to whoever chooses by them alone', async () => {
  const { catalogue } = await documents();
  const { version, value } = catalogue!;
  const items = value.items.map((one) => (one.code === 'mi-01' ? { ...one, difficulty: 30 } : one));
  const next = { ...value, items };
  expect((await look(administrator, 'catalogue', value)).stars).toBeUndefined();
  expect((await look(administrator, 'catalogue', next)).stars).toEqual({ month: '2019-10', titles: [] });
  hall.access.accounts.addAssignment('administrator', { role: 'manager' });
  const { stars } = await look(administrator, 'catalogue', next);
  const pacesetter = stars!.titles.find(({ kind }) => kind === 'pacesetter')!;
  expect(pacesetter.before.map(({ name }) => name)).toEqual(['示例乙丑', '示例甲子']);
  expect(pacesetter.after.map(({ name }) => name)).toEqual(['示例甲子', '示例乙丑']);
  expect((await administrator.ask('PUT', '/api/setup/catalogue', { version, value: next })).status).toBe(200);
  const { titles } = (await manager.ask('GET', '/api/stars?month=2019-10')).body as StarsState;
  expect(titles.pacesetter.candidates.map(({ id, score }) => ({ id, score }))).toEqual(
    pacesetter.after.map(({ id, score }) => ({ id, score })),
  );
});
