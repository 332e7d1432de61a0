// What is published of topics that fail: theirs stands, the others go on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import * as v from 'valibot';
import type { Topic } from '../../../domain/board/topics/data.ts';
import type { SuggestionEntry } from '../../../domain/board/entries.ts';
import { createBoardState, type BoardState } from '../../../domain/board/state.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { catalogueSchema, createHallConfig, profileSchema } from '../../../domain/profile/profile.ts';
import type { Delta } from '../../../domain/wire/protocol.ts';
import { Publisher } from '../../../server/live/publisher.ts';

afterEach(() => vi.useRealTimers());

const readSeed = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../data/halls/meilin', name), 'utf8'));
const config = createHallConfig(
  v.parse(profileSchema, readSeed('profile.json')),
  v.parse(catalogueSchema, readSeed('catalogue.json')),
);

function openPublisher(state: BoardState, deltas: Delta[] = [], troubles: string[] = []): Publisher {
  const publisher = new Publisher({
    hall: 'meilin',
    epoch: 'e',
    build: 'b',
    zone: createZone('Asia/Shanghai'),
    demo: false,
    now: () => 0,
    config: () => config,
    state: () => state,
    onTrouble: (_error, topic) => troubles.push(topic),
  });
  publisher.connect({ emit: (delta) => deltas.push(delta), isWatched: () => true });
  return publisher;
}

test('a topic that cannot be built is told once and stands; the others go on, and it comes back by itself', () => {
  const state = createBoardState();
  state.day = '2019-11-25';
  state.seq = 7;
  const troubles: string[] = [];
  const publisher = openPublisher(state, [], troubles);
  expect(publisher.snapshot('stars')?.seq).toBe(7);
  expect(publisher.snapshot('public')?.seq).toBe(7);

  // What no fold lets through, so that a builder throws.
  state.entries.suggestion.set('s', undefined as unknown as SuggestionEntry);
  state.seq = 8;
  publisher.advance();
  expect(publisher.snapshot('stars')).toBeUndefined();
  expect(publisher.snapshot('overview')?.seq).toBe(8);
  const beat = publisher.heartbeat();
  expect([Object.keys(beat.topics), beat.failing]).toEqual([['overview'], ['stars', 'public']]);
  expect(['stars', 'overview'].map((topic) => publisher.isFailing(topic as Topic))).toEqual([true, false]);
  expect(publisher.failing).toEqual(['stars', 'public']);
  expect(troubles).toEqual(['stars', 'public']);

  state.entries.suggestion.clear();
  state.seq = 9;
  expect(publisher.snapshot('stars')?.seq).toBe(9);
  expect([publisher.failing, publisher.heartbeat().failing]).toEqual([[], undefined]);
  expect(troubles).toEqual(['stars', 'public']);
  publisher.close();
});

test('a topic that cannot be built is named for as long as somebody watches it, however quiet the hall', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const state = createBoardState();
  state.day = '2019-11-25';
  const publisher = openPublisher(state);
  publisher.snapshot('stars');
  state.entries.suggestion.set('s', undefined as unknown as SuggestionEntry);
  state.seq = 1;
  publisher.advance();
  vi.advanceTimersByTime(3_600_000);
  expect(publisher.heartbeat().failing).toEqual(['stars']);
  publisher.close();
});

test('the first change leaves at once and alone, what follows within 100 ms leaves together (P2)', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const state = createBoardState();
  state.day = '2019-11-25';
  const deltas: Delta[] = [];
  const publisher = openPublisher(state, deltas);
  publisher.snapshot('overview');
  // The day that an overview tells is the plainest thing that changes it.
  const change = (day: string) => {
    state.day = day;
    state.seq++;
    publisher.advance();
  };
  const spans = () => deltas.map(({ base, seq }) => [base, seq]);
  change('2019-11-26');
  expect(spans()).toEqual([[0, 1]]);
  change('2019-11-27');
  vi.advanceTimersByTime(60);
  change('2019-11-28');
  vi.advanceTimersByTime(39);
  expect(spans()).toEqual([[0, 1]]);
  vi.advanceTimersByTime(1);
  expect(spans()).toEqual([
    [0, 1],
    [1, 3],
  ]);
  // After a quiet window the next is a first one again.
  vi.advanceTimersByTime(100);
  change('2019-11-29');
  expect(spans().at(-1)).toEqual([3, 4]);
  publisher.close();
});
