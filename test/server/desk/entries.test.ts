// Writing down at a desk, end to end on a real hall: what counts, once; what is refused, and why; and what nobody may.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nameEntry, type Act, type Entry, type EntryOutcome } from '../../../domain/desk/entry.ts';
import type { DeskLine } from '../../../domain/desk/from-events.ts';
import { LedgerError } from '../../../server/ledger/port.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall, type StaffedHallOptions } from '../staffed-hall.ts';
import { openInProcessLedger } from '../../property/in-process-ledger.ts';
import { SAMPLES } from '../../domain/desk/entries.ts';

const DAY = '2026-11-26';
const at = (clock: string, day = DAY): number =>
  Date.parse(`${day}T${clock.length === 5 ? `${clock}:00` : clock}+08:00`);

let hall: StaffedHall;
let now = at('10:00');
/** What the disk says of the next batch. */
let trouble: 'disk-full' | 'busy' | undefined;
const clock = { now: () => now, untilMs: (moment: number) => moment - now };

const open = (more: StaffedHallOptions = {}) =>
  openStaffedHall({
    clock,
    server: {
      openLedger: ({ folder, hall: id }) => {
        const ledger = openInProcessLedger('Asia/Shanghai', `${folder}/ledger.sqlite`, id);
        const { append } = ledger;
        return Promise.resolve({
          ...ledger,
          append: (batch, receivedAt, actor) => {
            if (trouble === undefined || actor?.kind !== 'staff') return append(batch, receivedAt, actor);
            return Promise.reject(new LedgerError(trouble, 'as told'));
          },
        });
      },
    },
    ...more,
  });
beforeEach(async () => {
  now = at('10:00');
  trouble = undefined;
  hall = await open();
});
afterEach(() => hall.close());

