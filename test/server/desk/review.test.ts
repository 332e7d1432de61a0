// What waits at a station for an answer, and what nobody may do about themselves: on a real hall, by each who may look.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nameEntry, type Act, type Entry, type EntryOutcome } from '../../../domain/desk/entry.ts';
import type { EventData, EventType } from '../../../domain/events/schema.ts';
import type { DeskMatters } from '../../../domain/wire/desk.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall, type Who } from '../staffed-hall.ts';

const DAY_MS = 86_400_000;
let hall: StaffedHall;
/** A Thursday at ten. */
let now: number;
beforeEach(async () => {
  now = Date.parse('2026-11-26T10:00:00+08:00');
  hall = await openStaffedHall({ clock: { now: () => now, untilMs: (moment) => moment - now } });
});
afterEach(() => hall.close());

let made = 0;
async function write(browser: Browser, author: Who, act: Act, station = 'hall'): Promise<EntryOutcome> {
  const [outcome] = await writeAll(browser, [entryOf(author, act, station)]);
  return outcome!;
}
function entryOf(author: Who, act: Act, station = 'hall'): Entry {
  const letters = [...String(made++).padStart(20, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  const day = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
  return { id: nameEntry(day, author, letters), author, hall: 'meilin', station, at: new Date(now).toISOString(), act };
}
async function writeAll(browser: Browser, entries: readonly Entry[]): Promise<EntryOutcome[]> {
  const { status, body } = await browser.ask('POST', '/api/desk/entries', { entries });
  expect(status).toBe(200);
  return (body as { outcomes: EntryOutcome[] }).outcomes;
}
/** From another system. */
async function tell<T extends EventType>(type: T, data: EventData[T]): Promise<void> {
  const body = {
    specversion: '1.0',
    source: 'urn:other',
    id: `e${made++}`,
    type,
    time: new Date(now).toISOString(),
    data,
  };
  const { status, body: answer } = await hall
    .browser()
    .ask('POST', '/api/events', body, { Authorization: `Bearer ${KEY}` });
  expect([status, answer]).toEqual([200, expect.anything()]);
}
async function look(browser: Browser, station = 'hall'): Promise<DeskMatters> {
  const { status, body } = await browser.ask('GET', `/api/desk/matters?station=${station}`);
  expect(status).toBe(200);
  return body;
}
const reasonOf = (outcome: EntryOutcome) => (outcome.ok ? 'ok' : [outcome.reason, outcome.field].join(' '));
async function poorRating(followup: string, about: { case?: string; staff?: Who; station?: string }): Promise<void> {
  const { case: id, staff, station = 'hall' } = about;
  if (id !== undefined) {
    const accepted = { case: id, station, channel: 'window', item: 'mi-02', handling: 'instant', ticket: `t-${id}` };
    await tell('hall.case.accepted', accepted as EventData['hall.case.accepted']);
    // Whoever is rated stands in the rating of the ticket alone.
    const rated = { score: 1, station, ticket: `t-${id}`, medium: 'pad', ...(staff ? { staff } : {}) };
    await tell('hall.rating.given', rated as EventData['hall.rating.given']);
  }
  await tell('hall.followup.opened', { followup, about: 'rating', station, ...(id === undefined ? {} : { case: id }) });
}

test('what was received days ago waits for whoever may answer it, until somebody does', async () => {
  const [clerk, lead] = [await hall.signIn('clerk'), await hall.signIn('lead')];
  await write(clerk, 'clerk', { type: 'request-received', request: 'r1', topic: '延时服务时间' });
  await write(clerk, 'clerk', { type: 'complaint-received', complaint: 'k1', about: '态度不好' });
  now += 3 * DAY_MS;
  await hall.server.ledger.readHead();
  expect(await look(clerk)).toEqual({ requests: [{ id: 'r1', at: now - 3 * DAY_MS, topic: '延时服务时间' }] });
  expect(await look(lead)).toMatchObject({
    requests: [{ id: 'r1' }],
    complaints: [{ id: 'k1', topic: '态度不好' }],
    ratings: [],
  });
  expect(await look(await hall.signIn('elsewhere'), 'meifeng')).toEqual({ requests: [] });

  const upheld: Act = { type: 'complaint-answered', complaint: 'k1', upheld: true };
  expect(reasonOf(await write(clerk, 'clerk', upheld))).toBe('not-allowed ');
  expect(reasonOf(await write(lead, 'lead', upheld))).toBe('ok');
  expect(reasonOf(await write(clerk, 'clerk', { type: 'request-answered', request: 'r1' }))).toBe('ok');
  expect(await look(lead)).toEqual({ requests: [], complaints: [], ratings: [] });
  const manager = await hall.signIn('manager');
  const { body } = await manager.ask('GET', '/api/measures?from=2026-11-26&to=2026-11-29');
  expect(body).toMatchObject({ requests: { received: 1, answered: 1 }, complaints: { received: 1, upheld: 1 } });
});

test('nobody answers a complaint about themselves', async () => {
  await tell('hall.complaint.received', { complaint: 'k1', station: 'hall', staff: 'lead' });
  const answer: Act = { type: 'complaint-answered', complaint: 'k1', upheld: false };
  expect(reasonOf(await write(await hall.signIn('lead'), 'lead', answer))).toBe('not-allowed act.complaint');
  expect(reasonOf(await write(await hall.signIn('manager'), 'manager', answer))).toBe('ok');
});

test('a second round is a lead’s to enter, once, of what was followed up, and enters no score', async () => {
  const [clerk, lead] = [await hall.signIn('clerk'), await hall.signIn('lead')];
  await poorRating('f1', { case: 'c1', staff: 'clerk' });
  const again: Act = { type: 'rating-again', followup: 'f1', case: 'c1', score: 5, medium: 'phone' };
  expect(await look(lead)).toMatchObject({ ratings: [{ followup: 'f1', case: 'c1', item: 'mi-02' }] });
  expect(reasonOf(await write(clerk, 'clerk', again))).toBe('not-allowed ');
  for (const [act, reason] of [
    [{ ...again, followup: 'toString' }, 'unknown act.followup'],
    [{ ...again, case: 'c2' }, 'unknown act.followup'],
  ] as const)
    expect(reasonOf(await write(lead, 'lead', act))).toBe(reason);
  // Twice in one request, and once more afterwards.
  const both = await writeAll(lead, [entryOf('lead', again), entryOf('lead', { ...again, score: 4 })]);
  expect(both.map(reasonOf)).toEqual(['ok', 'done act.followup']);
  expect(reasonOf(await write(lead, 'lead', again))).toBe('done act.followup');
  expect(await look(lead)).toMatchObject({ ratings: [{ followup: 'f1', again: 5 }] });
  const manager = await hall.signIn('manager');
  const { body } = await manager.ask('GET', '/api/measures?from=2026-11-26&to=2026-11-26');
  expect(body).toMatchObject({ poor: 1, scores: { 1: 1, 5: 0 } });

  // Undone, it may be entered anew.
  const [{ id } = { id: '' }] = both;
  expect(reasonOf(await write(lead, 'lead', { type: 'undo', entry: id }))).toBe('ok');
  expect((await look(lead)).ratings).toEqual([expect.not.objectContaining({ again: 5 })]);
  expect(reasonOf(await write(lead, 'lead', { ...again, score: 3 }))).toBe('ok');
});

test('nobody enters the second round of a rating of themselves, nor of nobody knows whom', async () => {
  const [lead, manager] = [await hall.signIn('lead'), await hall.signIn('manager')];
  await poorRating('own', { case: 'c1', staff: 'lead' });
  await poorRating('unknown', {});
  await poorRating('elsewhere', { case: 'c2', staff: 'elsewhere', station: 'meifeng' });
  const again = (followup: string, id?: string): Act => ({
    ...{ type: 'rating-again', followup, score: 4, medium: 'phone' },
    ...(id === undefined ? {} : { case: id }),
  });
  expect(reasonOf(await write(lead, 'lead', again('own', 'c1')))).toBe('not-allowed act.followup');
  expect(reasonOf(await write(lead, 'lead', again('unknown')))).toBe('not-allowed act.followup');
  expect(reasonOf(await write(lead, 'lead', again('elsewhere', 'c2')))).toBe('not-allowed act.case');
  expect(reasonOf(await write(manager, 'manager', again('own', 'c1')))).toBe('ok');
  expect(reasonOf(await write(manager, 'manager', again('unknown')))).toBe('ok');
  expect(reasonOf(await write(manager, 'manager', again('elsewhere', 'c2'), 'meifeng'))).toBe('ok');
});

test('the system that sends ratings does not keep a second round from being entered', async () => {
  await hall.close();
  hall = await openStaffedHall({
    clock: { now: () => now, untilMs: (moment) => moment - now },
    profile: (profile) => void (profile['feeds'] = [{ source: 'urn:other', fact: 'ratings' }]),
  });
  await poorRating('f1', { case: 'c1', staff: 'clerk' });
  const again: Act = { type: 'rating-again', followup: 'f1', case: 'c1', score: 4, medium: 'sms' };
  expect(reasonOf(await write(await hall.signIn('lead'), 'lead', again))).toBe('ok');
});
