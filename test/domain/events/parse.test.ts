/** Promise 13: every event is either accepted as it was sent or refused with its field and a reason, and nothing throws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEvent, REASONS } from '../../../domain/events/parse.ts';
import { FORBIDDEN_NAMES } from '../../../domain/events/inspect.ts';
import { EVENT_TYPES, type EventType } from '../../../domain/events/schema.ts';
import { runToEnd } from '../../setup/break-off.ts';
import { samples } from './samples.ts';

const now = Date.parse('2019-11-25T02:30:00Z');
const context = { now };
const parse = (input: unknown) => parseEvent(input, context);

const envelope = {
  specversion: '1.0',
  type: 'hall.case.accepted',
  source: 'urn:test:windows',
  id: 'e-1',
  time: '2019-11-25T10:29:00+08:00',
  data: samples['hall.case.accepted'].good,
};
const withEnvelope = (change: Record<string, unknown>) => ({ ...envelope, ...change });
const withData = (change: Record<string, unknown>) => withEnvelope({ data: { ...envelope.data, ...change } });
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const RESERVED: readonly EventType[] = [
  'hall.day.opened',
  'hall.day.closed',
  'hall.day.frozen',
  'hall.day.chain-begun',
  'hall.profile.changed',
  'hall.access.changed',
  'hall.feed.changed',
  'hall.day.reconciled',
  'hall.reconcile.noted',
  'hall.file.imported',
  'hall.star.planned',
  'hall.star.unplanned',
  'hall.report.worded',
  'hall.report.run',
  'hall.report.sending',
  'hall.report.sent',
  'hall.notice.sending',
  'hall.notice.sent',
  'hall.followup.extension-decided',
  'hall.followup.lit',
  'hall.followup.cause-given',
  'hall.followup.cause-decided',
  'hall.followup.reviewed',
  'hall.queue.ended',
];

describe.each(RESERVED)('%s', (type) => {
  test('is the hall’s own to say', () => {
    expect(parse(withEnvelope({ type, data: samples[type].good }))).toEqual({
      ok: false,
      id: 'e-1',
      field: 'type',
      reason: 'reserved',
    });
  });
});

describe.each(EVENT_TYPES.filter((type) => !RESERVED.includes(type)))('%s', (type) => {
  const { good, bad } = samples[type];

  test('is accepted with its data as sent', () => {
    expect(parse(withEnvelope({ type, data: good }))).toEqual({
      ok: true,
      timeGiven: true,
      dropped: [],
      event: { source: 'urn:test:windows', id: 'e-1', type, at: now - 60_000, data: good },
    });
  });

  test('leaves out fields that it does not know before anybody looks at them, and names them', () => {
    const data = { vendorCode: { a: [1, null, '13800138000'] }, operator: '张伟', ...good, vendorFlag: null, 张伟: 1 };
    const result = parse(withEnvelope({ type, data }));
    expect(result.ok && result.event.data).toEqual(good);
    expect(result.ok && result.dropped).toEqual(['vendorCode', 'operator', 'vendorFlag']);
  });

  test('leaves them out wherever an object can be', () => {
    const poison = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(poison);
      if (typeof value !== 'object' || value === null) return value;
      return {
        ...Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, poison(inner)])),
        vendor: '张伟',
      };
    };
    const result = parse(withEnvelope({ type, data: poison(good) }));
    expect(result.ok && result.event.data).toEqual(good);
    expect(result.ok && result.dropped.every((path) => path.endsWith('vendor'))).toBe(true);
  });

  test.each(bad.map(([change, field]) => ({ change, field })))(
    'is refused for $field: $change',
    ({ change, field }) => {
      expect(parse(json(withEnvelope({ type, data: { ...good, ...change } })))).toEqual({
        ok: false,
        id: 'e-1',
        field,
        reason: 'data',
      });
    },
  );

  test.each([undefined, null, 'text', 5, [], [good]])('is refused with data %j', (data) => {
    expect(parse(withEnvelope({ type, data }))).toMatchObject({ ok: false, field: 'data', reason: 'data' });
  });
});

describe('the envelope', () => {
  test.each([undefined, null, 5, 'text', true, [], [envelope]])('%j is no event', (input) => {
    expect(parse(input)).toEqual({ ok: false, field: '', reason: 'envelope' });
  });

  test.each([
    [{ specversion: undefined }, 'specversion', 'envelope'],
    [{ specversion: '0.3' }, 'specversion', 'envelope'],
    [{ specversion: 1 }, 'specversion', 'envelope'],
    [{ source: '' }, 'source', 'envelope'],
    [{ source: undefined }, 'source', 'envelope'],
    [{ source: 'x'.repeat(201) }, 'source', 'size'],
    [{ type: undefined }, 'type', 'envelope'],
    [{ type: 5 }, 'type', 'envelope'],
    [{ type: 'hall.case.exploded' }, 'type', 'type'],
    [{ type: 'toString' }, 'type', 'type'],
    [{ subject: '' }, 'subject', 'envelope'],
    [{ subject: 5 }, 'subject', 'envelope'],
    [{ datacontenttype: 'text/plain' }, 'datacontenttype', 'envelope'],
    [{ time: '2019-02-30T10:00:00+08:00' }, 'time', 'envelope'],
    [{ time: '2019-11-25T10:00:00' }, 'time', 'envelope'],
    [{ time: 1574649000000 }, 'time', 'envelope'],
    [{ time: '' }, 'time', 'envelope'],
    [{ time: '1989-12-31T23:59:59Z' }, 'time', 'envelope'],
    [{ time: '1970-01-01T00:00:00Z' }, 'time', 'envelope'],
    [{ time: '2019-11-25T02:35:00.001Z' }, 'time', 'future'],
    [{ time: '9999-12-31T23:59:59Z' }, 'time', 'future'],
    [{ MyExtension: 1 }, 'MyExtension', 'envelope'],
    [{ extension: { a: 1 } }, 'extension', 'envelope'],
  ])('%j is refused', (change, field, reason) => {
    expect(parse(withEnvelope(change))).toEqual({ ok: false, id: 'e-1', field, reason });
  });

  test.each([undefined, null, '', '  ', 5, 'x'.repeat(201)])('an id of %j is refused and not repeated', (id) => {
    const reason = typeof id === 'string' && id.length > 200 ? 'size' : 'envelope';
    expect(parse(withEnvelope({ id }))).toEqual({ ok: false, field: 'id', reason });
  });

  test.each([
    { datacontenttype: 'application/json' },
    { datacontenttype: 'application/json; charset=utf-8' },
    { datacontenttype: 'application/vnd.hall+json' },
    { datacontenttype: null },
    { subject: null },
    { dataschema: 'urn:schema:1' },
    { traceparent: '00-1', partitionkey: 5, sampled: true },
  ])('%j is tolerated and not kept', (change) => {
    const result = parse(withEnvelope(change));
    expect(result.ok && Object.keys(result.event).sort()).toEqual(['at', 'data', 'id', 'source', 'type']);
  });

  test('an absent time is the moment of arrival', () => {
    for (const time of [undefined, null]) {
      expect(parse(withEnvelope({ time }))).toMatchObject({ ok: true, timeGiven: false, event: { at: now } });
    }
  });

  test('L3: five minutes ahead are allowed, a millisecond more is not, and the limit can be set', () => {
    const time = '2019-11-25T02:35:00Z';
    expect(parse(withEnvelope({ time }))).toMatchObject({ ok: true, event: { at: now + 300_000 } });
    expect(parseEvent(withEnvelope({ time }), { now: now - 1 })).toMatchObject({ ok: false, reason: 'future' });
    expect(parseEvent(withEnvelope({ time }), { now, futureLimitMs: 0 })).toMatchObject({
      ok: false,
      reason: 'future',
    });
  });

  test('a subject is kept', () => {
    expect(parse(withEnvelope({ subject: 'case-1' }))).toMatchObject({ ok: true, event: { subject: 'case-1' } });
  });

  test.each([
    'urn:hallpulse:hall',
    'urn:hallpulse:alarms',
    'urn:hallpulse:documents',
    'urn:hallpulse:desk',
    'urn:hallpulse:queue',
    'urn:hallpulse:ratings',
    'urn:hallpulse:',
    'URN:HallPulse:hall',
  ])('nobody speaks as %s, or takes back what it said', (source) => {
    expect(parse(withEnvelope({ source }))).toMatchObject({ field: 'source', reason: 'reserved' });
    const data = { source, id: 'day:2019-11-25:opened' };
    expect(parse(withEnvelope({ type: 'hall.event.voided', data }))).toMatchObject({
      field: 'data.source',
      reason: 'reserved',
    });
  });

  test('C3: a void that names itself is just fine', () => {
    const data = { source: envelope.source, id: envelope.id, reason: '误录' };
    expect(parse(withEnvelope({ type: 'hall.event.voided', data })).ok).toBe(true);
  });
});

describe('limits', () => {
  const nest = (depth: number): unknown => (depth === 0 ? 1 : { a: nest(depth - 1) });
  const list = (depth: number): unknown => (depth === 0 ? 1 : [list(depth - 1)]);

  // `data`: within the limits, and then of another form than the field has.
  test.each([
    ['objects six deep', nest(5), 'data'],
    ['objects seven deep', nest(6), 'depth'],
    ['lists six deep', list(5), 'data'],
    ['lists seven deep', list(6), 'depth'],
    ['a string of 2,000', 'x'.repeat(2_000), undefined],
    ['a string of 4,000', 'x'.repeat(4_000), 'data'],
    ['a string of 4,001', 'x'.repeat(4_001), 'size'],
    ['a key of 201', { ['k'.repeat(201)]: 1 }, 'size'],
    ['150 elements', new Array(150).fill(1), 'data'],
    ['201 elements', new Array(201).fill(1), 'size'],
    ['201 keys', Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`k${i}`, 1])), 'size'],
    ['30 kB', new Array(15).fill('x'.repeat(2_000)), undefined],
    ['33 kB', new Array(11).fill('x'.repeat(3_000)), 'size'],
    ['33 kB of Chinese', new Array(11).fill('医'.repeat(1_000)), 'size'],
    ['NUL', 'a\0b', 'text'],
    ['half a surrogate pair', 'a\ud83d', 'text'],
    ['the other half', '\ude00a', 'text'],
    ['a whole pair', '😀 𠮷', undefined],
    ['NUL in a key', { 'a\0b': 1 }, 'text'],
    ['an infinite number', [1, Infinity], 'data'],
    ['no number', NaN, 'data'],
    ['a date', new Date(0), 'data'],
    ['a function', () => 1, 'data'],
  ])('%s', (_name, deferredDocuments, reason) => {
    const result = parse(withData({ deferredDocuments }));
    expect(result.ok ? undefined : result.reason).toBe(reason);
    // What is not kept needs no limit.
    expect(parse(withData({ vendor: deferredDocuments })).ok).toBe(true);
  });

  describe.each(['__proto__', 'constructor', 'prototype'])('the name %s', (name) => {
    test('is refused as a key, at any depth of what is kept', () => {
      for (const place of ['{"deferredDocuments":[{"KEY":{"polluted":true}}]}', '{"KEY":{"polluted":true}}']) {
        const text = JSON.stringify(withData({ x: 0 })).replace('"x":0', place.slice(1, -1).replace('KEY', name));
        expect(parse(JSON.parse(text))).toMatchObject({ ok: false, id: 'e-1', reason: 'key' });
      }
      const outside = JSON.stringify(withEnvelope({ KEY: 1 })).replace('KEY', name);
      expect(parse(JSON.parse(outside))).toMatchObject({ ok: false, field: name, reason: 'key' });
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    });

    test('is refused as a value of every field, and plays no part in one that is not kept', () => {
      for (const field of Object.keys(samples['hall.case.accepted'].good))
        expect(parse(withData({ [field]: name }))).toMatchObject({ field: `data.${field}`, reason: 'key' });
      expect(parse(withEnvelope({ subject: name }))).toMatchObject({ field: 'subject', reason: 'key' });
      expect(parse(withData({ deferredDocuments: ['户口本', name] }))).toMatchObject({ reason: 'key' });
      const upload = withEnvelope({ type: 'hall.licence.uploaded', data: { case: 'c', station: name } });
      expect(parse(upload)).toMatchObject({ ok: true, event: { data: { case: 'c' } }, dropped: ['station'] });
      expect(parse(withEnvelope({ vendor: name }))).toMatchObject({ ok: true });
    });
  });

  test.each(Object.getOwnPropertyNames(Object.prototype).filter((name) => !FORBIDDEN_NAMES.includes(name)))(
    '%s is just a name',
    (name) => {
      expect(
        parse(withData({ case: name, station: name, item: name, window: name, line: name, ticket: name })).ok,
      ).toBe(true);
    },
  );
});

describe('names of what was left out', () => {
  const droppedOf = (fields: Record<string, unknown>) => {
    const result = parse(withData(fields));
    return result.ok && result.dropped;
  };

  test.each([
    ['张伟', 'somebody’s'],
    ['王小明', 'somebody’s'],
    ['13800138000', 'somebody’s'],
    ['440301199001011237', 'somebody’s'],
    ['reading.things', 'odd: it could be taken for a path'],
    ['Zhang Wei', 'odd: it has a blank'],
    ['a\u200bb', 'odd: it hides something'],
    ['', 'odd: it is none'],
    ['k'.repeat(101), 'odd: it is too long'],
    ['*', 'odd: it says that there are more'],
    ['\ud800', 'odd: it is broken'],
  ])('%j is told to nobody: it is %s', (name) => {
    expect(droppedOf({ [name]: 1, vendor: 2 })).toEqual(['vendor']);
  });

  test('of very many, fifty are kept, and that there were more', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, null]));
    expect(droppedOf(many(50))).toHaveLength(50);
    expect(droppedOf(many(51))).toEqual([...Object.keys(many(50)), '*']);
    expect(droppedOf(many(4_000))).toEqual([...Object.keys(many(50)), '*']);
  });
});

describe('identities', () => {
  const secrets = ['13800138000', '440304199001011234', '张伟'];

  test.each(secrets)('%s is refused wherever it stands and never repeated', (secret) => {
    const places: [Record<string, unknown>, string][] = [
      [withEnvelope({ id: secret }), 'id'],
      [withEnvelope({ id: `case-${secret}`, data: null }), 'id'],
      [withEnvelope({ source: `urn:${secret}` }), 'source'],
      [withEnvelope({ subject: secret }), 'subject'],
      [withEnvelope({ ext: secret }), 'ext'],
      [withEnvelope({ type: 'unknown', ext: secret }), 'ext'],
      [withData({ case: secret }), 'data.case'],
      [withData({ deferredDocuments: [`${secret}`] }), 'data.deferredDocuments.0'],
      [withData({ item: { deep: [{ x: secret }] } }), 'data.item.deep.0.x'],
      [withData({ item: { [secret]: { x: '\0' } } }), 'data.item.*'],
    ];
    for (const [input, field] of places) {
      const result = parse(input);
      expect(result).toMatchObject({ ok: false, field, reason: 'identity' });
      expect(JSON.stringify(result)).not.toContain(secret);
      expect('id' in result).toBe(field !== 'id');
    }
  });

  test('an id that is one is not repeated when something else is refused first', () => {
    for (const secret of secrets) {
      const result = parse(withEnvelope({ id: secret, data: { case: '\0' } }));
      expect(result.ok).toBe(false);
      expect(JSON.stringify(result)).not.toContain(secret);
      const first = parse({ a: 'x'.repeat(5_000), ...withEnvelope({ id: secret }) });
      expect(first).toEqual({ ok: false, field: 'a', reason: 'size' });
    }
  });

  test('a field of a declared one that says so is refused whatever it holds', () => {
    expect(parse(withData({ item: { applicantName: 'Zhang' } }))).toMatchObject({
      field: 'data.item.applicantName',
      reason: 'identity',
    });
  });
});

test('every reason has its sentence', () => {
  for (const sentence of Object.values(REASONS)) expect(sentence).toMatch(/^[A-Z].+\.$/);
});

describe('whatever comes', () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.anything(),
    fc.record({
      specversion: fc.constant('1.0'),
      type: fc.constantFrom(...EVENT_TYPES),
      id: fc.string(),
      source: fc.string(),
      data: fc.jsonValue(),
    }),
    fc
      .tuple(fc.constantFrom(...EVENT_TYPES), fc.string(), fc.jsonValue())
      .map(([type, key, value]) => withEnvelope({ type, data: { ...samples[type].good, [key]: value } })),
  );

  test('nothing throws, and a refusal names a known reason', () => {
    fc.assert(
      fc.property(anything, (input) => {
        const result = parse(input);
        if (!result.ok) expect(Object.keys(REASONS)).toContain(result.reason);
      }),
      { numRuns: 3_000 },
    );
  });

  test('an accepted event, written out and read again, is the same', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anything, (input) => {
        const first = parse(input);
        if (!first.ok) return;
        accepted++;
        const { at, ...rest } = first.event;
        const written = JSON.stringify({ specversion: '1.0', ...rest, time: new Date(at).toISOString() });
        const second = parse(JSON.parse(written));
        expect(second.ok).toBe(true);
        expect(second.ok && JSON.stringify(second.event)).toBe(JSON.stringify(first.event));
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test('nesting a hundred thousand deep, a cycle, and huge strings are refused', () => {
    const deep: unknown = JSON.parse('{"a":['.repeat(100_000) + ']}'.repeat(100_000));
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const refusalOf = (input: unknown) => runToEnd(() => parse(input));
    expect(refusalOf(withData({ item: deep }))).toMatchObject({ reason: 'depth' });
    expect(refusalOf(withData({ item: cycle }))).toMatchObject({ reason: 'depth' });
    expect(refusalOf(withData({ item: '张'.repeat(10_000_000) }))).toMatchObject({ reason: 'size' });
    expect(refusalOf(withData({ item: new Array(1_000_000).fill('x') }))).toMatchObject({ reason: 'size' });
    expect(refusalOf(withData({ deep, cycle }))).toMatchObject({ ok: true });
    expect(refusalOf(withEnvelope({ id: '1'.repeat(10_000_000) }))).toEqual({
      ok: false,
      field: 'id',
      reason: 'size',
    });
  });

  test.each([
    ['1 ', 'identity'],
    ['138-', 'data'],
    ['张', 'data'],
    ['(0755)', 'data'],
    ['姓名：', 'data'],
    ['先生', 'data'],
    ['a0-', 'data'],
    ['申请人 ', 'data'],
  ])('a whole text of %j is read to its end, and refused as %s', (unit, reason) => {
    const item = unit.repeat(4_000 / unit.length);
    expect(runToEnd(() => parse(withData({ item })))).toMatchObject({ field: 'data.item', reason });
  });
});
