// What laying an export against the ledger finds: table by table, and on random ledgers exactly the edits of an export.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createZone, momentOf } from '../../../domain/calendar/zone.ts';
import { DESK_SOURCE } from '../../../domain/desk/entry.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import type { EventData, EventType } from '../../../domain/events/schema.ts';
import { layDay, type FileFact, type LedgerFact } from '../../../domain/reconcile/lay.ts';

const DAY = '2019-06-05';
const zone = createZone('Asia/Shanghai');
const PLATFORM = '/platform';
const at = (clock: string, day = DAY): number => Date.parse(`${day}T${clock}:00+08:00`);

function event<T extends EventType>(
  type: T,
  data: EventData[T],
  when: number,
  more: { source?: string; id?: string } = {},
): HallEvent {
  return { source: PLATFORM, id: `${type}/${JSON.stringify(data)}`, type, at: when, data, ...more } as HallEvent;
}
const accepted = (id: string, when = at('09:00'), more: object = {}, from: object = {}): HallEvent =>
  event('hall.case.accepted', { case: id, station: 'hall', channel: 'window', item: 'mi-03', ...more }, when, {
    id: `${id}/accepted`,
    ...from,
  });
const finished = (id: string, when = at('10:00'), from: object = {}): HallEvent =>
  event('hall.case.finished', { case: id, outcome: 'approved' }, when, { id: `${id}/finished`, ...from });
const byDesk = (id: string): object => ({ source: DESK_SOURCE, id });

const TOLD = new Map<EventType, ReadonlySet<string>>([
  ['hall.case.accepted', new Set(['case', 'station', 'channel', 'item', 'staff', 'promisedBy'])],
  ['hall.case.finished', new Set(['case', 'outcome'])],
  ['hall.rating.given', new Set(['case', 'ticket', 'score'])],
  ['hall.ticket.called', new Set(['ticket', 'station'])],
]);

function lay(file: readonly HallEvent[], ledger: readonly (HallEvent | LedgerFact)[], day = DAY, where = zone) {
  return layDay({
    day,
    zone: where,
    file: file.map((one, i): FileFact => ({ event: one, line: i + 2 })),
    ledger: ledger.map((one) => ('voided' in one ? one : { event: one, voided: false })),
    told: TOLD,
    isExpected: ({ source }) => source === PLATFORM || source === DESK_SOURCE,
  });
}
const tell = (...args: Parameters<typeof lay>) =>
  lay(...args).findings.map(({ kind, thing, facts }) => [
    kind,
    thing,
    ...facts.flatMap(({ fields = [] }) => fields.map(({ field, file, ledger }) => `${field} ${file} / ${ledger}`)),
  ]);

describe('a day that agrees', () => {
  test('has no findings, in whatever order the rows stand (R2)', () => {
    const events = [accepted('a'), finished('a'), accepted('b', at('09:05'))];
    expect(lay(events, events.toReversed())).toEqual({ matched: 2, findings: [], otherDays: [] });
  });

  test('counts a case once that the desk entered and the platform exported (R2)', () => {
    const file = [accepted('a', at('09:12')), finished('a', at('10:20'))];
    const ledger = [
      accepted('a', at('09:00'), { staff: 's01' }, byDesk('d1')),
      finished('a', at('10:00'), byDesk('d2')),
    ];
    expect(lay(file, ledger)).toMatchObject({ matched: 1, findings: [] });
  });

  test('takes one moment for the same with and without its seconds, and one deadline in two offsets (R3)', () => {
    const file = accepted('a', at('09:00'), { promisedBy: '2019-06-10T10:00:00.000Z' });
    const ledger = accepted('a', at('09:00') + 59_999, { promisedBy: '2019-06-10T18:00:00+08:00' });
    expect(tell([file], [ledger])).toEqual([]);
  });

  test('knows a rating by its case and by its ticket, each round for itself (R2)', () => {
    const rate = (id: string, data: object, from: object = {}) =>
      event('hall.rating.given', { score: 5, station: 'hall', medium: 'pad', ...data } as never, at('11:00'), {
        id,
        ...from,
      });
    expect(tell([rate('x', { ticket: 'A1' })], [rate('y', { case: 'a', ticket: 'A1' }, byDesk('r'))])).toEqual([]);
    expect(tell([rate('x', { case: 'a', round: 2 })], [rate('y', { case: 'a' }, byDesk('r'))])).toEqual([
      ['ledger-missing', 'case:a'],
    ]);
  });
});

