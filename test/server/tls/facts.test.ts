// What is said of a certificate before, in and after its time.
import { expect, test } from 'vitest';
import { judge, warnOf } from '../../../server/tls/facts.ts';

const facts = { from: Date.UTC(2026, 10, 25), until: Date.UTC(2027, 11, 27) };

test.each([
  ['2026-11-24T23:59:59Z', 'early', /begins on 2026-11-25, and this machine's clock says 2026-11-24\. Set the clock/],
  ['2026-11-25T00:00:00Z', 'good', undefined],
  ['2027-11-26T23:59:59Z', 'good', undefined],
  ['2027-11-27T00:00:00Z', 'ending', /ends on 2027-12-27\. Run `npm run certificate`/],
  ['2027-12-26T23:59:59Z', 'ending', /ends on 2027-12-27/],
  ['2027-12-27T00:00:00Z', 'ended', /ended on 2027-12-27, and browsers refuse it\. Run `npm run certificate`/],
  ['2040-01-01T00:00:00Z', 'ended', /ended on 2027-12-27/],
] as const)('at %s', (moment, goodness, sentence) => {
  expect(judge(facts, Date.parse(moment))).toBe(goodness);
  if (sentence === undefined) expect(warnOf(facts, Date.parse(moment))).toBeUndefined();
  else expect(warnOf(facts, Date.parse(moment))).toMatch(sentence);
});
