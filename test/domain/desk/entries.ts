// Entries for tests: one of each act as a desk would make it, and any of them with any of its fields.
import fc from 'fast-check';
import type { Act, Entry } from '../../../domain/desk/entry.ts';
import { AGAIN_MEDIA, nameEntry } from '../../../domain/desk/entry.ts';
import { SCORES } from '../../../domain/events/kinds.ts';
import { FORBIDDEN_NAMES } from '../../../domain/events/inspect.ts';
import { CHANNELS, OUTCOMES, SERVICE_KINDS, TERMINAL_STATUSES } from '../../../domain/events/schema.ts';

export const DAY = '2019-11-25';
export const AT = `${DAY}T10:00:00+08:00`;
export const LETTERS = 'abcdefghijklmnopqrst';

type ActOf<T extends Act['type']> = Extract<Act, { type: T }>;

/** An entry of s06 at the street hall; `more` changes what stands beside the act. */
export function entryOf(act: Act, more: Partial<Entry> = {}): Entry {
  const id = nameEntry(DAY, more.author ?? 's06', LETTERS);
  return { id, author: 's06', hall: 'meilin', station: 'hall', at: AT, act, ...more };
}

/** One of each, with all that it may hold. */
export const SAMPLES: { readonly [T in Act['type']]: ActOf<T> } = {
  case: {
    type: 'case',
    case: 'c1',
    item: 'mi-06',
    channel: 'window',
    handling: 'promised',
    promisedBy: '2019-12-04T18:00:00+08:00',
    deferredDocuments: ['结婚证复印件'],
    supplyBy: '2019-12-02T18:00:00+08:00',
    appointment: 'a1',
    green: true,
    applicant: 'individual',
  },
  'case-finished': { type: 'case-finished', case: 'c1', outcome: 'approved' },
  'case-paused': { type: 'case-paused', case: 'c1', reason: '补正材料' },
  'case-resumed': { type: 'case-resumed', case: 'c1', reason: '材料已补正' },
  'case-supplemented': { type: 'case-supplemented', case: 'c1' },
  licence: { type: 'licence', case: 'c1' },
  consultation: {
    type: 'consultation',
    medium: 'visit',
    line: 'medical-insurance',
    item: 'mi-03',
    topic: '门诊报销要带什么材料',
    result: 'answered',
    count: 2,
  },
  service: { type: 'service', kind: 'copying', count: 3 },
  'appointment-booked': {
    type: 'appointment-booked',
    appointment: 'a1',
    item: 'mi-03',
    at: '2019-11-26T09:30:00+08:00',
  },
  'appointment-kept': { type: 'appointment-kept', appointment: 'a1' },
  'appointment-missed': { type: 'appointment-missed', appointment: 'a1' },
  terminal: { type: 'terminal', terminal: 'terminal-traffic', status: 'out-of-paper' },
  'request-received': { type: 'request-received', request: 'r1', topic: '排队时间长', medium: 'hotline' },
  'request-answered': { type: 'request-answered', request: 'r1', onTime: true },
  'complaint-received': { type: 'complaint-received', complaint: 'k1', about: '态度不好', staff: 's07' },
  'complaint-answered': { type: 'complaint-answered', complaint: 'k1', upheld: false },
  'rating-again': { type: 'rating-again', followup: 'f1', case: 'c1', score: 4, medium: 'phone' },
  training: { type: 'training', topic: '医保新政策', people: 12 },
  undo: { type: 'undo', entry: nameEntry(DAY, 's06', 'tsrqponmlkjihgfedcba') },
  void: { type: 'void', entry: nameEntry(DAY, 's06', 'tsrqponmlkjihgfedcba'), reason: '事项选错' },
};
export const ACT_TYPES = Object.keys(SAMPLES) as Act['type'][];

const isAllowed = (text: string): boolean => !FORBIDDEN_NAMES.includes(text);
const id = fc.stringMatching(/^[a-z0-9_-]{1,30}$/).filter(isAllowed);
const text = fc.string({ maxLength: 40, unit: 'grapheme' }).filter((one) => isAllowed(one.trim()));
const words = text.filter((one) => one.trim() === one && one !== '');
const moment = fc
  .date({ min: new Date('2019-11-25'), max: new Date('2020-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const count = fc.integer({ min: 1, max: 10_000 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const pick = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const acts: { readonly [T in Act['type']]: fc.Arbitrary<Omit<ActOf<T>, 'type'>> } = {
  case: fc.record({
    case: id,
    item: id,
    channel: pick(CHANNELS),
    handling: pick(['instant', 'promised'] as const),
    promisedBy: maybe(moment),
    deferredDocuments: maybe(fc.array(words, { minLength: 1, maxLength: 20 })),
    supplyBy: maybe(moment),
    appointment: maybe(id),
    green: maybe(fc.boolean()),
    applicant: maybe(pick(['individual', 'legal-person'] as const)),
  }),
  'case-finished': fc.record({ case: id, outcome: pick(OUTCOMES) }),
  'case-paused': fc.record({ case: id, reason: maybe(text) }),
  'case-resumed': fc.record({ case: id, reason: maybe(text) }),
  'case-supplemented': fc.record({ case: id }),
  licence: fc.record({ case: id }),
  consultation: fc.record({
    medium: pick(['visit', 'phone'] as const),
    line: maybe(id),
    item: maybe(id),
    topic: maybe(text),
    result: maybe(pick(['answered', 'referred'] as const)),
    count: maybe(count),
  }),
  service: fc.record({ kind: pick(SERVICE_KINDS), count: maybe(count) }),
  'appointment-booked': fc.record({ appointment: id, item: maybe(id), at: moment }),
  'appointment-kept': fc.record({ appointment: id }),
  'appointment-missed': fc.record({ appointment: id }),
  terminal: fc.record({ terminal: id, status: pick(TERMINAL_STATUSES) }),
  'request-received': fc.record({ request: id, topic: maybe(text), medium: maybe(id) }),
  'request-answered': fc.record({ request: id, onTime: maybe(fc.boolean()) }),
  'complaint-received': fc.record({ complaint: id, about: maybe(text), staff: maybe(id) }),
  'complaint-answered': fc.record({ complaint: id, upheld: maybe(fc.boolean()) }),
  'rating-again': fc.record({ followup: id, case: maybe(id), score: pick(SCORES), medium: pick(AGAIN_MEDIA) }),
  training: fc.record({ topic: words, people: count }),
  undo: fc.record({ entry: id }),
  void: fc.record({ entry: id, reason: words }),
};

/** Any act, as a browser would send it: without the fields that were left empty. */
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  ...ACT_TYPES.map((type) => acts[type].map((fields) => JSON.parse(JSON.stringify({ type, ...fields })) as Act)),
);

export const anyLetters = fc.stringMatching(/^[a-z]{16,40}$/);

export const anyEntry: fc.Arbitrary<Entry> = fc
  .record({ act: anyAct, letters: anyLetters, station: id, window: maybe(id), ticket: maybe(id) })
  .map(({ act, letters, station, window, ticket }) =>
    entryOf(act, {
      id: nameEntry(DAY, 's06', letters),
      station,
      ...(window === undefined ? {} : { window }),
      ...(ticket === undefined ? {} : { ticket }),
    }),
  );
