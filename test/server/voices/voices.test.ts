// What citizens say: counted at once and without words, read, released, answered by whoever may, and told by the receipt.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SayAnswer, VoicesState, VoiceView } from '../../../domain/wire/voices.ts';
import { CODE_SIGNS } from '../../../domain/voices/events.ts';
import { openVoiceStore } from '../../../server/voices/store.ts';
import { createMovingClock } from '../moving-clock.ts';
import { KEY, openStaffedHall, type Answer, type Browser, type StaffedHall, type Who } from '../staffed-hall.ts';

/** A Tuesday at ten. */
const NOW = Date.parse('2019-11-26T10:00:00+08:00');
const DAY_MS = 86_400_000;
const clock = createMovingClock(NOW);
let hall: StaffedHall;
let tablet: Browser;
const browsers = new Map<Who, Browser>();
beforeAll(async () => {
  hall = await openStaffedHall({ clock });
  tablet = await openTablet('hall');
});
afterAll(() => hall.close());

async function openTablet(station: string): Promise<Browser> {
  const { secret } = hall.access.displayTokens.add({ hall: 'meilin', audience: { say: station }, label: 'tablet' });
  const browser = hall.browser();
  expect((await browser.ask('GET', `/say?token=${secret}`)).status).toBe(303);
  return browser;
}
async function as(who: Who): Promise<Browser> {
  const known = browsers.get(who) ?? (await hall.signIn(who));
  browsers.set(who, known);
  return known;
}

let drawn = 0;
/** A code and an id that nobody drew before. */
function draw(): { code: string; id: string } {
  const n = String(++drawn).padStart(3, '0');
  const letters = [...n].map((digit) => CODE_SIGNS[Number(digit)]!).join('');
  return {
    code: `ABCDEFG${letters}`,
    id: [...n]
      .map((digit) => 'abcdefghij'[Number(digit)])
      .join('')
      .padEnd(20, 'z'),
  };
}
const say = (more: object = {}, browser = tablet): Promise<Answer> =>
  browser.ask('POST', '/api/say', { code: draw().code, kind: 'suggestion', text: '希望等候区多设座位', ...more });
async function listOf(who: Who, list = 'waiting', more = ''): Promise<VoicesState> {
  const { status, body } = await (await as(who)).ask('GET', `/api/suggestions?list=${list}${more}`);
  expect(status).toBe(200);
  return body;
}
const find = async (who: Who, text: string, list = 'waiting'): Promise<VoiceView | undefined> =>
  (await listOf(who, list)).voices.find((one) => one.text === text);
const act = async (who: Who, { kind, id }: Pick<VoiceView, 'kind' | 'id'>, deed: object): Promise<Answer> =>
  (await as(who)).ask('POST', `/api/suggestions/${kind}/${id}`, { id: draw().id, ...deed });
const look = async (code: string): Promise<SayAnswer> => {
  const { status, body } = await hall.browser().ask('POST', '/api/say/look', { code });
  expect(status).toBe(200);
  return body;
};
const eventsOf = async (id: string) =>
  (await hall.server.ledger.read(0, 10_000)).filter(({ data }) => Object.values(data).includes(id));
/** Everything that the hall has written, but for what waits. */
function writtenWords(): string {
  const names = readdirSync(hall.folder).filter((name) => statSync(join(hall.folder, name)).isFile());
  return names
    .filter((name) => !name.startsWith('voices.sqlite'))
    .map((name) => readFileSync(join(hall.folder, name)).toString('utf8'))
    .join('\n');
}
const waitingWords = (): string =>
  readdirSync(hall.folder)
    .filter((name) => name.startsWith('voices.sqlite'))
    .map((name) => readFileSync(join(hall.folder, name)).toString('utf8'))
    .join('\n');

test('C17 a suggestion counts at once, without its words, which wait in a file for their owner alone', async () => {
  const text = '等候区的空调太冷';
  const { code } = draw();
  expect(await say({ code, text })).toMatchObject({ status: 200, body: { ok: true } });
  const view = (await find('lead', text))!;
  expect(view).toMatchObject({ kind: 'suggestion', station: 'hall', words: 'unread', marks: [] });
  expect(await eventsOf(view.id)).toMatchObject([
    { type: 'hall.suggestion.received', data: { suggestion: view.id, station: 'hall' } },
  ]);
  expect(writtenWords()).not.toContain(text);
  expect(statSync(join(hall.folder, 'voices.sqlite')).mode & 0o777).toBe(0o600);
  // Nobody who reads the ledger can read the answer in the citizen's place.
  expect(writtenWords() + waitingWords()).not.toContain(code);
  expect(await look(code)).toMatchObject({ kind: 'suggestion', state: 'waiting', at: view.at });
});

