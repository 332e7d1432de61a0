// A hall in years that the official calendar does not know, with and without a document of its own: every face goes on (K1).
import { afterEach, describe, expect, test } from 'vitest';
import { readCountdown } from '../../../domain/followups/countdown.ts';
import { readDoor, readDuty } from '../../../client/panels/public/door.ts';
import { readMoment } from '../../../client/panels/moment.ts';
import { publicLanguages } from '../../../client/words/public.ts';
import { readPhase } from '../../../domain/board/now.ts';
import type { FollowupsData, OverviewData } from '../../../domain/board/topics/data.ts';
import type { CommunitiesData } from '../../../domain/board/topics/data-communities.ts';
import type { PublicData } from '../../../domain/board/topics/data-public.ts';
import { addDays, momentOf } from '../../../domain/calendar/zone.ts';
import { forecastDay } from '../../../domain/forecast/forecast.ts';
import { createRecount } from '../../../server/ledger/sqlite/recount.ts';
import { compareMeasures } from '../../../server/reports/compare-measures.ts';
import { readMeasures } from '../../e2e/hall-client.ts';
import { eventually, firstWeekday, openYearHall, zone, type YearHall, type YearHallOptions } from './year-hall.ts';

let hall: YearHall;
afterEach(() => hall.close());

async function open(options: YearHallOptions): Promise<YearHall> {
  return (hall = await openYearHall(options));
}

const accept = (id: string, at?: number) =>
  hall.tell('hall.case.accepted', { case: id, station: 'hall', channel: 'window', item: 'mi-01' }, at);
const door = (data: PublicData) => readDoor(data, readMoment(data.day, zone, hall.now), publicLanguages.zh);
const minutesOn = (day: string, minute: number) => momentOf(zone, day, minute);

/** A visitor who has waited for an hour: beyond any target. */
async function keepWaiting(): Promise<void> {
  await hall.tell('hall.ticket.taken', { ticket: 't1', station: 'hall' }, hall.now - 3_600_000);
}

/** Moves the clock on, in steps of a look and more, until an alarm of this kind stands on the wall. */
async function expectAlarm(kind: string): Promise<void> {
  await eventually(async () => {
    hall.now += 10_000;
    const { alarms } = await hall.read<OverviewData>('overview');
    expect(Object.values(alarms).map((alarm) => alarm.kind)).toContain(kind);
  });
}

describe.each([2027, 2028, 2035])('on a Monday of %i', (year) => {
  const monday = firstWeekday(`${year}-03-01`, 1);

  test('that nobody has said anything of, the hall is open on every face, and says that it does not know', async () => {
    await open({ at: minutesOn(monday, 600) });
    for (const weeks of [1, 2, 3])
      for (const n of [1, 2]) await accept(`past${weeks}-${n}`, minutesOn(addDays(monday, -7 * weeks), 660));
    await accept('c1');
    await hall.tell('hall.followup.opened', { followup: 'f1', about: 'rating', station: 'meifeng' });
    await hall.tell('hall.check.done', { station: 'hall', area: 'cases', result: 'ok' });

    const overview = await hall.read<OverviewData>('overview');
    expect(readPhase(overview.day, zone, hall.now)).toBe('open');
    expect(overview.day).toMatchObject({ day: monday, working: true });
    expect(overview.calendar.unknownYears).toContain(year);
    const { trend } = overview;
    expect(trend.usualDays).toBe(3);
    expect(forecastDay({ ...trend, today: trend.window }, 600)!.end.high).toBeGreaterThan(0);
    const screen = await hall.read<PublicData>('public');
    expect(door(screen)).toMatchObject({ isOpen: true });
    // To a citizen the hall is open; that nobody has told it the holidays is the hall's own matter.
    expect(JSON.stringify(screen)).not.toContain('unknownYears');
    const { followups, ...basis } = await hall.read<FollowupsData>('followups');
    const due = { at: minutesOn(addDays(monday, 7), 1080), by: 'target' as const };
    expect(followups['f1']!.due).toEqual(due);
    expect(readCountdown(hall.now, due.at, hall.now, basis, zone)).toMatchObject({ state: 'left', days: 5 });
    expect(await readMeasures(hall.url, monday)).toMatchObject({ checks: { n: 1, of: 42 }, unknownYears: [year] });
    const health = (await (await fetch(`${hall.url}/healthz`)).json()) as { unknownYears: number[] };
    expect(health.unknownYears).toEqual([year]);
    await keepWaiting();
    await expectAlarm('queue');
  });

  test('that its own document knows as a day off, it is shut; edited, it is open again without a restart', async () => {
    const calendar = { version: 1, years: [year], daysOff: [{ from: monday }] };
    await open({ at: minutesOn(monday, 600), calendar });
    for (const weeks of [1, 2, 3]) await accept(`past${weeks}`, minutesOn(addDays(monday, -7 * weeks), 660));
    await hall.tell('hall.followup.opened', { followup: 'f1', about: 'rating', station: 'meifeng' });
    await keepWaiting();
    const before = await hall.read<OverviewData>('overview');
    expect(before.day).toMatchObject({ working: false, hours: [] });
    expect(before.calendar.off).toContain(monday);
    expect(before.calendar.unknownYears).not.toContain(year);
    expect(before.trend.usualDays).toBe(0);
    hall.now += 120_000;
    await hall.server.looks(4);
    expect((await hall.read<OverviewData>('overview')).alarms).toEqual({});
    expect(door(await hall.read<PublicData>('public')).isOpen).toBe(false);
    expect(await readMeasures(hall.url, monday)).toMatchObject({ checks: { n: 0, of: 0 }, unknownYears: [] });

    hall.write({ version: 2, years: [year], daysOff: [{ from: monday, stations: ['meifeng'] }] });
    await eventually(async () => {
      expect((await hall.read<OverviewData>('overview')).day).toMatchObject({ working: true });
    });
    const overview = await hall.read<OverviewData>('overview');
    expect(readPhase(overview.day, zone, hall.now)).toBe('open');
    expect(overview.trend.usualDays).toBe(3);
    expect(door(await hall.read<PublicData>('public')).isOpen).toBe(true);
    expect(await readMeasures(hall.url, monday)).toMatchObject({ checks: { n: 0, of: 39 } });
    const { stations } = await hall.read<CommunitiesData>('communities');
    expect(Object.keys(stations['hall']!.checks)).toContain(monday);
    expect(Object.keys(stations['meifeng']!.checks)).not.toContain(monday);
    await expectAlarm('queue');
  });

  test('what its document says of a Saturday opens the doors and makes no working day', async () => {
    const saturday = addDays(monday, 5);
    const calendar = { version: 1, years: [year], hours: [{ weekdays: [6], hours: [['09:00', '12:00']] }] };
    await open({ at: minutesOn(saturday, 600), calendar });
    await hall.tell('hall.check.done', { station: 'hall', area: 'cases', result: 'ok' });
    await hall.tell('hall.followup.opened', { followup: 'f1', about: 'rating', station: 'hall' }, hall.now - 60_000);
    const screen = await hall.read<PublicData>('public');
    expect(door(screen)).toMatchObject({ isOpen: true, hours: '今日办理时间 09:00–12:00' });
    expect(readDuty({ ...screen, duty: { name: '示例甲' } }, zone, hall.now)).toEqual({ name: '示例甲' });
    const overview = await hall.read<OverviewData>('overview');
    expect(overview.day).toMatchObject({ working: false, hours: [[540, 720]] });
    expect(overview.trend.usualDays).toBe(0);
    const { followups, ...basis } = await hall.read<FollowupsData>('followups');
    const { at: due } = followups['f1']!.due!;
    expect(due).toBe(minutesOn(addDays(saturday, 6), 1080));
    expect(readCountdown(hall.now, due, hall.now, basis, zone)).toMatchObject({ days: 5, minutes: 0, running: false });
    expect(await readMeasures(hall.url, saturday)).toMatchObject({ checks: { n: 0, of: 0 }, unknownYears: [] });
    await keepWaiting();
    await expectAlarm('queue');
  });
});

