// What was published by other rules than now is told by its first day, whatever was published since.
import { afterEach, expect, test } from 'vitest';
import { HALL_DAY_SOURCE } from '../../../domain/calendar/hall-day.ts';
import { addDays } from '../../../domain/calendar/zone.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import { frozenId, presentRules } from '../../../domain/frozen/chain.ts';
import { readPublishedOtherwise } from '../../../server/frozen/published-otherwise.ts';
import { withTime } from '../../../server/record.ts';
import { openInProcessLedger, type InProcessLedger } from '../../property/in-process-ledger.ts';

let ledger: InProcessLedger;
afterEach(() => ledger.close());

const DIGEST = '0'.repeat(64);
/** A day's entry, as the hall writes it. */
function frozen(day: string, rules: object = {}, n = 0): HallEvent {
  return {
    source: HALL_DAY_SOURCE,
    id: frozenId(day, n),
    type: 'hall.day.frozen',
    at: Date.parse(`${day}T20:00:00Z`),
    data: {
      ...{ day, closing: 1, figures: { accepted: 1 }, stations: {}, silentFeeds: [] },
      rules: { ...presentRules(), ...rules },
      documents: { profile: DIGEST, catalogue: DIGEST, calendar: DIGEST },
      ...{ ledger: 'one', after: 0, rows: DIGEST, previous: DIGEST, mac: DIGEST },
    },
  } as unknown as HallEvent;
}
const OLD = { measures: '0' };

test.each<[string, readonly HallEvent[], string | undefined]>([
  ['nothing was published', [], undefined],
  ['all by the rules of now', [frozen('2019-11-25'), frozen('2019-11-26')], undefined],
  [
    'the first days by others',
    [frozen('2019-11-25', OLD), frozen('2019-11-26', OLD), frozen('2019-11-27')],
    '2019-11-25',
  ],
  ['another calendar', [frozen('2019-11-26', { calendar: 'of another year' })], '2019-11-26'],
  ['a day that was published anew', [frozen('2019-11-25', OLD), frozen('2019-11-25', {}, 1)], undefined],
  ['days outside the span', [frozen('2019-11-22', OLD), frozen('2019-11-28', OLD)], undefined],
])('%s', async (_what, events, day) => {
  ledger = openInProcessLedger('Asia/Shanghai');
  await ledger.append(withTime([...events]), 0, null);
  expect(await readPublishedOtherwise(ledger, '2019-11-25', '2019-11-27')).toBe(day);
});

test('of two years, in the last weeks of which the chain began, the first published day', async () => {
  ledger = openInProcessLedger('Asia/Shanghai');
  const days = Array.from({ length: 730 }, (_, i) => addDays('2018-01-01', i));
  const turns = days.flatMap((day) =>
    ['opened', 'closed'].map((what) => {
      const turn = { id: `day:${day}:${what}`, type: `hall.day.${what}`, at: Date.parse(`${day}T01:00:00Z`) };
      return { source: HALL_DAY_SOURCE, ...turn, data: { day } } as unknown as HallEvent;
    }),
  );
  await ledger.append(withTime([...turns, frozen('2019-12-20', OLD), frozen('2019-12-21')]), 0, null);
  expect(await readPublishedOtherwise(ledger, '2018-01-01', '2019-12-31')).toBe('2019-12-20');
  expect(await readPublishedOtherwise(ledger, '2018-01-01', '2019-12-19')).toBeUndefined();
  expect(await readPublishedOtherwise(ledger, '2019-12-21', '2019-12-31')).toBeUndefined();
});
