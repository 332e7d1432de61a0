// What may be rated at a window: a table of what a hall tells, in the order in which it is heard.
import { describe, expect, test } from 'vitest';
import type { HallEvent } from '../../../domain/events/event.ts';
import type { EventData, EventType } from '../../../domain/events/schema.ts';
import { ratingGivenEvent, toRatingState } from '../../../domain/ratings/events.ts';
import { recallRounds } from '../../../domain/ratings/recall.ts';
import { chooseReasons, reasonsOf } from '../../../domain/ratings/reasons.ts';
import {
  explainable,
  hearEvent,
  rateRound,
  REASONS_MS,
  ROUND_MS,
  roundAt,
  type Place,
  type RoundFacts,
} from '../../../domain/ratings/round.ts';

const T = Date.parse('2026-11-26T10:00:00+08:00');
const S = 1_000;

let ids = 0;
/** `at`: seconds after ten. */
function tell<K extends EventType>(at: number, type: K, data: EventData[K], id = `e${ids++}`): HallEvent {
  return { source: 'urn:test', id, type, at: T + at * S, data } as unknown as HallEvent;
}
const call = (at: number, ticket: string, window = 'w03', id?: string) =>
  tell(at, 'hall.ticket.called', { ticket, station: 'hall', window, staff: 's07' }, id);
const serve = (at: number, ticket: string, more: { window?: string; staff?: string } = {}, id?: string) =>
  tell(at, 'hall.ticket.served', { ticket, station: 'hall', ...more }, id);
const accept = (at: number, name: string, more: Partial<EventData['hall.case.accepted']> = {}) =>
  tell(at, 'hall.case.accepted', {
    case: name,
    station: 'hall',
    channel: 'window',
    item: 'x1',
    window: 'w03',
    staff: 's09',
    ...more,
  });
const consult = (at: number, more: Partial<EventData['hall.consultation.given']> = {}, id?: string) =>
  tell(at, 'hall.consultation.given', { station: 'hall', medium: 'visit', window: 'w03', ...more }, id);
const undo = (at: number, id: string) => tell(at, 'hall.event.voided', { source: 'urn:test', id });

const FACTS: Omit<RoundFacts, 'now'> = {
  hasWindow: (window, station) => ['w03', 'w04'].includes(window) && station === 'hall',
  takesTickets: (station) => station === 'hall',
  isRatedHere: () => true,
  findWindow: () => undefined,
};

/** The windows after a story; each event is heard at its own time, or at the second that stands with it. */
function hear(story: readonly (HallEvent | readonly [number, HallEvent])[], known?: string): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const one of story) {
    const [now, event] = 'at' in one && 'type' in one ? [one.at, one] : [T + one[0] * S, one[1]];
    const heard = hearEvent(places, event, { ...FACTS, now, findWindow: () => known });
    if (heard) places.set(...heard);
  }
  return places;
}
/** The same story after a start at so many seconds after ten, of which what happened before `from` is long ago. */
const recall = (now: number, story: readonly HallEvent[], from = -600) =>
  recallRounds(story, T + from * S, (moment) => ({ ...FACTS, now: moment }), T + now * S);
/** What may be rated at w03 so many seconds after ten. */
const at = (places: Map<string, Place>, second: number) => roundAt(places.get('w03'), T + second * S)?.id;

