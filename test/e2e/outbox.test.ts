// Nothing typed is lost, in a real browser: whatever becomes of page, tab, browser, store, session, network, server and
// clocks, each entry is with the server once, in the name, at the station and of the time of its making.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { openDeskServer, PASSWORD, type DeskServer } from './desk-server.ts';
import {
  findDifferences,
  look,
  openDesk,
  readStore,
  record,
  setStoreFull,
  signIn,
  startKillable,
  until,
  untilSent,
  untilTaken,
  waitForDesk,
  write,
  type KillableBrowser,
  type Told,
} from './desk-work.ts';

let browser: Browser;
let server: DeskServer;
let context: BrowserContext;
let told: Told[];
let killable: KillableBrowser | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  [server, context] = await Promise.all([openDeskServer(), browser.newContext()]);
  told = [];
});
afterEach(async () => {
  await killable?.kill();
  await context.close();
  await server.stop();
});

async function openSignedIn(staff = 's01'): Promise<Page> {
  const page = await openDesk(context, server);
  await signIn(page, staff);
  return page;
}

const note = async (page: Page, more?: Parameters<typeof record>[2]): Promise<Told> => {
  const one = await record(page, server, more);
  told.push(one);
  return one;
};

async function expectAll(...pages: Page[]): Promise<void> {
  await untilTaken(server, told);
  await untilSent(...pages);
  expect(findDifferences(server, told)).toEqual([]);
}

const stateBecomes = (page: Page, state: string): Promise<void> =>
  until(async () => (await look(page)).state === state);

describe('server and network', () => {
  test('what is made is sent at once, and leaves the browser', async () => {
    const page = await openSignedIn();
    for (const station of ['hall', 'wuhe']) await note(page, { station });
    await expectAll(page);
    expect(await readStore(page)).toEqual([]);
    expect(told[0]!.id).toMatch(/^\d{4}-\d\d-\d\d\/s01\/[a-z]{20}$/);
  });

  test('without a server all is kept, through reloads, and goes once it is back', async () => {
    const page = await openSignedIn();
    await server.stop();
    await note(page);
    await stateBecomes(page, 'offline');
    expect(await look(page)).toMatchObject({ unsent: 1, refused: 0 });
    await note(page);
    await server.start();
    await expectAll(page);
    server.mood = { status: 502, body: '<h1>Bad gateway</h1>' };
    await note(page);
    await page.reload();
    await waitForDesk(page);
    await until(async () => (await look(page)).unsent === 1);
    await note(page);
    server.mood = 'well';
    await expectAll(page);
  });

  test('answers that are lost after their entries were taken are asked for again', async () => {
    const page = await openSignedIn();
    server.mood = 'cut-after';
    for (let i = 0; i < 5; i++) await note(page);
    await until(() => server.posts.length >= 3);
    expect(await look(page)).toMatchObject({ unsent: 5 });
    server.mood = 'well';
    await expectAll(page);
  });

  test.each([
    ['a page of a gateway', { status: 200, body: '<html>Please sign in to the network</html>' }],
    ['an answer to something else', { status: 200, body: '{"ok": true}' }],
    ['an answer about nothing', { status: 200, body: '{"outcomes": []}' }],
    ['an answer about others', { status: 200, body: '{"outcomes": [{"id": "another", "ok": true}]}' }],
    ['a refusal that is no word of the hall’s', { status: 400, body: 'no' }],
    ['a foreign 403', { status: 403, body: 'no' }],
  ])('%s takes nothing away', async (_name, mood) => {
    const page = await openSignedIn();
    server.mood = mood;
    await note(page);
    await note(page);
    await stateBecomes(page, 'offline');
    expect(await readStore(page)).toHaveLength(2);
    expect(await look(page)).toMatchObject({ unsent: 2, refused: 0 });
    server.mood = 'well';
    await expectAll(page);
  });

  test.each([429, 503, 507])('a server that says %i is left alone for as long as it says', async (status) => {
    const page = await openSignedIn();
    server.mood = { status, retryAfter: '2', body: '{}' };
    await note(page);
    await until(() => server.posts.length === 1);
    const saidAt = performance.now();
    server.mood = 'well';
    await note(page);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await until(() => server.posts.length === 2);
    expect(performance.now() - saidAt).toBeGreaterThan(1_800);
    await expectAll(page);
  });

  test('a morning without a server goes in bodies that one takes', async () => {
    const page = await openSignedIn();
    await server.stop();
    for (let i = 0; i < 60; i++) await note(page);
    const long = '缺'.repeat(500);
    const big = await page.evaluate(async (words) => {
      const made = [];
      for (let i = 0; i < 12; i++) {
        const deferredDocuments = Array.from({ length: 20 }, () => words);
        const act = { type: 'case', case: `c${i}`, item: 'x1', channel: 'window', handling: 'instant' } as const;
        made.push(await window.desk.record({ station: 'hall', act: { ...act, deferredDocuments } }));
      }
      return made.map((one) => (one.type === 'kept' ? one.entry.id : one.type));
    }, long);
    await server.start();
    await untilSent(page);
    expect(big.filter((id) => !server.taken.has(id))).toEqual([]);
    expect([...server.taken.keys()]).toEqual([...told.map(({ id }) => id), ...big]);
    expect(Math.max(...server.posts.map((ids) => ids.length))).toBe(50);
    // None was turned away for its length.
    expect(server.posts.flat()).toHaveLength(72);
  });
});

