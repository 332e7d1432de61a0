// Stars of the month on a real hall: scores against an oracle that counts raw events, the choice, the plan, the photograph, and who leaves.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HallEvent } from '../../../domain/events/event.ts';
import { STAR_KINDS } from '../../../domain/events/schema.ts';
import { CITATION_EN_LIMIT, CITATION_LIMIT } from '../../../domain/stars/publish.ts';
import { starRules } from '../../../domain/stars/rules.ts';
import type { OwnStars, StarsState } from '../../../domain/wire/stars.ts';
import { postEvents, wireEvent, type WireEvent } from '../../e2e/hall-client.ts';
import { oracleStars } from '../../oracle/stars.ts';
import { createMovingClock, type MovingClock } from '../moving-clock.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';
import { telephonePhotograph } from './telephone.ts';

const MONTH = '2019-10';
let clock: MovingClock;
let hall: StaffedHall;
let manager: Browser;
let sent: WireEvent[];
beforeAll(async () => {
  clock = createMovingClock(Date.parse('2019-11-04T09:00:00+08:00'));
  hall = await openStaffedHall({ clock, server: { starsLookMs: 20 } });
  manager = await hall.signIn('manager');
  sent = writeMonth();
  for (let i = 0; i < sent.length; i += 1_000) {
    const { body } = await postEvents(hall.url, sent.slice(i, i + 1_000), { key: KEY });
    expect(body.rejected).toEqual([]);
  }
});
afterAll(() => hall.close());

/** A small generator, the same each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => ((state = (state * 48_271) % 2_147_483_647), state / 2_147_483_647);
}

/** A month of ten people with all that is awkward: others finish, days before and after, late and open, voids, defaults. */
function writeMonth(): WireEvent[] {
  const next = chance(7);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)]!;
  const { items } = JSON.parse(readFileSync('data/halls/meilin/catalogue.json', 'utf8')) as {
    items: { code: string }[];
  };
  const staff = Array.from({ length: 10 }, (_, i) => `s${11 + i}`);
  const events: WireEvent[] = [];
  const add = (id: string, type: string, data: Record<string, unknown>, at: number) =>
    void events.push(wireEvent(id, type, data, at));
  const start = Date.parse('2019-09-25T01:00:00Z');
  for (let i = 0; i < 420; i++) {
    const at = start + Math.floor(next() * 38) * 86_400_000 + Math.floor(next() * 7 * 3_600_000);
    const one = pick(staff);
    const promised = next() < 0.4;
    const more = promised ? { promisedBy: new Date(at + 5 * 86_400_000).toISOString() } : {};
    const named = next() < 0.9 ? { staff: one } : {};
    const id = `m${i}`;
    const place = { case: id, station: 'hall', window: pick(['w01', 'w02', 'w03']) };
    add(
      `${id}/a`,
      'hall.case.accepted',
      { ...place, channel: 'window', item: pick(items).code, ...named, ...more },
      at,
    );
    const doneAt = at + Math.floor((promised ? next() * 6 : next() * 0.05) * 86_400_000) + 60_000;
    // The last of them takes long, and is overdue at the month's end.
    if (next() < 0.93 && one !== 's20') {
      const by = next() < 0.5 ? {} : { staff: next() < 0.8 ? one : pick(staff) };
      add(`${id}/f`, 'hall.case.finished', { case: id, outcome: 'approved', ...by }, doneAt);
      if (next() < 0.6)
        add(
          `${id}/r`,
          'hall.rating.given',
          {
            ...{ case: id, station: 'hall', staff: one, medium: 'pad', score: pick([5, 5, 5, 4, 3, 2]) },
            ...(next() < 0.2 ? { byDefault: true } : {}),
            ...(next() < 0.1 ? { round: 2 } : {}),
          },
          doneAt + 1_000,
        );
    }
    if (next() < 0.04)
      add(`${id}/v`, 'hall.event.voided', { source: 'urn:test:queue', id: `${id}/f`, reason: '误' }, doneAt + 5_000);
    if (next() < 0.2)
      add(`${id}/c`, 'hall.consultation.given', { station: 'hall', medium: 'phone', staff: pick(staff), count: 2 }, at);
  }
  const on = (day: string) => Date.parse(`${day}T10:00:00+08:00`);
  const complaint = (id: string, about: string, received: string, answered: string, upheld: boolean) => {
    add(`${id}/r`, 'hall.complaint.received', { complaint: id, station: 'hall', staff: about }, on(received));
    add(`${id}/a`, 'hall.complaint.answered', { complaint: id, upheld }, on(answered));
  };
  complaint('x1', 's11', '2019-10-08', '2019-11-01', true);
  complaint('x2', 's12', '2019-10-08', '2019-10-09', false);
  complaint('x3', 's13', '2019-09-26', '2019-09-27', true);
  return events.filter(({ time }) => Date.parse(time!) < clock.now());
}