describe('what opens a round', () => {
  test.each<[string, readonly (HallEvent | readonly [number, HallEvent])[], string | undefined]>([
    ['a ticket that is finished', [call(0, 'A1'), serve(60, 'A1', { window: 'w03' })], 'ticket:A1'],
    ['a finish that names no window: that of the call', [call(0, 'A1'), serve(60, 'A1')], 'ticket:A1'],
    ['a call alone', [call(60, 'A1')], undefined],
    ['a finish at another window', [call(0, 'A1'), serve(60, 'A1', { window: 'w04' })], undefined],
    ['a finish at a window that the profile does not know', [serve(60, 'A1', { window: 'toString' })], undefined],
    ['a finish without any window', [serve(60, 'A1')], undefined],
    ['a case without a ticket', [accept(60, 'c1')], 'case:c1'],
    ['a case with a ticket, where tickets are finished', [accept(60, 'c1', { ticket: 'A1' })], undefined],
    ['a case that was filed online', [accept(60, 'c1', { channel: 'online' })], undefined],
    ['a case of no window', [accept(60, 'c1', { window: undefined })], undefined],
    ['a consultation without a ticket', [consult(60, {}, 'q')], 'consultation:8:urn:testq'],
    ['a consultation by telephone', [consult(60, { medium: 'phone' })], undefined],
    ['consultations of several people', [consult(60, { count: 3 })], undefined],
    ['one of two matters: the later', [accept(58, 'c1'), accept(60, 'c2')], 'case:c2'],
    ['told late, within the time', [[140, serve(60, 'A1', { window: 'w03' })]], 'ticket:A1'],
    ['told when its time is over', [[150, serve(60, 'A1', { window: 'w03' })]], undefined],
    ['told of a morning in the afternoon', [[18_000, accept(60, 'c1')]], undefined],
    ['told after the next call', [call(0, 'A1'), call(70, 'A2'), [80, serve(60, 'A1')]], undefined],
    [
      'told after a later round',
      [serve(70, 'A2', { window: 'w03' }), [80, serve(60, 'A1', { window: 'w03' })]],
      'ticket:A2',
    ],
  ])('%s', (_name, story, expected) => {
    expect(at(hear(story), 75)).toBe(expected);
  });

  test('a station without tickets, where a case with somebody’s ticket is all that there is', () => {
    const places = new Map<string, Place>();
    const event = accept(0, 'c1', { ticket: 'A1' });
    const heard = hearEvent(places, event, {
      now: T,
      hasWindow: () => true,
      takesTickets: () => false,
      isRatedHere: () => true,
      findWindow: () => undefined,
    });
    expect(heard?.[1].round).toMatchObject({ id: 'case:c1', case: 'c1', staff: 's09' });
  });

  test('nobody where another system asks', () => {
    const facts = { now: T, hasWindow: () => true, takesTickets: () => true, findWindow: () => undefined };
    const isAsked = (isRatedHere: boolean): boolean =>
      hearEvent(new Map(), serve(0, 'A1', { window: 'w03' }), { ...facts, isRatedHere: () => isRatedHere }) !==
      undefined;
    expect([isAsked(true), isAsked(false)]).toEqual([true, false]);
  });

  test('a call that only the board knows, after a restart', () => {
    expect(at(hear([serve(60, 'A1')], 'w03'), 61)).toBe('ticket:A1');
  });

  test('whose it is: of the finish, else of the call', () => {
    expect(hear([call(0, 'A1'), serve(60, 'A1')]).get('w03')!.round!.staff).toBe('s07');
    expect(hear([call(0, 'A1'), serve(60, 'A1', { staff: 's01' })]).get('w03')!.round!.staff).toBe('s01');
    expect(hear([serve(60, 'A1', { window: 'w03' })]).get('w03')!.round!.staff).toBeUndefined();
  });

  test('things of one name, and names that differ at their end, are rounds of their own', () => {
    const long = 'x'.repeat(199);
    const names = [accept(0, 'n'), serve(0, 'n', { window: 'w03' }), accept(0, `${long}1`), accept(0, `${long}2`)].map(
      (event) => hear([event]).get('w03')!.round!,
    );
    expect(new Set(names.map(({ id }) => id)).size).toBe(4);
    for (const round of names) expect(`${ratingGivenEvent(round, 5, T).id}/reasons`.length).toBeLessThanOrEqual(200);
  });
});

describe('what ends a round', () => {
  const served = [call(0, 'A1'), serve(60, 'A1', {}, 'served')];
  test('its time, by the hall’s clock', () => {
    const places = hear(served);
    expect([at(places, 149.999), at(places, 150)]).toEqual(['ticket:A1', undefined]);
  });
  test('a sender’s clock that is ahead gives nobody longer', () => {
    const places = hear([[0, serve(240, 'A1', { window: 'w03' })]]);
    expect([at(places, 89), at(places, 90)]).toEqual(['ticket:A1', undefined]);
  });
  test.each<[string, HallEvent, string | undefined]>([
    ['the next call', call(70, 'A2'), undefined],
    ['a recall', tell(70, 'hall.ticket.recalled', { ticket: 'A0', station: 'hall', window: 'w03' }), undefined],
    ['the next call at another window', call(70, 'A2', 'w04'), 'ticket:A1'],
    ['a call of earlier that is told late', call(20, 'A0'), 'ticket:A1'],
    ['the undoing of what opened it', undo(70, 'served'), undefined],
    ['the undoing of something else', undo(70, 'another'), 'ticket:A1'],
    ['the same once more', serve(70, 'A1', {}), 'ticket:A1'],
  ])('%s', (_name, event, expected) => {
    expect(at(hear([...served, event]), 75)).toBe(expected);
  });
});

