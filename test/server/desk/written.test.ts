// What others wrote down at a station, as whoever may void it is told: by day and person, and never what the rules keep from them.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nameEntry, type Act, type Entry, type EntryOutcome } from '../../../domain/desk/entry.ts';
import type { DeskWritten } from '../../../domain/wire/desk.ts';
import { KEY, openStaffedHall, type StaffedHall, type Who } from '../staffed-hall.ts';

const DAY_MS = 86_400_000;
const DAY = '2026-11-26';
let hall: StaffedHall;
/** A Thursday at ten. */
let now: number;
beforeEach(async () => {
  now = Date.parse(`${DAY}T10:00:00+08:00`);
  hall = await openStaffedHall({
    clock: { now: () => now, untilMs: (moment) => moment - now },
    // A complaint is about somebody whom the profile has.
    profile(profile) {
      for (const id of ['lead', 'second'])
        (profile['staff'] as object[]).push({ id, name: `示例${id}`, station: 'hall' });
    },
  });
});
afterEach(() => hall.close());

let made = 0;
const dayOf = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
/** Writes something down, a second after what came before. @returns the entry's id */
async function write(author: Who, act: Act, station = 'hall'): Promise<string> {
  now += 1_000;
  const letters = [...String(made++).padStart(20, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  const id = nameEntry(dayOf(now), author, letters);
  const entry: Entry = { id, author, hall: 'meilin', station, at: new Date(now).toISOString(), act };
  const { body } = await (await hall.signIn(author)).ask('POST', '/api/desk/entries', { entries: [entry] });
  outcome = (body as { outcomes: EntryOutcome[] }).outcomes[0]!;
  return id;
}
let outcome: EntryOutcome;
const consultation: Act = { type: 'consultation', medium: 'phone' };
const instant = (id: string): Act => ({
  ...{ type: 'case', case: id, item: 'ca-02', channel: 'window', handling: 'instant' },
});
async function ask(who: Who, query: string) {
  return (await hall.signIn(who)).ask('GET', `/api/desk/written?${query}`);
}
async function look(who: Who, { day = DAY, station = 'hall', more = '' } = {}): Promise<DeskWritten> {
  const { status, body } = await ask(who, `station=${station}&day=${day}${more}`);
  expect(status).toBe(200);
  return body;
}
const linesOf = async (who: Who, staff: string, day = DAY) =>
  (await look(who, { day, more: `&staff=${staff}` })).lines.map(({ entry }) => entry);

test('a lead is told who wrote down how much there, and each one’s entries, the newest first; their own are elsewhere', async () => {
  const first = await write('clerk', instant('c1'));
  const promised = await write('clerk', { ...instant('c2'), handling: 'promised' } as Act);
  // Of no station by its own words: its case is of one.
  const finish = await write('clerk', { type: 'case-finished', case: 'c2', outcome: 'approved' });
  await write('second', consultation);
  await write('elsewhere', consultation, 'meifeng');
  await write('lead', consultation);
  expect(await look('lead')).toEqual({
    people: [
      { staff: 'clerk', name: '示例clerk', count: 3 },
      { staff: 'second', name: '示例second', count: 1 },
    ],
    lines: [],
  });
  expect(await linesOf('lead', 'clerk')).toEqual([finish, promised, first]);
  expect((await look('lead', { more: '&staff=clerk&lines=1' })).lines.map(({ entry }) => entry)).toEqual([finish]);
  expect(await linesOf('lead', 'lead')).toEqual([]);
  for (const odd of ['nobody', 'toString', '__proto__', '%2f', 'a'.repeat(150)])
    expect(await look('lead', { more: `&staff=${odd}` })).toEqual({ people: [], lines: [] });
  expect((await look('manager', { station: 'meifeng' })).people).toMatchObject([{ staff: 'elsewhere', count: 1 }]);
});

test('who has left is told of by their name, for seven days; and what was taken back is, as such', async () => {
  const kept = await write('clerk', consultation);
  const undone = await write('clerk', consultation);
  await write('clerk', { type: 'undo', entry: undone });
  hall.access.accounts.endAccount('clerk');
  now += 6 * DAY_MS;
  expect((await look('lead')).people).toEqual([{ staff: 'clerk', name: '示例clerk', count: 2 }]);
  await write('lead', { type: 'void', entry: kept, reason: '录错事项' });
  expect(outcome.ok).toBe(true);
  expect((await look('lead', { more: '&staff=clerk' })).lines).toMatchObject([
    { entry: undone, voided: true, undone: true },
    { entry: kept, voided: true },
  ]);
  const event = (await hall.server.ledger.read(0, 100)).findIndex(({ type, data }) =>
    type === 'hall.event.voided' ? 'reason' in data && data.reason === '录错事项' : false,
  );
  expect((await hall.server.ledger.readActors(0, 100))[event]).toEqual({ kind: 'staff', id: 'lead' });
  now += DAY_MS;
  for (const day of [DAY, '2026-12-04', '2026-13-01', 'toString', ''])
    expect([day, await ask('lead', `station=hall&day=${day}`)]).toEqual([
      day,
      expect.objectContaining({ status: 400, body: { error: 'bad-query', field: 'day' } }),
    ]);
});

test('neither told nor voided: a citizen’s second rating, and a complaint about whoever asks', async () => {
  const event = { specversion: '1.0', source: 'urn:other', time: new Date(now).toISOString() };
  for (const [type, data] of [
    ['hall.case.accepted', { case: 'p1', station: 'hall', channel: 'window', item: 'mi-02', staff: 'clerk' }],
    ['hall.followup.opened', { followup: 'f1', about: 'rating', station: 'hall', case: 'p1' }],
  ] as const)
    await hall
      .browser()
      .ask('POST', '/api/events', { ...event, id: type, type, data }, { Authorization: `Bearer ${KEY}` });
  const rating = await write('manager', {
    type: 'rating-again',
    followup: 'f1',
    case: 'p1',
    score: 2,
    medium: 'phone',
  });
  expect(outcome.ok).toBe(true);
  const about = await write('clerk', { type: 'complaint-received', complaint: 'k1', staff: 'lead', about: '态度' });
  const other = await write('clerk', { type: 'complaint-received', complaint: 'k2', staff: 'second' });
  const answer = await write('manager', { type: 'complaint-answered', complaint: 'k1', upheld: true });
  expect((await look('lead')).people).toEqual([{ staff: 'clerk', name: '示例clerk', count: 1 }]);
  expect(await linesOf('lead', 'clerk')).toEqual([other]);
  for (const [entry, reason] of [
    [rating, 'not-allowed'],
    [about, 'not-allowed'],
    [answer, 'not-allowed'],
    [other, undefined],
  ] as const) {
    await write('lead', { type: 'void', entry, reason: '录错' });
    expect([entry, outcome.ok ? undefined : outcome.reason]).toEqual([entry, reason]);
  }
  // A manager has no part in the complaint, and whoever entered the rating may take it back.
  expect(await linesOf('manager', 'clerk')).toContain(about);
  await write('manager', { type: 'void', entry: rating, reason: '录错' });
  expect(outcome.ok).toBe(true);
});
