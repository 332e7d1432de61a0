/** Promise 13: a body is one event, a batch of them, or refused with a status; its bytes are taken strictly. */
import { describe, expect, test } from 'vitest';
import { decodeBody } from '../../../server/ingest/body.ts';

const decode = (text: string) => decodeBody(Buffer.from(text));

test('one event, a batch, and what a Windows sender puts before them', () => {
  expect(decode('{"id":"1"}')).toEqual({ ok: true, events: [{ id: '1' }], single: true });
  expect(decode('[{"id":"1"}, 5, null]')).toEqual({ ok: true, events: [{ id: '1' }, 5, null], single: false });
  expect(decode('\ufeff{"id":"医保"}')).toEqual({ ok: true, events: [{ id: '医保' }], single: true });
});

test.each([
  ['', 'not-json'],
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

test('10,000 events are a batch, one more is 413, and so is a body over its bytes', () => {
  expect(decode(JSON.stringify(new Array(10_000).fill(0))).ok).toBe(true);
  expect(decode(JSON.stringify(new Array(10_001).fill(0)))).toMatchObject({
    ok: false,
    status: 413,
    error: 'too-many',
  });
  expect(decodeBody(Buffer.from('[1,2]'), { maxEvents: 1 })).toMatchObject({ status: 413 });
  expect(decodeBody(Buffer.from('[1,2]'), { maxBytes: 4 })).toMatchObject({ status: 413, error: 'too-large' });
});

test('absurd nesting, and more parts than any batch has, are refused before anything is parsed', () => {
  const deep = { ok: false, status: 400, error: 'too-deep' };
  expect(decode('['.repeat(16_000_000))).toMatchObject(deep);
  expect(decode('['.repeat(65) + ']'.repeat(65))).toMatchObject(deep);
  expect(decode('{"a":'.repeat(65) + '1' + '}'.repeat(65))).toMatchObject(deep);
  expect(decode('['.repeat(64) + ']'.repeat(64)).ok).toBe(true);
  expect(decode(`["${'['.repeat(100)}\\"${'['.repeat(100)}"]`).ok).toBe(true);
  expect(decode(`[${'1,'.repeat(7_000_000)}1]`)).toMatchObject({ ok: false, status: 413, error: 'too-many' });
  expect(decode(`{"data":[${'1,'.repeat(7_000_000)}1]}`)).toMatchObject({ ok: false, status: 413, error: 'too-large' });
  expect(decode(`{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`).join()}}`).ok).toBe(true);
});

test('what was refused is not quoted', () => {
  expect(JSON.stringify(decode('{"note":"13800138000"'))).not.toContain('138');
});
