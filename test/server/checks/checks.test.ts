// 每日核查 from end to end: what the hall's figures hold against a station, who may answer, and that nothing is lost or said twice.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AreaCheck, ChecksState } from '../../../domain/wire/checks.ts';
import type { RowLife } from '../../../domain/wire/rows.ts';
import { createMovingClock } from '../moving-clock.ts';
import { addPeople, KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

/** The Friday before the National Day of 2019: that Sunday, and the Saturday after the holiday, are worked in exchange. */
const FRIDAY = '2019-09-27';
const at = (day: string, time = '16:30'): number => Date.parse(`${day}T${time}:00+08:00`);
const clock = createMovingClock(at(FRIDAY, '09:00'));
let hall: StaffedHall;
let manager: Browser;
let lead: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({
    clock,
    profile(profile) {
      profile['dailyChecks'] = ['cases', 'licences', 'satisfaction', 'conduct', 'patrol'];
      profile['checks'] = { areas: [{ id: 'patrol', zh: '带班巡查', en: 'Patrol' }] };
    },
  });
  await addPeople(hall.access, { meifenglead: { role: 'lead', station: 'meifeng' } });
  manager = await hall.signIn('manager');
  lead = await hall.signIn('lead');
});
afterAll(() => hall.close());

let told = 0;
async function tell(type: string, time: string, data: object): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time: `${time}:00+08:00`, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}
const drawn = (): string =>
  `letters${'abcdefghij'[told++ % 10]}${String.fromCharCode(97 + (told % 26))}xyz`.padEnd(20, 'q');
async function look(browser = manager): Promise<ChecksState> {
  const { status, body } = await browser.ask('GET', '/api/checks');
  expect(status).toBe(200);
  return body as unknown as ChecksState;
}
async function areaOf(station: string, area: string, browser = manager): Promise<AreaCheck> {
  return (await look(browser)).stations.find(({ id }) => id === station)!.areas[area]!;
}
const say = (checks: object[], browser = manager, id = drawn()) => browser.ask('POST', '/api/checks', { id, checks });
const openOf = ({ findings }: AreaCheck) => findings.filter(({ isOpen }) => isOpen);

/** Everything that is in order at once, as whoever may; what is found is answered so. */
async function checkAll(browser: Browser, answer: object = { answer: 'explained', note: '已逐件核实' }): Promise<void> {
  const { stations } = await look(browser);
  const checks = stations.flatMap(({ id: station, areas }) =>
    Object.entries(areas).flatMap(([area, check]) =>
      check.may !== 'yes' || check.state !== 'open'
        ? []
        : [
            {
              station,
              area,
              answers: openOf(check).map(({ kind, thing, count }) => ({
                ...{ finding: kind, ...answer },
                ...(thing === undefined ? { count } : { thing }),
              })),
            },
          ],
    ),
  );
  expect((await say(checks, browser)).body).not.toHaveProperty('error');
}

