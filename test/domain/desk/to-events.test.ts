// What each act comes to, that it has the form of its type, and what it counts.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createZone } from '../../../domain/calendar/zone.ts';
import type { Act } from '../../../domain/desk/entry.ts';
import { toDeskLines } from '../../../domain/desk/from-events.ts';
import { promiseOf, supplyByOf } from '../../../domain/desk/promise.ts';
import { readEntry } from '../../../domain/desk/read-entry.ts';
import { toEvents } from '../../../domain/desk/to-events.ts';
import { isWellFormed, keepDeclared } from '../../../domain/events/declared.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import { foldStory, readConfig } from '../board/topics/fold-story.ts';
import { ACT_TYPES, anyEntry, AT, DAY, entryOf, LETTERS, SAMPLES } from './entries.ts';

const id = `${DAY}/s06/${LETTERS}`;
const beside = { window: 'w03', ticket: `${DAY}/hall/A001` };
const target = toEvents(entryOf({ ...SAMPLES.case, handling: 'instant' }, { id: `${DAY}/s06/tsrqponmlkjihgfedcba` }));
const [one, two] = target as [HallEvent, HallEvent];
const voided = ({ id: voidedId, source }: HallEvent, more: object) => [
  'hall.event.voided',
  { source, id: voidedId, ...more },
];

const EXPECTED: { readonly [T in Act['type']]: readonly (readonly [type: string, data: object])[] } = {
  case: [
    [
      'hall.case.accepted',
      {
        ...{ case: 'c1', station: 'hall', channel: 'window', item: 'mi-06', ...beside, staff: 's06' },
        ...{ handling: 'promised', promisedBy: '2019-12-04T18:00:00+08:00', deferredDocuments: ['结婚证复印件'] },
        ...{ supplyBy: '2019-12-02T18:00:00+08:00', appointment: 'a1', green: true, applicant: 'individual' },
      },
    ],
  ],
  'case-finished': [['hall.case.finished', { case: 'c1', outcome: 'approved', window: 'w03', staff: 's06' }]],
  'case-paused': [['hall.case.paused', { case: 'c1', reason: '补正材料' }]],
  'case-resumed': [['hall.case.resumed', { case: 'c1', reason: '材料已补正' }]],
  'case-supplemented': [['hall.case.supplemented', { case: 'c1' }]],
  licence: [['hall.licence.uploaded', { case: 'c1' }]],
  consultation: [
    [
      'hall.consultation.given',
      {
        ...{ station: 'hall', medium: 'visit', line: 'medical-insurance', item: 'mi-03', ...beside, staff: 's06' },
        ...{ topic: '门诊报销要带什么材料', result: 'answered', count: 2 },
      },
    ],
  ],
  service: [['hall.service.given', { station: 'hall', kind: 'copying', count: 3 }]],
  'appointment-booked': [
    ['hall.appointment.booked', { appointment: 'a1', station: 'hall', item: 'mi-03', at: '2019-11-26T09:30:00+08:00' }],
  ],
  'appointment-kept': [['hall.appointment.kept', { appointment: 'a1', station: 'hall' }]],
  'appointment-missed': [['hall.appointment.missed', { appointment: 'a1', station: 'hall' }]],
  terminal: [['hall.terminal.changed', { terminal: 'terminal-traffic', station: 'hall', status: 'out-of-paper' }]],
  'request-received': [
    ['hall.request.received', { request: 'r1', station: 'hall', topic: '排队时间长', medium: 'hotline' }],
  ],
  'request-answered': [['hall.request.answered', { request: 'r1', station: 'hall', onTime: true }]],
  'complaint-received': [
    ['hall.complaint.received', { complaint: 'k1', station: 'hall', staff: 's07', about: '态度不好' }],
  ],
  'complaint-answered': [['hall.complaint.answered', { complaint: 'k1', station: 'hall', upheld: false }]],
  'rating-again': [
    ['hall.rating.given', { score: 4, station: 'hall', case: 'c1', medium: 'phone', round: 2 }],
    ['hall.followup.noted', { followup: 'f1', score: 4 }],
  ],
  training: [['hall.training.held', { topic: '医保新政策', people: 12, station: 'hall' }]],
  undo: [voided(one, { undo: true }), voided(two, { undo: true })] as never,
  void: [voided(one, { reason: '事项选错' }), voided(two, { reason: '事项选错' })] as never,
};

