/** Keys at a display: what each asks for, and that a browser's own shortcuts stay its own. */
import { expect, it } from 'vitest';
import { readKey } from '../../../client/display/keys.ts';

it.each([
  [' ', { type: 'pause' }],
  ['ArrowLeft', { type: 'step', by: -1 }],
  ['2', { type: 'scene', scene: 'communities' }],
  ['6', undefined],
  ['0', undefined],
  ['L', { type: 'language' }],
  ['Escape', undefined],
])('key %j', (key, wish) => {
  expect(readKey({ key, ctrlKey: false, altKey: false, metaKey: false })).toEqual(wish);
  expect(readKey({ key, ctrlKey: true, altKey: false, metaKey: false })).toBeUndefined();
});
