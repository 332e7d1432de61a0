/** 社区 says of each station what 总览 says of all of them. */
import { expect, test } from 'vitest';
import type { CommunitiesData, StationRow } from '../../../../domain/board/topics/data-communities.ts';
import { at, ev, moment, openDay, tell } from './story.ts';

const accept = (id: string, when: string, station: string, more: object = {}) =>
  ev('hall.case.accepted', when, { case: id, station, channel: 'window', item: 'te-01', ...more });
const finish = (id: string, when: string) => ev('hall.case.finished', when, { case: id, outcome: 'approved' });
const rate = (when: string, station: string, score: 1 | 2 | 3 | 4 | 5, more: object = {}) =>
  ev('hall.rating.given', when, { score, station, medium: 'pad', ...more });
const check = (when: string, station: string, area: 'cases' | 'licences' | 'satisfaction', result: 'ok' | 'issue') =>
  ev('hall.check.done', when, { station, area, result, by: 's1' });

/** Thursday 21 November to Monday 25; 23 and 24 are a weekend. */
const story = [
  openDay('11-21'),
  openDay('11-22'),
  accept('old', '11-22 10:00', 'longwei', { promisedBy: moment('11-23 18:00') }),
  check('11-22 17:00', 'longwei', 'cases', 'ok'),
  check('11-22 17:10', 'longwei', 'licences', 'issue'),
  openDay('11-23'),
  openDay('11-24'),
  openDay('11-25'),
  accept('a', '11-25 09:10', 'hall', { item: 'mi-01' }),
  accept('b', '11-25 09:20', 'hall', { channel: 'online' }),
  accept('c', '11-25 09:30', 'meifeng', { promisedBy: moment('11-25 11:00') }),
  accept('d', '11-25 09:40', 'longwei', { channel: 'phone', promisedBy: moment('11-25 17:00') }),
  accept('e', '11-25 09:45', 'nowhere'),
  finish('c', '11-25 10:30'),
  finish('a', '11-25 10:40'),
  rate('11-25 10:45', 'meifeng', 5),
  rate('11-25 10:46', 'meifeng', 5, { byDefault: true }),
  rate('11-25 10:47', 'hall', 2),
  rate('11-25 10:48', 'hall', 4, { byDefault: true }),
  ev('hall.ticket.taken', '11-25 10:00', { ticket: 't1', station: 'hall' }),
  ev('hall.ticket.taken', '11-25 10:05', { ticket: 't2', station: 'hall' }),
  ev('hall.ticket.taken', '11-25 09:55', { ticket: 't3', station: 'hall' }),
  ev('hall.ticket.called', '11-25 10:01', { ticket: 't3', station: 'hall' }),
  check('11-25 10:20', 'meifeng', 'cases', 'ok'),
];

const sum = ({ stations }: CommunitiesData, read: (row: StationRow) => number) =>
  Object.values(stations).reduce((total, row) => total + read(row), 0);

test('the rows add up to the overview, with what the profile does not know', async () => {
  const { communities, overview } = await tell(story, ['communities', 'overview']);
  const { counts, ratings, promises } = overview;
  expect(counts.accepted).toBe(5);
  expect(sum(communities, (row) => row.accepted)).toBe(counts.accepted);
  expect(sum(communities, (row) => row.finished)).toBe(counts.finished);
  expect(sum(communities, ({ load }) => load.window ?? 0)).toBe(counts.windowCases);
  expect(sum(communities, ({ load }) => load.online ?? 0)).toBe(counts.onlineCases);
  for (const row of Object.values(communities.stations))
    expect(Object.values(row.load).reduce((total, n) => total + n, 0)).toBe(row.accepted);
  expect(sum(communities, (row) => row.ratings.satisfied.of)).toBe(ratings.satisfied.of);
  expect(sum(communities, (row) => row.ratings.activelySatisfied.n)).toBe(ratings.activelySatisfied.n);
  expect(sum(communities, (row) => row.ratings.poor)).toBe(ratings.poor);
  expect(sum(communities, (row) => row.promises.finishedPromised)).toBe(promises.finishedPromised);
  expect(sum(communities, (row) => row.promises.overdueBefore)).toBe(promises.overdueBefore);
  expect(sum(communities, (row) => row.promises.dueToday.length)).toBe(promises.dueToday.length);
  expect(communities.order).toHaveLength(15);
  expect(communities.order.at(-1)).toBe('nowhere');
  expect(communities.stations['nowhere']).toMatchObject({ unknown: true, accepted: 1, checks: {} });
});

