// A hall in years that the official calendar does not know, with and without a document of its own: every face goes on (K1).
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { readDoor } from '../../../client/panels/public/door.ts';
import { readMoment } from '../../../client/panels/moment.ts';
import { publicLanguages } from '../../../client/public/words.ts';
import { readPhase } from '../../../domain/board/now.ts';
import type { FollowupsData, OverviewData } from '../../../domain/board/topics/data.ts';
import type { PublicData } from '../../../domain/board/topics/data-public.ts';
import { addDays, createZone, momentOf, weekdayOf } from '../../../domain/calendar/zone.ts';
import { startServer, type RunningServer } from '../../../server/server.ts';
import { postEvents, readBoard, readMeasures, wireEvent } from '../../e2e/hall-client.ts';
import { findRoot, KEY } from '../../e2e/product.ts';
import { openInProcessLedger } from '../../property/in-process-ledger.ts';

const zone = createZone('Asia/Shanghai');
let server: RunningServer | undefined;
let folder: string | undefined;
let now = 0;

afterEach(async () => {
  await server?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
  server = folder = undefined;
});

/** A hall at `at`, with the document that it begins with, if any. */
async function open(at: number, document?: object): Promise<RunningServer> {
  now = at;
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-years-'));
  mkdirSync(join(folder, 'client/wall'), { recursive: true });
  writeFileSync(join(folder, 'client/wall/index.html'), '<html><body></body></html>');
  if (document) {
    mkdirSync(join(folder, 'documents'));
    writeFileSync(join(folder, 'documents/calendar.json'), JSON.stringify(document));
  }
  server = await startServer({
    port: 0,
    folder,
    seedFolder: join(findRoot(), 'data/halls/meilin'),
    clientFolder: join(folder, 'client'),
    build: 'test',
    demo: false,
    openReading: true,
    ingestKey: KEY,
    trustProxy: 0,
    clock: { now: () => now, untilMs: (moment) => moment - now },
    logger: pino({ level: 'silent' }),
    alarmLookMs: 5,
    dayLookMs: 5,
    openLedger: (place) =>
      Promise.resolve(openInProcessLedger(place.zone.name, join(place.folder, 'ledger.sqlite'), place.hall)),
  });
  return server;
}

let ids = 0;
const tell = async (type: string, data: Record<string, unknown>, at = now): Promise<void> => {
  const { status } = await postEvents(server!.url, wireEvent(`y${ids++}`, type, data, at));
  expect(status).toBe(200);
};
const data = async <T>(topic: string): Promise<T> => (await readBoard(server!.url, topic)).data as unknown as T;
const firstWeekday = (from: string, weekday: number): string => {
  let day = from;
  while (weekdayOf(day) !== weekday) day = addDays(day, 1);
  return day;
};
async function eventually(check: () => Promise<void>): Promise<void> {
  for (const until = Date.now() + 15_000; ;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

describe.each([2027, 2028, 2035])('on a Monday of %i', (year) => {
  const monday = firstWeekday(`${year}-03-01`, 1);

  test('that nobody has said anything of, the hall is open on every face, and says that it does not know', async () => {
    const { url } = await open(momentOf(zone, addDays(monday, -7), 600));
    await tell('hall.case.accepted', { case: 'past', station: 'hall', channel: 'window', item: 'mi-01' });
    now = momentOf(zone, monday, 600);
    await server!.looks(2);
    await tell('hall.case.accepted', { case: 'c1', station: 'hall', channel: 'window', item: 'mi-01' });
    await tell('hall.followup.opened', { followup: 'f1', about: 'rating', station: 'meifeng' });
    await tell('hall.check.done', { station: 'hall', area: 'cases', result: 'ok' });

    const overview = await data<OverviewData>('overview');
    expect(readPhase(overview.day, zone, now)).toBe('open');
    expect(overview.day).toMatchObject({ day: monday, working: true });
    expect(overview.calendar.unknownYears).toContain(year);
    expect(overview.trend.usualDays).toBe(1);
    const screen = await data<PublicData>('public');
    expect(readDoor(screen.day, readMoment(screen.day, zone, now), publicLanguages.zh)).toMatchObject({ isOpen: true });
    expect(JSON.stringify(screen)).not.toContain('未知');
    const { followups } = await data<FollowupsData>('followups');
    expect(followups['f1']!.due).toEqual({ at: momentOf(zone, addDays(monday, 7), 1080), by: 'target' });
    expect(await readMeasures(url, monday)).toMatchObject({ checks: { n: 1, of: 42 }, unknownYears: [year] });
    const health = (await (await fetch(`${url}/healthz`)).json()) as { unknownYears: number[] };
    expect(health.unknownYears).toEqual([year]);
    // Somebody who waits for longer than the target is an alarm today as on any day.
    await tell('hall.ticket.taken', { ticket: 't1', station: 'hall' }, now - 3_600_000);
    now += 60_000;
    await eventually(async () => {
      now += 10_000;
      const { alarms } = await data<OverviewData>('overview');
      expect(Object.values(alarms).map(({ kind }) => kind)).toContain('queue');
    });
  });

  test('that its own document knows as a day off, it is shut; edited, it is open again without a restart', async () => {
    const document = { version: 1, years: [year], daysOff: [{ from: monday }] };
    const { url } = await open(momentOf(zone, monday, 600), document);
    expect((await data<OverviewData>('overview')).day).toMatchObject({ working: false, hours: [] });
    const { day } = await data<PublicData>('public');
    expect(readDoor(day, readMoment(day, zone, now), publicLanguages.zh).isOpen).toBe(false);
    expect(await readMeasures(url, monday)).toMatchObject({ checks: { n: 0, of: 0 }, unknownYears: [] });

    const file = join(folder!, 'documents/calendar.json');
    expect(existsSync(file)).toBe(true);
    const edited = { version: 2, years: [year], daysOff: [{ from: monday, stations: ['meifeng'] }] };
    writeFileSync(file, JSON.stringify(edited));
    await eventually(async () => {
      expect((await data<OverviewData>('overview')).day).toMatchObject({ working: true });
    });
    expect(readPhase((await data<OverviewData>('overview')).day, zone, now)).toBe('open');
    expect(await readMeasures(url, monday)).toMatchObject({ checks: { n: 0, of: 39 } });
  });
});

test('a turnaround follows the calendar that is in force when it is shown, and no refold is needed', async () => {
  const monday = '2027-03-01';
  const { url } = await open(momentOf(zone, '2027-03-03', 600));
  await tell(
    'hall.case.accepted',
    { case: 'c1', station: 'hall', channel: 'window', item: 'mi-01' },
    momentOf(zone, monday, 600),
  );
  await tell('hall.case.finished', { case: 'c1', outcome: 'approved' }, momentOf(zone, '2027-03-03', 600));
  expect((await readMeasures(url, '2027-03-03')).turnaround).toEqual({ medianDays: 2, n: 1 });
  const off = { version: 2, daysOff: [{ from: '2027-03-02' }] };
  writeFileSync(join(folder!, 'documents/calendar.json'), JSON.stringify(off));
  await eventually(async () => {
    expect((await readMeasures(url, '2027-03-03')).turnaround).toEqual({ medianDays: 1, n: 1 });
  });
});

test('no page brings a calendar of its own along: browsers go by what the topics say', () => {
  const assets = join(findRoot(), 'dist/client/assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(0);
  // A holiday's name as the library has it.
  for (const name of scripts) expect(readFileSync(join(assets, name), 'utf8')).not.toContain('国庆节');
});