test('the night into a year that nobody knows: the wall turns its day, and the hall opens on Monday', async () => {
  await open({ at: minutesOn('2026-12-31', 1439) });
  hall.now = minutesOn('2027-01-04', 600);
  await hall.server.looks(2);
  const overview = await hall.read<OverviewData>('overview');
  expect(overview.day).toMatchObject({ day: '2027-01-04', working: true });
  expect(overview.calendar.unknownYears).toEqual([2027, 2028]);
  expect(door(await hall.read<PublicData>('public')).isOpen).toBe(true);
});

test('a Monday’s check counts on whatever the calendar calls the day when it is asked', async () => {
  await open({ at: minutesOn('2027-03-01', 600), calendar: { version: 1, daysOff: [{ from: '2027-03-01' }] } });
  await hall.tell('hall.check.done', { station: 'hall', area: 'cases', result: 'ok' });
  expect((await readMeasures(hall.url, '2027-03-01')).checks).toEqual({ n: 0, of: 0 });
  hall.write({ version: 2 });
  await eventually(async () => {
    expect((await readMeasures(hall.url, '2027-03-01')).checks).toEqual({ n: 1, of: 42 });
  });
});

test('a turnaround follows the calendar in force; a restart and a recount agree, and nothing is folded anew', async () => {
  const [monday, wednesday] = ['2027-03-01', '2027-03-03'];
  await open({ at: minutesOn(wednesday, 600) });
  await accept('c1', minutesOn(monday, 600));
  await hall.tell('hall.case.paused', { case: 'c1' }, minutesOn(monday, 720));
  await hall.tell('hall.case.resumed', { case: 'c1' }, minutesOn(monday, 1080));
  await hall.tell('hall.case.finished', { case: 'c1', outcome: 'approved' }, minutesOn(wednesday, 600));
  const turnaround = async () => (await readMeasures(hall.url, wednesday)).turnaround;
  expect(await turnaround()).toEqual({ medianDays: 1.75, n: 1 });
  hall.write({ version: 2, daysOff: [{ from: '2027-03-02' }] });
  await eventually(async () => {
    expect(await turnaround()).toEqual({ medianDays: 0.75, n: 1 });
  });
  const agree = async () => {
    const { config } = hall.server;
    const span = { from: '2027-02-01', to: wednesday, now: hall.now };
    const shown = await hall.server.board.measures(span);
    const recount = createRecount(hall.ledger.db, { config, zone: zone.name });
    expect(compareMeasures(shown, recount.measure(span))).toEqual([]);
    recount.dispose();
    return shown;
  };
  const before = await agree();
  // The change has its place in the order of things.
  const events = await hall.ledger.read(0, 100);
  expect(events.at(-1)).toMatchObject({ type: 'hall.profile.changed', data: { document: 'calendar', version: 2 } });
  await hall.restart();
  expect(await agree()).toEqual(before);
  expect(await turnaround()).toEqual({ medianDays: 0.75, n: 1 });
});

test('a document that cannot be is told, and what was in force stays', async () => {
  await open({ at: minutesOn('2027-03-01', 600), calendar: { version: 1, daysOff: [{ from: '2027-03-01' }] } });
  hall.write({ version: 2, daysOff: [{ from: '2027-03-02', until: '2027-03-01' }] });
  await hall.restart();
  expect((await hall.read<OverviewData>('overview')).day.working).toBe(false);
});