describe('tabs and browsers', () => {
  test('two tabs at once, and each knows what the other has not sent yet', async () => {
    const [first, second] = [await openSignedIn(), await openDesk(context, server)];
    await until(() => second.evaluate(() => window.desk.session.state === 'in'));
    server.mood = 'cut-before';
    await note(first);
    await until(async () => (await look(second)).unsent === 1);
    const both = [first, second, first, second, first, second];
    await Promise.all(both.map((page) => note(page)));
    server.mood = 'cut-after';
    await until(() => server.taken.size === 7);
    server.mood = 'well';
    await expectAll(first, second);
  });

  test('where no channel is there to tell, tabs know all the same', async () => {
    await context.addInitScript(() => Reflect.deleteProperty(window, 'BroadcastChannel'));
    const [first, second] = [await openSignedIn(), await openDesk(context, server)];
    server.mood = 'cut-before';
    await note(first);
    await until(async () => (await look(second)).unsent === 1);
    server.mood = 'well';
    await expectAll(first, second);
  });

  test('what a tab kept and did not send, because it was closed, another sends', async () => {
    const [first, second] = [await openSignedIn(), await openDesk(context, server)];
    server.mood = 'cut-before';
    await note(first);
    await first.close();
    server.mood = 'well';
    await expectAll(second);
  });

  test('a browser that is killed, twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallpulse-profile-'));
    killable = await startKillable(folder);
    let page = await openDesk(killable.context, server);
    await signIn(page, 's01');
    server.mood = 'cut-before';
    for (let i = 0; i < 3; i++) await note(page);
    await killable.kill();
    killable = await startKillable(folder);
    page = await openDesk(killable.context, server);
    // Its session ended with it; what it kept did not.
    expect(await page.evaluate(() => window.desk.session.state)).toBe('out');
    expect(await look(page)).toEqual({ unsent: 0, refused: 0, state: 'none' });
    await signIn(page, 's01');
    await until(async () => (await look(page)).unsent === 3);
    server.mood = 'cut-after';
    await note(page);
    await until(() => server.taken.size === 4);
    await killable.kill();
    server.mood = 'well';
    killable = await startKillable(folder);
    page = await openDesk(killable.context, server);
    await signIn(page, 's01');
    await until(async () => (await look(page)).state === 'sent');
    await expectAll(page);
    await killable.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
});

