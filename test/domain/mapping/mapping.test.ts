// What a mapping can say about a row, and what it is told when it is wrong.
import { expect, test } from 'vitest';
import { parseMapping, type RowResult } from '../../../domain/mapping/mapping.ts';

const header = ['办件编号', '事项编码', '办件类型', '满意度', '受理时间', '办结时间', '窗口'];

const base = {
  name: 'sample',
  source: '/import/sample',
  timeZone: 'Asia/Shanghai',
  formats: 'yyyy/M/d H:mm',
  blank: ['-'],
  maps: { handling: { '2': 'instant', '1': 'promised' } },
  moments: { accepted: { at: '{受理时间}' }, finished: { at: '{办结时间}' } },
};
const accepted = {
  type: 'hall.case.accepted',
  id: '{办件编号}/accepted',
  time: 'accepted',
  data: {
    case: '{办件编号}',
    station: 'hall',
    channel: 'window',
    item: '{事项编码}',
    window: { from: '{窗口}', default: 'w00' },
    handling: { from: '{办件类型}', map: 'handling' },
  },
};
const rating = {
  type: 'hall.rating.given',
  where: { column: '满意度', blank: false },
  id: '{办件编号}/rating',
  time: { first: ['finished', 'accepted'] },
  data: {
    case: '{办件编号}',
    station: 'hall',
    medium: 'pad',
    score: { from: '{满意度}', map: { '0': 1, '1': 2, '3': 4, '4': 5 } },
    byDefault: { from: '{满意度}', map: { '4': true, '*': null } },
  },
};

function mapRows(mapping: object, rows: readonly (readonly string[])[], columns = header): RowResult[] {
  const parsed = parseMapping({ ...base, ...mapping }, 'UTC');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const bound = parsed.mapping.bind(columns);
  if (!bound.ok) throw new Error(JSON.stringify(bound));
  const seen = new Set<string>();
  const lasts = new Map(rows.flatMap((row, line) => (bound.lastKeys?.(row) ?? []).map((key) => [key, line])));
  return rows.map((row, line) =>
    bound.mapRow(row, {
      line,
      takeFirst: (key) => !seen.has(key) && seen.add(key) === seen,
      isLast: (key) => lasts.get(key) === line,
    }),
  );
}

const row = (values: Partial<Record<string, string>>) => {
  const full: Partial<Record<string, string>> = {
    办件编号: 'B1',
    事项编码: 'YB-01',
    办件类型: '2',
    受理时间: '2019/6/5 9:03',
    ...values,
  };
  return header.map((name) => full[name] ?? '');
};

const eventsOf = (result: RowResult | undefined) =>
  result?.kind === 'events' ? result.events.map(({ event }) => event) : result;

test('several events from one row, with value maps, defaults, constants and ids of columns', () => {
  const [result] = mapRows({ events: [accepted, rating] }, [row({ 满意度: '4', 办结时间: '2019/6/5 10:00' })]);
  expect(eventsOf(result)).toEqual([
    {
      specversion: '1.0',
      source: '/import/sample',
      id: 'B1/accepted',
      type: 'hall.case.accepted',
      time: '2019-06-05T01:03:00.000Z',
      subject: 'B1',
      data: { case: 'B1', station: 'hall', channel: 'window', item: 'YB-01', window: 'w00', handling: 'instant' },
    },
    {
      specversion: '1.0',
      source: '/import/sample',
      id: 'B1/rating',
      type: 'hall.rating.given',
      time: '2019-06-05T02:00:00.000Z',
      data: { case: 'B1', station: 'hall', medium: 'pad', score: 5, byDefault: true },
    },
  ]);
});

