/** Promise 13: a body is one event, a batch of them, or refused with a status; its bytes are taken strictly. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MAX_EVENT_BYTES,
  MAX_EVENT_DEPTH,
  MAX_EVENT_PARTS,
  readBody,
  UnreadEvent,
  type BodyFault,
  type BodyLimits,
} from '../../../server/ingest/body.ts';

type Body = BodyFault | { readonly ok: true; readonly events: readonly unknown[] };

function decodeBody(bytes: Uint8Array, limits?: BodyLimits): Body {
  const events: unknown[] = [];
  for (const slice of readBody(bytes, limits)) {
    if (!slice.ok) return slice;
    events.push(...slice.events);
  }
  return { ok: true, events };
}

const decode = (text: string) => decodeBody(Buffer.from(text));

test('one event, a batch, and what a Windows sender puts before them', () => {
  expect(decode('{"id":"1"}')).toEqual({ ok: true, events: [{ id: '1' }] });
  expect(decode('[{"id":"1"}, 5, null]')).toEqual({ ok: true, events: [{ id: '1' }, 5, null] });
  expect(decode('\ufeff{"id":"医保"}')).toEqual({ ok: true, events: [{ id: '医保' }] });
});

test.each([
  ['', 'not-json'],
  ['[1,,2]', 'not-json'],
  ['[1,]', 'not-json'],
  ['[,]', 'not-json'],
  [`[${'1,'.repeat(100)}]`, 'not-json'],
  ['[1]]', 'not-json'],
  ['[1],[2]', 'not-json'],
  ['[1', 'not-json'],
  ['[1}', 'not-json'],
  ['[{"a":[1},2]', 'not-json'],
  ['{"a":1}]', 'not-json'],
  ['{"a":1},{"b":2}', 'not-json'],
  ['1,1', 'not-json'],
  ['[\ufeff1]', 'not-json'],
  [`[${'1,'.repeat(100)}\ufeff1]`, 'not-json'],
  ['   ', 'not-json'],
  ['{"id":', 'not-json'],
  ["{'id':1}", 'not-json'],
  ['{"id":1}{"id":2}', 'not-json'],
  ['{"id":"a\nb"}', 'not-json'],
  ['\ufeff\ufeff{}', 'not-json'],
  ['[]', 'empty'],
  ['null', 'not-an-event'],
  ['5', 'not-an-event'],
  ['"text"', 'not-an-event'],
  ['true', 'not-an-event'],
])('%j is 400 %s', (text, error) => {
  expect(decode(text)).toMatchObject({ ok: false, status: 400, error });
});

describe('broken UTF-8 is refused, never mended', () => {
  test.each([
    ['a byte that begins nothing', [0xff]],
    ['a character cut short', [0xe5, 0x8c]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
    ['GB18030', [0xd2, 0xbd, 0xb1, 0xa3]],
  ])('%s', (_name, bytes) => {
    const body = Buffer.concat([Buffer.from('{"id":"'), Buffer.from(bytes), Buffer.from('"}')]);
    expect(decodeBody(body)).toMatchObject({ ok: false, status: 400, error: 'not-utf-8' });
  });
});

test('10,000 events are a batch, one more is 413', () => {
  expect(decode(JSON.stringify(new Array(10_000).fill(0))).ok).toBe(true);
  expect(decode(JSON.stringify(new Array(10_001).fill(0)))).toMatchObject({
    ok: false,
    status: 413,
    error: 'too-many',
  });
  expect(decodeBody(Buffer.from('[1,2]'), { maxEvents: 1 })).toMatchObject({ status: 413 });
});

test('a batch in slices is the batch that the parser reads', () => {
  const events = Array.from({ length: 1_234 }, (_, i) => ({
    id: `e"\\${i},]}`,
    data: { list: [[], {}, [i, '户口本'.repeat(i % 97)]], text: '[{,'.repeat(i % 41) },
  }));
  for (const blank of ['', ' \n']) {
    const text = `${blank}[${events.map((event) => blank + JSON.stringify(event, null, blank.length) + blank).join()}]${blank}`;
    expect(decode(text)).toEqual({ ok: true, events: JSON.parse(text) as unknown });
  }
});

test('a slice holds no more than the loop can do between two looks at its other work', () => {
  const sizesOf = (text: string) =>
    [...readBody(Buffer.from(text))].map((slice) => {
      if (!slice.ok) throw new Error(slice.message);
      return { events: slice.events.length, bytes: JSON.stringify(slice.events).length };
    });
  const tiny = sizesOf(JSON.stringify(new Array(10_000).fill(0)));
  expect(Math.max(...tiny.map(({ events }) => events))).toBe(100);
  const heavy = sizesOf(JSON.stringify(new Array(500).fill({ x: 'x'.repeat(32_000) })));
  expect(Math.max(...heavy.map(({ bytes }) => bytes))).toBeLessThan(100_000);
  const huge = sizesOf(
    JSON.stringify([...new Array(50).fill(0), { x: 'x'.repeat(1_000_000) }, ...new Array(50).fill(0)]),
  );
  expect(huge.map(({ events }) => events)).toEqual([51, 50]);
});

test('whatever comes, the parser and the slices agree', () => {
  const token = fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', '1', 'null', '{"a":1}', '"x"', ' ', '[]');
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      const text = tokens.join('');
      const body = decode(text);
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        expect(body).toMatchObject({ ok: false, error: 'not-json' });
        return;
      }
      if (Array.isArray(value) && value.length > 0) expect(body).toEqual({ ok: true, events: value });
      else if (Array.isArray(value)) expect(body).toMatchObject({ error: 'empty' });
      else if (typeof value === 'object' && value !== null) expect(body).toEqual({ ok: true, events: [value] });
      else expect(body).toMatchObject({ error: 'not-an-event' });
    }),
    { numRuns: 5_000 },
  );
});

describe('what is larger or deeper than any event is not parsed, and does not stop the others', () => {
  const one = '{"id":"1"}';
  const list = (count: number) => `{"x":[${new Array(count).fill(1).join()}]}`;
  test.each([
    ['lists', '['.repeat(MAX_EVENT_DEPTH) + ']'.repeat(MAX_EVENT_DEPTH), undefined],
    ['lists too deep', '['.repeat(MAX_EVENT_DEPTH + 1) + ']'.repeat(MAX_EVENT_DEPTH + 1), 'depth'],
    ['objects too deep', '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000), 'depth'],
    ['brackets in a text', `["${'['.repeat(100)}\\"${'['.repeat(100)}"]`, undefined],
    ['many parts', list(MAX_EVENT_PARTS - 10), undefined],
    ['too many parts', list(MAX_EVENT_PARTS + 1), 'size'],
    ['many empty parts', `{"x":[${new Array(MAX_EVENT_PARTS).fill('[]').join()}]}`, 'size'],
    ['a long text', `{"x":"${'长'.repeat(300_000)}"}`, undefined],
    ['too long a text', `{"x":"${'x'.repeat(MAX_EVENT_BYTES)}"}`, 'size'],
    ['the same key for ever', `{${'"case":1,'.repeat(MAX_EVENT_PARTS)}"case":"c"}`, 'size'],
  ])('%s', (_name, text, reason) => {
    const event = reason ? new UnreadEvent(reason as UnreadEvent['reason']) : (JSON.parse(text) as unknown);
    for (const [before, after] of [
      [0, 0],
      [1, 1],
      [150, 150],
    ] as const) {
      const batch = `[${[...new Array<string>(before).fill(one), text, ...new Array<string>(after).fill(one)].join()}]`;
      const body = decode(batch);
      expect(body).toMatchObject({ ok: true });
      expect(body.ok && body.events[before]).toEqual(event);
      expect(body.ok && body.events.length).toBe(before + 1 + after);
      expect(body.ok && body.events.filter((_event, i) => i !== before)).toEqual(
        new Array(before + after).fill({ id: '1' }),
      );
    }
    if (text.startsWith('{')) expect(decode(text)).toEqual({ ok: true, events: [event] });
  });

  test('nor are sixteen million of one sign', () => {
    for (const sign of ['[', '{"":', '"', '[],', '1,', ' ', '9']) {
      const started = performance.now();
      const body = decode(`[${sign.repeat(16_000_000 / sign.length)}`);
      console.log(`16 MB of ${sign} read in ${Math.round(performance.now() - started)} ms`);
      expect(body).toMatchObject({ ok: false });
    }
  });
});

test('what was refused is not quoted', () => {
  expect(JSON.stringify(decode('{"note":"13800138000"'))).not.toContain('138');
});