describe('what one of them lacks', () => {
  test('is one finding a case, with its station though only its acceptance says it (R1)', () => {
    const { findings } = lay([], [accepted('a'), finished('a')]);
    expect(findings).toMatchObject([
      { kind: 'file-missing', thing: 'case:a', station: 'hall', item: 'mi-03', at: at('09:00') },
    ]);
    expect(findings[0]!.facts.map(({ type }) => type)).toEqual(['hall.case.accepted', 'hall.case.finished']);
  });

  test('is missing in the ledger where it was voided, and says so (R4)', () => {
    const { findings } = lay([accepted('a')], [{ event: accepted('a'), voided: true }]);
    expect(findings).toMatchObject([{ kind: 'ledger-missing', facts: [{ voided: true, line: 2 }] }]);
    const again = [{ event: accepted('a'), voided: true }, accepted('a', at('09:02'), {}, byDesk('d1'))];
    expect(tell([accepted('a')], again)).toEqual([]);
  });

  test('is not missed where the file never tells its kind, or the system need not have it (R5)', () => {
    const licence = event('hall.licence.uploaded', { case: 'a' }, at('12:00'));
    const foreign = accepted('z', at('09:00'), {}, { source: '/another-vendor', id: 'z' });
    expect(tell([], [licence, foreign])).toEqual([]);
    expect(tell([accepted('z', at('09:01'))], [foreign])).toEqual([]);
  });

  test('odd names are names (R1)', () => {
    for (const id of ['__proto__', 'constructor', 'toString', ' ', 'a\nb']) {
      expect(tell([accepted(id)], [accepted(id)])).toEqual([]);
      expect(tell([accepted(id)], [])).toEqual([['ledger-missing', `case:${id}`]]);
    }
  });
});

describe('what they tell differently', () => {
  test('is said field by field, with both values; a blank of the file is one (R3)', () => {
    const file = [accepted('a', at('09:00'), { item: 'mi-04' }), accepted('b')];
    const ledger = [accepted('a', at('09:00'), { item: 'mi-03' }), accepted('b', at('09:00'), { staff: 's01' })];
    expect(tell(file, ledger)).toEqual([
      ['differs', 'case:a', 'item mi-04 / mi-03'],
      ['differs', 'case:b', 'staff undefined / s01'],
    ]);
  });

  test('of another source only where both say it, and the time from half an hour on (R3)', () => {
    const ledger = [accepted('a', at('09:00'), { staff: 's01', item: 'mi-04' }, byDesk('d1'))];
    expect(tell([accepted('a', at('09:30'))], ledger)).toEqual([['differs', 'case:a', 'item mi-03 / mi-04']]);
    expect(tell([accepted('a', at('09:31'), { item: 'mi-04' })], ledger)).toEqual([
      ['differs', 'case:a', 'time 2019-06-05T01:31:00.000Z / 2019-06-05T01:00:00.000Z'],
    ]);
  });

  test('is its day, from either side (R3, R6)', () => {
    const today = accepted('a', at('23:59') + 40_000);
    const tomorrow = accepted('a', at('00:00', '2019-06-06'));
    expect(tell([today], [tomorrow])).toMatchObject([['differs', 'case:a', expect.stringMatching(/^time /)]]);
    expect(tell([tomorrow], [today])).toMatchObject([['differs', 'case:a', expect.stringMatching(/^time /)]]);
    expect(lay([tomorrow], [])).toMatchObject({ findings: [], otherDays: [{ event: tomorrow }] });
  });

  test('a call that comes twice meets the nearest (R2)', () => {
    const call = (when: number, from: object) =>
      event('hall.ticket.called', { ticket: 'A1', station: 'hall' } as never, when, from as never);
    const ledger = [call(at('09:00'), byDesk('q1')), call(at('09:05'), byDesk('q2'))];
    const { findings } = lay([call(at('09:06'), { id: 'x' })], ledger);
    expect(findings).toMatchObject([{ kind: 'file-missing', facts: [{ at: at('09:00') }] }]);
  });
});