test('an error of a spreadsheet refuses its row where it is read, alone or within a text, unless it means nothing', () => {
  const isRefused = (values: Record<string, string>, more = {}) =>
    mapRows({ events: [accepted], ...more }, [row(values)])[0];
  expect(isRefused({ 事项编码: '#N/A' })).toMatchObject({ refusal: { reason: 'error', columns: ['事项编码'] } });
  expect(isRefused({ 办件编号: '#REF!' })).toMatchObject({ refusal: { reason: 'error', columns: ['办件编号'] } });
  expect(isRefused({ 受理时间: '#VALUE!' })).toMatchObject({ refusal: { reason: 'error', columns: ['受理时间'] } });
  expect(isRefused({ 满意度: '#N/A' })).toMatchObject({ kind: 'events' });
  expect(isRefused({ 事项编码: '#12' })).toMatchObject({ kind: 'events' });
  expect(isRefused({ 办件类型: '#N/A' }, { blank: ['#N/A'] })).toMatchObject({ kind: 'events' });
});

test('a condition leaves an event out, a first moment falls back, null in a map means absent', () => {
  const results = mapRows({ events: [rating] }, [row({ 满意度: '-' }), row({ 满意度: '3' })]);
  expect(eventsOf(results[0])).toEqual([]);
  expect(eventsOf(results[1])).toMatchObject([
    { time: '2019-06-05T01:03:00.000Z', data: { score: 4, case: 'B1', station: 'hall', medium: 'pad' } },
  ]);
  expect(JSON.stringify(results[1])).not.toContain('byDefault');
});

test('one event from the first of several rows with the same key', () => {
  const once = { ...accepted, once: '{办件编号}' };
  const results = mapRows({ events: [once] }, [row({}), row({ 办件类型: '1' }), row({ 办件编号: 'B2' })]);
  expect(results.map((result) => (result.kind === 'events' ? result.events.length : result.kind))).toEqual([1, 0, 1]);
});

test('one event from the last of several rows with the same key, among those that the mapping takes', () => {
  const last = { ...accepted, last: '{办件编号}' };
  const where = { column: '办件类型', not: '9' };
  const rows = [row({}), row({ 受理时间: '2019/6/5 9:30' }), row({ 办件类型: '9' }), row({ 办件编号: 'B2' })];
  const results = mapRows({ where, events: [last] }, rows);
  expect(results.map(({ kind }) => kind)).toEqual(['events', 'events', 'left-out', 'events']);
  expect(
    results.map((result) => eventsOf(result)).map((events) => (Array.isArray(events) ? events.length : 0)),
  ).toEqual([0, 1, 0, 1]);
});

test('columns by their place, and by a name that looks like one', () => {
  const byPlace = { ...accepted, id: '{#1}/accepted', data: { ...accepted.data, case: '{#1}' } };
  expect(eventsOf(mapRows({ events: [byPlace] }, [row({})])[0])).toMatchObject([{ id: 'B1/accepted' }]);
  const named = ['#2', ...header.slice(1)];
  expect(
    eventsOf(
      mapRows({ events: [{ ...accepted, id: '{#2}', data: { ...accepted.data, case: '{#2}' } }] }, [row({})], named)[0],
    ),
  ).toMatchObject([{ id: 'B1' }]);
  const beyond = parseMapping({ ...base, events: [{ ...byPlace, id: '{#99}' }] }, 'UTC');
  expect(beyond.ok && beyond.mapping.bind(header)).toMatchObject({ ok: false, missing: ['#99'] });
});

test.each<[string, object, string, boolean | 'refused']>([
  ['starts', { starts: '合计' }, '合计（共 3 件）', true],
  ['starts', { starts: ['小计', '合计'] }, '本页合计', false],
  ['starts', { starts: '合计' }, '', false],
  ['from and to', { from: 1, to: 5 }, '5', true],
  ['from and to', { from: 1, to: 5 }, '5.1', false],
  ['above', { above: 0 }, '0', false],
  ['above', { above: 0 }, '1,200', true],
  ['below, with a unit', { below: 30, unit: '分钟' }, '29 分钟', true],
  ['below, with a unit that is not named', { below: 30 }, '29 分钟', 'refused'],
  ['a comparison with nothing', { from: 1 }, '', false],
])('a condition by %s: %o of %s', (_name, form, text, expected) => {
  const where = { column: '满意度', ...form };
  const [result] = mapRows({ where, events: [accepted] }, [row({ 满意度: text })]);
  const kinds = { true: 'events', false: 'left-out', refused: 'refused' };
  expect(result?.kind).toBe(kinds[String(expected) as keyof typeof kinds]);
  if (expected === 'refused') expect(result).toMatchObject({ refusal: { reason: 'number', columns: ['满意度'] } });
});