const read = async (month = MONTH): Promise<StarsState> => {
  const { status, body } = await manager.ask('GET', `/api/stars?month=${month}`);
  expect(status).toBe(200);
  return body;
};
const draw = (letter: string): string => letter.repeat(20);

test('S1–S7 every score is that of an oracle which counts the raw events, and the month is the last one', async () => {
  const catalogue = JSON.parse(readFileSync('data/halls/meilin/catalogue.json', 'utf8')) as {
    items: { code: string; line: string; difficulty?: number }[];
  };
  const events = sent.map(({ time, ...event }) => ({ ...event, at: Date.parse(time!) }) as unknown as HallEvent);
  const { body } = (await manager.ask('GET', '/api/stars')) as { body: StarsState };
  expect(body.month).toBe(MONTH);
  for (const kind of STAR_KINDS) {
    const expected = oracleStars(kind, events, {
      ...{ month: MONTH, now: clock.now(), offsetMinutes: 480, ...starRules(undefined)[kind] },
      difficulty: new Map(catalogue.items.map(({ code, difficulty = 1 }) => [code, difficulty])),
      lineOfItem: new Map(catalogue.items.map(({ code, line }) => [code, line])),
    });
    const told = body.titles[kind].candidates.map(
      ({ id, score, rank, why, line }) =>
        [id, JSON.parse(JSON.stringify({ score, rank, why, line })) as object] as const,
    );
    expect(Object.fromEntries(told), kind).toEqual(Object.fromEntries(expected));
  }
  const { candidates } = body.titles.pacesetter;
  const found = new Map(candidates.map(({ id, score, why }) => [id, score ?? why]));
  expect(found.size).toBe(10);
  // What the month was made for is in it.
  expect(found.get('s11')).toBe('complaint');
  expect([...found.values()].filter((one) => typeof one === 'number').length).toBeGreaterThan(5);
  const scores = candidates.flatMap(({ score }) => score ?? []);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  for (const { parts, score } of candidates)
    if (score !== undefined) expect(parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 6);
});

test('S6 a complaint vetoes the windows of whom it is about, and an expert is told of one line', async () => {
  const { titles } = await read();
  expect(titles.window.candidates.map(({ id, why }) => [id, why]).sort()).toEqual([
    ['w01', 'complaint'],
    ['w02', 'complaint'],
    ['w03', 'complaint'],
  ]);
  for (const { line, rank } of titles.expert.candidates) if (rank !== undefined) expect(line).toBeTruthy();
});

test('staff see their own score alone, and by which weights everybody is ranked, also without a row of their own', async () => {
  const lead = await hall.signIn('lead');
  const { body } = (await lead.ask('GET', `/api/stars/mine?month=${MONTH}`)) as { body: OwnStars };
  expect(body.titles.map(({ kind, own }) => [kind, own])).toEqual([
    ['pacesetter', undefined],
    ['expert', undefined],
  ]);
  expect(body.titles.map(({ rule }) => rule)).toEqual([starRules(undefined).pacesetter, starRules(undefined).expert]);
  expect(JSON.stringify(body)).not.toContain('s1');
});

