// Which system sends a kind of fact, and that no other is believed.
import { describe, expect, it, test } from 'vitest';
import { createZone } from '../../../domain/calendar/zone.ts';
import { DESK_SOURCE } from '../../../domain/desk/entry.ts';
import { EVENT_TYPES } from '../../../domain/events/schema.ts';
import { factOf, feedFor, isFed, type Feeds } from '../../../domain/profile/feed-of.ts';
import { QUEUE_SOURCE } from '../../../domain/queue/source.ts';
import { at, event } from '../board/topics/fold-story.ts';

const feedsOf = (named: Feeds['named'], switches: Feeds['switches'] = new Map()): Feeds => ({
  named,
  switches,
  zone: createZone('Asia/Shanghai'),
});
const approval = { fact: 'cases', source: 'urn:approval' } as const;
const noon = at('2019-11-25 12:00');

test('every type of event is of one kind or of none', () => {
  const none = EVENT_TYPES.filter((type) => factOf(type) === undefined).map((type) => type.split('.')[1]);
  expect([...new Set(none)].sort()).toEqual(
    [
      'access',
      'alarm',
      'check',
      'complaint',
      'day',
      'event',
      'feed',
      'file',
      'followup',
      'notice',
      'profile',
      'queue',
      'reconcile',
      'report',
      'star',
      'suggestion',
    ].concat(['terminal', 'training', 'window']),
  );
  expect(factOf('hall.licence.uploaded')).toBe('cases');
});

describe('the feed', () => {
  const here = { ...approval, station: 'hall', source: 'urn:here' };
  const ended = { ...approval, until: '2019-11-24' };
  const later = { ...approval, from: '2019-11-26' };
  const span = { fact: 'cases', from: at('2019-11-25 11:00'), until: at('2019-11-25 13:00') } as const;
  const switched = new Map([['hall', [span]]]);
  it.each([
    ['none is named', feedsOf([]), undefined],
    ['one for all', feedsOf([approval]), 'urn:approval'],
    ['one for the station', feedsOf([approval, here]), 'urn:here'],
    ['one for another station', feedsOf([{ ...here, station: 'meifeng' }]), undefined],
    ['one of another kind', feedsOf([{ ...approval, fact: 'tickets' }]), undefined],
    ['one that has ended', feedsOf([ended]), undefined],
    ['one that comes tomorrow', feedsOf([later]), undefined],
    ['the desk stands in', feedsOf([approval, here], switched), DESK_SOURCE],
    ['the desk stands in elsewhere', feedsOf([approval], new Map([['meifeng', [span]]])), 'urn:approval'],
  ])('%s', (_, feeds, source) => {
    expect(feedFor(feeds, 'hall', 'cases', noon)).toBe(source);
  });

  test('is the desk from the first moment of its span to the one before the last', () => {
    const feedAt = (time: string) => feedFor(feedsOf([approval], switched), 'hall', 'cases', at(`2019-11-25 ${time}`));
    expect([feedAt('10:59'), feedAt('11:00'), feedAt('12:59'), feedAt('13:00')]).toEqual([
      'urn:approval',
      DESK_SOURCE,
      DESK_SOURCE,
      'urn:approval',
    ]);
    const open = new Map([['hall', [{ fact: 'cases', from: span.from } as const]]]);
    expect(feedFor(feedsOf([approval], open), 'hall', 'cases', at('2020-01-01 00:00'))).toBe(DESK_SOURCE);
  });
});

describe('an event', () => {
  const sent = (source: string, type: 'hall.case.accepted' | 'hall.case.finished' | 'hall.ticket.taken') => {
    const data = { case: 'c1', ticket: 't1', outcome: 'approved', station: 'hall', channel: 'window', item: 'x' };
    if (type === 'hall.case.finished') delete (data as { station?: string }).station;
    return { ...event(type, '2019-11-25 12:00', data as never), source } as ReturnType<typeof event>;
  };

  it.each([
    ['urn:approval', feedsOf([approval]), true],
    ['urn:other', feedsOf([approval]), false],
    [DESK_SOURCE, feedsOf([approval]), false],
    [DESK_SOURCE, feedsOf([]), true],
    [DESK_SOURCE, feedsOf([{ ...approval, source: DESK_SOURCE }]), true],
    ['urn:other', feedsOf([{ ...approval, source: DESK_SOURCE }]), false],
    ['urn:other', feedsOf([{ ...approval, fact: 'tickets' }]), true],
  ])('of %s is believed or not: %o', (source, feeds, expected) => {
    expect(isFed(feeds, sent(source, 'hall.case.accepted'))).toBe(expected);
  });

  test('of the hall’s own queue is as good as the desk’s', () => {
    const feeds = feedsOf([{ fact: 'tickets', source: DESK_SOURCE }]);
    expect(isFed(feeds, sent(QUEUE_SOURCE, 'hall.ticket.taken'))).toBe(true);
  });

  test('without a station is believed of any feed of its kind, and of every system where one station has none', () => {
    const finish = (source: string) => sent(source, 'hall.case.finished');
    const two = feedsOf([approval, { ...approval, station: 'hall', source: 'urn:here' }]);
    expect([finish('urn:approval'), finish('urn:here'), finish('urn:other')].map((one) => isFed(two, one))).toEqual([
      true,
      true,
      false,
    ]);
    expect(isFed(feedsOf([{ ...approval, station: 'hall' }]), finish('urn:other'))).toBe(true);
    expect(isFed(two, finish('urn:approval'), 'hall')).toBe(false);
  });

  test('that takes another back always is', () => {
    const void_ = event('hall.event.voided', '2019-11-25 12:00', { source: 'urn:approval', id: 'x' });
    expect(isFed(feedsOf([approval]), void_)).toBe(true);
  });
});