test('from reading to the answer: released with other words, assigned, adopted, and told to the citizen', async () => {
  const { code } = draw();
  await say({ code, text: '我说一句很长的话：多设座位' });
  const view = (await find('lead', '我说一句很长的话：多设座位'))!;
  expect(await act('lead', view, { deed: 'answer', words: '好' })).toMatchObject({
    status: 409,
    body: { error: 'unread' },
  });
  const release = { id: draw().id, deed: 'release', text: '多设座位' };
  expect((await act('lead', view, release)).status).toBe(200);
  // The answer was lost, and the page asks once more, a while later.
  clock.set(NOW + 20_000);
  expect((await act('lead', view, release)).status).toBe(200);
  expect((await act('lead', view, { ...release, text: '别的' })).status).toBe(409);
  expect(waitingWords()).not.toContain('很长的话');
  expect(await act('lead', view, { deed: 'assign', owner: 'elsewhere' })).toMatchObject({
    ...{ status: 404, body: { error: 'unknown-owner', field: 'owner' } },
  });
  expect((await act('lead', view, { deed: 'assign', owner: 'clerk', dueOn: '2019-11-29' })).status).toBe(200);
  expect(await find('manager', '多设座位', 'open')).toMatchObject({
    ...{ words: 'released', edited: true, owner: '示例clerk', dueBy: Date.parse('2019-11-30T00:00:00+08:00') - 1 },
    releasedBy: '示例lead',
  });
  expect(await look(code)).toMatchObject({ state: 'open', text: '多设座位', edited: true });
  expect((await act('manager', view, { deed: 'answer', words: '已添二十把椅子', adopted: true })).status).toBe(200);
  expect(await look(code)).toEqual({
    ...{ kind: 'suggestion', at: view.at, timeZone: 'Asia/Shanghai', state: 'adopted', text: '多设座位', edited: true },
    end: { at: expect.any(Number) as number, words: '已添二十把椅子' },
  });
  const [closed] = (await listOf('lead', 'closed', `&q=${encodeURIComponent('二十把')}`)).voices;
  expect(closed).toMatchObject({ id: view.id, end: { adopted: true }, endedBy: '示例manager' });
  const stars = (await (await as('manager')).ask('GET', '/api/board?topic=stars')).body as unknown as {
    data: { suggestions: Record<string, object> };
  };
  expect(stars.data.suggestions[view.id]).toEqual({
    ...{ text: '多设座位', receivedAt: view.at, state: 'adopted', answer: '已添二十把椅子' },
  });
  expect((await eventsOf(view.id)).map(({ type }) => type.slice('hall.suggestion.'.length))).toEqual([
    ...['received', 'released', 'assigned', 'answered'],
  ]);
});

test('what could not be done is a request of its own topic, on time where it was answered by its day', async () => {
  const { code } = draw();
  await say({ code, kind: 'cannot-be-done', text: '跑了三趟没办成' });
  const view = (await find('lead', '跑了三趟没办成'))!;
  expect(view).toMatchObject({ kind: 'request', topic: 'cannot-be-done', medium: 'tablet' });
  await act('lead', view, { deed: 'release', text: '跑了三趟没办成' });
  await act('lead', view, { deed: 'assign', owner: 'clerk', dueOn: '2019-11-27' });
  await act('lead', view, { deed: 'answer', words: '今天已当场办结' });
  const last = (await eventsOf(view.id)).at(-1);
  expect(last).toMatchObject({ type: 'hall.request.answered', data: { answer: '今天已当场办结', onTime: true } });
  expect(last!.data).not.toHaveProperty('edited');
  expect(await look(code)).toMatchObject({ kind: 'cannot-be-done', state: 'answered' });
});