describe('a fortnight over a holiday and a swapped day', () => {
  test('D1 each area has its own findings, of its own station, and an area of the hall’s own has its name', async () => {
    await tell('hall.case.accepted', `${FRIDAY}T09:00`, {
      ...{
        case: 'late',
        station: 'meifeng',
        channel: 'window',
        item: 'mi-02',
        promisedBy: '2019-09-27T12:00:00+08:00',
      },
    });
    await tell('hall.complaint.received', `${FRIDAY}T09:00`, { complaint: 'rude', station: 'hall' });
    clock.set(at(FRIDAY));
    await tell('hall.rating.given', `${FRIDAY}T15:00`, { score: 1, station: 'meifeng', medium: 'pad' });
    const state = await look();
    expect(state.areas).toContainEqual({ id: 'patrol', zh: '带班巡查', en: 'Patrol' });
    expect(state.stations).toHaveLength(14);
    expect((await areaOf('meifeng', 'cases')).findings).toMatchObject([
      { kind: 'overdue', thing: 'case:late', isOpen: true },
    ]);
    expect((await areaOf('meifeng', 'satisfaction')).findings).toMatchObject([{ kind: 'poor-rating', isOpen: true }]);
    expect((await areaOf('hall', 'conduct')).findings).toMatchObject([
      { kind: 'complaint-open', thing: 'complaint:rude' },
    ]);
    expect((await areaOf('hall', 'cases')).findings).toEqual([]);
    expect((await areaOf('meifeng', 'patrol')).findings).toEqual([]);
  });

  test('D2 a finding must be answered first, and nothing of a refused morning is kept', async () => {
    const refused = await say([
      { station: 'hall', area: 'cases', answers: [] },
      { station: 'meifeng', area: 'cases', answers: [] },
    ]);
    expect(refused).toMatchObject({ status: 409, body: { error: 'finding-open', at: 1, field: 'overdue' } });
    expect((await areaOf('hall', 'cases')).state).toBe('open');
  });

  test('D3 an issue makes a follow-up with an owner and a day, once, however often it is asked', async () => {
    const body = {
      id: drawn(),
      checks: [
        {
          ...{ station: 'meifeng', area: 'cases' },
          answers: [
            {
              ...{ finding: 'overdue', thing: 'case:late', answer: 'follow-up' },
              ...{ note: '联系申请人', owner: 'elsewhere', dueOn: '2019-09-30' },
            },
          ],
        },
      ],
    };
    expect((await manager.ask('POST', '/api/checks', body)).status).toBe(200);
    clock.set(at(FRIDAY, '16:31'));
    expect((await manager.ask('POST', '/api/checks', body)).status).toBe(200);
    const checked = await areaOf('meifeng', 'cases');
    expect(checked).toMatchObject({ state: 'issue', byName: '示例manager' });
    expect(openOf(checked)).toEqual([]);
    const events = await hall.server.ledger.read(0, 10_000);
    const opened = events.filter(({ type }) => type === 'hall.followup.opened');
    expect(opened.map(({ data }) => data)).toMatchObject([
      {
        about: 'overdue',
        case: 'late',
        station: 'meifeng',
        area: 'cases',
        owner: 'elsewhere',
        dueBy: '2019-09-30T10:00:00.000Z',
      },
    ]);
    expect(events.filter(({ type }) => type === 'hall.check.done')).toHaveLength(1);
    const life = (await manager.ask('GET', `/api/rows/one?key=check:${FRIDAY}:cases:meifeng`))
      .body as unknown as RowLife;
    expect(life.events.map(({ type, by }) => [type, by?.id])).toEqual([
      ['hall.check.answered', 'manager'],
      ['hall.check.done', 'manager'],
    ]);
  });

  test('D4 leads check their own station, nobody what they do themselves, and others look', async () => {
    expect((await look(lead)).stations.map(({ id }) => id)).toEqual(['hall']);
    expect(await areaOf('hall', 'conduct', lead)).toMatchObject({ may: 'own-conduct' });
    expect(await say([{ station: 'hall', area: 'cases', answers: [] }], lead)).toMatchObject({ status: 200 });
    for (const [station, area, error] of [
      ['hall', 'conduct', 'own-conduct'],
      ['meifeng', 'licences', 'not-allowed'],
    ])
      expect(await say([{ station, area, answers: [] }], lead)).toMatchObject({ status: 403, body: { error } });
    const leader = await hall.signIn('leader');
    expect((await look(leader)).stations).toHaveLength(14);
    expect((await say([{ station: 'hall', area: 'licences', answers: [] }], leader)).status).toBe(403);
    const clerk = await hall.signIn('clerk');
    expect((await clerk.ask('GET', '/api/checks')).status).toBe(403);
  });

  test('D5 what was skipped is found on the next working day, not on one of the holiday, and until it is explained', async () => {
    await checkAll(manager);
    // The swapped Sunday and the Monday are worked and forgotten; then the hall is closed for a week, and the Saturday of
    // the week after is worked in exchange again.
    clock.set(at('2019-09-30'));
    expect((await look()).stations.every(({ isOwed }) => isOwed)).toBe(true);
    clock.set(at('2019-10-03'));
    expect((await look()).stations.every(({ isOwed }) => !isOwed)).toBe(true);
    clock.set(at('2019-10-08'));
    const skipped = (check: AreaCheck) => check.findings.filter(({ kind }) => kind === 'skipped').map(({ day }) => day);
    expect(skipped(await areaOf('hall', 'patrol'))).toEqual(['2019-09-30', '2019-09-29']);
    await tell('hall.check.done', '2019-10-08T09:00', { station: 'hall', area: 'patrol', result: 'ok' });
    // Done by a sender, and still what was skipped waits for a word.
    expect(await areaOf('hall', 'patrol')).toMatchObject({ state: 'ok' });
    clock.set(at('2019-10-12'));
    const swapped = await areaOf('hall', 'patrol');
    expect((await look()).stations[0]!.isOwed).toBe(true);
    expect(skipped(swapped)).toEqual(['2019-10-11', '2019-10-10', '2019-10-09', '2019-09-30', '2019-09-29']);
    const bare = { finding: 'skipped', thing: '2019-09-30', answer: 'in-order' };
    expect(await say([{ station: 'hall', area: 'patrol', answers: [bare] }])).toMatchObject({
      status: 400,
      body: { error: 'bad-body' },
    });
    await checkAll(manager);
    expect(skipped(await areaOf('hall', 'patrol'))).toEqual([]);
    // Explained is not done.
    const rows = await manager.ask('GET', '/api/rows?term=checks&part=of&from=2019-09-30&to=2019-09-30&station=hall');
    expect(
      (rows.body as unknown as { rows: { key: string; value: unknown }[] }).rows.map(({ value }) => value),
    ).toEqual(Array.from({ length: 5 }, () => ({ n: 0, of: 1 })));
  });

  test('D6 what came since is found again: the area is open for it, and keeps its issue', async () => {
    clock.set(at('2019-10-14', '10:00'));
    await checkAll(manager, { answer: 'follow-up', note: '整改', owner: 'elsewhere', dueOn: '2019-10-16' });
    await tell('hall.rating.given', '2019-10-14T10:00', { score: 2, station: 'hall', medium: 'pad' });
    const again = await areaOf('hall', 'satisfaction');
    expect(openOf(again)).toMatchObject([{ kind: 'poor-rating' }]);
    const settled = { finding: 'poor-rating', thing: openOf(again)[0]!.thing, answer: 'explained', note: '误点' };
    expect((await say([{ station: 'hall', area: 'satisfaction', answers: [settled] }])).status).toBe(200);
    expect(openOf(await areaOf('hall', 'satisfaction'))).toEqual([]);
    // It was looked at: the next day does not ask again.
    clock.set(at('2019-10-15', '10:00'));
    expect((await areaOf('hall', 'satisfaction')).findings).toEqual([]);
  });

  test('D2 a poor rating that somebody has in hand needs no word: by its name, its case, or as the last before it', async () => {
    clock.set(at('2019-10-15', '10:30'));
    const rate = async (time: string, more: object = {}): Promise<string> => {
      await tell('hall.rating.given', `2019-10-15T${time}`, { score: 1, station: 'meifeng', medium: 'pad', ...more });
      return `e${told - 1}`;
    };
    const open = (followup: string, time: string, more: object = {}) =>
      tell('hall.followup.opened', `2019-10-15T${time}`, { followup, about: 'rating', station: 'meifeng', ...more });
    const named = await rate('09:01');
    await rate('09:02', { case: 'rated' });
    await rate('09:03', { staff: 'clerk' });
    await rate('09:04', { staff: 'second' });
    await rate('09:30');
    await open('by-name', '09:10', { rating: named });
    await open('by-case', '09:10', { case: 'rated' });
    await open('by-staff', '09:11', { staff: 'clerk' });
    await open('bare', '09:12');
    await open('bare-too', '09:12');
    await open('elsewhere', '09:40', { station: 'hall' });
    const { findings } = await areaOf('meifeng', 'satisfaction');
    const of = (from: string) => findings.find((one) => one.at === Date.parse(`2019-10-15T${from}:00+08:00`))?.followup;
    expect(['09:01', '09:02', '09:03', '09:04', '09:30'].map(of)).toEqual([
      ...['by-name', 'by-case', 'by-staff', 'bare', undefined],
    ]);
    // Nobody’s is left for the second that names nothing, and what came after it is not its.
    expect(openOf(await areaOf('meifeng', 'satisfaction'))).toMatchObject([{ kind: 'poor-rating' }]);
  });

  test('D4 whoever was rated does not settle it, and follows it up no more than they settle it', async () => {
    await tell('hall.rating.given', '2019-10-15T09:50', { score: 1, station: 'hall', medium: 'pad', staff: 'lead' });
    const [finding] = openOf(await areaOf('hall', 'satisfaction', lead));
    expect(finding).toMatchObject({ kind: 'poor-rating', isOwn: true });
    expect(openOf(await areaOf('hall', 'satisfaction'))[0]).not.toHaveProperty('isOwn');
    const answer = { finding: 'poor-rating', thing: finding!.thing };
    const given = { answer: 'follow-up', note: '请复核', owner: 'second', dueOn: '2019-10-17' };
    const tries: [object, number, unknown][] = [
      [{ answer: 'in-order' }, 403, 'own'],
      [{ answer: 'explained', note: '误点' }, 403, 'own'],
      [{ ...given, owner: 'lead' }, 403, 'own'],
      [given, 200, undefined],
    ];
    for (const [said, status, error] of tries) {
      const { status: answered, body } = await say(
        [{ station: 'hall', area: 'satisfaction', answers: [{ ...answer, ...said }] }],
        lead,
      );
      expect([answered, (body as { error?: string }).error]).toEqual([status, error]);
    }
  });

  test('all of it stands in the ledger: after a restart everything is as it was', async () => {
    const before = await look();
    await hall.restart();
    manager = await hall.signIn('manager');
    lead = await hall.signIn('lead');
    expect({ ...(await look()), now: 0 }).toEqual({ ...before, now: 0 });
  });
});

