// Who may write down what, when and where, and that no citizen's identity comes in by any field (ASVS 2.2).
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Assignment } from '../../../domain/access/roles.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { authorOf, checkAuthor, checkEntry, type EntryContext } from '../../../domain/desk/check-entry.ts';
import { nameEntry, type Act, type Entry } from '../../../domain/desk/entry.ts';
import { readEntry } from '../../../domain/desk/read-entry.ts';
import { toEvents } from '../../../domain/desk/to-events.ts';
import { inspectEvent } from '../../../domain/events/inspect.ts';
import { readConfig } from '../board/topics/fold-story.ts';
import { ACT_TYPES, anyLetters, AT, DAY, entryOf, LETTERS, SAMPLES } from './entries.ts';

const clerk: Assignment = { role: 'clerk', station: 'hall' };
const lead: Assignment = { role: 'lead', station: 'hall' };
const config = readConfig();
const zone = createZone('Asia/Shanghai');
const contextOf = (more: { now?: string; assignments?: Assignment[]; staff?: string } = {}): EntryContext => ({
  config,
  zone,
  now: Date.parse(more.now ?? AT),
  person: { staff: more.staff ?? 's06', assignments: more.assignments ?? [lead] },
});
const judge = (entry: Entry, context = contextOf()) => checkAuthor(entry, context) ?? checkEntry(entry, context);
/** At another moment, under the id that it would have. */
const madeAt = (at: string, day = DAY) => entryOf(SAMPLES.licence, { at, id: nameEntry(day, 's06', LETTERS) });

it.each(ACT_TYPES)('%s of one’s own station is good', (type) => {
  expect(judge(entryOf(SAMPLES[type], { window: 'w03', ticket: `${DAY}/hall/A001` }))).toBeUndefined();
});

it.each(ACT_TYPES)('%s of one’s own station is a clerk’s too, but for what leads alone may do', (type) => {
  const isForLeads = ['complaint-answered', 'rating-again'].includes(type);
  expect(judge(entryOf(SAMPLES[type]), contextOf({ assignments: [clerk] }))).toEqual(
    isForLeads ? { reason: 'not-allowed' } : undefined,
  );
});

describe('an entry', () => {
  test.each([
    ['in the name of another', entryOf(SAMPLES.licence, { author: 's07' }), { reason: 'author', field: 'author' }],
    ['of another hall', entryOf(SAMPLES.licence, { hall: 'meilin-practice' }), { reason: 'unknown', field: 'hall' }],
    [
      'named for another',
      entryOf(SAMPLES.licence, { id: nameEntry(DAY, 's07', LETTERS) }),
      { reason: 'form', field: 'id' },
    ],
    ['named for another day', madeAt(AT, '2019-11-24'), { reason: 'form', field: 'id' }],
    [
      'with few letters',
      entryOf(SAMPLES.licence, { id: nameEntry(DAY, 's06', 'a'.repeat(15)) }),
      { reason: 'form', field: 'id' },
    ],
    [
      'with many letters',
      entryOf(SAMPLES.licence, { id: nameEntry(DAY, 's06', 'a'.repeat(41)) }),
      { reason: 'form', field: 'id' },
    ],
    [
      'with digits',
      entryOf(SAMPLES.licence, { id: nameEntry(DAY, 's06', '13800138000138001380') }),
      { reason: 'form', field: 'id' },
    ],
    [
      'with a slash more',
      entryOf(SAMPLES.licence, { id: `${nameEntry(DAY, 's06', LETTERS)}/1` }),
      { reason: 'form', field: 'id' },
    ],
  ])('%s is refused', (_, entry, fault) => {
    expect(judge(entry)).toEqual(fault);
  });

  test('belongs to the hall’s day, not to that of its text', () => {
    expect(judge(madeAt('2019-11-24T16:30:00Z'), contextOf({ now: '2019-11-25T01:00:00+08:00' }))).toBeUndefined();
    expect(judge(madeAt('2019-11-24T16:30:00Z', '2019-11-24'))).toEqual({ reason: 'form', field: 'id' });
  });

  test.each([
    ['2019-11-25T09:55:00+08:00', undefined],
    ['2019-11-25T09:54:59+08:00', { reason: 'time', field: 'at' }],
    ['2019-12-26T10:00:00+08:00', undefined],
    ['2019-12-26T10:00:01+08:00', { reason: 'time', field: 'at' }],
  ])('of 10:00, where the hall’s clock shows %s: %o', (now, fault) => {
    expect(judge(madeAt(AT), contextOf({ now }))).toEqual(fault);
  });

  const refused = { reason: 'not-allowed' };
  test.each<[string, Assignment[], object | undefined]>([
    ['a clerk of another station', [{ role: 'clerk', station: 'meifeng' }], refused],
    ['a clerk whose time ended the day before', [{ ...clerk, until: '2019-11-24' }], refused],
    ['a clerk on the last day', [{ ...clerk, until: DAY }], undefined],
    ['a clerk whose time begins the day after', [{ ...clerk, from: '2019-11-26' }], refused],
    ['a manager', [{ role: 'manager' }], undefined],
    ['a leader', [{ role: 'leader' }], refused],
    ['an administrator', [{ role: 'administrator' }], refused],
    ['nobody any more', [], refused],
  ])('by %s', (_, assignments, fault) => {
    expect(judge(entryOf(SAMPLES.licence), contextOf({ assignments }))).toEqual(fault);
  });
});