test('nobody decides about themselves: not by name, not once said, and not as its owner', async () => {
  const named = '窗口的示例lead一直在玩手机';
  await say({ kind: 'complaint', text: named });
  const hidden = (await listOf('lead')).voices.find(({ words }) => words === 'yours')!;
  expect(hidden).toMatchObject({ kind: 'complaint', marks: [], words: 'yours' });
  expect(hidden.text).toBeUndefined();
  expect((await listOf('lead', 'waiting', `&q=${encodeURIComponent('玩手机')}`)).voices).toEqual([]);
  expect(await act('lead', hidden, { deed: 'decline', words: '不实' })).toMatchObject({
    ...{ status: 403, body: { error: 'about-you' } },
  });
  const plain = '三号窗口态度不好';
  await say({ kind: 'complaint', text: plain });
  const view = (await find('manager', plain))!;
  const about = (await listOf('manager')).staff[0]!;
  expect(await act('manager', view, { deed: 'release', text: plain, about: 'nobody' })).toMatchObject({
    ...{ status: 404, body: { field: 'about' } },
  });
  expect((await act('manager', view, { deed: 'release', text: plain, about: about.id })).status).toBe(200);
  expect((await find('manager', plain, 'open'))!.about).toEqual([about.name]);
  expect((await act('manager', view, { deed: 'answer', words: '已核实并道歉', upheld: true })).status).toBe(200);
  const measures = (await (await as('manager')).ask('GET', '/api/measures?from=2019-11-26&to=2019-11-26')).body;
  expect((measures as { complaints: object }).complaints).toEqual({ received: 2, answered: 1, upheld: 1 });
});

test('a lead reads at their own station, a clerk nothing, and both type in slips there', async () => {
  const other = await openTablet('meifeng');
  await say({ text: '梅丰的灯坏了' }, other);
  expect(await find('lead', '梅丰的灯坏了')).toBeUndefined();
  const view = (await find('manager', '梅丰的灯坏了'))!;
  expect((await act('lead', view, { deed: 'decline', words: '无' })).status).toBe(404);
  const { mayAnswer, voices, stations } = await listOf('clerk');
  expect({ mayAnswer, voices, stations: stations.map(({ id }) => id) }).toEqual({
    ...{ mayAnswer: false, voices: [], stations: ['hall'] },
  });
  const slip = { code: draw().code, kind: 'suggestion', text: '意见箱里的纸条', station: 'hall' };
  expect((await (await as('clerk')).ask('POST', '/api/suggestions', slip)).status).toBe(200);
  expect(await (await as('clerk')).ask('POST', '/api/suggestions', { ...slip, station: 'meifeng' })).toMatchObject({
    ...{ status: 403 },
  });
  expect((await find('lead', '意见箱里的纸条'))!.words).toBe('unread');
});

test('whoever one is given to is told so, sees its released words and answers it, and nothing else of it', async () => {
  const { code } = draw();
  const own = async (who: Who): Promise<object> => (await (await as(who)).ask('GET', '/api/suggestions/own')).body;
  await say({ code, text: '请在三号窗口前加椅子' });
  const view = (await find('lead', '请在三号窗口前加椅子'))!;
  // What nobody has read yet is not its owner's to see.
  expect((await act('lead', view, { deed: 'assign', owner: 'clerk', dueOn: '2019-11-27' })).status).toBe(200);
  expect([await own('clerk'), (await listOf('clerk', 'open')).voices]).toEqual([{ open: 0, late: 0 }, []]);
  expect((await act('clerk', view, { deed: 'answer', words: '好', adopted: true })).status).toBe(404);
  await act('lead', view, { deed: 'release', text: '请加椅子' });
  // As it was up to half a minute ago.
  clock.set(clock.now() + 31_000);
  expect([await own('clerk'), await own('second')]).toEqual([
    { open: 1, late: 0 },
    { open: 0, late: 0 },
  ]);
  expect((await listOf('clerk', 'open')).voices).toMatchObject([{ id: view.id, text: '请加椅子', isOwner: true }]);
  expect((await listOf('second', 'open')).voices).toEqual([]);
  expect(await find('lead', '请加椅子', 'open')).not.toHaveProperty('isOwner');
  for (const deed of [
    { deed: 'release', text: '别的' },
    { deed: 'assign', owner: 'second' },
    { deed: 'decline', words: '不办' },
  ])
    expect(await act('clerk', view, deed)).toMatchObject({ status: 403, body: { error: 'not-allowed' } });
  expect((await act('second', view, { deed: 'answer', words: '好', adopted: true })).status).toBe(404);
  const answer = { id: draw().id, deed: 'answer', words: '已加六把', adopted: true };
  // Twice: the first answer was lost.
  for (let i = 0; i < 2; i++) expect((await act('clerk', view, answer)).status).toBe(200);
  expect(await look(code)).toMatchObject({ state: 'adopted', end: { words: '已加六把' } });
  expect((await listOf('lead', 'closed')).voices[0]).toMatchObject({ id: view.id, endedBy: '示例clerk' });
  // What it came to is for whoever reads them to change.
  expect(await act('clerk', view, { deed: 'answer', words: '没有', adopted: false })).toMatchObject({
    ...{ status: 409, body: { error: 'ended' } },
  });
  expect((await act('lead', view, { deed: 'answer', words: '已加八把', adopted: true })).status).toBe(200);
});

