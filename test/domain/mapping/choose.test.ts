// A mapping changed by choosing: what is chosen is what is read again, and what cannot be chosen stays as it is.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsOf, type EventField } from '../../../domain/events/fields.ts';
import {
  addEvent,
  readField,
  readRows,
  readTime,
  removeEvent,
  writeField,
  writeRows,
  writeTime,
  type FieldChoice,
  type RowChoice,
} from '../../../domain/mapping/choose.ts';
import { parseMapping } from '../../../domain/mapping/mapping.ts';
import type { MappingSpec, ValueSpec } from '../../../domain/mapping/schema.ts';

const spec: MappingSpec = {
  name: 'x',
  source: '/import/x',
  formats: 'yyyy/M/d H:mm',
  maps: { channel: { 窗口: 'window', 网上: 'online' } },
  moments: { accepted: { at: '{受理}' }, parts: { at: '{日} {时}' } },
  events: [
    {
      type: 'hall.case.accepted',
      id: '{编号}/accepted',
      time: 'accepted',
      data: { case: '{编号}', station: 'hall', channel: { from: '{渠道}', map: 'channel' }, item: '{事项}' },
    },
    {
      type: 'hall.case.finished',
      id: '{编号}/finished',
      time: { at: '{办结}' },
      data: { case: '{编号}', outcome: 'approved' },
    },
  ],
};
const withItem = (item: ValueSpec): MappingSpec => ({
  ...spec,
  events: [{ ...spec.events[0]!, data: { ...spec.events[0]!.data, item } }, spec.events[1]!],
});
const field = (name: string): EventField => fieldsOf('hall.case.accepted').find((one) => one.name === name)!;

const problemsOf = (mapping: MappingSpec): unknown => {
  const parsed = parseMapping(mapping, 'UTC');
  return parsed.ok ? [] : parsed.problems;
};

test('fields are told by their schemas: what must be there, of which kind, and all that it can be', () => {
  const fields = fieldsOf('hall.case.accepted');
  expect(fields.filter(({ isRequired }) => isRequired).map(({ name }) => name)).toEqual([
    'case',
    'station',
    'channel',
    'item',
  ]);
  expect(field('channel')).toMatchObject({
    kind: 'choice',
    options: expect.arrayContaining(['window', 'phone']) as never,
  });
  expect(field('promisedBy')).toMatchObject({ kind: 'moment', isRequired: false });
  expect(field('green')).toMatchObject({ kind: 'flag' });
  expect(fieldsOf('hall.rating.given').find(({ name }) => name === 'score')).toMatchObject({ kind: 'choice' });
  expect(fieldsOf('hall.consultation.given').find(({ name }) => name === 'count')).toMatchObject({ kind: 'number' });
});

describe('what a field is read as', () => {
  test.for<[ValueSpec, FieldChoice]>([
    ['{事项}', { kind: 'column', column: '事项' }],
    ['{#3}', { kind: 'column', column: '#3' }],
    ['mi-03', { kind: 'constant', value: 'mi-03' }],
    ['a{{b}}', { kind: 'constant', value: 'a{b}' }],
    ['{a}-{b}', { kind: 'other' }],
    ['x{a}', { kind: 'other' }],
    [3, { kind: 'constant', value: 3 }],
    [false, { kind: 'constant', value: false }],
    [
      { from: '{a}', map: { x: 'y' }, default: null },
      { kind: 'column', column: 'a', map: { x: 'y' }, blank: null },
    ],
    [
      { from: '{a}', map: 'channel' },
      { kind: 'column', column: 'a', map: { 窗口: 'window', 网上: 'online' } },
    ],
    [{ from: '{a}{b}', map: {} }, { kind: 'other' }],
    [{ from: '{a}', as: 'number', unit: '人' }, { kind: 'other' }],
    [{ moment: 'accepted' }, { kind: 'column', column: '受理' }],
    [{ moment: 'parts' }, { kind: 'other' }],
    [{ moment: 'toString' }, { kind: 'other' }],
    [{ first: ['{a}', 'b'] }, { kind: 'other' }],
  ])('%j', ([value, choice]) => expect(readField(withItem(value), 0, 'item')).toEqual(choice));

  test('none where it is not there, whatever it is called', () => {
    for (const name of ['line', 'toString', '__proto__']) expect(readField(spec, 0, name)).toEqual({ kind: 'none' });
  });
});