describe('what the hall does not have', () => {
  const manager = contextOf({ assignments: [{ role: 'manager' }] });
  test.each<[string, Partial<Entry>]>([
    ['station', { station: 'nowhere' }],
    ['station', { station: '__proto__' }],
    ['window', { window: 'w99' }],
    // One of another station.
    ['window', { station: 'meifeng', window: 'w01' }],
    ['act.item', { act: { ...SAMPLES.case, item: 'mi-99' } }],
    ['act.item', { act: { ...SAMPLES.consultation, item: 'toString' } }],
    ['act.line', { act: { ...SAMPLES.consultation, line: '王小明' } }],
    ['act.item', { act: { ...SAMPLES['appointment-booked'], item: 'mi-99' } }],
    ['act.terminal', { act: { ...SAMPLES.terminal, terminal: '张伟' } }],
    ['act.terminal', { station: 'meifeng', act: SAMPLES.terminal }],
    ['act.staff', { act: { ...SAMPLES['complaint-received'], staff: '王小明' } }],
  ])('is unknown: %s of %o', (field, more) => {
    expect(judge({ ...entryOf(SAMPLES.licence), ...more }, manager)).toEqual({ reason: 'unknown', field });
  });

  test('an item that is not in force yet is not known, by the day of the entry', () => {
    const early = entryOf(
      { ...SAMPLES.case, item: 'mi-01' },
      { at: '2019-06-04T10:00:00+08:00', id: nameEntry('2019-06-04', 's06', LETTERS) },
    );
    expect(judge(early, contextOf({ now: '2019-06-05T10:00:00+08:00' }))).toEqual({
      reason: 'unknown',
      field: 'act.item',
    });
  });
});