test('a complaint of conduct is given to nobody but those who may answer it', async () => {
  await say({ kind: 'complaint', text: '二号窗口没有人' });
  const view = (await find('lead', '二号窗口没有人'))!;
  await act('lead', view, { deed: 'release', text: '二号窗口没有人' });
  expect(await act('lead', view, { deed: 'assign', owner: 'clerk' })).toMatchObject({
    ...{ status: 404, body: { error: 'unknown-owner', field: 'owner' } },
  });
  expect((await act('lead', view, { deed: 'assign', owner: 'manager' })).status).toBe(200);
  expect((await act('manager', view, { deed: 'answer', words: '已调整排班', upheld: true })).status).toBe(200);
});

test('what was declined unread is nowhere but in its reason', async () => {
  const { code } = draw();
  await say({ code, text: '一句骂人的话' });
  const view = (await find('lead', '一句骂人的话'))!;
  expect((await act('lead', view, { deed: 'decline', words: '内容与大厅无关' })).status).toBe(200);
  expect(waitingWords() + writtenWords()).not.toContain('骂人');
  expect(await look(code)).toMatchObject({ state: 'declined', end: { words: '内容与大厅无关' } });
  expect((await look(code)).text).toBeUndefined();
});

test('one code stands for one thing, however often the answer is lost', async () => {
  const { code } = draw();
  const text = '只说一次';
  for (let i = 0; i < 3; i++) expect((await say({ code, text })).status).toBe(200);
  expect((await listOf('lead')).voices.filter((one) => one.text === text)).toHaveLength(1);
  expect((await say({ code, text: '换一句话' })).status).toBe(409);
  expect((await say({ code, text, kind: 'complaint' })).status).toBe(409);
  const view = (await find('lead', text))!;
  await act('lead', view, { deed: 'release', text });
  expect((await say({ code, text })).status).toBe(200);
  expect(waitingWords()).not.toContain(text);
});

describe('words that may not come in', () => {
  test.each([
    ['a telephone', '请打 13812345678 给我'],
    ['an identity number', '我的号 11010519491231002X'],
    ['a name that is no member of staff', '我叫王小明，住三栋'],
  ])('%s is refused with its field and repeated nowhere', async (_what, text) => {
    const answer = await say({ text });
    expect(answer).toMatchObject({ status: 422, body: { error: 'identity', field: 'text' } });
    expect(JSON.stringify(answer.body)).not.toMatch(/138|1101|小明/);
    expect(waitingWords()).not.toContain(text);
  });
  test.each([
    ['nothing', { text: '  ' }, 400],
    ['too much', { text: '好'.repeat(801) }, 400],
    ['another field', { name: 'x' }, 400],
    ['a code that is none', { code: 'OOOOO-11111' }, 400],
    ['a kind that is none', { kind: 'toString' }, 400],
    ['what reaches a prototype', { text: '__proto__' }, 422],
  ])('%s is refused', async (_what, more, status) => {
    expect((await say(more)).status).toBe(status);
  });
  test('nor what staff write', async () => {
    await say({ text: '要答复的话' });
    const view = (await find('lead', '要答复的话'))!;
    for (const deed of [
      { deed: 'release', text: '请打 13812345678' },
      { deed: 'decline', words: '请打 13812345678' },
    ])
      expect(await act('lead', view, deed)).toMatchObject({ status: 422, body: { error: 'identity' } });
    expect((await find('lead', '要答复的话'))!.words).toBe('unread');
  });
});