describe('the store', () => {
  test('one that is full is said, warns before the tab is closed, and what was typed is sent all the same', async () => {
    const page = await openSignedIn();
    await note(page);
    await setStoreFull(page, true);
    server.mood = 'cut-before';
    const made = await write(page, { type: 'service', kind: 'copying' });
    expect(made).toMatchObject({ type: 'only-in-memory', because: 'full' });
    await note(page, { kind: 'only-in-memory' });
    expect((await look(page)).state).toBe('not-kept');
    await page.locator('#touch').click();
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    server.mood = 'well';
    await untilSent(page);
    expect([...server.taken.values()].filter(({ act }) => act.type === 'service')).toHaveLength(1);
    expect(told.filter(({ id }) => !server.taken.has(id))).toEqual([]);
    expect(server.taken.size).toBe(3);
  });

  test('once there is room again what lay in the tab alone is kept, in its order', async () => {
    const page = await openSignedIn();
    server.mood = 'cut-before';
    await setStoreFull(page, true);
    for (let i = 0; i < 3; i++) await note(page, { kind: 'only-in-memory' });
    await setStoreFull(page, false);
    await until(async () => (await look(page)).state !== 'not-kept');
    expect(await readStore(page)).toHaveLength(3);
    await note(page);
    await page.reload();
    await waitForDesk(page);
    server.mood = 'well';
    await expectAll(page);
    expect([...server.taken.keys()]).toEqual(told.map(({ id }) => id));
  });

  test.each([
    ['does not exist', () => Object.defineProperty(window, 'indexedDB', { value: undefined })],
    [
      'may not be used',
      () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('Denied.', 'SecurityError');
        };
      },
    ],
    ['never answers', () => (IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest)],
  ])('where it %s, that is said, and what was typed is sent from the tab', async (_name, forbid) => {
    await context.addInitScript(forbid);
    const page = await openSignedIn();
    server.mood = 'cut-before';
    expect(await write(page, { type: 'service', kind: 'express' })).toMatchObject({
      type: 'only-in-memory',
      because: 'forbidden',
    });
    await note(page, { kind: 'only-in-memory' });
    expect(await look(page)).toMatchObject({ state: 'not-kept', unsent: 2 });
    server.mood = 'well';
    await untilTaken(server, told);
    await untilSent(page);
    expect(server.taken.size).toBe(2);
  });

  test('one that was taken away while the page is open is filled again with what the page knows', async () => {
    const page = await openSignedIn();
    server.mood = 'cut-before';
    for (let i = 0; i < 3; i++) await note(page);
    const client = await context.newCDPSession(page);
    await client.send('Storage.clearDataForOrigin', { origin: server.origin, storageTypes: 'indexeddb' });
    await until(async () => (await readStore(page)).length === 3);
    await page.reload();
    await waitForDesk(page);
    await note(page);
    server.mood = 'well';
    await expectAll(page);
  });

  test('a hall, its practice and a demonstration of the same name keep theirs apart', async () => {
    const page = await openSignedIn();
    server.mood = 'cut-before';
    await note(page);
    server.hall = { ...server.hall, practice: true };
    await until(() => page.evaluate(() => window.desk.session.who?.hall.practice === true));
    expect(await look(page)).toMatchObject({ unsent: 0 });
    server.mood = 'well';
    const practised = await record(page, server);
    await untilTaken(server, [practised]);
    expect(findDifferences(server, [practised])).toEqual([]);
    server.hall = { ...server.hall, practice: false };
    told.push(practised);
    await expectAll();
  });
});

