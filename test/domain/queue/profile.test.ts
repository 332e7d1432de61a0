// What a profile may say of a queue, and what names nothing in it.
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { profileSchema } from '../../../domain/profile/profile.ts';
import { queueSettings } from '../../../domain/profile/queue.ts';
import { readDemoSeed } from '../../demo-seed.ts';

type Document = Record<string, unknown> & { stations: object[]; windows: object[] };
const parse = (change: (profile: Document) => void) => {
  const profile = structuredClone(readDemoSeed('profile')) as Document;
  change(profile);
  return v.safeParse(profileSchema, profile);
};

test('the seed says nothing of a queue, and has one all the same', () => {
  const { output } = parse(() => undefined);
  expect(queueSettings(output as v.InferOutput<typeof profileSchema>)).toEqual({
    greenEvery: 3,
    prefixes: {},
    closeMinutesBefore: 0,
  });
});

test.each([
  ['a share of the green', (profile) => (profile['queue'] = { greenEvery: 1 }), true],
  ['no share at all', (profile) => (profile['queue'] = { greenEvery: 0 }), false],
  ['letters of a line', (profile) => (profile['queue'] = { prefixes: { tenancy: 'ZL' } }), true],
  ['letters that a slip cannot hold', (profile) => (profile['queue'] = { prefixes: { tenancy: 'a/b' } }), false],
  [
    'a window of some lines and kinds',
    (profile) => Object.assign(profile.windows[0]!, { lines: ['a'], kinds: ['green'] }),
    true,
  ],
  ['a window of no kind', (profile) => Object.assign(profile.windows[0]!, { kinds: [] }), false],
  ['a window of an unknown kind', (profile) => Object.assign(profile.windows[0]!, { kinds: ['vip'] }), false],
  ['a station called __proto__', (profile) => Object.assign(profile.stations[0]!, { id: '__proto__' }), false],
  ['a window called constructor', (profile) => Object.assign(profile.windows[0]!, { id: 'constructor' }), false],
] satisfies [string, (profile: Document) => unknown, boolean][])('%s', (_of, change, isTaken) => {
  expect(parse((profile) => void change(profile)).success).toBe(isTaken);
});
