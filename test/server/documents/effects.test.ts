// What a change does to figures already shown is said before it is made: proved part by part, by what the walls and the measures then say.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CalendarDocument } from '../../../domain/calendar/calendar-document.ts';
import type { Catalogue, Profile } from '../../../domain/profile/profile.ts';
import type { OverviewData } from '../../../domain/board/topics/data.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import type { Effects, Settings, SetupDocument } from '../../../domain/wire/setup.ts';
import { postEvents, wireEvent } from '../../e2e/hall-client.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

/** A Wednesday of an ordinary week, in the middle of the afternoon. */
const DAY = '2026-11-25';
const at = (clock: string, day = DAY): number => Date.parse(`${day}T${clock}:00+08:00`);
const NOW = at('15:00');
const CASE = { station: 'hall', channel: 'window', item: 'mi-02' } as const;

/** Of this moment and by span: what was said, `[before, after]` of each figure that would be another. */
type Told = Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;

let hall: StaffedHall;
let administrator: Browser;
let documents: Settings['documents'];
beforeAll(async () => {
  hall = await openStaffedHall({
    clock: { now: () => NOW, untilMs: (moment) => moment - NOW },
    // No lamp is lit meanwhile.
    server: { followupLookMs: 3_600_000 },
  });
  administrator = await hall.signIn('administrator');
  const ticket = (id: string, type: string, clock: string) =>
    wireEvent(
      `${id}-${type}`,
      `hall.ticket.${type}`,
      { ticket: id, ticketDay: DAY, station: 'hall', window: 'w01' },
      at(clock),
    );
  const posted = await postEvents(
    hall.url,
    [
      // The pilot's: one approved in June, one today, and one that is open and due tomorrow at six.
      wireEvent('a1', 'hall.case.accepted', { ...CASE, case: 'a' }, at('10:00', '2026-06-01')),
      wireEvent('a2', 'hall.case.finished', { case: 'a', outcome: 'approved' }, at('10:00', '2026-06-08')),
      wireEvent('b1', 'hall.case.accepted', { ...CASE, case: 'b' }, at('10:00', '2026-11-13')),
      wireEvent('b2', 'hall.case.finished', { case: 'b', outcome: 'approved' }, at('11:00')),
      wireEvent(
        'c1',
        'hall.case.accepted',
        { ...CASE, case: 'c', promisedBy: new Date(at('18:00', '2026-11-26')).toISOString() },
        at('10:00', '2026-11-19'),
      ),
      // One waited 20 minutes and is at the window since; another waits since 14:40.
      ticket('A1', 'taken', '14:20'),
      ticket('A1', 'called', '14:40'),
      ticket('A2', 'taken', '14:40'),
      // Nothing was heard of it for four hours.
      wireEvent('s1', 'hall.service.given', { station: 'meifeng', kind: 'copying' }, at('11:00')),
      // Poor, a week ago: by five working days its follow-up is late.
      wireEvent(
        'f1',
        'hall.followup.opened',
        { followup: 'f', about: 'rating', station: 'hall' },
        at('10:00', '2026-11-17'),
      ),
    ],
    { key: KEY },
  );
  expect(posted.body).toMatchObject({ accepted: 10 });
  documents = ((await administrator.ask('GET', '/api/settings')).body as Settings).documents;
});
afterAll(() => hall.close());

const look = async (name: SetupDocument, value: object): Promise<Told> => {
  const { status, body } = await administrator.ask('POST', `/api/settings/${name}/effects`, { value });
  expect(status, JSON.stringify(body)).toBe(200);
  const { now, spans } = body as Effects;
  return {
    now: Object.fromEntries(now.map(({ id, before, after }) => [id, [before, after]])),
    ...Object.fromEntries(
      spans.map(({ name, terms }) => [
        name,
        Object.fromEntries(terms.map(({ id, before, after }) => [id, [before, after]])),
      ]),
    ),
  };
};
const profileWith = (change: (profile: Profile) => Partial<Profile>) => {
  const { value } = documents.profile!;
  return look('profile', { ...value, ...change(value) });
};
const targetsWith = (targets: Partial<Profile['targets']>) =>
  profileWith((profile) => ({ targets: { ...profile.targets, ...targets } }));