it.each(ACT_TYPES)('%s is recorded as it was written down', (type) => {
  const events = toEvents(entryOf(SAMPLES[type], beside), { target });
  const head = { source: 'urn:hallpulse:desk', at: Date.parse(AT) };
  const expected = EXPECTED[type].map(([kind, data], i) => ({ ...head, id: `${id}/${i + 1}`, type: kind, data }));
  expect(events).toEqual(expected);
});

describe('a case', () => {
  const act = { type: 'case', case: 'c1', item: 'mi-03', channel: 'window', handling: 'instant' } as const;
  const dataOf = (...args: Parameters<typeof toEvents>) => toEvents(...args).map(({ type, data }) => [type, data]);

  test('that is handled at once is finished in the same moment, approved', () => {
    const common = { case: 'c1', staff: 's06' };
    expect(dataOf(entryOf(act))).toEqual([
      ['hall.case.accepted', { ...common, station: 'hall', channel: 'window', item: 'mi-03', handling: 'instant' }],
      ['hall.case.finished', { ...common, outcome: 'approved' }],
    ]);
  });

  test.each([
    ['instant', true, true],
    ['instant', false, undefined],
    ['promised', true, undefined],
  ] as const)('%s of an item that 秒批 is live for (%s): %s', (handling, instantApproval, expected) => {
    const [accepted] = toEvents(entryOf({ ...act, handling }), { instantApproval });
    expect(accepted!.data).toHaveProperty('handling', handling);
    expect((accepted!.data as { instantApproval?: boolean }).instantApproval).toBe(expected);
  });

  test('has the promise that it states, else that of its item, and none where it is handled at once', () => {
    const promisedBy = Date.parse('2019-12-04T10:00:00Z');
    const stated = '2019-12-01T18:00:00+08:00';
    const promiseIn = (more: Partial<typeof act | { handling: 'promised'; promisedBy: string }>) =>
      (toEvents(entryOf({ ...act, ...more } as Act), { promisedBy })[0]!.data as { promisedBy?: string }).promisedBy;
    expect(promiseIn({ handling: 'promised' })).toBe('2019-12-04T10:00:00.000Z');
    expect(promiseIn({ handling: 'promised', promisedBy: stated })).toBe(stated);
    expect(promiseIn({})).toBeUndefined();
  });

  test('has a time for its papers only where some are missing', () => {
    const supplyBy = Date.parse('2019-12-02T10:00:00Z');
    const [plain] = toEvents(entryOf({ ...act, handling: 'promised' }), { supplyBy });
    const [deferred] = toEvents(entryOf({ ...act, handling: 'promised', deferredDocuments: ['户口簿'] }), { supplyBy });
    expect(plain!.data).not.toHaveProperty('supplyBy');
    expect(deferred!.data).toHaveProperty('supplyBy', '2019-12-02T10:00:00.000Z');
  });
});

describe('a promise in working days', () => {
  const { calendar } = readConfig();
  const place = { calendar, zone: createZone('Asia/Shanghai'), station: 'hall' };
  const at = (text: string) => Date.parse(`${text}:00+08:00`);

  test.each([
    ['a Monday', '2019-11-25T10:00', 2, '2019-11-27T18:00'],
    ['over a weekend', '2019-11-28T17:59', 3, '2019-12-03T18:00'],
    ['from a Saturday', '2019-11-30T09:00', 1, '2019-12-02T18:00'],
    // 2019-09-29 was a Sunday that was worked, and the first week of October was off.
    ['over a swapped day and a holiday', '2019-09-27T10:00', 3, '2019-10-08T18:00'],
    ['late in the evening', '2019-11-25T23:59', 1, '2019-11-26T18:00'],
    ['of half a day', '2019-11-25T10:00', 0.5, '2019-11-26T18:00'],
  ])('%s', (_, from, days, until) => {
    expect(promiseOf({ kind: 'promised', promisedDays: days }, at(from), place)).toBe(at(until));
    expect(supplyByOf({ deferrable: { days } }, at(from), place)).toBe(at(until));
  });

  test.each([[undefined], [0], [-1], [Number.NaN]])('of %s days there is none', (days) => {
    expect(promiseOf({ kind: 'promised', promisedDays: days }, at('2019-11-25T10:00'), place)).toBeUndefined();
  });

  test('an item that is handled at once has none, nor has one without missing papers a time for them', () => {
    expect(promiseOf({ kind: 'instant', promisedDays: 5 }, at('2019-11-25T10:00'), place)).toBeUndefined();
    expect(supplyByOf({}, at('2019-11-25T10:00'), place)).toBeUndefined();
  });
});