test('a choice beside the first needs a reason, a veto stands, and nothing is said of citizens', async () => {
  const { titles } = await read();
  const [first, second] = titles.pacesetter.candidates;
  const choose = (more: object) =>
    manager.ask('POST', '/api/stars', { id: draw('a'), month: MONTH, kind: 'pacesetter', reasons: [], ...more });
  expect(await choose({ whose: second!.id })).toMatchObject({ status: 422, body: { error: 'overrule' } });
  expect(await choose({ whose: 's11' })).toMatchObject({ status: 409, body: { error: 'complaint' } });
  expect(await choose({ whose: 'toString' })).toMatchObject({ status: 404, body: { error: 'unknown-candidate' } });
  expect(await choose({ whose: first!.id, month: '2019-12' })).toMatchObject({
    status: 422,
    body: { error: 'future' },
  });
  const phone = { whose: first!.id, citation: '群众电话13800138000来电表扬' };
  expect(await choose(phone)).toMatchObject({ status: 422, body: { error: 'identity', field: 'citation' } });
  const phoneEn = { whose: first!.id, citationEn: 'Praised by a citizen, telephone 13800138000' };
  expect(await choose(phoneEn)).toMatchObject({ status: 422, body: { error: 'identity', field: 'citationEn' } });
  const number = { whose: first!.id, citationEn: 'Helped the holder of card 11010519491231002X' };
  expect(await choose(number)).toMatchObject({ status: 422, body: { error: 'identity', field: 'citationEn' } });
  for (const [field, length] of Object.entries({ citation: CITATION_LIMIT, citationEn: CITATION_EN_LIMIT }))
    expect(await choose({ whose: first!.id, [field]: 'a'.repeat(length + 1) })).toMatchObject({
      status: 400,
      body: { error: 'bad-body', field },
    });
  const citations = {
    citation: '带教新人，全部按时',
    citationEn: 'Trains newcomers, and is always on time. '.repeat(5),
  };
  const said = { whose: second!.id, overrule: '带教新人', ...citations, reasons: ['按时办结'] };
  expect((await choose(said)).status).toBe(200);
  // Asked again after a lost answer it is done once.
  expect((await choose(said)).status).toBe(200);
  const { standing } = (await read()).titles.pacesetter;
  expect(standing).toMatchObject({
    ...{ whose: second!.id, overrule: '带教新人', basis: { rank: 2, score: second!.score } },
    ...{ citation: citations.citation, citationEn: citations.citationEn.trim() },
    ...{ role: '综合窗口', roleEn: 'General window' },
  });
  expect(standing!.basis!.parts).toEqual(second!.parts);
  expect(standing!.by).toBeTruthy();
});

