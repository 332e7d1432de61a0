// Words that were refused are written anew, and nothing else of an act changes.
import { expect, test } from 'vitest';
import { withWords, wordsOf } from '../../../../client/pages/desk/reword.ts';
import type { Act } from '../../../../domain/desk/entry.ts';

const deferred: Act = {
  ...{ type: 'case', case: 'c1', item: 'i1', channel: 'window', handling: 'promised' },
  deferredDocuments: ['王小明的照片', '户口本'],
};

test.each<[Act, string[], string[], object]>([
  [{ type: 'request-received', request: 'r1', topic: '旧' }, ['旧'], ['新 '], { topic: '新' }],
  [{ type: 'complaint-received', complaint: 'k1', about: '旧', staff: 's1' }, ['旧'], ['新'], { about: '新' }],
  [{ type: 'void', entry: 'e1', reason: '旧' }, ['旧'], ['新'], { reason: '新' }],
  [{ type: 'training', topic: '旧', people: 3 }, ['旧'], ['新'], { topic: '新' }],
  [deferred, ['王小明的照片', '户口本'], ['照片', '户口本'], { deferredDocuments: ['照片', '户口本'] }],
  [deferred, ['王小明的照片', '户口本'], ['', '户口本'], { deferredDocuments: ['户口本'] }],
])('%j', (act, before, texts, changed) => {
  expect(wordsOf(act).map(({ text }) => text)).toEqual(before);
  expect(withWords(act, texts)).toEqual({ ...act, ...changed });
});

test('what is left blank is not said, and of what nobody typed there are no words', () => {
  expect(withWords({ type: 'request-received', request: 'r1', topic: '旧' }, [' '])).toEqual({
    ...{ type: 'request-received', request: 'r1' },
  });
  expect(withWords(deferred, ['', ''])).not.toHaveProperty('deferredDocuments');
  expect(wordsOf({ type: 'licence', case: 'c1' })).toEqual([]);
});