test('whatever is chosen is read again, is a mapping, and changes nothing else', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 8 });
  const scalar = fc.oneof(word, fc.constant(null), fc.constant('window'));
  const column = word.filter((name) => name !== '' && !/[{}]/.test(name));
  const choice = fc.oneof(
    fc.constant<FieldChoice>({ kind: 'none' }),
    fc.record({ kind: fc.constant('constant' as const), value: word.filter((text) => text !== '') }),
    fc.record(
      {
        kind: fc.constant('column' as const),
        column,
        map: fc.dictionary(fc.oneof(word, fc.constantFrom('__proto__', 'toString', '*')), scalar),
        blank: scalar,
      },
      { requiredKeys: ['kind', 'column'] },
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom('item', 'line', 'channel', 'handling'), choice, (name, chosen) => {
      const written = writeField(spec, 0, field(name), chosen);
      expect(readField(written, 0, name)).toEqual(chosen);
      const isMissing = chosen.kind === 'none' && field(name).isRequired;
      expect(problemsOf(written)).toMatchObject(isMissing ? [{ path: 'events[0].data' }] : []);
      expect(written.events[1]).toEqual(spec.events[1]);
      const { [name]: _before, ...others } = spec.events[0]!.data;
      const { [name]: _after, ...still } = written.events[0]!.data;
      expect(still).toEqual(others);
      expect(spec.maps!['channel']).toEqual({ 窗口: 'window', 网上: 'online' });
    }),
  );
});

test('a named map changes wherever it is used, a moment keeps its formats, a number is read as one', () => {
  const chosen = { kind: 'column', column: '渠道', map: { 窗口: 'window', 微信: 'online' } } as const;
  expect(writeField(spec, 0, field('channel'), chosen)).toMatchObject({
    maps: { channel: { 窗口: 'window', 微信: 'online' } },
    events: [{ data: { channel: { from: '{渠道}', map: 'channel' } } }, {}],
  });
  const timed = writeField(withItem('x'), 0, field('promisedBy'), { kind: 'column', column: '时限' });
  expect(timed.events[0]!.data['promisedBy']).toEqual({ moment: { at: '{时限}' } });
  const count = fieldsOf('hall.consultation.given').find(({ name }) => name === 'count')!;
  expect(writeField(spec, 0, count, { kind: 'column', column: '人数' }).events[0]!.data['count']).toEqual({
    from: '{人数}',
    as: 'number',
  });
  expect(writeField(withItem('{a}-{b}'), 0, field('item'), { kind: 'other' })).toEqual(withItem('{a}-{b}'));
});

test('the time of an event by its column: a named moment for all that use it', () => {
  expect([readTime(spec, 0), readTime(spec, 1)]).toEqual(['受理', '办结']);
  expect(writeTime(spec, 0, '登记').moments).toMatchObject({ accepted: { at: '{登记}' }, parts: { at: '{日} {时}' } });
  expect(writeTime(spec, 1, '结束').events[1]!.time).toEqual({ at: '{结束}' });
  const apart = { ...spec, events: [{ ...spec.events[0]!, time: 'parts' }] };
  expect(readTime(apart, 0)).toBeUndefined();
});

describe('the rows of which an event is given', () => {
  test.for<RowChoice>([
    { kind: 'all' },
    { kind: 'filled', column: '办结' },
    { kind: 'blank', column: '办结' },
    { kind: 'is', column: '状态', words: ['完成', '办结'] },
    { kind: 'not', column: '状态', words: ['合计'] },
  ])('%j', (choice) => {
    const written = writeRows(writeRows(spec, 1, { kind: 'filled', column: 'x' }), 1, choice);
    expect(readRows(written.events[1]!.where)).toEqual(choice);
    expect(problemsOf(written)).toEqual([]);
  });

  test('what is more than that stays', () => {
    const where = { any: [{ column: 'a', blank: true }] };
    expect(readRows(where)).toEqual({ kind: 'other' });
    const held = { ...spec, events: [{ ...spec.events[0]!, where }] };
    expect(writeRows(held, 0, { kind: 'other' })).toEqual(held);
  });
});

test('an event more begins with what the first one tells, and can go again', () => {
  const more = addEvent(spec, 'hall.rating.given', fieldsOf('hall.rating.given'));
  expect(more.events[2]).toEqual({
    type: 'hall.rating.given',
    id: '{编号}/given',
    time: 'accepted',
    data: { station: 'hall' },
  });
  expect(removeEvent(more, 2)).toEqual(spec);
});