test('weights that change later leave what was published as it was, and a fact that came later shows beside it', async () => {
  const { versions, titles } = await read();
  const before = titles.pacesetter.standing!;
  const stars = { pacesetter: { weights: { volume: 100 } } };
  // What it will do to scores that are shown already is said before.
  const told = (await manager.ask('POST', '/api/stars/rules/effects', { month: MONTH, stars })).body as {
    titles: { kind: string; before: { id: string; score: number }[]; after: { id: string; score: number }[] }[];
  };
  expect(told.titles.map(({ kind }) => kind)).toEqual(['pacesetter']);
  const first = (state: StarsState) =>
    state.titles.pacesetter.candidates.slice(0, 3).map(({ id, score }) => [id, score]);
  const places = (list: readonly { id: string; score: number }[]) => list.map(({ id, score }) => [id, score]);
  expect(places(told.titles[0]!.before)).toEqual(first(await read()));
  const { status } = await manager.ask('PUT', '/api/stars/rules', { version: versions.rules, stars });
  expect(status).toBe(200);
  expect(places(told.titles[0]!.after)).toEqual(first(await read()));
  const none = await manager.ask('POST', '/api/stars/rules/effects', { month: MONTH, stars });
  expect(none.body).toEqual({});
  const { standing } = (await read()).titles.pacesetter;
  expect(standing!.basis).toEqual(before.basis);
  expect(standing!.now!.score).toBe(before.basis!.score);
  expect(await manager.ask('PUT', '/api/stars/rules', { version: versions.rules, stars })).toMatchObject({
    status: 409,
  });
  const on = Date.parse('2019-10-31T10:00:00+08:00');
  const late = [
    wireEvent('late/r', 'hall.complaint.received', { complaint: 'late', station: 'hall', staff: before.whose }, on),
    wireEvent('late/a', 'hall.complaint.answered', { complaint: 'late', upheld: true }, clock.now()),
  ];
  await postEvents(hall.url, late, { key: KEY });
  expect((await read()).titles.pacesetter.standing).toMatchObject({ basis: before.basis, now: { why: 'complaint' } });
  for (const { id } of late)
    await postEvents(
      hall.url,
      wireEvent(`void/${id}`, 'hall.event.voided', { source: 'urn:test:queue', id }, clock.now()),
      { key: KEY },
    );
});

test('what is planned is published at its moment, once, also by a server that starts late; withdrawn it never is', async () => {
  const { titles } = await read();
  const [first] = titles.expert.candidates;
  const at = Date.parse('2019-11-05T09:00:00+08:00');
  const body = {
    month: MONTH,
    kind: 'expert',
    whose: first!.id,
    citationEn: 'Asked by all',
    reasons: [],
    publishAt: at,
  };
  expect(await manager.ask('POST', '/api/stars', { ...body, id: draw('p'), publishAt: clock.now() - 1 })).toMatchObject(
    {
      status: 422,
      body: { error: 'past', field: 'publishAt' },
    },
  );
  expect((await manager.ask('POST', '/api/stars', { ...body, id: draw('p') })).status).toBe(200);
  expect((await read()).titles.expert).toMatchObject({ planned: { whose: first!.id, publishAt: at } });
  expect((await read()).titles.expert.standing).toBeUndefined();
  // Nobody can send one as if the hall had planned it.
  const foreign = wireEvent(
    'plan',
    'hall.star.planned',
    { month: MONTH, kind: 'expert', staff: 's12', publishAt: '2019-11-05T09:00:00Z' },
    clock.now(),
  );
  expect((await postEvents(hall.url, foreign, { key: KEY })).body.rejected).toMatchObject([{ reason: 'reserved' }]);
  clock.set(at + 3_600_000);
  await hall.restart();
  manager = await hall.signIn('manager');
  await vi.waitFor(
    async () =>
      expect((await read()).titles.expert.standing).toMatchObject({ whose: first!.id, citationEn: 'Asked by all' }),
    20_000,
  );
  expect((await read()).titles.expert.planned).toBeUndefined();
  await hall.restart();
  manager = await hall.signIn('manager');
  const life = await hall.server.ledger.lifeOf(`star:${MONTH}:expert`);
  expect(life!.events.map(({ event, actor }) => [event.id, actor])).toEqual([
    [`planned/${draw('p')}`, { kind: 'hall', id: 'stars' }],
  ]);
  const gone = { id: draw('w'), month: MONTH, kind: 'expert', what: 'star', reason: '评错了' };
  expect((await manager.ask('POST', '/api/stars/withdraw', gone)).status).toBe(200);
  expect((await manager.ask('POST', '/api/stars/withdraw', gone)).status).toBe(200);
  expect((await read()).titles.expert.standing).toBeUndefined();
});