const calendarWith = (calendar: Partial<CalendarDocument>) =>
  look('calendar', { ...documents.calendar!.value, ...calendar });
const itemWith = (item: Partial<Catalogue['items'][number]>) => {
  const { value } = documents.catalogue!;
  return look('catalogue', {
    ...value,
    items: value.items.map((one) => (one.code === 'mi-02' ? { ...one, ...item } : one)),
  });
};

const everySpan = (terms: Told[string]): Told => ({ today: terms, month: terms, year: terms });

test.each<[change: string, look: () => Promise<Told>, told: Told]>([
  [
    'a longer wait is within the target',
    () => targetsWith({ waitMinutes: 40 }),
    {
      now: { queuesOver: [1, 0], alarms: [2, 1] },
      ...everySpan({
        'wait.within': [
          { n: 0, of: 1 },
          { n: 1, of: 1 },
        ],
      }),
    },
  ],
  ['more hours count as soon', () => targetsWith({ dueSoonHours: 30 }), { now: { dueSoon: [0, 1] } }],
  [
    'a service may take longer',
    () => targetsWith({ serviceMinutes: 30 }),
    { now: { windowsOver: [1, 0], alarms: [2, 1] } },
  ],
  ['a station may be silent for longer', () => targetsWith({ unheardMinutes: 300 }), { now: { heard: [1, 2] } }],
  [
    'a poor rating has more days to be followed up',
    () => targetsWith({ poorRatingDays: 10 }),
    { now: { followupsOverdue: [1, 0] } },
  ],
  [
    'today is a day off',
    () => calendarWith({ daysOff: [{ from: DAY }] }),
    {
      now: { hours: ['09:00–12:00 14:00–18:00', ''] },
      today: { checks: [{ of: 42 }, { of: 0 }], turnaround: [{ medianDays: 8.04 }, { medianDays: 7.58 }] },
      month: { checks: [{ of: 756 }, { of: 714 }], speedUp: [{ n: 11.9583 }, { n: 12.4167 }] },
      year: { checks: [{ of: 9324 }, { of: 9282 }] },
    },
  ],
  [
    'a day off that is past, while a case and a follow-up ran',
    () => calendarWith({ daysOff: [{ from: '2026-11-20' }] }),
    {
      now: { followupsOverdue: [1, 0] },
      today: { turnaround: [{ medianDays: 8.04 }, { medianDays: 7.04 }] },
      month: { checks: [{ of: 756 }, { of: 714 }] },
      year: { speedUp: [{ n: 26.9583 }, { n: 27.9583 }] },
    },
  ],
  [
    'a Saturday that was worked for another day',
    () => calendarWith({ workingDays: [{ on: '2026-11-21' }] }),
    {
      now: {},
      today: { turnaround: [{ medianDays: 8.04 }, { medianDays: 9.04 }] },
      month: { checks: [{ of: 756 }, { of: 798 }] },
      year: { checks: [{ of: 9324 }, { of: 9366 }] },
    },
  ],
  [
    'other hours of this one day',
    () => calendarWith({ hours: [{ from: DAY, hours: [['09:00', '20:00']] }] }),
    // Two hours of noon more, and the silent station has been so for too long.
    { now: { hours: ['09:00–12:00 14:00–18:00', '09:00–20:00'], alarms: [2, 3] } },
  ],
  [
    'a longer promise of an item',
    () => itemWith({ promisedDays: 10 }),
    {
      now: {},
      month: {
        promiseCut: [
          { n: 26, of: 40 },
          { n: 20, of: 40 },
        ],
      },
      year: {
        promiseCut: [
          { n: 39, of: 60 },
          { n: 30, of: 60 },
        ],
      },
    },
  ],
  [
    'a shorter time by law',
    () => itemWith({ statutoryDays: 10 }),
    {
      now: {},
      today: { speedUp: [{ of: 20 }, { of: 10 }] },
      month: { promiseCut: [{ of: 40 }, { of: 20 }] },
      year: { promiseCut: [{ of: 60 }, { of: 30 }] },
    },
  ],
  [
    'a station that ended yesterday',
    () =>
      profileWith(({ stations }) => ({
        stations: stations.map((one) => (one.id === 'meifeng' ? { ...one, until: '2026-11-24' } : one)),
      })),
    {
      now: { stations: [14, 13] },
      today: { checks: [{ of: 42 }, { of: 39 }] },
      month: { checks: [{ of: 756 }, { of: 753 }] },
      year: { checks: [{ of: 9324 }, { of: 9321 }] },
    },
  ],
  [
    'opening hours',
    () =>
      profileWith(() => ({
        hours: [
          ['08:30', '12:00'],
          ['13:00', '17:00'],
        ],
      })),
    { now: { hours: ['09:00–12:00 14:00–18:00', '08:30–12:00 13:00–17:00'], alarms: [2, 3] } },
  ],
  [
    'a pilot that began later',
    () => profileWith(({ medicalPilot }) => ({ medicalPilot: { ...medicalPilot!, from: '2026-11-01' } })),
    { now: { pilotApproved: [2, 1] } },
  ],
  [
    'a pilot at another station',
    () => profileWith(({ medicalPilot }) => ({ medicalPilot: { ...medicalPilot!, station: 'meifeng' } })),
    { now: { pilotApproved: [2, 0] } },
  ],
  [
    'no pilot any more',
    () => profileWith(() => ({ medicalPilot: undefined })),
    { now: { pilotApproved: [2, undefined] } },
  ],
  [
    'an area of the daily checks less',
    () => profileWith(() => ({ dailyChecks: ['cases', 'licences'] })),
    { now: {}, today: { checks: [{ of: 42 }, { of: 28 }] } },
  ],
  [
    'a kind of alarm that is not raised any more',
    () => profileWith(({ alarms }) => ({ alarms: { ...alarms!, kinds: { ...alarms!.kinds, queue: false } } })),
    { now: { alarms: [2, 1] } },
  ],
])('%s: what it does is said before it is made', async (_change, ask, told) => {
  const said = await ask();
  expect(said).toMatchObject(told);
  // Nothing is said of figures that stay, and none is called changed that reads as before.
  expect(Object.keys(said.now!).sort()).toEqual(Object.keys(told['now']!).sort());
  if (Object.keys(told).length === 1) expect(Object.keys(said)).toEqual(['now']);
  for (const terms of Object.values(said))
    for (const [before, after] of Object.values(terms)) expect(after).not.toEqual(before);
  expect(Object.keys(said).flatMap((span) => Object.keys(said[span]!))).not.toContain('wait');
});

test('what is said comes true, and a change of words changes no figure', async () => {
  expect(await profileWith(() => ({ name: { zh: '另一个名字' } }))).toEqual({ now: {} });
  const manager = await hall.signIn('manager');
  const { version, value } = documents.profile!;
  const next = {
    ...value,
    medicalPilot: { ...value.medicalPilot!, from: '2026-11-01' },
    targets: { ...value.targets, waitMinutes: 40 },
  };
  const { now, month } = (await look('profile', next)) as Told;
  expect((await administrator.ask('PUT', '/api/setup/profile', { version, value: next })).status).toBe(200);
  const board = (await manager.ask('GET', '/api/board?topic=overview')).body as { data: OverviewData };
  expect(board.data.medicalPilot!.approved).toBe(now!['pilotApproved']![1]);
  const measures = (await manager.ask('GET', `/api/measures?from=2026-11-01&to=${DAY}`)).body as Measures;
  expect(measures.wait.within).toEqual(month!['wait.within']![1]);
});