test('words that wait outlive a restart and a crash before the ledger knew of them, and not their days', async () => {
  const { code } = draw();
  await say({ code, text: '重启之前说的' });
  await hall.restart();
  browsers.clear();
  expect((await find('lead', '重启之前说的'))!.words).toBe('unread');
  clock.set(NOW + 31 * DAY_MS);
  await hall.restart();
  browsers.clear();
  expect(waitingWords()).not.toContain('重启之前');
  const gone = (await listOf('manager', 'open')).voices.filter(({ words }) => words === 'gone');
  expect(gone.length).toBeGreaterThan(0);
  expect(await look(code)).toMatchObject({ state: 'waiting' });
  clock.set(NOW);
});

test('words that hold somebody’s name or number are shown masked to whoever reads, and only so are they released', async () => {
  const text = '我叫王小明，电话13812345678，等候区太冷';
  const id = 'maskedmaskedmaskedma';
  // As an older release's check let it in: today's refuses it at the form.
  const store = openVoiceStore(hall.folder);
  const row = { kind: 'suggestion', id, station: 'hall', topic: null, medium: 'tablet' } as const;
  store.keep({ ...row, at: clock.now(), actor: 'display:tablet', words: text });
  store.close();
  await hall.restart();
  browsers.clear();
  const view = (await find('lead', text))!;
  expect(view).toMatchObject({ words: 'unread', masked: { n: 2, text: '我叫＊＊＊，电话＊＊＊，等候区太冷' } });
  expect(view.marks).toContain('identity');
  expect(await act('lead', view, { deed: 'release', text })).toMatchObject({
    ...{ status: 422, body: { error: 'identity', field: 'text' } },
  });
  expect((await act('lead', view, { deed: 'release', text: view.masked!.text })).status).toBe(200);
  expect(await find('lead', view.masked!.text, 'open')).toMatchObject({ words: 'released', edited: true, marks: [] });
  expect(writtenWords() + waitingWords()).not.toMatch(/王小明|13812345678/);
  // What holds nothing has no other words beside it.
  await say({ text: '只是太冷' });
  expect((await find('lead', '只是太冷'))!.masked).toBeUndefined();
});

test('what could not be done is found by its own words, and the list says how far back it goes', async () => {
  const text = '转移手续跑了三趟';
  await say({ kind: 'cannot-be-done', text });
  const found = await listOf('lead', 'waiting', `&q=${encodeURIComponent('办不成事')}`);
  expect(found.voices.map((one) => one.text)).toContain(text);
  expect(found.voices.every(({ topic }) => topic === 'cannot-be-done')).toBe(true);
  expect(found.openDays).toBe(93);
});

test('of what was answered the latest are listed, however many there are, and the rest is counted', async () => {
  const many = 2_100;
  const told = (id: number, type: string, second: number, data: object) => ({
    ...{ specversion: '1.0', source: 'urn:other', id: `${type}${id}`, type: `hall.suggestion.${type}` },
    time: new Date(NOW - 10 * DAY_MS + second * 1_000).toISOString(),
    data: { suggestion: `many${id}`, ...data },
  });
  const events = Array.from({ length: many }, (_, i) => [
    told(i, 'received', i, { text: `第 ${i} 条`, station: 'hall' }),
    told(i, 'released', i + 1, {}),
    told(i, 'answered', i + 2, { answer: `答 ${i}`, adopted: true }),
  ]).flat();
  for (let from = 0; from < events.length; from += 500) {
    const { status } = await hall.browser().ask('POST', '/api/events', events.slice(from, from + 500), {
      ...{ Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/cloudevents-batch+json' },
    });
    expect(status).toBe(200);
  }
  const span = '&from=2019-11-16&to=2019-11-16';
  const { voices, more } = await listOf('lead', 'closed', span);
  expect(voices.slice(0, 2).map(({ text }) => text)).toEqual([`第 ${many - 1} 条`, `第 ${many - 2} 条`]);
  expect(more).toBe(many - voices.length);
});

test('a tablet that writes without an end is slowed, and a wrong code is a guess', async () => {
  const eager = await openTablet('hall');
  const statuses: number[] = [];
  for (let i = 0; i < 32; i++) statuses.push((await say({ text: '再说一次' }, eager)).status);
  expect(statuses.slice(0, 30)).toEqual(Array<number>(30).fill(200));
  expect(statuses.slice(30)).toEqual([429, 429]);
  const guesses: number[] = [];
  for (let i = 0; i < 32; i++)
    guesses.push(
      (await hall.browser().ask('POST', '/api/say/look', { code: `ZZZZZZZ${draw().code.slice(7)}` })).status,
    );
  expect(guesses[0]).toBe(404);
  expect(guesses.at(-1)).toBe(429);
});
