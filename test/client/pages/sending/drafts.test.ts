// Recipients and plans while they are filled in: what is wrong, and what becomes of the document.
import { expect, test } from 'vitest';
import {
  beginPlan,
  beginRecipient,
  endPlan,
  endRecipient,
  findPlanFlaws,
  findRecipientFlaws,
  place,
  plansOf,
  readFlaw,
  withoutRecipient,
  type PlanDraft,
} from '../../../../client/pages/sending/drafts.ts';
import type { SendingDocument } from '../../../../domain/sending/document.ts';
import { checkValue } from '../../../../server/documents/check-document.ts';

const document: SendingDocument = {
  version: 3,
  recipients: [
    { id: 'office', type: 'mail', name: '办公室', address: 'office@hall.example' },
    { id: 'share', type: 'folder', name: '共享文件夹', path: '/srv/reports' },
  ],
  plans: [
    {
      ...{ id: 'morning', kind: 'day', at: '08:30', weekday: 1, monthDay: 1, formats: ['pdf'], language: 'zh' },
      ...{ to: ['office', 'share'], from: '2019-11-22' },
    },
    {
      ...{ id: 'week', kind: 'week', at: '09:00', weekday: 5, monthDay: 1, formats: ['xlsx', 'docx'], language: 'en' },
      ...{ to: ['office'], from: '2019-11-22', until: '2020-01-31', station: 'hall' },
    },
  ],
};

test('what was saved comes back as it was', () => {
  for (const one of document.plans) expect(endPlan(beginPlan(one, '2019-11-26'))).toEqual(one);
  for (const one of document.recipients) expect(endRecipient(beginRecipient(one))).toEqual(one);
});

const plan = (more: Partial<PlanDraft>): PlanDraft => ({ ...beginPlan('new', '2019-11-26'), to: ['office'], ...more });

test.each([
  [{}, {}],
  [{ at: '' }, { at: 'required' }],
  [
    { formats: [], to: [] },
    { formats: 'required', to: 'required' },
  ],
  [{ from: '', until: '' }, { from: 'required' }],
  [{ until: '2019-11-25' }, { until: 'order' }],
  [{ kind: 'month', monthDay: '29' }, { monthDay: 'monthDay' }],
  [{ kind: 'quarter', monthDay: '' }, { monthDay: 'monthDay' }],
  [{ kind: 'year', monthDay: 'x' }, { monthDay: 'monthDay' }],
  // Of a kind that has none nobody asks for it.
  [{ kind: 'week', monthDay: 'x' }, {}],
] as const)('a plan with %j', (more, flaws) => {
  const draft = plan(more as Partial<PlanDraft>);
  expect(findPlanFlaws(draft)).toEqual(flaws);
  const { ok } = checkValue('sending', { ...document, plans: [endPlan(draft)] });
  expect(ok).toBe(Object.keys(flaws).length === 0);
});

test('a recipient needs a name, and the one address of its kind', () => {
  const draft = beginRecipient('new');
  expect(findRecipientFlaws(draft)).toEqual({ name: 'required', address: 'required' });
  expect(findRecipientFlaws({ ...draft, name: '档案', type: 'folder' })).toEqual({ path: 'required' });
});

test.each([
  [{ type: 'mail', address: 'office' }, { address: 'address' }],
  [{ type: 'folder', path: 'reports' }, { path: 'path' }],
  [{ type: 'folder', path: '/srv/../etc' }, { path: 'path' }],
] as const)('what the server finds wrong with %j stands at its field', (more, flaws) => {
  const recipient = endRecipient({ ...beginRecipient('new'), name: '档案', ...more });
  const checked = checkValue('sending', { ...document, recipients: place(document.recipients, recipient) });
  expect(checked.ok).toBe(false);
  expect(readFlaw(checked.ok ? undefined : checked.flaw.path, 'bad-document')).toEqual(flaws);
});

test('a name that looks like a number is told as one', () => {
  expect(readFlaw('recipients.0.name', 'identity')).toEqual({ name: 'identity' });
  expect(readFlaw(undefined, 'bad-document')).toEqual({});
});

test('one that is there keeps its place, a new one comes last', () => {
  const [office, share] = document.recipients;
  const renamed = { ...office!, name: '综合办' };
  expect(place(document.recipients, renamed)).toEqual([renamed, share]);
  expect(place(document.recipients, { ...renamed, id: 'new' }).at(-1)?.id).toBe('new');
});

test('a recipient goes out of the plans too, and not where it is the only one', () => {
  expect(withoutRecipient(document, 'share').plans.map(({ to }) => to)).toEqual([['office'], ['office']]);
  const { all, alone } = plansOf(document, 'office');
  expect([all, alone].map((plans) => plans.map(({ id }) => id))).toEqual([['morning', 'week'], ['week']]);
});
