// Open cases at a desk whose server is gone: as it told them last, and what was written down since.
import { expect, test } from 'vitest';
import type { Act, Entry } from '../../../../domain/desk/entry.ts';
import type { DeskCase } from '../../../../domain/wire/desk.ts';
import { withUnsent } from '../../../../client/pages/desk/unsent-cases.ts';

const AT = Date.parse('2026-11-26T10:00:00+08:00');
const told: DeskCase = { case: 'told', item: 'mi-01', acceptedAt: AT - 1, dueAt: AT + 1, channel: 'window' };
let made = 0;
const entry = (act: Act, more: Partial<Entry> = {}): Entry => ({
  ...{ id: `e${made++}`, author: 's1', hall: 'meilin', station: 'hall', at: new Date(AT + made).toISOString() },
  ...more,
  act,
});
const accepted = (id: string, handling: 'instant' | 'promised' = 'promised'): Act => ({
  ...{ type: 'case', case: id, item: 'mi-04', channel: 'window', handling },
  promisedBy: '2026-12-05T18:00:00+08:00',
});
const finished = (id: string): Act => ({ type: 'case-finished', case: id, outcome: 'approved' });
const seen = (...entries: Entry[]): unknown => {
  const { cases, count } = withUnsent({ cases: [told], count: 7 }, entries, 'hall');
  return [cases.map((one) => `${one.case}${one.paused ? ' paused' : ''}`), count];
};

test.each([
  ['nothing since', [], [['told'], 7]],
  ['one that is promised', [entry(accepted('new'))], [['told', 'new'], 8]],
  ['one that is dealt with at once', [entry(accepted('new', 'instant'))], [['told'], 7]],
  ['accepted and finished', [entry(accepted('new')), entry(finished('new'))], [['told'], 7]],
  ['one that was told, finished', [entry(finished('told'))], [[], 6]],
  ['one beyond the list, finished', [entry(finished('other'))], [['told'], 7]],
  ['paused', [entry({ type: 'case-paused', case: 'told' })], [['told paused'], 7]],
  [
    'paused and taken up again',
    [entry({ type: 'case-paused', case: 'told' }), entry({ type: 'case-resumed', case: 'told' })],
    [['told'], 7],
  ],
  ['of another station', [entry(accepted('new'), { station: 'meifeng' })], [['told'], 7]],
  ['in the ledger and told already', [entry(accepted('told'))], [['told'], 7]],
  ['undone', [entry(accepted('new'), { id: 'x' }), entry({ type: 'undo', entry: 'x' })], [['told'], 7]],
])('%s', (_, entries, expected) => expect(seen(...entries)).toEqual(expected));

test('an acceptance tells what its own entry says', () => {
  const one = entry(accepted('new'), { ticket: 'A001' });
  const { cases } = withUnsent({ cases: [], count: 0 }, [one], 'hall');
  expect(cases).toEqual([
    {
      ...{ case: 'new', item: 'mi-04', channel: 'window', ticket: 'A001', acceptedAt: Date.parse(one.at) },
      dueAt: Date.parse('2026-12-05T18:00:00+08:00'),
    },
  ]);
});