describe('people', () => {
  test('a session that ends in the middle stops the sending, through a reload, until its person signs in', async () => {
    const page = await openSignedIn();
    await note(page);
    await untilTaken(server, told);
    server.endSessions();
    await note(page);
    await stateBecomes(page, 'signed-out');
    await until(() => page.evaluate(() => window.desk.session.state === 'expired'));
    // Whoever typed on is not stopped in the middle of a sentence.
    await note(page);
    expect(await look(page)).toMatchObject({ unsent: 2 });
    expect(server.taken.size).toBe(1);
    await page.reload();
    await waitForDesk(page);
    await until(() => page.evaluate(() => window.desk.session.state === 'out'));
    await signIn(page, 's01');
    await expectAll(page);
  });

  test('two on one PC: nothing of one is shown to, or sent by, the other', async () => {
    const page = await openSignedIn('s01');
    server.mood = 'cut-before';
    for (let i = 0; i < 2; i++) await note(page);
    await page.evaluate(() => window.desk.leave());
    expect(await page.evaluate(() => [window.desk.session.state, window.desk.session.who])).toEqual(['out', undefined]);
    expect((await look(page)).unsent).toBe(0);
    await signIn(page, 's02');
    await note(page);
    expect(await page.evaluate(() => window.desk.outbox!.unsent.map(({ author }) => author))).toEqual(['s02']);
    expect(await page.evaluate(() => window.desk.outbox!.counts('s02'))).toEqual({ waiting: 1, refused: 0 });
    server.mood = 'well';
    await until(() => server.taken.size === 1);
    await untilSent(page);
    expect([...server.taken.values()].map(({ author }) => author)).toEqual(['s02']);
    expect(await page.evaluate(() => window.desk.outbox!.counts('s01'))).toEqual({ waiting: 2, refused: 0 });
    await signIn(page, 's01');
    await expectAll(page);
  });

  test('a tab that has not heard who is signed in by now sends nothing in the wrong name, and refuses nothing for it', async () => {
    const [first, second] = [await openSignedIn('s01'), await openDesk(context, server)];
    await second.evaluate(() => window.desk.session.state);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await first.route('**/api/session', (route) => held.then(() => route.continue()));
    // As another page signs somebody in, which tells no tab of it.
    await second.evaluate(
      (password) => fetch('/api/session', { method: 'POST', body: JSON.stringify({ staff: 's02', password }) }),
      PASSWORD,
    );
    await note(first);
    await until(() => server.posts.length > 0);
    release();
    await until(() => first.evaluate(() => window.desk.session.who?.staff === 's02'));
    expect(server.taken.size).toBe(0);
    expect(await look(first)).toMatchObject({ unsent: 0, refused: 0 });
    expect(await readStore(first)).toMatchObject([{ author: 's01', state: 'waiting' }]);
    await note(first);
    await untilSent(first);
    expect([...server.taken.values()].map(({ author }) => author)).toEqual(['s02']);
    await signIn(first, 's01');
    await expectAll(first);
  });

  test('who leaves while there is no server is signed out as soon as there is one', async () => {
    const page = await openSignedIn();
    await server.stop();
    await note(page);
    await page.evaluate(() => window.desk.leave());
    await server.start();
    await until(() => page.evaluate(async () => (await fetch('/api/session')).status === 401));
    expect(await page.evaluate(() => window.desk.session.state)).toBe('out');
    expect(server.taken.size).toBe(0);
    await signIn(page, 's01');
    await expectAll(page);
  });

  test('a page that finds no server knows for half a day who records', async () => {
    const page = await openSignedIn();
    await page.route('**/api/**', (route) => route.abort());
    await page.reload();
    await waitForDesk(page);
    expect(await page.evaluate(() => [window.desk.session.state, window.desk.session.who?.name])).toEqual([
      'kept',
      '陈静',
    ]);
    await note(page);
    await page.unroute('**/api/**');
    await expectAll(page);
    await page.evaluate(() => {
      const key = Object.keys(localStorage).find((name) => name.includes('signed-in'))!;
      const kept = JSON.parse(localStorage.getItem(key)!) as { heardAt: number };
      window.desk.session.refresh = () => Promise.resolve(false);
      localStorage.setItem(key, JSON.stringify({ ...kept, heardAt: kept.heardAt - 12.1 * 3_600_000 }));
    });
    await page.route('**/api/**', (route) => route.abort());
    await page.reload();
    await page.waitForFunction(() => window.ready);
    expect(await page.evaluate(() => window.desk.session.who)).toBeUndefined();
    expect(await write(page, { type: 'service', kind: 'copying' })).toEqual({ type: 'nobody' });
  });
});

