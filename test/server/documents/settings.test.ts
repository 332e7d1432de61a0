// Documents kept up over HTTP: who may change which part, what a change would do to figures, and versions by their makers.
import { afterEach, expect, test } from 'vitest';
import { settingsLanguages } from '../../../client/words/settings.ts';
import { hintOf, labelOf } from '../../../client/pages/settings/tell.ts';
import { readShape, type Shape } from '../../../domain/settings/shape.ts';
import type { Effects, Settings, VersionEntry } from '../../../domain/wire/setup.ts';
import { DOCUMENT_SCHEMAS } from '../../../server/documents/check-document.ts';
import { acceptance, postEvents } from '../../e2e/hall-client.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

let hall: StaffedHall | undefined;
afterEach(async () => {
  await hall?.close();
  hall = undefined;
});
const read = async (browser: Browser): Promise<Settings['documents']> =>
  ((await browser.ask('GET', '/api/settings')).body as Settings).documents;

test('a manager changes the daily parts and no other, an administrator all; neither loses what nobody knows', async () => {
  hall = await openStaffedHall({ profile: (profile) => (profile['remark'] = '手写的一行') });
  const [manager, administrator] = [await hall.signIn('manager'), await hall.signIn('administrator')];
  const { profile, sending } = await read(manager);
  expect(sending).toBeUndefined();
  const { version, value } = profile!;
  const put = (browser: Browser, from: string, next: object) =>
    browser.ask('PUT', '/api/setup/profile', { version: from, value: next });
  for (const [field, next] of Object.entries({ stations: value.stations.slice(1), closesAt: '03:00', remark: '别的' }))
    expect([field, await put(manager, version, { ...value, [field]: next })]).toMatchObject([
      field,
      { status: field === 'stations' ? 422 : 403 },
    ]);
  const targets = { ...value.targets, waitMinutes: 9 };
  expect(await put(manager, version, { ...value, targets })).toMatchObject({
    status: 200,
    body: { value: { targets, remark: '手写的一行' } },
  });
  const { profile: next } = await read(administrator);
  expect(next!.maker).toMatchObject({ by: { id: 'manager' }, isByHand: false });
  expect(await put(administrator, next!.version, { ...next!.value, closesAt: '03:00' })).toMatchObject({ status: 200 });
  const { body } = await manager.ask('GET', '/api/settings/profile/versions');
  expect((body as VersionEntry[]).map(({ number, maker, isPresent }) => [number, maker?.by?.id, isPresent])).toEqual([
    [3, 'administrator', true],
    [2, 'manager', false],
    [1, undefined, false],
  ]);
  const [, , first] = body as VersionEntry[];
  expect((await manager.ask('GET', `/api/settings/profile/versions/${first!.mark}`)).body).toEqual(value);
  for (const mark of ['..%2F..%2Fsecrets', '1-zzzzzzzz', '__proto__'])
    expect((await manager.ask('GET', `/api/settings/profile/versions/${mark}`)).status).toBe(404);
});

test('what a change would do to figures is said, and nothing is done', async () => {
  hall = await openStaffedHall();
  const administrator = await hall.signIn('administrator');
  const accepted = acceptance('one', { item: 'mi-02' });
  expect((await postEvents(hall.url, accepted, { key: KEY })).body).toMatchObject({ accepted: 1 });
  const { catalogue, profile } = await read(administrator);
  const item = 'mi-02';
  const items = catalogue!.value.items.map((one) =>
    one.code === item ? { ...one, kind: one.kind === 'instant' ? 'promised' : 'instant' } : one,
  );
  const look = async (name: string, value: object): Promise<Effects> =>
    (await administrator.ask('POST', `/api/settings/${name}/effects`, { value })).body as Effects;
  const before = (await administrator.ask('GET', '/api/settings')).body;
  const changed = await look('catalogue', { ...catalogue!.value, items });
  expect(changed.spans.map(({ name }) => name)).toContain('year');
  expect(changed.spans.flatMap(({ terms }) => terms.map(({ id }) => id))).toContain('instantShare');
  expect((await look('profile', profile!.value)).spans).toEqual([]);
  expect((await administrator.ask('GET', '/api/settings')).body).toEqual(before);
});

test('every place of every document has its words, and every choice its name, in both languages', () => {
  for (const { settings } of Object.values(settingsLanguages)) {
    const missing: string[] = [];
    const walk = (shape: Shape, place: string): void => {
      if (place.includes('.') && labelOf(settings, place) === place.slice(place.lastIndexOf('.') + 1))
        missing.push(place);
      hintOf(settings, place);
      if (shape.type === 'choice')
        missing.push(...shape.options.map(String).filter((one) => !Object.hasOwn(settings.choices, one)));
      if (shape.type === 'record') for (const [name, of] of Object.entries(shape.fields)) walk(of, `${place}.${name}`);
      if (shape.type === 'list' || shape.type === 'map') walk(shape.of, place);
      if (shape.type === 'map')
        missing.push(...(shape.keys ?? []).filter((one) => !Object.hasOwn(settings.choices, one)));
    };
    for (const [name, schema] of Object.entries(DOCUMENT_SCHEMAS)) walk(readShape(schema), name);
    expect(missing).toEqual([]);
  }
});