test('a telephone photograph is turned upright and made anew, with nothing left of where it was taken', async () => {
  const upload = await telephonePhotograph();
  expect((await sharp(upload).metadata()).exif).toBeDefined();
  const put = (staff: string, bytes: Uint8Array) =>
    fetch(`${hall.url}/api/stars/photographs/${encodeURIComponent(staff)}`, {
      method: 'PUT',
      headers: { Cookie: manager.cookie, Origin: hall.url },
      body: new Uint8Array(bytes),
    });
  const folder = join(hall.folder, 'photographs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 's12.png'), 'older');
  expect((await put('s12', upload)).status).toBe(200);
  const kept = readFileSync(join(folder, 's12.jpg'));
  const { width, height, exif, icc, xmp, orientation } = await sharp(kept).metadata();
  expect({ width, height, exif, icc, xmp, orientation }).toEqual({ width: 880, height: 1100 });
  expect(kept.includes('GPS') || kept.includes('Exif')).toBe(false);
  expect(readdirSync(folder)).toEqual(['s12.jpg']);
  // The telephone was held so that its red left side is the top.
  const [red, , blue] = await sharp(kept).extract({ left: 440, top: 20, width: 1, height: 1 }).raw().toBuffer();
  expect(red).toBeGreaterThan(180);
  expect(blue).toBeLessThan(90);
  // Not served to a wall before it is published.
  expect((await fetch(`${hall.url}/photographs/s12`, { headers: { Cookie: manager.cookie } })).status).toBe(404);

  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(64)]);
  const bomb = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: 'white' } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  const refusals = [
    ['s12', heic, 422, 'heic'],
    ['s12', bomb, 422, 'large'],
    ['s12', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 422, 'not-a-picture'],
    ['s12', upload.subarray(0, 900), 422, 'not-a-picture'],
    ['../access', upload, 422, 'id'],
    ['nobody', upload, 404, 'unknown'],
  ] as const;
  for (const [staff, bytes, status, error] of refusals) {
    const answer = await put(staff, bytes);
    expect([staff, answer.status, await answer.json()]).toEqual([staff, status, { error }]);
  }
  expect((await put('s12', Buffer.alloc(21 * 1024 * 1024))).status).toBe(413);
  expect(readFileSync(join(folder, 's12.jpg')).equals(kept)).toBe(true);
});

test('whoever leaves has no photograph any more, and on the wall the name that the hall decides', async () => {
  const { body } = (await (await hall.signIn('administrator')).ask('GET', '/api/setup')) as {
    body: { documents: { profile: { version: string; value: { staff: { id: string; until?: string }[] } } } };
  };
  const { version, value } = body.documents.profile;
  const staff = value.staff.map((one) => (one.id === 's12' ? { ...one, until: '2019-11-01' } : one));
  const administrator = await hall.signIn('administrator');
  const saved = await administrator.ask('PUT', '/api/setup/profile', { version, value: { ...value, staff } });
  expect(saved.status).toBe(200);
  const file = join(hall.folder, 'photographs', 's12.jpg');
  await vi.waitFor(() => expect(existsSync(file)).toBe(false), 20_000);
  const { titles } = await read();
  expect(titles.pacesetter.candidates.find(({ id }) => id === 's12')).toMatchObject({ why: 'left' });
});

test('rules of conduct are the hall’s own, are kept, and hold nothing of a citizen', async () => {
  const { versions } = await read();
  const put = (conduct: object) => manager.ask('PUT', '/api/stars/conduct', { version: versions.conduct, conduct });
  expect(await put([{ title: '承诺', rules: ['有事打13800138000'] }])).toMatchObject({
    status: 422,
    body: { error: 'identity' },
  });
  expect((await put([{ title: '六项承诺', rules: ['示例条文一', '示例条文二'] }])).status).toBe(200);
  const board = (await manager.ask('GET', '/api/board?topic=stars')).body as { data: { conduct: unknown } };
  expect(board.data.conduct).toEqual([{ title: '六项承诺', rules: ['示例条文一', '示例条文二'] }]);
});