test('a condition by days takes both of them whole, in the hall’s zone', () => {
  const where = { moment: 'accepted', from: '2019-06-05', to: '2019-06-06' };
  const times = ['2019/6/4 23:59', '2019/6/5 0:00', '2019/6/6 23:59', '2019/6/7 0:00', '', '5.6.2019'];
  const parsed = parseMapping({ ...base, where, events: [accepted] }, 'Asia/Shanghai');
  const bound = parsed.ok ? parsed.mapping.bind(header) : parsed;
  if (!bound.ok) throw new Error(JSON.stringify(bound));
  const place = { line: 2, takeFirst: () => true, isLast: () => true };
  expect(times.map((time) => bound.mapRow(row({ 受理时间: time }), place).kind)).toEqual([
    'left-out',
    'events',
    'events',
    'left-out',
    'left-out',
    'refused',
  ]);
});

test('what cannot be compared refuses a row only where nothing before it has settled the matter', () => {
  const isMany = { column: '满意度', above: 3 };
  const isPaper = { column: '办件类型', is: '2' };
  const kindOf = (where: object) => mapRows({ where, events: [accepted] }, [row({ 满意度: '很多' })])[0]!.kind;
  expect(kindOf({ any: [isPaper, isMany] })).toBe('events');
  expect(kindOf({ any: [isMany, isPaper] })).toBe('refused');
  expect(kindOf({ all: [{ column: '办件类型', is: '1' }, isMany] })).toBe('left-out');
});

test.each<[string, Partial<Record<string, string>>, object]>([
  [
    'a value that the map does not know',
    { 办件类型: '7' },
    { reason: 'value', columns: ['办件类型'], field: 'data.handling' },
  ],
  ['a time of another format', { 受理时间: '5.6.2019' }, { reason: 'time', columns: ['受理时间'] }],
  ['no time', { 受理时间: '' }, { reason: 'missing', columns: ['受理时间'], field: 'time' }],
  ['no id', { 办件编号: '-' }, { reason: 'missing', columns: ['办件编号'], field: 'id' }],
  [
    'a required field that is blank',
    { 事项编码: '' },
    { reason: 'missing', columns: ['事项编码'], field: 'data.item' },
  ],
])('a row is refused for %s', (_name, values, refusal) => {
  expect(mapRows({ events: [accepted] }, [row(values)])).toMatchObject([{ kind: 'refused', refusal }]);
});

test('rows that hold nothing, are left out, or hold nothing that the mapping reads', () => {
  const where = {
    all: [
      { column: '办件类型', not: '9' },
      {
        any: [
          { column: '窗口', blank: true },
          { column: '窗口', is: ['1', '2'] },
        ],
      },
    ],
  };
  const columns = [...header, '备注'];
  const note = [...header.map(() => ''), '合计'];
  const rows = [header.map(() => ' '), row({ 办件类型: '9' }), row({ 窗口: '3' }), row({ 窗口: '2' }), note];
  const kinds = mapRows({ where, events: [accepted] }, rows, columns).map((result) =>
    result.kind === 'refused' ? result.refusal.reason : result.kind,
  );
  expect(kinds).toEqual(['blank', 'left-out', 'left-out', 'events', 'empty']);
});