describe('what is refused', () => {
  test('stays with its reason, through a reload, until it is corrected or thrown away, and holds up nothing else', async () => {
    const page = await openSignedIn();
    server.refuse = ({ act }) =>
      act.type === 'consultation' && act.topic === '坏' ? { reason: 'text', field: 'act.topic' } : undefined;
    const bad = () => write(page, { type: 'consultation', medium: 'phone', topic: '坏' });
    await bad();
    await bad();
    await note(page);
    await until(async () => (await look(page)).refused === 2);
    await untilTaken(server, told);
    await page.reload();
    await waitForDesk(page);
    await until(async () => (await look(page)).refused === 2);
    const refused = await page.evaluate(() => window.desk.outbox!.refused);
    expect(refused).toMatchObject([
      { reason: 'text', field: 'act.topic', entry: { act: { topic: '坏' } } },
      { reason: 'text', field: 'act.topic' },
    ]);
    const [first, second] = refused;
    const corrected = await page.evaluate(
      ([id, at]) =>
        window.desk
          .correct(id!, { station: 'hall', act: { type: 'consultation', medium: 'phone', topic: '好' } })
          .then((made) => (made.type === 'kept' && made.entry.at === at ? made.entry.id : made.type)),
      [first!.id, first!.entry.at],
    );
    expect(corrected).not.toBe(first!.id);
    await until(() => server.taken.has(corrected));
    // Whoever corrects what is no longer there makes no second one.
    expect(
      await page.evaluate(
        (id) => window.desk.correct(id, { station: 'hall', act: { type: 'service', kind: 'copying' } }),
        first!.id,
      ),
    ).toEqual({ type: 'gone' });
    await page.evaluate((id) => window.desk.outbox!.discard(id), second!.id);
    await until(async () => (await look(page)).refused === 0);
    expect(await readStore(page)).toEqual([]);
    expect([...server.taken.keys()]).toEqual([told[0]!.id, corrected]);
  });

  test('two tabs that correct the same entry make one of it', async () => {
    const [first, second] = [await openSignedIn(), await openDesk(context, server)];
    server.refuse = ({ act }) => (act.type === 'service' ? { reason: 'feed' } : undefined);
    await write(first, { type: 'service', kind: 'copying' });
    await until(async () => (await look(first)).refused === 1 && (await look(second)).refused === 1);
    // Both have it before their eyes: what either of them does then takes it from the other's list.
    const refused = await first.evaluate(() => window.desk.outbox!.refused[0]!.id);
    const correct = (page: Page) =>
      page.evaluate(
        (id) => window.desk.correct(id, { station: 'hall', act: { type: 'consultation', medium: 'visit' } }),
        refused,
      );
    const made = await Promise.all([correct(first), correct(second)]);
    expect(made.map(({ type }) => type).sort()).toEqual(['gone', 'kept']);
    await until(() => server.taken.size === 1);
    await untilSent(first, second);
    expect(server.taken.size).toBe(1);
  });

  test('is corrected on a full store too, and once', async () => {
    const page = await openSignedIn();
    server.refuse = ({ act }) => (act.type === 'service' ? { reason: 'feed' } : undefined);
    await write(page, { type: 'service', kind: 'copying' });
    await until(async () => (await look(page)).refused === 1);
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('No room.', 'QuotaExceededError');
      };
    });
    server.mood = 'cut-after';
    const made = await page.evaluate(() =>
      window.desk.correct(window.desk.outbox!.refused[0]!.id, {
        station: 'hall',
        act: { type: 'consultation', medium: 'visit' },
      }),
    );
    expect(made).toMatchObject({ type: 'only-in-memory', because: 'full' });
    expect(await look(page)).toEqual({ unsent: 1, refused: 0, state: 'not-kept' });
    await until(() => server.taken.size === 1);
    server.mood = 'well';
    await untilSent(page);
    expect(await readStore(page)).toEqual([]);
    expect(server.taken.size).toBe(1);
  });

  test('an undo of what was refused takes both away', async () => {
    const page = await openSignedIn();
    server.refuse = ({ act }) => (act.type === 'service' ? { reason: 'feed' } : undefined);
    server.mood = 'cut-before';
    const made = await write(page, { type: 'service', kind: 'copying' });
    if (made.type !== 'kept') throw new Error(made.type);
    await write(page, { type: 'undo', entry: made.entry.id });
    await note(page);
    server.mood = 'well';
    await expectAll(page);
    expect(await look(page)).toEqual({ unsent: 0, refused: 0, state: 'sent' });
    expect(await readStore(page)).toEqual([]);
  });

  test('a citizen’s name or number is not even kept', async () => {
    const page = await openSignedIn();
    server.mood = 'cut-before';
    const acts = [
      { type: 'consultation', medium: 'visit', topic: '王小明 13812345678 咨询社保' },
      { type: 'training', topic: '身份证 11010519491231002X', people: 3 },
      { type: 'case', case: '13812345678', item: 'x1', channel: 'window', handling: 'instant' },
    ] as const;
    const made = [];
    for (const act of acts) made.push(await write(page, act));
    expect(made).toEqual([
      { type: 'refused', reason: 'identity', field: 'act.topic' },
      { type: 'refused', reason: 'identity', field: 'act.topic' },
      { type: 'refused', reason: 'identity', field: 'act.case' },
    ]);
    expect(await write(page, { type: 'training', topic: '', people: 3 })).toEqual({
      type: 'refused',
      reason: 'form',
      field: 'act.topic',
    });
    expect(await readStore(page)).toEqual([]);
    expect(server.posts).toEqual([]);
    // Whoever works here may be named.
    expect(await write(page, { type: 'training', topic: '陈静讲窗口礼仪', people: 3 })).toMatchObject({ type: 'kept' });
  });
});