test('a rating that nobody gave stays apart from those given', async () => {
  const { communities } = await tell(story, ['communities']);
  expect(communities.stations['meifeng']!.ratings).toEqual({
    satisfied: { n: 2, of: 2 },
    activelySatisfied: { n: 1, of: 1 },
    byDefault: 1,
    poor: 0,
  });
  expect(communities.stations['hall']!.ratings).toMatchObject({ activelySatisfied: { n: 0, of: 1 }, poor: 1 });
});

test('a station knows its queue, its promises and since when the first one waits', async () => {
  const { communities } = await tell(story, ['communities']);
  const { hall, longwei, meifeng } = communities.stations;
  expect(hall).toMatchObject({ waiting: 2, waitingSince: at('11-25 10:00'), tickets: true, wait: { n: 1 } });
  expect(meifeng).toMatchObject({ waiting: 0, promises: { finishedOnTime: 1, finishedPromised: 1, dueToday: [] } });
  expect(meifeng).not.toHaveProperty('waitingSince');
  expect(meifeng).not.toHaveProperty('tickets');
  expect(longwei!.promises).toEqual({
    finishedOnTime: 0,
    finishedPromised: 0,
    overdueBefore: 1,
    dueToday: [at('11-25 17:00')],
  });
});

test('checks: missing on an earlier working day, absent today, nothing on a day off or before the first day', async () => {
  const { communities } = await tell(story, ['communities']);
  expect(communities.checkDays).toHaveLength(10);
  expect(communities.checkDays.slice(-3)).toEqual(['2019-11-21', '2019-11-22', '2019-11-25']);
  expect(communities.stations['longwei']!.checks).toEqual({
    '2019-11-21': { cases: 'missing', licences: 'missing', satisfaction: 'missing' },
    '2019-11-22': { cases: 'ok', licences: 'issue', satisfaction: 'missing' },
    '2019-11-25': {},
  });
  expect(communities.stations['meifeng']!.checks['2019-11-25']).toEqual({ cases: 'ok' });
});

test('checks: a station owes none on its own day off, and those of its own working day', async () => {
  const calendar = {
    version: 1,
    years: [],
    daysOff: [{ from: '2019-11-22', stations: ['longwei'] }],
    workingDays: [{ on: '2019-11-23', stations: ['meifeng'] }],
    hours: [],
  };
  const { communities } = await tell(story, ['communities'], {}, calendar);
  expect(communities.checkDays.slice(-4)).toEqual(['2019-11-21', '2019-11-22', '2019-11-23', '2019-11-25']);
  const { hall, longwei, meifeng } = communities.stations;
  expect(Object.keys(longwei!.checks)).toEqual(['2019-11-21', '2019-11-25']);
  expect(Object.keys(meifeng!.checks)).toEqual(['2019-11-21', '2019-11-22', '2019-11-23', '2019-11-25']);
  expect(Object.keys(hall!.checks)).toEqual(['2019-11-21', '2019-11-22', '2019-11-25']);
});

test('an empty hall has its stations and owes nothing', async () => {
  const { communities } = await tell([], ['communities']);
  expect(communities.order).toHaveLength(14);
  expect(sum(communities, (row) => row.accepted + row.waiting)).toBe(0);
  expect(sum(communities, (row) => Object.keys(row.checks).length)).toBe(0);
});

test('a community is called by the name of the day in English as well', async () => {
  const { communities } = await tell(story, ['communities']);
  expect(communities.stations['hall']).toMatchObject({ shortEn: 'Street hall' });
  expect(communities.stations['meihe']).toMatchObject({ short: '金河', shortEn: 'Jinhe' });
});