test('tickets whose numbers begin again are told with their day in the hall’s zone', () => {
  const taken = {
    type: 'hall.ticket.taken',
    id: '{办件编号}/taken',
    time: 'accepted',
    data: { ticket: '{窗口}', station: 'hall' },
  };
  const rated = { ...rating, data: { ...rating.data, ticket: '{窗口}', medium: 'sms' } };
  const rows = [
    row({ 受理时间: '2019/6/5 7:59', 窗口: 'A1', 满意度: '3' }),
    row({ 受理时间: '2019/6/5 8:00', 窗口: 'A1', 满意度: '3' }),
    row({ 受理时间: '2019/6/6 8:00', 窗口: 'A1' }),
  ];
  // The mapping's zone is Shanghai, the hall's UTC: eight in the morning there is the beginning of a day here.
  const data = mapRows({ tickets: { restartFrom: '2019-06-05' }, events: [taken, rated] }, rows).map(
    (result) =>
      result.kind === 'events' && result.events.map(({ event }) => [event.data['ticket'], event.data['ticketDay']]),
  );
  expect(data).toEqual([
    [
      ['A1', undefined],
      ['A1', undefined],
    ],
    [
      ['A1', '2019-06-05'],
      [undefined, undefined],
    ],
    [['A1', '2019-06-06']],
  ]);
});

const called = {
  type: 'hall.ticket.called',
  id: '{办件编号}/called',
  time: { after: 'taken', by: '{满意度}', unit: 'seconds' },
  data: { ticket: '{办件编号}', station: 'hall' },
};

test('a moment is a length of time after another, or before it', () => {
  const before = { ...called, id: '{办件编号}/taken', type: 'hall.ticket.taken' };
  const events = [called, { ...before, time: { before: 'taken', by: '{满意度}', unit: 'minutes' } }];
  const results = mapRows({ moments: { taken: { at: '{受理时间}' } }, events }, [
    row({ 满意度: '68' }),
    row({ 满意度: '0:01:54' }),
    row({ 满意度: 'soon' }),
    row({ 满意度: '' }),
  ]);
  const times = results.map((result) =>
    result.kind === 'events' ? result.events.map(({ event }) => event.time) : result,
  );
  expect(times).toEqual([
    ['2019-06-05T01:04:08.000Z', '2019-06-04T23:55:00.000Z'],
    ['2019-06-05T01:04:54.000Z', '2019-06-05T01:01:06.000Z'],
    { kind: 'refused', refusal: { reason: 'duration', columns: ['满意度'] } },
    expect.objectContaining({ kind: 'refused', refusal: expect.objectContaining({ reason: 'missing' }) }),
  ]);
});

test('a day alone is kept until its end as a deadline, and begins an event at its start', () => {
  const promised = { ...accepted, time: 'day', data: { ...accepted.data, promisedBy: { moment: 'day' } } };
  const mapping = { formats: ['yyyy/M/d'], moments: { day: { at: '{受理时间}' } }, events: [promised] };
  const [result] = mapRows(mapping, [row({ 受理时间: '2019/6/10' })]);
  expect(eventsOf(result)).toMatchObject([
    { time: '2019-06-09T16:00:00.000Z', data: { promisedBy: '2019-06-10T15:59:59.999Z' } },
  ]);
});

test('what two formats read as two times is neither, and the rows that decide are named', () => {
  const parsed = parseMapping({ ...base, formats: ['d/M/yyyy', 'M/d/yyyy'], events: [accepted] }, 'UTC');
  const bound = parsed.ok ? parsed.mapping.bind(header) : parsed;
  if (!bound.ok) throw new Error(JSON.stringify(bound));
  const times = ['5/6/2019', '13/6/2019', '5/5/2019', '6/5/2019', '2019-06-05'];
  const results = times.map((time, i) =>
    bound.mapRow(row({ 受理时间: time }), { line: i + 2, takeFirst: () => true, isLast: () => true }),
  );
  const ambiguous = { kind: 'refused', refusal: { reason: 'ambiguous', columns: ['受理时间'], field: undefined } };
  expect(results.map((result) => (result.kind === 'events' ? 'read' : result))).toEqual([
    ambiguous,
    'read',
    'read',
    ambiguous,
    'read',
  ]);
  const both = ['d/M/yyyy', 'M/d/yyyy'];
  expect(bound.formats.undecided()).toEqual([
    { path: 'formats', patterns: both, isOne: false, rows: 2, lines: [2, 5] },
    { path: 'formats', patterns: ['d/M/yyyy'], isOne: true, rows: 1, lines: [3] },
  ]);
});