describe('a rating', () => {
  const places = hear([call(0, '2026-11-26/hall/A001'), serve(60, '2026-11-26/hall/A001')]);
  const place = places.get('w03')!;
  const now = T + 61 * S;

  test('is one event for its round, with what is known of it', () => {
    expect(ratingGivenEvent(place.round!, 4, now)).toEqual({
      source: 'urn:hallpulse:ratings',
      id: 'ticket:2026-11-26/hall/A001/1',
      type: 'hall.rating.given',
      at: now,
      data: { score: 4, station: 'hall', window: 'w03', ticket: '2026-11-26/hall/A001', staff: 's07', medium: 'pad' },
    });
  });

  test('is asked for by the number on the slip, then thanked for, then over', () => {
    const asking = { state: 'asking', round: 'ticket:2026-11-26/hall/A001', number: 'A001', until: T + 150 * S };
    expect(toRatingState(place, now)).toEqual(asking);
    const rated = rateRound(place, place.round!, 2, now);
    expect(toRatingState(rated, now)).toEqual({ state: 'thanks', round: asking.round });
    expect(toRatingState(rated, T + 60 * S + ROUND_MS)).toEqual({ state: 'idle' });
    expect(toRatingState(undefined, now)).toEqual({ state: 'idle' });
  });

  test('counts as it was given first', () => {
    const rated = rateRound(rateRound(place, place.round!, 2, now), place.round!, 5, now + S);
    expect(rated.rated!.rated).toEqual({ at: now, score: 2 });
  });

  test('that was given while the next was called is kept, and asks nothing of the next', () => {
    const next = hear([call(0, 'A1'), serve(60, 'A1'), call(61, 'A2')]).get('w03')!;
    const rated = rateRound(next, place.round!, 1, now);
    expect([rated.round, rated.rated!.id]).toEqual([undefined, place.round!.id]);
  });

  test('is given once for what was taken back and done again', () => {
    const again = new Map(places);
    again.set('w03', rateRound(place, place.round!, 5, now));
    const facts = {
      ...{ now, hasWindow: () => true, takesTickets: () => true, isRatedHere: () => true },
      findWindow: () => undefined,
    };
    again.set(...hearEvent(again, call(62, '2026-11-26/hall/A001'), facts)!);
    again.set(...hearEvent(again, serve(63, '2026-11-26/hall/A001'), facts)!);
    expect(toRatingState(again.get('w03'), T + 64 * S).state).toBe('thanks');
  });

  test.each([
    [1, 0, true],
    [2, REASONS_MS, true],
    [2, REASONS_MS + 1, false],
    [3, 0, false],
    [5, 0, false],
  ] as const)('of %i may be explained %i ms later: %s', (score, later, expected) => {
    const rated = rateRound(place, place.round!, score, now);
    expect(explainable(rated, place.round!.id, now + later) !== undefined).toBe(expected);
    expect(explainable(rated, 'ticket:another', now)).toBeUndefined();
    expect(explainable(place, place.round!.id, now)).toBeUndefined();
  });
});

describe('reasons', () => {
  const own = reasonsOf({
    ratings: {
      reasons: [
        { id: 'toString', zh: '甲' },
        { id: 'b', zh: '乙' },
      ],
    },
  });
  test('are the hall’s own, or a sample that says so', () => {
    expect([own.isSample, reasonsOf({}).isSample, reasonsOf({}).list.length]).toEqual([false, true, 8]);
  });
  test.each<[string, readonly string[], readonly string[] | undefined]>([
    ['in the order of the list, each once', ['b', 'toString', 'b'], ['toString', 'b']],
    ['none', [], undefined],
    ['one that is not there', ['b', 'constructor'], undefined],
  ])('%s', (_name, tags, expected) => {
    expect(chooseReasons(own, tags)).toEqual(expected);
  });
});

describe('after a start', () => {
  const dueOf = (...args: Parameters<typeof recall>) => recall(...args).due.map(({ id }) => id);
  const story = [call(0, 'A1'), serve(60, 'A1')];

  test.each([
    ['nothing while it may be rated', 149, story, []],
    ['it once its time is over', 150, story, ['ticket:A1']],
    ['nothing of what a call ended in time', 300, [...story, call(149, 'A2')], []],
    ['it though somebody was called later', 300, [...story, call(150, 'A2')], ['ticket:A1']],
    [
      'nothing of what was taken back, late as well',
      300,
      [call(0, 'A1'), serve(60, 'A1', {}, 'x'), undo(170, 'x')],
      [],
    ],
    [
      'each of several that were served one after another',
      600,
      [...story, serve(200, 'A2', { window: 'w03' })],
      ['ticket:A1', 'ticket:A2'],
    ],
    // It was heard at 300, when nobody was asked any more.
    ['nothing of what was told late', 600, [call(300, 'A9', 'w04'), ...story], []],
  ] as const)('%s is due', (_name, now, events, expected) => {
    expect(dueOf(now, events)).toEqual(expected);
  });

  test('what is long ago opens nothing, and tells who was called', () => {
    expect(dueOf(300, story, 61)).toEqual([]);
    expect(recall(70, story, 30).places.get('w03')?.round).toMatchObject({ id: 'ticket:A1', staff: 's07' });
  });

  test('what was rated is not due, whether by somebody or by the rule', () => {
    const round = recall(100, story).places.get('w03')!.round!;
    for (const byDefault of [false, true])
      expect(dueOf(300, [...story, ratingGivenEvent(round, 2, T + 150 * S, byDefault)])).toEqual([]);
    const { places } = recall(100, [...story, ratingGivenEvent(round, 2, T + 90 * S)]);
    expect(toRatingState(places.get('w03'), T + 100 * S)).toEqual({ state: 'thanks', round: 'ticket:A1' });
    expect(explainable(places.get('w03'), 'ticket:A1', T + 120 * S)).toMatchObject({ staff: 's07' });
  });
});
