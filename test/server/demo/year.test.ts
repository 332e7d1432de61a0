/** The reference year against the 2019 report, counted by a plain loop that knows nothing of the product's fold. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { officialCalendar } from '../../../domain/calendar/official.ts';
import { isOfType } from '../../../domain/events/event.ts';
import type { EventOf, HallEvent, LedgerEvent } from '../../../domain/events/event.ts';
import { parseEvent } from '../../../domain/events/parse.ts';
import { inspectEvent } from '../../../domain/events/inspect.ts';
import { reservedField } from '../../../domain/events/own.ts';
import { dataSchemas, type EventType } from '../../../domain/events/schema.ts';
import { countYearBatches, generateYear } from '../../../server/demo/year.ts';
import { config, params } from './load-demo.ts';

const END = Date.parse('2019-11-23T00:00:00+08:00');
const LIVE = Date.parse('2019-11-25T10:30:00+08:00');
const shanghai = (at: number): string => new Date(at + 28_800_000).toISOString();

const batches: HallEvent[][] = [];
const all: HallEvent[] = [];
let within: HallEvent[] = [];

const only = <T extends EventType>(type: T, events: readonly HallEvent[] = within): EventOf<T>[] =>
  events.filter((event): event is EventOf<T> => isOfType(event as LedgerEvent, type));

beforeAll(() => {
  for (const batch of generateYear(params, config)) {
    batches.push(batch);
    for (const event of batch) all.push(event);
  }
  within = all.filter((event) => event.at < END);
});

describe('the figures of the 2019 report', () => {
  it('has 11,725 window cases and 2,919 online ones apart', () => {
    const accepted = only('hall.case.accepted');
    const byChannel = (channels: string[]): number =>
      accepted.filter(({ data }) => channels.includes(data.channel)).length;
    expect(byChannel(['window', 'home-visit'])).toBe(11_725);
    expect(byChannel(['online'])).toBe(2_919);
    expect(accepted.length).toBe(11_725 + 2_919);
    expect(new Set(accepted.map(({ data }) => data.case)).size).toBe(accepted.length);
  });

  it('served a little over 50,000 people', () => {
    const tickets = only('hall.ticket.served').length;
    const stands = only('hall.case.accepted').filter(
      ({ data }) => data.station !== 'hall' && ['window', 'home-visit'].includes(data.channel),
    ).length;
    const asked = only('hall.consultation.given')
      .filter(({ data }) => !data.ticket)
      .reduce((sum, { data }) => sum + (data.count ?? 1), 0);
    const visits = only('hall.service.given').filter(({ data }) => data.kind === 'home-visit');
    const visited = visits.reduce((sum, { data }) => sum + (data.count ?? 1), 0);
    expect(tickets + stands + asked + visited).toBe(params.figures.peopleServed);
    expect(params.figures.peopleServed).toBeGreaterThan(50_100);
    expect(params.figures.peopleServed).toBeLessThan(50_900);
  });

  it('approved a little over 960 medical-insurance cases at the street hall, none before 5 June', () => {
    const medical = only('hall.case.accepted').filter(({ data }) => data.line === 'medical-insurance');
    expect(medical.every(({ at }) => shanghai(at) >= '2019-06-05')).toBe(true);
    expect(medical.every(({ data }) => data.station === 'hall')).toBe(true);
    expect(new Set(medical.map(({ data }) => data.item)).size).toBe(19);
    const ids = new Set(medical.map(({ data }) => data.case));
    const approved = only('hall.case.finished').filter(({ data }) => ids.has(data.case) && data.outcome === 'approved');
    expect(approved.length).toBeGreaterThan(960);
    expect(approved.length).toBeLessThan(970);
  });

  it('answered a little over 1,500 medical consultations since 5 June', () => {
    const asked = only('hall.consultation.given').filter(({ data }) => data.line === 'medical-insurance');
    const sum = asked.reduce((total, { data }) => total + (data.count ?? 1), 0);
    expect(sum).toBeGreaterThan(1_500);
    expect(sum).toBeLessThanOrEqual(1_560);
    expect(asked.every(({ at }) => shanghai(at) >= '2019-06-05')).toBe(true);
  });

  it('accepted 69 cases with a paper missing, of all 18 items, and nothing by rule', () => {
    const accepted = only('hall.case.accepted');
    const deferred = accepted.filter(({ data }) => data.deferredDocuments);
    expect(deferred.length).toBe(69);
    const items = new Set(deferred.map(({ data }) => data.item));
    expect(items.size).toBe(18);
    expect([...items].every((code) => config.items.get(code)?.deferrable)).toBe(true);
    expect(deferred.every(({ data }) => data.supplyBy)).toBe(true);
    expect(accepted.filter(({ data }) => data.instantApproval).length).toBe(0);
  });

  it('has every finished case rated by the end, every rating 3 or better, some of them by default', () => {
    const rated = new Set(only('hall.rating.given').map(({ data }) => data.case));
    const finished = only('hall.case.finished');
    expect(finished.filter(({ data }) => !rated.has(data.case)).length).toBe(0);
    const ratings = only('hall.rating.given');
    expect(ratings.every(({ data }) => data.score >= 3)).toBe(true);
    const share = ratings.filter(({ data }) => data.byDefault).length / finished.length;
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.15);
  });

  it('ends with some cases open: one overdue, two that lapse on 25 November', () => {
    const finished = new Set(only('hall.case.finished').map(({ data }) => data.case));
    const open = only('hall.case.accepted').filter(({ data }) => !finished.has(data.case));
    expect(open.length).toBe(params.figures.openAtEnd);
    const promises = open.map(({ data }) => data.promisedBy ?? '');
    expect(promises.every((promise) => promise !== '')).toBe(true);
    expect(promises.filter((promise) => Date.parse(promise) < END).length).toBe(1);
    expect(promises.filter((promise) => promise.startsWith('2019-11-25')).length).toBe(2);
  });

  it('held one training of 60 people in May, and published three stars for each month to October, by their scores', () => {
    expect(only('hall.training.held').map(({ at, data }) => [shanghai(at).slice(0, 7), data.people])).toEqual([
      ['2019-05', 60],
    ]);
    const months = only('hall.star.published').map(({ data }) => `${data.month} ${data.kind}`);
    expect(months.length).toBe(30);
    expect(months[0]).toMatch('2019-01');
    expect(months.at(-1)).toMatch('2019-10');
    const roles = new Map(config.profile.staff.map(({ id, role = '' }) => [id, role]));
    for (const { data } of only('hall.star.published')) {
      const { score, rank = 0, parts = [], ranked = 0 } = data.basis!;
      expect(parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score!, 6);
      expect(ranked).toBeGreaterThanOrEqual(rank!);
      // Whoever is not the first by score sits at a window, and it is said why.
      expect(data.overrule === undefined).toBe(rank === 1);
      if (rank !== 1) expect(roles.get(data.staff!)).toContain('窗');
    }
  });
});

describe('the year as a hall lives it', () => {
  it('is the same for the same seed, and another for another', () => {
    const hash = (events: Iterable<HallEvent[]>): string => {
      const sum = createHash('sha256');
      for (const batch of events) sum.update(JSON.stringify(batch));
      return sum.digest('hex');
    };
    const own = hash(batches);
    expect(hash(generateYear(params, config))).toBe(own);
    expect(hash(generateYear(params, config, 'another'))).not.toBe(own);
  });

  it('comes in order, in one batch a day, up to the moment when the living demo begins', () => {
    expect(batches.length).toBe(countYearBatches(params));
    for (let i = 1; i < all.length; i++) expect(all[i]!.at >= all[i - 1]!.at).toBe(true);
    expect(all.at(-1)!.at).toBeLessThanOrEqual(LIVE);
    expect(all.length).toBeGreaterThan(150_000);
    expect(all.length).toBeLessThan(300_000);
  });

  it('goes on where it was broken off', () => {
    const after = Date.parse('2019-10-10T11:11:11+08:00');
    const rest = [...generateYear(params, config, undefined, after)].flat();
    expect(rest).toEqual(all.filter((event) => event.at > after));
  });

  it('gives every event an identity of its own and data that fit its type', () => {
    expect(new Set(all.map(({ source, id }) => `${source} ${id}`)).size).toBe(all.length);
    const wrong = all.filter(({ type, data }) => !v.is(dataSchemas[type], data));
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(all.every(({ at }) => Number.isSafeInteger(at))).toBe(true);
  });

  it('passes the gate that events from outside pass, identity rules and all', () => {
    const said = all.filter(({ type }) => !type.startsWith('hall.day.'));
    // What the hall alone decides of follow-ups, and its lamps, nobody sends.
    const sent = said.filter((event) => reservedField(event) === undefined);
    expect(said.length - sent.length).toBeGreaterThan(20);
    const told = said.map((event) => inspectEvent({ ...event, at: undefined }, config.roster)).filter(Boolean);
    expect(told.slice(0, 3)).toEqual([]);
    const refused = sent.flatMap(({ source, id, type, at, subject, data }) => {
      const time = new Date(at).toISOString();
      const parsed = parseEvent({ specversion: '1.0', source, id, type, time, subject, data }, { now: LIVE });
      return parsed.ok ? [] : [{ id, ...parsed }];
    });
    expect(refused.slice(0, 3)).toEqual([]);
  });

  it('opens and closes every day, and works on working days in working hours only', () => {
    const opened = only('hall.day.opened', all).map(({ data }) => data);
    expect(opened.length).toBe(329);
    expect(
      opened.filter(({ hours }) => hours.length > 0).every(({ day }) => officialCalendar.read(day) === 'working'),
    ).toBe(true);
    expect(opened.find(({ day }) => day === '2019-02-02')!.hours.length).toBe(2);
    expect(opened.find(({ day }) => day === '2019-02-05')!.hours).toEqual([]);
    const citizens = new Set(['hall.rating.given', 'hall.day.opened', 'hall.day.closed']);
    const outside = all.filter((event) => {
      const [day, time] = [shanghai(event.at).slice(0, 10), shanghai(event.at).slice(11, 19)];
      if (citizens.has(event.type)) return false;
      if (officialCalendar.read(day) !== 'working' || time < '09:00:00' || time > '18:00:00') return true;
      const isOnline = event.type === 'hall.case.accepted' && event.data.channel === 'online';
      return time > '12:00:00' && time < '14:00:00' && !isOnline;
    });
    expect(outside.slice(0, 3)).toEqual([]);
  });

  it('serves one ticket at a time at each window, called after it was taken', () => {
    const taken = new Map(only('hall.ticket.taken', all).map(({ at, data }) => [data.ticket, at]));
    const ended = new Map(
      [...only('hall.ticket.served', all), ...only('hall.ticket.passed', all)].map(({ at, data }) => [data.ticket, at]),
    );
    const freeAt = new Map<string, number>();
    const waits: number[] = [];
    for (const { at, data } of only('hall.ticket.called', all)) {
      expect(at).toBeGreaterThan(taken.get(data.ticket)!);
      expect(at).toBeGreaterThanOrEqual(freeAt.get(data.window!) ?? 0);
      freeAt.set(data.window!, ended.get(data.ticket) ?? Infinity);
      waits.push((at - taken.get(data.ticket)!) / 60_000);
    }
    waits.sort((a, b) => a - b);
    expect(waits[Math.floor(waits.length / 2)]).toBeGreaterThan(2);
    expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(8);
    expect(waits.at(-1)).toBeLessThan(40);
  });

  it('calls nobody to a window that is paused or closed', () => {
    const status = new Map<string, string>();
    for (const event of all) {
      if (event.type === 'hall.window.changed') status.set(event.data.window, event.data.status);
      if (event.type === 'hall.ticket.called') expect(status.get(event.data.window!)).toBe('open');
    }
  });

  it('finishes no case before it was accepted, and nothing that was not', () => {
    const accepted = new Map(only('hall.case.accepted', all).map(({ at, data }) => [data.case, at]));
    for (const { at, data } of only('hall.case.finished', all)) expect(at).toBeGreaterThan(accepted.get(data.case)!);
    for (const event of all) {
      if (event.type === 'hall.case.resumed' || event.type === 'hall.licence.uploaded')
        expect(event.at).toBeGreaterThan(accepted.get(event.data.case)!);
    }
  });

  it('names only stations, windows, staff and items of the profile', () => {
    const { profile } = config;
    const known = {
      station: new Set(profile.stations.map(({ id }) => id)),
      window: new Set(profile.windows.map(({ id }) => id)),
      staff: new Set(profile.staff.map(({ id }) => id)),
      owner: new Set(profile.staff.map(({ id }) => id)),
      by: new Set(profile.staff.map(({ id }) => id)),
      item: new Set(config.items.keys()),
    };
    const strangers = all.filter(({ data }) =>
      Object.entries(known).some(([field, ids]) => {
        const value = (data as Record<string, unknown>)[field];
        return typeof value === 'string' && !ids.has(value);
      }),
    );
    expect(strangers.slice(0, 3)).toEqual([]);
  });
});

describe('the morning of 25 November', () => {
  it('has something to say when the wall is first looked at', () => {
    const morning = all.filter(({ at }) => shanghai(at) >= '2019-11-25T09:00');
    const calls = only('hall.ticket.called', morning).filter(({ data }) => data.window === 'w03');
    const busy = calls.at(-1)!;
    expect(shanghai(busy.at).slice(11, 16)).toBe('10:24');
    expect(only('hall.ticket.served', morning).some(({ data }) => data.ticket === busy.data.ticket)).toBe(false);
    const pause = only('hall.window.changed', morning)
      .filter(({ data }) => data.window === 'w10')
      .at(-1);
    expect(pause?.data.status).toBe('paused');
    expect(only('hall.rating.given', morning).filter(({ data }) => data.score < 3).length).toBe(1);
    const closed = new Set(only('hall.followup.closed', all).map(({ data }) => data.followup));
    const open = only('hall.followup.opened', all).filter(({ data }) => !closed.has(data.followup));
    expect(open.find(({ data }) => data.about === 'rating')?.data.dueBy).toBe('2019-11-25T14:20:00+08:00');
    expect(open.filter(({ data }) => data.about === 'overdue' && data.station === 'meihe').length).toBe(2);
    expect(open.some(({ data }) => data.about === 'licence' && data.station === 'longwei')).toBe(true);
  });
});
