// Where the pages of the staff lead somebody of each role.
import { expect, test } from 'vitest';
import type { Role } from '../../../domain/access/roles.ts';
import { waysOf } from '../../../client/forms/ways.ts';
import type { SignedIn } from '../../../domain/wire/desk.ts';

const somebody = (role: Role, practice = false): SignedIn => ({
  ...{ staff: 's1', name: '示例', stations: [], day: '2019-11-26', now: 0, timeZone: 'Asia/Shanghai', isFresh: true },
  assignments: [{ role, ...(role === 'clerk' || role === 'lead' ? { station: 'hall' } : {}) }],
  hall: { id: 'meilin', name: '梅林', demo: false, practice },
});
const told = (who: SignedIn | undefined, here: Parameters<typeof waysOf>[1]) =>
  waysOf(who, here)
    .map(({ id }) => id)
    .join(' ');

test.each([
  ['clerk', 'desk followups suggestions stars accounts'],
  ['lead', 'desk checks followups suggestions stars reconcile accounts'],
  ['manager', 'desk checks followups suggestions stars brief report sending reconcile accounts settings'],
  ['leader', 'desk checks followups brief report reconcile accounts'],
  ['administrator', 'followups sending import accounts settings setup'],
] as const)('%s', (role, ways) => {
  for (const here of ['desk', 'brief', 'setup'] as const)
    expect(told(somebody(role), here)).toBe(
      ways
        .split(' ')
        .filter((one) => one !== here)
        .join(' '),
    );
});

test('a practice hall has no accounts, no set-up and no sending', () => {
  expect(told(somebody('manager', true), 'desk')).toBe('checks followups suggestions stars brief report reconcile');
});

test('whoever reads without signing in is led to what reading opens', () => {
  expect(told(undefined, 'report')).toBe('brief');
});