describe('bad input', () => {
  test.each([
    ['words that tell who a citizen is', { answer: 'explained', note: '电话 13812345678' }, 422, { error: 'identity' }],
    ['a reason that is blank', { answer: 'explained', note: '   ' }, 400, { error: 'bad-body' }],
    ['nobody to follow it up', { answer: 'follow-up', note: '整改' }, 400, { error: 'bad-body' }],
    [
      'somebody whom nobody knows',
      { answer: 'follow-up', note: '整改', owner: 'toString', dueOn: '2019-10-16' },
      422,
      { error: 'unknown-owner' },
    ],
    [
      'a day that is over',
      { answer: 'follow-up', note: '整改', owner: 'clerk', dueOn: '2019-10-14' },
      422,
      { error: 'past' },
    ],
  ])('%s', async (_name, said, status, body) => {
    const answers = [{ finding: 'seen', ...said }];
    expect(await say([{ station: 'hall', area: 'licences', answers }])).toMatchObject({ status, body });
    expect((await areaOf('hall', 'licences')).state).toBe('open');
  });

  test.each(['toString', '__proto__', 'constructor', 'nowhere'])(
    'no area and no station is called %s',
    async (name) => {
      for (const check of [
        { station: name, area: 'cases', answers: [] },
        { station: 'hall', area: name, answers: [] },
      ])
        expect([400, 404]).toContain((await say([check])).status);
    },
  );

  test('a finding that there is not is nobody’s to answer', async () => {
    const answers = [{ finding: 'overdue', thing: 'case:none', answer: 'in-order' }];
    expect(await say([{ station: 'hall', area: 'licences', answers }])).toMatchObject({
      status: 409,
      body: { error: 'finding-gone' },
    });
  });
});

test('where managers alone check, a lead looks', async () => {
  const other = await openStaffedHall({ clock, profile: (profile) => void (profile['checks'] = { by: 'managers' }) });
  try {
    const browser = await other.signIn('lead');
    const found = await look(browser);
    expect(found.stations[0]!.areas['cases']!.may).toBe('no');
    expect((await say([{ station: 'hall', area: 'cases', answers: [] }], browser)).status).toBe(403);
  } finally {
    await other.close();
  }
});
