// Two readers of one file: where they part the import stops, and says at which line.
import { expect, test } from 'vitest';
import type { CutRecord } from '../../../../server/ingest/import/cut-records.ts';
import { createRecordAccount } from '../../../../server/ingest/import/record-account.ts';

const record = (from: number, to = from): CutRecord => ({ kind: 'record', from, to, text: '' });
const broken = (line: number): CutRecord => ({ kind: 'broken', from: line, to: line, reason: 'quote' });

test('readers that agree hand on the broken lines in their places', () => {
  const account = createRecordAccount();
  account.expect([record(1), broken(2), record(3, 5)]);
  expect(account.take(1)).toEqual([]);
  account.expect([broken(6), broken(7)]);
  expect(account.take(5)).toEqual([{ kind: 'broken', line: 2, reason: 'quote' }]);
  expect(account.end().map(({ line }) => line)).toEqual([6, 7]);
});

test.each<[string, readonly CutRecord[], readonly number[], number]>([
  ['one reads on where the other ends a record', [record(1), record(2), record(3)], [1, 3], 2],
  ['one ends a record where the other reads on', [record(1), record(2, 4)], [1, 2], 2],
  ['one leaves the last record out', [record(1), record(2, 3)], [1], 2],
  ['one reads what the other has not', [record(1)], [1, 2], 2],
  ['one reads a line that is broken for the other', [broken(1), record(2)], [1], 1],
])('%s', (_name, counted, read, line) => {
  const account = createRecordAccount();
  account.expect(counted);
  const follow = () => {
    for (const last of read) account.take(last);
    account.end();
  };
  expect(follow).toThrow(new RegExp(`From line ${line} on.*nothing was written`));
});
