/** What an entry is made of, which go together, and what a tab knows of them: the outbox without its browser. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Holdings } from '../../../client/desk/holdings.ts';
import { drawLetters } from '../../../client/live/letters.ts';
import { makeEntry, type Author } from '../../../client/desk/make-entry.ts';
import { MOST_ENTRIES, takeBatch } from '../../../client/desk/send.ts';
import type { Row } from '../../../client/desk/stored.ts';
import type { Act, Entry } from '../../../domain/desk/entry.ts';

const author: Author = {
  staff: 's01',
  name: '陈静',
  hall: { id: 'h1', name: '政务服务中心', demo: false, practice: false },
  timeZone: 'Asia/Shanghai',
};
const NOON = Date.UTC(2026, 10, 26, 4);
const make = (act: Act, at = NOON, more: Partial<Author> = {}) =>
  makeEntry({ station: 'hall', act }, { ...author, ...more }, at);
const made = (act: Act, at = NOON, more: Partial<Author> = {}): Entry => {
  const one = make(act, at, more);
  if (!one.ok) throw new Error(one.reason);
  return one.entry;
};
const service: Act = { type: 'service', kind: 'copying' };

describe('an entry', () => {
  it.each([
    ['the hall’s midnight', Date.UTC(2026, 10, 25, 16), '2026-11-26'],
    ['the moment before', Date.UTC(2026, 10, 25, 15, 59, 59, 999), '2026-11-25'],
    ['the end of a leap day', Date.UTC(2028, 1, 29, 15, 59), '2028-02-29'],
  ])('bears the hall’s day: %s', (_name, at, day) => {
    const entry = made(service, at);
    expect(entry.id.split('/').slice(0, 2)).toEqual([day, 's01']);
    expect(Date.parse(entry.at)).toBe(at);
  });

  it('keeps an author’s id in one piece, whatever it is', () => {
    expect(made(service, NOON, { staff: 'a/b 二' }).id).toMatch(/^2026-11-26\/a%2Fb%20%E4%BA%8C\/[a-z]{20}$/);
  });

  it.each<[string, Act, object]>([
    ['a name', { type: 'training', topic: '王小明讲社保', people: 2 }, { reason: 'identity', field: 'act.topic' }],
    [
      'a telephone in a list',
      {
        type: 'case',
        case: 'c1',
        item: 'x1',
        channel: 'window',
        handling: 'instant',
        deferredDocuments: ['户口簿', '13812345678'],
      },
      { reason: 'identity', field: 'act.deferredDocuments.1' },
    ],
    ['nothing', { type: 'training', topic: '  ', people: 2 }, { reason: 'form', field: 'act.topic' }],
    ['half a character', { type: 'training', topic: 'a\ud800', people: 2 }, { reason: 'text', field: 'act.topic' }],
    ['a name of the language', { type: 'case-supplemented', case: '__proto__' }, { reason: 'form', field: 'act.case' }],
    ['too much', { type: 'training', topic: '长'.repeat(501), people: 2 }, { reason: 'form', field: 'act.topic' }],
    ['no act', { type: 'toString' } as unknown as Act, { reason: 'form', field: 'act.type' }],
  ])('is refused at once where it holds %s', (_name, act, refusal) => {
    expect(make(act)).toEqual({ ok: false, ...refusal });
  });

  it('is named by letters that come alike often and never again', () => {
    const drawn = Array.from({ length: 2_000 }, () => drawLetters());
    expect(new Set(drawn).size).toBe(2_000);
    const counts = new Map<string, number>();
    for (const letter of drawn.join('')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(26);
    // Of 40,000 letters each comes 1,538 times; six standard deviations are 231.
    for (const n of counts.values()) expect(Math.abs(n - 40_000 / 26)).toBeLessThan(231);
  });

  it('is never refused for its own name', () => {
    for (let i = 0; i < 500; i++) expect(make({ type: 'undo', entry: made(service).id })).toMatchObject({ ok: true });
  });
});

describe('a batch', () => {
  it('takes the first in their order, at least one, at most fifty, and no more than a body holds', () => {
    const entries = fc.array(
      fc
        .integer({ min: 0, max: 500 })
        .map((length) => ({ id: 'a', words: '长'.repeat(length * 200) }) as unknown as Entry),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: MOST_ENTRIES }), (list, most) => {
        const batch = takeBatch(list, most);
        expect(batch).toEqual(list.slice(0, batch.length));
        expect(batch.length).toBeLessThanOrEqual(most);
        if (list.length > 0) expect(batch.length).toBeGreaterThan(0);
        if (batch.length > 1) expect(Buffer.byteLength(JSON.stringify({ entries: batch }))).toBeLessThan(262_144);
        const next = list[batch.length];
        if (next && batch.length < most)
          expect(Buffer.byteLength(JSON.stringify({ entries: [...batch, next] }))).toBeGreaterThan(200_000);
      }),
      { numRuns: 30 },
    );
  });
});

describe('what a tab holds', () => {
  const row = (entry: Entry, n: number, more: Partial<Row> = {}): Row => ({
    n,
    id: entry.id,
    author: entry.author,
    entry,
    state: 'waiting',
    ...more,
  });
  const idsOf = (holdings: Holdings, staff = 's01') => {
    const { waiting, refused } = holdings.of(staff);
    return { waiting: waiting.map(({ id }) => id), refused: refused.map(({ id }) => id) };
  };

  it('is told of one author alone, with what lies in the tab behind what is in the store', () => {
    const [a, b, c] = [made(service), made(service, NOON, { staff: 's02' }), made(service)];
    const holdings = new Holdings();
    holdings.rows = [row(a, 1), row(b, 2)];
    holdings.hold({ entry: c, replaces: undefined, because: 'full' });
    expect(idsOf(holdings)).toEqual({ waiting: [a.id, c.id], refused: [] });
    expect(idsOf(holdings, 's02')).toEqual({ waiting: [b.id], refused: [] });
    // It was kept after all.
    holdings.rows = [...holdings.rows, row(c, 3)];
    expect(idsOf(holdings)).toEqual({ waiting: [a.id, c.id], refused: [] });
  });

  it('knows of what is over though its store does not let go', () => {
    const [a, b] = [made(service), made(service)];
    const holdings = new Holdings();
    holdings.rows = [row(a, 1, { state: 'refused', reason: 'feed' })];
    holdings.hold({ entry: b, replaces: a.id, because: 'full' });
    expect(idsOf(holdings)).toEqual({ waiting: [b.id], refused: [] });
    expect(holdings.noteOver([b.id])).toEqual([b.id, a.id]);
    expect(idsOf(holdings)).toEqual({ waiting: [], refused: [] });
  });

  it.each([
    ['undo', 'feed'],
    ['undo', 'conflict'],
    ['void', 'time'],
  ] as const)('an %s of what was refused (%s)', (type, reason) => {
    const a = made(service);
    const undo = made(type === 'undo' ? { type, entry: a.id } : { type, entry: a.id, reason: '重复登记' });
    const holdings = new Holdings();
    holdings.rows = [row(a, 1), row(undo, 2)];
    expect(holdings.findVainUndos()).toEqual([]);
    holdings.noteRefusals([{ id: a.id, reason }]);
    // One of the same id is in the ledger: its undo still has something to take back.
    expect(holdings.findVainUndos()).toEqual(reason === 'conflict' ? [] : [undo.id, a.id]);
  });
});