describe('a citizen’s identity', () => {
  /** Every field of every act in which somebody could write. */
  const fields = ACT_TYPES.flatMap((type) =>
    Object.entries(SAMPLES[type])
      .filter(([name, value]) => !['type', 'entry', 'at', 'promisedBy', 'supplyBy'].includes(name) && isWritten(value))
      .map(([name, value]) => [type, name, value] as const),
  );
  const identities = ['440304199001011234', '13800138000', '申请人王小明'];

  test.each(fields)('in %s, %s, is refused', (type, name, value) => {
    for (const identity of identities) {
      const act = { ...SAMPLES[type], [name]: Array.isArray(value) ? [identity] : identity };
      const read = readEntry(entryOf(act as Act));
      if (!read.ok) {
        // A word of a list is no place for anything else.
        expect(read.where.field).toBe(`act.${name}`);
        continue;
      }
      const fault = judge(read.entry);
      expect(['identity', 'unknown']).toContain(fault?.reason);
      expect(fault?.field).toMatch(new RegExp(`^act\\.${name}`));
      expect(JSON.stringify(fault)).not.toContain(identity);
    }
  });

  test.each(['window', 'ticket', 'station', 'author', 'id', 'hall'])('in %s is refused', (name) => {
    for (const identity of identities) {
      const fault = judge({ ...entryOf(SAMPLES.licence), [name]: identity });
      expect(fault).toBeDefined();
      expect(JSON.stringify(fault)).not.toContain(identity);
    }
  });

  test('may be a colleague’s name', () => {
    const act = { ...SAMPLES['complaint-received'], about: '投诉示例丙' };
    expect(judge(entryOf(act))).toBeUndefined();
  });

  test('is never seen in an entry’s own id, whatever its letters', () => {
    fc.assert(
      fc.property(
        anyLetters,
        fc.constantFrom('s06', '0755001', 'wang.xiaoming', '示例丙', 'zhang wei'),
        (letters, author) => {
          const id = nameEntry(DAY, author, letters);
          const entry = entryOf({ ...SAMPLES.case, case: id }, { id, author });
          expect(judge(entry, contextOf({ staff: author }))).toBeUndefined();
          expect(authorOf(id)).toBe(author);
          for (const event of toEvents(entry))
            expect(inspectEvent({ id: event.id, data: { case: id } })).toBeUndefined();
        },
      ),
      { numRuns: 10_000 },
    );
  });

  function isWritten(value: unknown): boolean {
    return typeof value === 'string' || Array.isArray(value);
  }
});

describe('the form', () => {
  const good = entryOf(SAMPLES.consultation);
  const parse = (text: string): unknown => JSON.parse(text);
  test.each<[unknown, string]>([
    [null, ''],
    [[], 'id'],
    ['entry', ''],
    [{}, 'id'],
    [{ ...good, id: '' }, 'id'],
    [{ ...good, at: '2019-02-31T10:00:00Z' }, 'at'],
    [{ ...good, at: '2019-11-25 10:00' }, 'at'],
    [{ ...good, '13800138000': 1 }, ''],
    [{ ...good, act: { ...good.act, 王小明: 1 } }, 'act'],
    [{ ...good, act: { type: 'toString' } }, 'act.type'],
    [{ ...good, act: { ...good.act, count: 1.5 } }, 'act.count'],
    [{ ...good, act: { ...good.act, topic: 'x'.repeat(501) } }, 'act.topic'],
    [{ ...good, act: { ...SAMPLES.case, deferredDocuments: ['户口簿', ''] } }, 'act.deferredDocuments.1'],
    [{ ...good, act: { ...SAMPLES.licence, case: 'constructor' } }, 'act.case'],
    [{ ...good, act: { ...SAMPLES.training, topic: '  ' } }, 'act.topic'],
    [parse(JSON.stringify(good).replace('{', '{"__proto__":{"author":"s01"},')), ''],
    [parse(JSON.stringify(good).replace('"act":{', '"act":{"toString":1,')), 'act'],
    [parse('{"__proto__":{"id":"x"}}'), 'id'],
    [{ ...good, id: `${DAY}/${'s'.repeat(187)}/x` }, 'id'],
  ])('%# is refused', (input, field) => {
    expect(readEntry(input)).toMatchObject({ ok: false, where: field === '' ? {} : { field } });
  });

  test('never throws, and repeats no more than an id', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (input) => {
        const read = readEntry(input);
        expect(read.ok).toBe(false);
      }),
    );
  });

  test('words are kept without the blanks around them', () => {
    const read = readEntry({ ...good, act: { ...good.act, topic: '  医保  ' } });
    expect(read).toMatchObject({ ok: true, entry: { act: { topic: '医保' } } });
  });
});

test.each([
  ['2019-11-25'],
  ['2019-11-25/s06'],
  ['2019-11-25/s06/'],
  [''],
  [`x/s06/${LETTERS}`],
  [`${DAY}/%/${LETTERS}`],
])('%s is nobody’s entry', (id) => {
  expect(authorOf(id)).toBeUndefined();
});