describe('clocks', () => {
  /** The PC's date, ahead of the truth by `offsetMs`, and its steady clock as it is. */
  const setDate = (offsetMs: number): Promise<unknown> =>
    context.addInitScript((first) => {
      const now = Date.now.bind(Date);
      Object.assign(window, { ahead: first });
      Date.now = () => now() + (window as unknown as { ahead: number }).ahead;
    }, offsetMs);
  const jump = (page: Page, toMs: number): Promise<unknown> =>
    page.evaluate((ahead) => Object.assign(window, { ahead }), toMs);

  test.each([6 * 60_000, -6 * 60_000, 400 * 86_400_000])(
    'a PC whose date is off by %i ms makes right times',
    async (ms) => {
      await setDate(ms);
      const page = await openSignedIn();
      await note(page);
      await server.stop();
      await note(page);
      await server.start();
      await expectAll(page);
    },
  );

  test('a date that jumps back, with and without a server', async () => {
    await setDate(6 * 60_000);
    const page = await openSignedIn();
    await jump(page, 0);
    await note(page);
    await server.stop();
    await jump(page, -3_600_000);
    await note(page);
    await server.start();
    await expectAll(page);
  });

  test('a date that jumps ahead while there is a server to ask', async () => {
    await setDate(0);
    const page = await openSignedIn();
    await jump(page, 86_400_000);
    await note(page);
    await expectAll(page);
  });

  test('what is written while a jump is being asked about waits for the same word', async () => {
    await setDate(0);
    const page = await openSignedIn();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/api/session', (route) => held.then(() => route.continue()));
    await jump(page, 3_600_000);
    // The page has seen it, and asks.
    await until(() => page.evaluate(() => window.desk.now > performance.timeOrigin + performance.now() + 3_000_000));
    const writing = note(page);
    // What is asked of a page later comes later.
    await page.evaluate(() => undefined);
    release();
    await writing;
    await expectAll(page);
  });

  test('a date that is set ahead and put right while there is none', async () => {
    await setDate(0);
    const page = await openSignedIn();
    await server.stop();
    await jump(page, 3_600_000);
    await page.evaluate(() => window.desk.clock.read());
    await jump(page, 0);
    await note(page);
    await server.start();
    await expectAll(page);
  });

  test('a page that is reloaded on a PC six minutes fast, and finds no server', async () => {
    await setDate(6 * 60_000);
    const page = await openSignedIn();
    await page.route('**/api/**', (route) => route.abort());
    await page.reload();
    await waitForDesk(page);
    await note(page);
    await page.unroute('**/api/**');
    await expectAll(page);
  });
});

