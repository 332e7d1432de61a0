/** What a page holds after every kind of message, in every order that a network can make of them. */
import { describe, expect, it } from 'vitest';
import { EMPTY_HOLD, stepHold, type Hold, type HoldInput, type HoldStep } from '../../client/live/hold.ts';
import { digestData } from '../../domain/wire/digest.ts';
import type { Delta, DeltaSet, Json, Snapshot, TopicMark } from '../../domain/wire/protocol.ts';

const common = { hall: 'h', topic: 'overview', asOf: 0 } as const;

function snapshot(seq: number, data: Json, epoch = 'e1', isLatest = false): HoldInput {
  const value: Snapshot = { ...common, epoch, seq, build: 'b', data };
  return { type: 'snapshot', snapshot: value, isLatest };
}
function delta(base: number, seq: number, set: DeltaSet, epoch = 'e1'): HoldInput {
  const value: Delta = { ...common, epoch, base, seq, set };
  return { type: 'delta', delta: value };
}
function mark(seq: number, data: Json, epoch = 'e1'): HoldInput {
  const value: TopicMark = { epoch, seq, digest: digestData(data) };
  return { type: 'mark', mark: value };
}

function play(inputs: HoldInput[]): { hold: Hold; fetches: number; copy: HoldStep['copy'] } {
  return inputs.reduce(
    ({ hold, fetches }, input) => {
      const step = stepHold(hold, input);
      return { hold: step.hold, fetches: fetches + (step.fetch ? 1 : 0), copy: step.copy };
    },
    { hold: EMPTY_HOLD, fetches: 0, copy: undefined as HoldStep['copy'] },
  );
}

interface Row {
  name: string;
  inputs: HoldInput[];
  seq?: number;
  data?: Json;
  fetches?: number;
  fetching?: boolean;
}

const start = snapshot(10, { n: 1 });
const rows: Row[] = [
  { name: 'a snapshot is held', inputs: [start], seq: 10, data: { n: 1 } },
  { name: 'base = held: applied', inputs: [start, delta(10, 11, { '/n': 2 })], seq: 11, data: { n: 2 } },
  { name: 'base < held < seq: applied', inputs: [start, delta(8, 12, { '/n': 2 })], seq: 12, data: { n: 2 } },
  { name: 'seq = held: ignored', inputs: [start, delta(8, 10, { '/n': 9 })], seq: 10, data: { n: 1 } },
  { name: 'seq < held: ignored', inputs: [start, delta(7, 8, { '/n': 9 })], seq: 10, data: { n: 1 } },
  {
    name: 'base > held: a snapshot is fetched, and what waited is applied to it',
    inputs: [start, delta(12, 13, { '/n': 4 }), delta(13, 14, { '/m': 5 }), snapshot(12, { n: 3 })],
    seq: 14,
    data: { n: 4, m: 5 },
    fetches: 1,
  },
  {
    name: 'what waited and is older than the snapshot is ignored',
    inputs: [start, delta(12, 13, { '/n': 4 }), snapshot(20, { n: 7 })],
    seq: 20,
    data: { n: 7 },
    fetches: 1,
  },
  {
    name: 'a gap behind the fetched snapshot fetches again',
    inputs: [start, delta(15, 16, { '/n': 4 }), snapshot(12, { n: 3 })],
    seq: 12,
    data: { n: 3 },
    fetches: 2,
    fetching: true,
  },
  {
    name: 'another epoch: the snapshot replaces everything, even with a lower seq',
    inputs: [start, delta(3, 4, { '/n': 4 }, 'e2'), snapshot(3, { n: 3 }, 'e2')],
    seq: 4,
    data: { n: 4 },
    fetches: 1,
  },
  {
    name: 'a late, older snapshot does not turn the picture back',
    inputs: [start, delta(10, 14, { '/n': 2 }), snapshot(12, { n: 1 })],
    seq: 14,
    data: { n: 2 },
  },
  {
    name: 'equal digests raise held, so that the next delta fits',
    inputs: [start, mark(15, { n: 1 }), delta(15, 16, { '/n': 2 })],
    seq: 16,
    data: { n: 2 },
  },
  {
    name: 'a different digest at the same seq fetches, and the same seq may replace',
    inputs: [start, mark(10, { n: 5 }), snapshot(10, { n: 5 })],
    seq: 10,
    data: { n: 5 },
    fetches: 1,
  },
  { name: 'a mark older than what is held says nothing', inputs: [start, mark(9, { n: 0 })], seq: 10, data: { n: 1 } },
  {
    name: 'a mark of another epoch fetches',
    inputs: [start, mark(10, { n: 1 }, 'e2')],
    seq: 10,
    data: { n: 1 },
    fetches: 1,
    fetching: true,
  },
  {
    name: 'a mark while a snapshot is on its way asks for no second one',
    inputs: [start, delta(12, 13, {}), mark(13, { n: 9 }), mark(13, { n: 9 })],
    seq: 10,
    data: { n: 1 },
    fetches: 1,
    fetching: true,
  },
  {
    name: 'a fetch that failed is asked for again by the next heartbeat',
    inputs: [start, delta(12, 13, {}), { type: 'failed' }, mark(13, { n: 9 })],
    seq: 10,
    data: { n: 1 },
    fetches: 2,
    fetching: true,
  },
  { name: 'nothing held: a delta waits and fetches', inputs: [delta(1, 2, { '/n': 1 })], fetches: 1, fetching: true },
  {
    name: 'a delta that does not fit the copy fetches and leaves the copy as it is',
    inputs: [start, delta(10, 11, { '/n/deep': 1 })],
    seq: 10,
    data: { n: 1 },
    fetches: 1,
    fetching: true,
  },
  {
    name: 'a polluting path fetches and leaves the copy as it is',
    inputs: [start, delta(10, 11, { '/__proto__/x': 1 })],
    seq: 10,
    data: { n: 1 },
    fetches: 1,
    fetching: true,
  },
];

