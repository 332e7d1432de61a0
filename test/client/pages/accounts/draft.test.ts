/** What is filled in for an assignment is sent as it is meant, or its flaw is named. */
import { expect, it } from 'vitest';
import { beginDraft, readDraft, type Draft } from '../../../../client/pages/accounts/draft.ts';

const TODAY = '2026-11-26';

it('a substitute begins with today, as a clerk where one may be made', () => {
  expect(beginDraft('substitute', ['clerk', 'lead'], TODAY)).toMatchObject({
    role: 'clerk',
    from: TODAY,
    until: TODAY,
  });
  expect(beginDraft('lasting', ['leader'], TODAY)).toMatchObject({ role: 'leader', from: '', until: '' });
});

it.each<[string, Partial<Draft>, ReturnType<typeof readDraft>]>([
  ['a substitute', {}, { assignment: { role: 'clerk', station: 'meifeng', from: TODAY, until: '2026-11-28' } }],
  ['no station', { station: '' }, { flaw: { field: 'station', why: 'required' } }],
  ['a substitute without an end', { until: '' }, { flaw: { field: 'until', why: 'required' } }],
  ['an end before the beginning', { until: '2026-11-25' }, { flaw: { field: 'until', why: 'badSpan' } }],
  [
    'a substitute from now on',
    { from: '' },
    { assignment: { role: 'clerk', station: 'meifeng', until: '2026-11-28' } },
  ],
  [
    'a lasting one without days',
    { kind: 'lasting', from: '', until: '' },
    { assignment: { role: 'clerk', station: 'meifeng' } },
  ],
  [
    'a role of the whole hall, of whatever station was chosen before',
    { kind: 'lasting', role: 'leader', from: '', until: '' },
    { assignment: { role: 'leader' } },
  ],
])('%s', (_name, more, read) => {
  const draft: Draft = {
    kind: 'substitute',
    role: 'clerk',
    station: 'meifeng',
    from: TODAY,
    until: '2026-11-28',
    ...more,
  };
  expect(readDraft(draft)).toEqual(read);
});