test('a column that the mapping reads must be there, once', () => {
  const parsed = parseMapping({ ...base, events: [accepted] }, 'UTC');
  if (!parsed.ok) throw new Error('the mapping is sound');
  expect(parsed.mapping.bind(['办件编号', '办件编号', '事项编码', '办件类型', '受理时间'])).toEqual({
    ok: false,
    missing: ['窗口'],
    repeated: ['办件编号'],
  });
  expect(parsed.mapping.bind([' 办件编号 ', '事项编码', '办件类型', '受理时间', '窗口', '别的', '别的']).ok).toBe(true);
});

test.each<[string, object, string, RegExp]>([
  ['an unknown key', { colour: 1, events: [accepted] }, 'colour', /no such key/],
  ["the hall's own source", { source: 'urn:hallpulse:demo', events: [accepted] }, 'source', /the hall alone/],
  ['a day that is none', { tickets: { restartFrom: 'May' }, events: [accepted] }, 'tickets.restartFrom', /YYYY-MM-DD/],
  ['no events', { events: [] }, 'events', /at least one/],
  ['an unknown type', { events: [{ ...accepted, type: 'hall.case.done' }] }, 'events[0].type', /hall\.case\.finished/],
  [
    'an unknown field',
    { events: [{ ...accepted, data: { ...accepted.data, statoin: 'x' } }] },
    'events[0].data.statoin',
    /station/,
  ],
  [
    'a field that must be there',
    { events: [{ ...accepted, data: { case: '{办件编号}' } }] },
    'events[0].data',
    /station/,
  ],
  ['an unknown map', { maps: {}, events: [accepted] }, 'events[0].data.handling.map', /no map "handling"; known: none/],
  ['an unknown moment', { events: [{ ...accepted, time: 'begun' }] }, 'events[0].time', /known: accepted, finished/],
  [
    'a moment in a circle',
    { moments: { accepted: { first: ['accepted'] } }, events: [accepted] },
    'moments.accepted.first[0]',
    /leads back/,
  ],
  ['an unknown zone', { timeZone: 'Asia/Meilin', events: [accepted] }, 'timeZone', /IANA/],
  [
    'an unknown format',
    { formats: 'YYYY-MM-DD', events: [accepted] },
    'formats',
    /YYYY is no token; it may hold the tokens yyyy/,
  ],
  ['a stray brace', { events: [{ ...accepted, id: '{办件编号' }] }, 'events[0].id', /brace/],
  ['an id without a column', { events: [{ ...accepted, id: 'one' }] }, 'events[0].id', /column/],
  [
    'an event for the first and for the last row',
    { events: [{ ...accepted, once: '{办件编号}', last: '{办件编号}' }] },
    'events[0].last',
    /not by both/,
  ],
  ['a range without an end', { where: { column: '满意度' }, events: [accepted] }, 'where', /"from", "to"/],
  [
    'a range of days without an end',
    { where: { all: [{ moment: 'accepted' }] }, events: [accepted] },
    'where.all[0]',
    /"from" and "to"/,
  ],
  ['a field to drop that the row needs', { events: [{ ...accepted, drop: ['case'] }] }, 'events[0].drop', /needs/],
  ['a field to drop that is not there', { events: [{ ...accepted, drop: ['note'] }] }, 'events[0].drop', /no field/],
  [
    'a unit of what is no number',
    { events: [{ ...accepted, data: { ...accepted.data, item: { from: '{满意度}', unit: '分' } } }] },
    'events[0].data.item.unit',
    /"as"/,
  ],
  [
    'a value of no known form',
    { events: [{ ...accepted, data: { ...accepted.data, item: { form: '{x}' } } }] },
    'events[0].data.item',
    /"from"/,
  ],
])('a mapping with %s is told where and what is allowed', (_name, change, path, message) => {
  const parsed = parseMapping({ ...base, ...change }, 'UTC');
  if (parsed.ok) throw new Error('the mapping should be refused');
  const found = parsed.problems.filter((one) => one.path === path);
  expect(found.map((one) => one.message)).toContainEqual(expect.stringMatching(message));
  // In Chinese as well, but for what is written alike in either language.
  for (const { zh } of found) expect(zh).toMatch(/\p{Script=Han}/u);
});