describe('stepHold', () => {
  it.each(rows)('$name', ({ inputs, seq, data, fetches = 0, fetching = false }) => {
    const result = play(inputs);
    expect(result.hold.held?.seq).toBe(seq);
    expect(result.hold.held?.data).toEqual(data);
    expect(result.fetches).toBe(fetches);
    expect(result.hold.fetching).toBe(fetching);
  });

  it.each<[string, HoldInput[], HoldStep['copy']]>([
    ['a snapshot: the server’s', [start], 'same'],
    ['an equal digest: the server’s', [start, mark(10, { n: 1 })], 'same'],
    ['an equal digest while a snapshot is on its way', [start, delta(12, 13, {}), mark(13, { n: 1 })], 'same'],
    ['another digest: not the server’s', [start, mark(10, { n: 5 })], 'other'],
    ['another digest while a snapshot is on its way', [start, delta(12, 13, {}), mark(13, { n: 9 })], 'other'],
    ['another epoch: not the server’s', [start, mark(10, { n: 1 }, 'e2')], 'other'],
    ['a gap: not the server’s', [start, delta(12, 13, {})], 'other'],
    ['what does not fit: not the server’s', [start, delta(10, 11, { '/n/deep': 1 })], 'other'],
    ['a gap behind the snapshot that was to mend it', [start, delta(15, 16, {}), snapshot(12, { n: 3 })], 'other'],
    ['a delta: nothing', [start, delta(10, 11, { '/n': 2 })], undefined],
    ['a mark older than what is held: nothing', [start, mark(9, { n: 0 })], undefined],
    ['a snapshot older than what is held: nothing', [start, snapshot(9, { n: 0 })], undefined],
    ['nothing held, and asked for: nothing', [mark(10, { n: 1 })], undefined],
  ])('knows of the copy after %s', (_name, inputs, copy) => {
    expect(play(inputs).copy).toBe(copy);
  });

  it('goes back with a server that has gone back, where nothing newer can be meant', () => {
    const { hold, copy } = play([start, snapshot(4, { n: 0 }, 'e1', true)]);
    expect([hold.held?.seq, hold.held?.data, copy]).toEqual([4, { n: 0 }, 'same']);
  });

  it('keeps a bounded number of waiting deltas', () => {
    const inputs = Array.from({ length: 2_000 }, (_, index) => delta(100 + index, 101 + index, { '/n': index }));
    expect(play([start, ...inputs]).hold.pending.length).toBeLessThanOrEqual(500);
  });
});