describe('any entry', () => {
  test('that has its form comes to events that have theirs, whole, and that the ledger keeps as they are', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const read = readEntry(JSON.parse(JSON.stringify(entry)));
        expect(read).toMatchObject({ ok: true });
        if (!read.ok) return;
        const events = toEvents(read.entry, { target, promisedBy: 0, supplyBy: 1, instantApproval: true });
        expect(events.length).toBeGreaterThan(0);
        expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
        for (const event of events) {
          expect(isWellFormed(event.type, event.data)).toBe(true);
          expect(keepDeclared(event.type, event.data)).toBe(event.data);
          expect(JSON.parse(JSON.stringify(event))).toEqual(event);
          expect(event.id.startsWith(`${entry.id}/`)).toBe(true);
        }
      }),
    );
  });

  test('is read back as one line, unless it undoes another', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const events = toEvents(entry, { target });
        const lines = toDeskLines(events.map((event) => ({ event, voided: false })));
        expect(lines.map(({ entry: of, type }) => [of, type])).toEqual(
          entry.act.type === 'undo' ? [] : [[entry.id, entry.act.type]],
        );
      }),
    );
  });
});

describe('what a day of entries counts', () => {
  const letters = (i: number) => LETTERS.slice(0, 18) + 'ab'.repeat(2).slice(i % 2, 2) + 'x'.repeat(1 + (i >> 1));
  const anyDay = fc.array(
    fc.record({
      kind: fc.constantFrom('instant', 'promised', 'consultation', 'service', 'request', 'complaint'),
      count: fc.integer({ min: 1, max: 9 }),
      fate: fc.constantFrom('stays', 'undone', 'voided', 'finished'),
    }),
    { maxLength: 8 },
  );
  const actFor = (kind: string, i: number, count: number): Act => {
    const common = { case: `c${i}`, item: 'mi-03', channel: 'window' } as const;
    switch (kind) {
      case 'instant':
      case 'promised':
        return { type: 'case', ...common, handling: kind };
      case 'consultation':
        return { type: 'consultation', medium: 'phone', line: 'medical-insurance', count };
      case 'service':
        return { type: 'service', kind: 'copying', count };
      case 'request':
        return { type: 'request-received', request: `r${i}` };
      default:
        return { type: 'complaint-received', complaint: `k${i}` };
    }
  };

  test('is what a hand counts, and nothing of what was undone', async () => {
    await fc.assert(
      fc.asyncProperty(anyDay, fc.boolean(), async (day, isReversed) => {
        const hand = { accepted: 0, finished: 0, phone: 0, copying: 0, requests: 0, complaints: 0, voided: 0 };
        const events = day.flatMap(({ kind, count, fate }, i) => {
          const act = actFor(kind, i, count);
          const first = toEvents(entryOf(act, { id: `${DAY}/s06/${letters(i)}a` }));
          const add = (name: keyof typeof hand, n = 1) => (hand[name] += n);
          const isGone = fate === 'undone' || fate === 'voided';
          if (isGone) add('voided', first.length);
          else if (act.type === 'case') {
            add('accepted');
            if (kind === 'instant' || fate === 'finished') add('finished');
          } else if (act.type === 'consultation') add('phone', count);
          else if (act.type === 'service') add('copying', count);
          else add(kind === 'request' ? 'requests' : 'complaints');
          const then: Act | undefined =
            fate === 'undone'
              ? { type: 'undo', entry: `${DAY}/s06/${letters(i)}a` }
              : fate === 'voided'
                ? { type: 'void', entry: `${DAY}/s06/${letters(i)}a`, reason: '录错' }
                : kind === 'promised' && fate === 'finished'
                  ? { type: 'case-finished', case: `c${i}`, outcome: 'approved' }
                  : undefined;
          return then
            ? [...first, ...toEvents(entryOf(then, { id: `${DAY}/s06/${letters(i)}b` }), { target: first })]
            : first;
        });
        const { today } = await foldStory(DAY, isReversed ? events.reverse() : events);
        expect({
          accepted: today.accepted,
          finished: today.finished,
          phone: today.consultations.phone,
          copying: today.services.copying ?? 0,
          requests: today.requests.received,
          complaints: today.complaints.received,
          voided: today.voided,
        }).toEqual(hand);
        expect(today.corrected).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
});