test('a day of a zone with summer time begins and ends at its midnights (R6)', () => {
  const paris = createZone('Europe/Paris');
  const long = '2019-10-27';
  const [first, last] = [momentOf(paris, long), momentOf(paris, long, 1439)];
  expect(last - first).toBe((24 * 60 - 1 + 60) * 60_000);
  const edge = [accepted('first', first), accepted('last', last), accepted('next', last + 60_000)];
  expect(lay([], edge, long, paris).findings.map(({ thing }) => thing)).toEqual(['case:first', 'case:last']);
});

test('ten thousand alike are told apart by their moments in good time (R2)', () => {
  const call = (i: number, source: string) =>
    event('hall.ticket.called', { ticket: 'A1', station: 'hall' } as never, at('08:00') + i * 1_000, {
      source,
      id: `${source}${i}`,
    });
  const many = Array.from({ length: 10_000 }, (_, i) => i);
  const { findings } = lay(
    many.map((i) => call(i, '/x')),
    many.filter((i) => i !== 4_321).map((i) => call(i, DESK_SOURCE)),
  );
  expect(findings).toMatchObject([{ kind: 'ledger-missing', facts: [{ at: at('08:00') + 4_321_000 }] }]);
});

/** A case of a random day: who told the ledger, whether it was finished, and what is done to it in the export. */
const editedCase = fc.record({
  minute: fc.integer({ min: 0, max: 1_400 }),
  isDesk: fc.boolean(),
  isFinished: fc.boolean(),
  isVoided: fc.boolean(),
  edit: fc.constantFrom('none', 'none', 'left-out', 'item', 'time', 'other-day'),
});

test('the findings are exactly the edits (R1 to R6)', () => {
  fc.assert(
    fc.property(fc.array(editedCase, { maxLength: 40 }), fc.array(fc.nat(500), { maxLength: 5 }), (cases, added) => {
      const [file, ledger, expected]: [HallEvent[], LedgerFact[], Map<string, string>] = [[], [], new Map()];
      cases.forEach(({ minute, isDesk, isFinished, isVoided, edit }, i) => {
        const [id, when] = [`c${i}`, momentOf(zone, DAY, minute)];
        const from = (what: string) => (isDesk ? byDesk(`${id}/${what}/desk`) : {});
        const events = [
          accepted(id, when, {}, from('a')),
          ...(isFinished ? [finished(id, when + 60_000, from('f'))] : []),
        ];
        ledger.push(...events.map((one) => ({ event: one, voided: isVoided })));
        const told = {
          none: () => [accepted(id, when)],
          'left-out': () => [],
          item: () => [accepted(id, when, { item: 'mi-99' })],
          time: () => [accepted(id, when + (minute > 700 ? -1 : 1) * 31 * 60_000)],
          'other-day': () => [accepted(id, when + 86_400_000)],
        }[edit]();
        file.push(...told, ...(isFinished && edit !== 'left-out' ? [finished(id, when + 60_000)] : []));
        const isTold = edit !== 'left-out' && !(edit === 'other-day' && !isFinished);
        if (isVoided) {
          if (isTold) expected.set(`case:${id}`, 'ledger-missing');
        } else if (edit === 'left-out') expected.set(`case:${id}`, 'file-missing');
        else if (edit !== 'none') expected.set(`case:${id}`, 'differs');
      });
      for (const n of new Set(added)) {
        file.push(accepted(`new${n}`));
        expected.set(`case:new${n}`, 'ledger-missing');
      }
      const laid = layDay({
        day: DAY,
        zone,
        file: file.map((one, i) => ({ event: one, line: i + 2 })),
        ledger,
        told: TOLD,
        isExpected: () => true,
      });
      expect(new Map(laid.findings.map(({ thing, kind }) => [thing, kind]))).toEqual(expected);
      expect(laid.matched).toBe(cases.filter(({ isVoided, edit }) => !isVoided && edit === 'none').length);
    }),
    { numRuns: 300 },
  );
});
