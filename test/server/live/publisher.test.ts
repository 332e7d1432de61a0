// What is published of a board that is between two days: nothing, until its new day's sums are there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { createBoardState } from '../../../domain/board/state.ts';
import type { PublicData } from '../../../domain/board/topics/data-public.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { catalogueSchema, createHallConfig, profileSchema } from '../../../domain/profile/profile.ts';
import type { Delta } from '../../../domain/wire/protocol.ts';
import { Publisher } from '../../../server/live/publisher.ts';

const readSeed = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../data/halls/meilin', name), 'utf8'));
const config = createHallConfig(
  v.parse(profileSchema, readSeed('profile.json')),
  v.parse(catalogueSchema, readSeed('catalogue.json')),
);

test('a new day is published at a position of its own, so that every copy takes it (P3, P6)', () => {
  const state = createBoardState();
  state.day = '2019-11-25';
  state.seq = 7;
  const deltas: Delta[] = [];
  const publisher = new Publisher({
    hall: 'meilin',
    epoch: 'e',
    build: 'b',
    zone: createZone('Asia/Shanghai'),
    demo: false,
    now: () => 0,
    config: () => config,
    state: () => state,
    emit: (delta) => deltas.push(delta),
    isWatched: () => true,
  });
  const read = () => {
    const { seq, data } = publisher.snapshot('public');
    return { seq, day: (data as unknown as PublicData).day.day };
  };
  expect(read().day).toBe('2019-11-25');

  publisher.advance();
  expect(read()).toEqual({ seq: 7, day: '2019-11-25' });

  // The fold has moved on, and the board does not yet stand: a snapshot taken now must not claim position 8.
  state.day = '2019-11-26';
  state.seq = 8;
  expect(read()).toEqual({ seq: 7, day: '2019-11-25' });

  publisher.advance();
  expect(read()).toEqual({ seq: 8, day: '2019-11-26' });
  publisher.close();
});
