// What a score and a channel count as (M9): every one of the vocabulary is of a kind, and a score of one alone.
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { isPoor, kindOfChannel, POOR_SCORES, SATISFIED_SCORES, SCORES } from '../../../domain/events/kinds.ts';
import { CHANNELS, dataSchemas } from '../../../domain/events/schema.ts';

test('M9 1 and 2 are poor, 3, 4 and 5 satisfied, as a number and as a cell names it', () => {
  expect([...POOR_SCORES, ...SATISFIED_SCORES]).toEqual([...SCORES]);
  expect(SCORES.map((score) => isPoor(score))).toEqual([true, true, false, false, false]);
  expect(SCORES.map((score) => isPoor(String(score)))).toEqual([true, true, false, false, false]);
  const rating = (score: number) => ({ score, station: 'hall', medium: 'pad' });
  const taken = [0, 1, 2, 3, 4, 5, 6].filter((score) => v.is(dataSchemas['hall.rating.given'], rating(score)));
  expect(taken).toEqual([...SCORES]);
});

test('a home visit is window work, and whatever has no word of its own is other', () => {
  expect(CHANNELS.map((channel) => [channel, kindOfChannel(channel)])).toEqual([
    ['window', 'window'],
    ['online', 'online'],
    ['self-service', 'self-service'],
    ['home-visit', 'window'],
    ['phone', 'other'],
    ['post', 'other'],
  ]);
});
