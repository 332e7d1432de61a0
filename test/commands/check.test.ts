// Which of the tests that wait `npm run check` runs beside those that compute.
import { expect, test } from 'vitest';
import { listMirrored } from '../../commands/check.mjs';

const tests = [
  'test/server/live/publisher.test.ts',
  'test/server/live/push.test.ts',
  'test/commands/start.test.ts',
  'test/e2e/wall.test.ts',
  'test/domain/events/parse.test.ts',
];

test('those at the place of what has changed, those that have changed themselves, and none that compute', () => {
  expect(listMirrored(['server/live/publisher.ts'], tests)).toEqual(['test/server/live/publisher.test.ts']);
  expect(listMirrored(['commands/start.mjs', 'README.md'], tests)).toEqual(['test/commands/start.test.ts']);
  expect(listMirrored(['test/e2e/wall.test.ts'], tests)).toEqual(['test/e2e/wall.test.ts']);
  expect(listMirrored(['domain/events/parse.ts', 'client/wall/main.ts'], tests)).toEqual([]);
});