describe('link and catalogue', () => {
  const joined = (page: Page) => page.evaluate(() => [window.desk.link.link, window.desk.link.state?.station]);

  test('the last state stays while there is no server, and a return is noticed', async () => {
    const page = await openSignedIn();
    await page.evaluate(() => window.desk.link.join('hall'));
    await until(async () => (await joined(page))[0] === 'live');
    const seq = () => page.evaluate(() => window.desk.link.state?.seq);
    expect(await seq()).toBe(0);
    await note(page);
    await untilTaken(server, told);
    server.push('hall');
    await until(async () => (await seq()) === 1);
    server.push('wuhe');
    await server.stop();
    await until(async () => (await joined(page))[0] === 'offline');
    expect(await joined(page)).toEqual(['offline', 'hall']);
    const age = await page.evaluate(() => window.desk.clock.read() - window.desk.link.state!.now);
    expect(age).toBeGreaterThan(0);
    await note(page);
    await server.start();
    await until(async () => (await joined(page))[0] === 'live');
    await expectAll(page);
  });

  test('a session that ends ends the link; it comes back with whoever signs in again, and goes with whoever leaves', async () => {
    const page = await openSignedIn();
    await page.evaluate(() => window.desk.link.join('hall'));
    await until(async () => (await joined(page))[0] === 'live');
    server.endSessions();
    await until(async () => (await joined(page))[0] === 'not-allowed');
    expect(await page.evaluate(() => window.desk.session.state)).toBe('expired');
    await signIn(page, 's01');
    await until(async () => (await joined(page))[0] === 'live');
    await page.evaluate(() => window.desk.leave());
    expect(await joined(page)).toEqual(['idle', undefined]);
    await signIn(page, 's02');
    await page.evaluate(() => window.desk.link.join('gone'));
    await until(async () => (await joined(page))[0] === 'unknown-station');
    await page.evaluate(() => window.desk.link.join('wuhe'));
    await until(async () => (await joined(page))[0] === 'live');
    expect(await joined(page)).toEqual(['live', 'wuhe']);
  });

  test('the catalogue is there without a server, each station’s own, and asked for again only where it has changed', async () => {
    const page = await openSignedIn();
    const read = (station: string) => page.evaluate((where) => window.desk.readCatalogue(where), station);
    const hall = { station: 'hall', items: [] };
    expect(await read('hall')).toEqual({ type: 'here', catalogue: hall, isKept: false });
    expect(await read('hall')).toEqual({ type: 'here', catalogue: hall, isKept: false });
    expect(server.catalogues).toEqual([200, 304]);
    server.catalogue = { items: ['x2'] };
    expect(await read('hall')).toMatchObject({ catalogue: { items: ['x2'] } });
    await page.route('**/api/**', (route) => route.abort());
    await page.reload();
    await waitForDesk(page);
    expect(await read('hall')).toEqual({ type: 'here', catalogue: { station: 'hall', items: ['x2'] }, isKept: true });
    expect(await read('wuhe')).toEqual({ type: 'none' });
    await page.unroute('**/api/**');
    server.endSessions();
    expect(await read('hall')).toEqual({ type: 'signed-out' });
  });
});