let made = 0;
/** A fresh entry of the clerk's at this moment. */
function make(act: Act, more: Partial<Entry> = {}): Entry {
  const n = made++;
  const letters = [...String(n).padStart(20, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  const author = more.author ?? 'clerk';
  const moment = more.at ?? new Date(now).toISOString();
  const day = new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(0, 10);
  return { id: nameEntry(day, author, letters), author, hall: 'meilin', station: 'hall', at: moment, act, ...more };
}
const caseAct = (id: string, handling: 'instant' | 'promised' = 'instant'): Act => ({
  ...{ type: 'case', case: id, item: 'mi-02', channel: 'window' },
  handling,
});
const consultation: Act = { type: 'consultation', medium: 'phone', topic: '门诊报销' };

async function send(browser: Browser, entries: readonly unknown[]): Promise<EntryOutcome[]> {
  const { status, body } = await browser.ask('POST', '/api/desk/entries', { entries });
  expect(status).toBe(200);
  return (body as { outcomes: EntryOutcome[] }).outcomes;
}
const reasonsOf = (outcomes: readonly EntryOutcome[]) =>
  outcomes.map((one) => (one.ok ? 'ok' : [one.reason, one.field].filter(Boolean).join(' ')));
const mine = async (browser: Browser): Promise<DeskLine[]> => {
  const { body } = await browser.ask('GET', '/api/desk/mine');
  return (body as { lines: DeskLine[] }).lines;
};
const DAY_MS = 86_400_000;
const stored = async () =>
  (await hall.server.ledger.read(0, 10_000)).filter(({ source }) => source === 'urn:hallpulse:desk');
async function measures(): Promise<Record<string, never>> {
  const manager = await hall.signIn('manager');
  return (await manager.ask('GET', `/api/measures?from=${DAY}&to=${DAY}`)).body;
}

describe('what a clerk writes down', () => {
  test('is counted, is recorded under their name, and is theirs to look at', async () => {
    const clerk = await hall.signIn('clerk');
    const entries = [make(caseAct('c1'), { window: 'w03', ticket: `${DAY}/hall/A001` }), make(consultation)];
    now += 1_000;
    entries.push(make(caseAct('c2', 'promised')));
    const { status, body } = await clerk.ask('POST', '/api/desk/entries', { entries });
    expect([status, body]).toEqual([
      200,
      { outcomes: entries.map(({ id }) => ({ id, ok: true })), seq: hall.server.ledger.head() },
    ]);
    expect(await measures()).toMatchObject({ accepted: 2, finished: 1, consultations: { phone: 1 } });
    const events = await hall.server.ledger.read(0, 1_000);
    const actors = await hall.server.ledger.readActors(0, 1_000);
    const desk = events
      .map((event, i) => [event, actors[i]] as const)
      .filter(([{ source }]) => source === 'urn:hallpulse:desk');
    expect(desk.map(([{ id }, actor]) => [id, actor])).toEqual(
      [`${entries[0]!.id}/1`, `${entries[0]!.id}/2`, `${entries[1]!.id}/1`, `${entries[2]!.id}/1`].map((id) => [
        id,
        { kind: 'staff', id: 'clerk' },
      ]),
    );
    const [first, second, third] = entries as [Entry, Entry, Entry];
    const inHand = { window: 'w03', ticket: `${DAY}/hall/A001` };
    expect(await mine(clerk)).toMatchObject([
      { entry: third.id, type: 'case', item: 'mi-02', handling: 'promised', voided: false },
      { entry: first.id, type: 'case', outcome: 'approved', ...inHand, voided: false },
      { entry: second.id, type: 'consultation', words: '门诊报销', voided: false },
    ]);
    expect(await mine(await hall.signIn('second'))).toEqual([]);
  });

  test('has the promise of its item, by the hall’s calendar', async () => {
    await send(await hall.signIn('clerk'), [make(caseAct('c1', 'promised'))]);
    // Seven working days from Thursday, to the end of the day.
    expect((await stored())[0]!.data).toMatchObject({ promisedBy: '2026-12-07T10:00:00.000Z' });
  });

  test('counts once, however often it is sent: again, twice in one request, and from two tabs at once', async () => {
    const clerk = await hall.signIn('clerk');
    const entries = [make(caseAct('c1')), make(consultation)];
    const [one, two] = await Promise.all([send(clerk, entries), send(clerk, [...entries, ...entries])]);
    now += 20 * 86_400_000;
    for (const outcomes of [one!, two!, await send(clerk, entries)]) expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(await stored()).toHaveLength(3);
  });

  test('is not another under its id', async () => {
    const clerk = await hall.signIn('clerk');
    const entry = make(caseAct('c1', 'promised'));
    await send(clerk, [entry]);
    const others: Entry[] = [
      { ...entry, act: caseAct('c1') },
      { ...entry, act: caseAct('c9', 'promised') },
      { ...entry, window: 'w03' },
      { ...entry, at: new Date(now - 1_000).toISOString() },
      { ...entry, act: consultation },
      { ...entry, act: { type: 'undo', entry: entry.id } },
    ];
    expect(reasonsOf(await send(clerk, others))).toEqual(others.map(() => 'conflict'));
    // Nor within one request, of which nothing else goes in.
    const [one, two] = [make(consultation), make(consultation)];
    expect(reasonsOf(await send(clerk, [one, { ...one, act: caseAct('c2') }, two]))).toEqual(['ok', 'conflict', 'ok']);
    expect((await stored()).map(({ id }) => id)).toEqual([entry, one, two].map(({ id }) => `${id}/1`));
  });

  test('is judged by itself: a bad one takes no good one with it, and they are answered in order', async () => {
    const clerk = await hall.signIn('clerk');
    const good = make(consultation);
    const outcomes = await send(clerk, [
      null,
      make(consultation, { station: 'meifeng' }),
      good,
      make({ ...consultation, topic: '申请人王小明' } as Act),
      { ...make(consultation), extra: 1 },
      make({ type: 'consultation', medium: 'phone', item: 'gone' }),
    ]);
    expect(reasonsOf(outcomes)).toEqual([
      'form',
      'not-allowed',
      'ok',
      'identity act.topic',
      'form',
      'unknown act.item',
    ]);
    expect(outcomes[0]).toEqual({ id: '', ok: false, reason: 'form' });
    expect((await stored()).map(({ id }) => id)).toEqual([`${good.id}/1`]);
  });

  test('made offline for a month is taken, later not', async () => {
    const clerk = await hall.signIn('clerk');
    const entries = ['2026-10-27', '2026-10-26'].map((day) =>
      make(consultation, { at: new Date(at('10:00', day)).toISOString() }),
    );
    now += 1;
    expect(
      reasonsOf(await send(clerk, [...entries, make(consultation, { at: new Date(now + 300_001).toISOString() })])),
    ).toEqual(['ok', 'time at', 'time at']);
  });
});

describe('taking back', () => {
  const undo = (entry: Entry, more: Partial<Entry> = {}) => make({ type: 'undo', entry: entry.id }, more);
  const void_ = (entry: Entry, more: Partial<Entry> = {}) =>
    make({ type: 'void', entry: entry.id, reason: '事项选错' }, more);

  test('within the minute leaves nothing behind, however often it is undone', async () => {
    const clerk = await hall.signIn('clerk');
    const entry = make(caseAct('c1'));
    await send(clerk, [entry]);
    now += 60_000;
    const first = undo(entry);
    expect(reasonsOf(await send(clerk, [first, undo(entry), first]))).toEqual(['ok', 'ok', 'ok']);
    expect(await measures()).toMatchObject({ accepted: 0, finished: 0, corrected: 0 });
    expect(await mine(clerk)).toMatchObject([{ entry: entry.id, voided: true, undone: true }]);
  });

  test('works before its server has either, and comes late', async () => {
    const clerk = await hall.signIn('clerk');
    const entry = make(caseAct('c1'));
    now += 30_000;
    const back = undo(entry);
    now += 3_600_000;
    expect(reasonsOf(await send(clerk, [entry, back]))).toEqual(['ok', 'ok']);
    expect(await measures()).toMatchObject({ accepted: 0, finished: 0 });
  });

  test('is refused after the minute, before the thing itself, of another’s, of what nobody knows, and of an undoing', async () => {
    const clerk = await hall.signIn('clerk');
    const second = await hall.signIn('second');
    const [entry, theirs] = [make(consultation), make(consultation, { author: 'second' })];
    await send(clerk, [entry]);
    await send(second, [theirs]);
    const early = undo(entry, { at: new Date(now - 1).toISOString() });
    const good = undo(entry);
    const unknown = [`${DAY}/clerk/${'z'.repeat(20)}`, DAY, `${DAY}/clerk`, '', '__proto__', '%'];
    const outcomes = await send(clerk, [
      undo(theirs),
      early,
      good,
      make({ type: 'undo', entry: good.id }),
      make({ type: 'void', entry: good.id, reason: '录错' }),
      ...unknown.map((id) => make({ type: 'undo', entry: id })),
    ]);
    expect(reasonsOf(outcomes)).toEqual([
      ...['not-allowed act.entry', 'time at', 'ok', 'unknown act.entry', 'unknown act.entry'],
      ...[
        'unknown act.entry',
        'unknown act.entry',
        'unknown act.entry',
        'form act.entry',
        'form act.entry',
        'unknown act.entry',
      ],
    ]);
    now += 60_001;
    expect(reasonsOf(await send(second, [undo(theirs, { author: 'second' })]))).toEqual(['too-late act.entry']);
  });

  test('afterwards is a void with a reason: one’s own, or for a lead of that station, or a manager', async () => {
    const clerk = await hall.signIn('clerk');
    const entries = [0, 1, 2, 3].map((i) => make(caseAct(`c${i}`)));
    const elsewhere = make(consultation, { author: 'elsewhere', station: 'meifeng' });
    await send(clerk, entries);
    await send(await hall.signIn('elsewhere'), [elsewhere]);
    now += 3_600_000;
    const [own, leads, managers, left] = entries as [Entry, Entry, Entry, Entry];
    expect(reasonsOf(await send(clerk, [void_(own)]))).toEqual(['ok']);
    const as = (author: string, target: Entry, station = 'hall') => void_(target, { author, station });
    const second = await hall.signIn('second');
    expect(reasonsOf(await send(second, [as('second', left)]))).toEqual(['not-allowed act.entry']);
    const lead = await hall.signIn('lead');
    expect(reasonsOf(await send(lead, [as('lead', leads), as('lead', elsewhere)]))).toEqual([
      'ok',
      'not-allowed station',
    ]);
    const manager = await hall.signIn('manager');
    expect(reasonsOf(await send(manager, [as('manager', managers), as('manager', elsewhere, 'meifeng')]))).toEqual([
      'ok',
      'ok',
    ]);
    expect(await measures()).toMatchObject({ accepted: 1, voided: 7 });
    expect((await mine(clerk)).filter(({ voided }) => voided)).toHaveLength(3);
    expect((await mine(lead)).map(({ type, about, words }) => [type, about, words])).toEqual([
      ['void', leads.id, '事项选错'],
    ]);
  });
});

describe('nobody', () => {
  test('goes on with a case of another station, nor begins one under its number', async () => {
    const elsewhere = await hall.signIn('elsewhere');
    await send(elsewhere, [make(caseAct('c1', 'promised'), { author: 'elsewhere', station: 'meifeng' })]);
    const clerk = await hall.signIn('clerk');
    const acts: Act[] = [
      { type: 'case-finished', case: 'c1', outcome: 'withdrawn' },
      { type: 'case-paused', case: 'c1' },
      { type: 'licence', case: 'c1' },
      caseAct('c1'),
    ];
    expect(
      reasonsOf(
        await send(
          clerk,
          acts.map((act) => make(act)),
        ),
      ),
    ).toEqual(acts.map(() => 'not-allowed act.case'));
    // One that the hall has not heard of yet may come before its beginning.
    expect(reasonsOf(await send(clerk, [make({ type: 'case-finished', case: 'c9', outcome: 'approved' })]))).toEqual([
      'ok',
    ]);
  });

  test('writes in another’s name, at another station, after their time, or without a session', async () => {
    const clerk = await hall.signIn('clerk');
    expect(
      reasonsOf(
        await send(clerk, [make(consultation, { author: 'lead' }), make(consultation, { station: 'meifeng' })]),
      ),
    ).toEqual(['author author', 'not-allowed']);
    for (const who of ['leader', 'administrator'] as const)
      expect(reasonsOf(await send(await hall.signIn(who), [make(consultation, { author: who })]))).toEqual([
        'not-allowed',
      ]);
    const [assignment] = hall.access.accounts.assignmentsOf('clerk');
    hall.access.accounts.endAssignment(assignment!.id, '2026-11-25');
    expect(reasonsOf(await send(clerk, [make(consultation)]))).toEqual(['not-allowed']);
    const stranger = hall.browser();
    for (const [method, path] of [
      ['POST', '/api/desk/entries'],
      ['GET', '/api/desk/mine'],
      ['GET', '/api/desk/catalogue?station=hall'],
    ] as const)
      expect(
        (await stranger.ask(method, path, method === 'POST' ? { entries: [make(consultation)] } : undefined)).status,
      ).toBe(401);
    expect(await stored()).toEqual([]);
  });

  test('sends what is no list of 1 to 200 entries in UTF-8, or from a page of another host', async () => {
    const clerk = await hall.signIn('clerk');
    const post = async (body: unknown, headers?: Record<string, string>) => {
      const answer = await clerk.ask('POST', '/api/desk/entries', body, headers);
      return [answer.status, answer.body];
    };
    const many = (n: number) => ({ entries: Array.from({ length: n }, () => make(consultation)) });
    expect((await post(many(200)))[0]).toBe(200);
    expect(await post(many(201))).toEqual([400, { error: 'bad-body', field: 'entries' }]);
    expect(await post({ entries: [] })).toEqual([400, { error: 'bad-body', field: 'entries' }]);
    expect((await post('{"__proto__":{"entries":[]}}'))[0]).toBe(400);
    expect((await post('{"entries":{"__proto__":[1]}}'))[0]).toBe(400);
    expect((await post('['.repeat(100_000)))[0]).toBe(400);
    expect((await post({ ...many(1), extra: 1 }))[0]).toBe(400);
    expect((await post(`{"entries":["${'x'.repeat(256 * 1024)}"]}`))[0]).toBe(413);
    expect((await post(many(1), { Origin: 'http://evil.example' }))[0]).toBe(403);
    expect((await post(JSON.stringify(many(1)), { 'Content-Type': 'text/plain' }))[0]).toBe(415);
    const broken = await fetch(`${hall.url}/api/desk/entries`, {
      method: 'POST',
      headers: { Cookie: clerk.cookie, Origin: hall.url, 'Content-Type': 'application/json' },
      body: Buffer.from('{"entries":["\xff"]}', 'latin1'),
    });
    expect(broken.status).toBe(400);
    expect(({} as { entries?: unknown }).entries).toBeUndefined();
    expect(await stored()).toHaveLength(200);
  });
});

test.each([
  ['disk-full', 507],
  ['busy', 503],
] as const)('a ledger that says %s stores nothing, and the same is good afterwards', async (problem, status) => {
  const clerk = await hall.signIn('clerk');
  const entries = [make(caseAct('c1')), make(consultation)];
  trouble = problem;
  expect(await clerk.ask('POST', '/api/desk/entries', { entries })).toMatchObject({ status, body: { error: problem } });
  expect(await stored()).toEqual([]);
  trouble = undefined;
  expect(reasonsOf(await send(clerk, entries))).toEqual(['ok', 'ok']);
});

test('one’s own are at most 200, the newest', async () => {
  const clerk = await hall.signIn('clerk');
  now = at('23:59:59', '2026-11-25');
  await send(clerk, [make(consultation)]);
  now = at('00:00');
  await send(clerk, [make(consultation)]);
  for (let i = 0; i < 7; i++) {
    now += 1_000;
    await send(
      clerk,
      Array.from({ length: 100 }, (_, k) => make(caseAct(`m${i}-${k}`))),
    );
  }
  const lines = await mine(clerk);
  expect(lines).toHaveLength(200);
  expect(new Set(lines.map((line) => line.at))).toEqual(new Set([now, now - 1_000]));
});

test('what somebody wrote down on Friday they find on Monday, and void it with a reason; after a week it is gone', async () => {
  const clerk = await hall.signIn('clerk');
  const entry = make(caseAct('before'));
  await send(clerk, [entry]);
  now += 3 * DAY_MS;
  expect(await mine(clerk)).toMatchObject([{ entry: entry.id, voided: false }]);
  const taken = make({ type: 'void', entry: entry.id, reason: '录错事项' });
  expect(reasonsOf(await send(clerk, [taken]))).toEqual(['ok']);
  expect(await mine(clerk)).toMatchObject([{ entry: taken.id }, { entry: entry.id, voided: true }]);
  now += 4 * DAY_MS;
  expect(await mine(clerk)).toMatchObject([{ entry: taken.id }]);
});

test('every kind of act is taken', async () => {
  const manager = await hall.signIn('manager');
  // Of a case that somebody else handled.
  const again = { ...SAMPLES['rating-again'], case: 'c9' };
  const opened = { followup: again.followup, about: 'rating', case: 'c9', station: 'hall' };
  const event = { specversion: '1.0', source: 'urn:other', id: 'f1', type: 'hall.followup.opened', data: opened };
  await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  const acts = Object.values({ ...SAMPLES, 'rating-again': again }).filter(
    ({ type }) => type !== 'undo' && type !== 'void',
  );
  const entries = acts.map((act) => make(act, { author: 'manager' }));
  expect(reasonsOf(await send(manager, entries))).toEqual(acts.map(() => 'ok'));
  expect((await mine(manager)).map(({ type }) => type).sort()).toEqual(acts.map(({ type }) => type).sort());
});

describe('the catalogue', () => {
  test('holds what the station’s desk needs without its server, and is not sent twice', async () => {
    const clerk = await hall.signIn('clerk');
    const first = await clerk.ask('GET', '/api/desk/catalogue?station=hall');
    expect(first.body).toMatchObject({
      station: 'hall',
      windows: expect.arrayContaining([{ id: 'w03', label: '03' }]),
    });
    const { items, terminals } = first.body as { items: { code: string }[]; terminals: unknown[] };
    expect(items.find(({ code }) => code === 'mi-03')).toMatchObject({
      ...{
        name: '门诊医疗费用报销',
        initials: 'mzylfybx',
        line: 'medical-insurance',
        kind: 'promised',
        promisedDays: 7,
      },
    });
    expect(terminals).toHaveLength(2);
    const tag = first.headers.get('etag')!;
    const again = await clerk.ask('GET', '/api/desk/catalogue?station=hall', undefined, { 'If-None-Match': tag });
    expect([again.status, again.body]).toEqual([304, '']);
  });

  test('is for whoever may see the station', async () => {
    const statusOf = async (who: Parameters<typeof hall.signIn>[0], station: string) =>
      (await (await hall.signIn(who)).ask('GET', `/api/desk/catalogue${station}`)).status;
    expect(await statusOf('clerk', '?station=meifeng')).toBe(403);
    expect(await statusOf('administrator', '?station=hall')).toBe(403);
    expect(await statusOf('manager', '?station=meifeng')).toBe(200);
    for (const station of ['?station=nowhere', '?station=__proto__'])
      expect(await statusOf('manager', station)).toBe(404);
    for (const station of ['', '?station=', '?station=hall&station=hall'])
      expect(await statusOf('manager', station)).toBe(400);
  });
});
