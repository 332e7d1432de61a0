/** For random months of a small hall all three titles come out as an oracle that counts raw events says, in whatever order they came. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HallEvent } from '../../domain/events/event.ts';
import { STAR_KINDS, STAR_PARTS, type EventType, type StarPart } from '../../domain/events/schema.ts';
import { createHallConfig, type HallConfig } from '../../domain/profile/profile.ts';
import type { StarRule } from '../../domain/stars/rules.ts';
import { rankCandidates } from '../../domain/stars/score.ts';
import { lastDayOf } from '../../domain/calendar/zone.ts';
import { oracleStars, type Verdict } from '../oracle/stars.ts';
import { pick } from './arbitraries.ts';
import { feedPlan, foldFully } from './legs.ts';

const RUNS = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 300) / 3;
const timeoutMs = 60_000 + RUNS * 2_000;

const ZONES = { 'Asia/Shanghai': 480, 'Asia/Kathmandu': 345 } as const;
const MONTHS = ['2019-10', '2019-12'] as const;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const STAFF = ['s1', 's2', 's3', 's4', 's5'] as const;
const WINDOWS = ['w1', 'w2', 'w3'] as const;
/** Of one item the catalogue states no weight, and of one it knows nothing. */
const ITEMS = [
  { code: 'light', line: 'tenancy', difficulty: 0.25 },
  { code: 'usual', line: 'tenancy' },
  { code: 'heavy', line: 'medical-insurance', difficulty: 2.25 },
  { code: 'odd', line: 'civil', difficulty: 1.01 },
] as const;

function createStarHall(timeZone: string): HallConfig {
  return createHallConfig(
    {
      ...{ version: 1, hall: 'small', name: { zh: '小厅' }, timeZone, hours: [['09:00', '12:00']] },
      stations: [{ id: 'hall', kind: 'hall', names: [{ zh: '大厅' }] }],
      ...{ windows: [], staff: [], terminals: [], dailyChecks: [], supervisionTelephone: '12345' },
      targets: { waitMinutes: 60, serviceMinutes: 30, queue: 10, dueSoonHours: 24, unheardMinutes: 60 },
    },
    {
      version: 1,
      lines: ['tenancy', 'medical-insurance', 'civil'].map((id) => ({ id, name: id })),
      items: ITEMS.map((item) => ({ ...item, name: item.code, kind: 'instant' })),
    },
    { version: 1, playlist: [], resumeSeconds: 60, theme: 'light', language: 'zh' },
  );
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 3) => fc.option(arbitrary, { freq, nil: undefined });
const seldom = <T>(arbitrary: fc.Arbitrary<T>, oneIn = 6) =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
/** Most of them of two people and windows, so that the least numbers are reached and what is equal is equal. */
const staff = pick([...STAFF, 's1', 's2', 's1', 's2']);
const windows = pick([...WINDOWS, 'w1']);
const item = pick([...ITEMS.map(({ code }) => code), 'unknown']);
/** Days before the month's first: some of the month before and after. */
const day = fc.integer({ min: -3, max: 34 });
const hour = fc.integer({ min: 0, max: 23 });

type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;

type Draft = readonly [type: EventType, id: string, at: number, data: Record<string, unknown>];

const caseDraft = fc.record({
  ...{ day, hour, staff: maybe(staff, 8), window: maybe(windows), item, line: seldom(pick(['civil', 'x']), 6) },
  promise: maybe(fc.integer({ min: 1, max: 96 }), 1),
  finish: maybe(
    fc.record({
      after: pick([0, 0, 1, 24, 48, 200]),
      ...{ staff: maybe(staff, 1), window: maybe(windows, 1), onTime: maybe(fc.boolean(), 1) },
    }),
    8,
  ),
  again: seldom(fc.record({ after: pick([2, 30]), staff: maybe(staff) }), 8),
  voided: seldom(pick(['a', 'f', 'g', 'r'] as const), 5),
  rating: maybe(
    fc.record({
      ...{ score: fc.integer({ min: 1, max: 5 }), staff: maybe(staff, 8), window: maybe(windows) },
      ...{ byDefault: seldom(fc.constant(true), 6), round: seldom(pick([1, 2]), 4), after: pick([0, 1, 60]) },
    }),
    4,
  ),
});
const consultation = fc.record({
  ...{ day, hour, staff: maybe(staff, 8), window: maybe(windows, 1), count: maybe(fc.integer({ min: 1, max: 4 })) },
  ...{ item: maybe(item, 1), line: seldom(pick(['civil', 'tenancy']), 2) },
});
const complaint = fc.record({
  ...{ day, hour, staff: maybe(staff, 2), about: maybe(pick(STAFF), 1) },
  answer: maybe(fc.record({ after: pick([1, 24, 400, 1_000]), upheld: maybe(fc.boolean(), 4), isNo: fc.boolean() }), 4),
  voided: seldom(pick(['v', 'y'] as const), 5),
});

function write(
  start: number,
  cases: readonly Drawn<typeof caseDraft>[],
  consultations: readonly Drawn<typeof consultation>[],
  complaints: readonly Drawn<typeof complaint>[],
): HallEvent[] {
  const drafts: Draft[] = [];
  const voids = (id: string, at: number) =>
    drafts.push(['hall.event.voided', `void ${id}`, at, { source: '//stars', id, reason: '误' }]);
  cases.forEach((one, i) => {
    const at = start + one.day * DAY_MS + one.hour * HOUR_MS;
    const id = `c${i}`;
    const { promise, finish, again, rating } = one;
    const promisedBy = promise && new Date(at + promise * HOUR_MS).toISOString();
    const about = { item: one.item, line: one.line, staff: one.staff, window: one.window, promisedBy };
    drafts.push(['hall.case.accepted', `${id} a`, at, { case: id, station: 'hall', channel: 'window', ...about }]);
    const close = (letter: string, after: number, more: object) =>
      drafts.push([
        'hall.case.finished',
        `${id} ${letter}`,
        at + after * HOUR_MS,
        { case: id, outcome: 'approved', ...more },
      ]);
    if (finish) {
      const { after, ...more } = finish;
      close('f', after, more);
    }
    if (again) close('g', again.after, { staff: again.staff });
    if (rating) {
      const { after, ...more } = rating;
      drafts.push([
        'hall.rating.given',
        `${id} r`,
        at + after * HOUR_MS,
        { case: id, station: 'hall', medium: 'pad', ...more },
      ]);
    }
    if (one.voided) voids(`${id} ${one.voided}`, at + HOUR_MS);
  });
  consultations.forEach(({ day: on, hour: at, ...more }, i) => {
    const when = start + on * DAY_MS + at * HOUR_MS;
    drafts.push(['hall.consultation.given', `n${i}`, when, { station: 'hall', medium: 'phone', ...more }]);
  });
  complaints.forEach((one, i) => {
    const at = start + one.day * DAY_MS + one.hour * HOUR_MS;
    const id = `x${i}`;
    drafts.push(['hall.complaint.received', `${id} v`, at, { complaint: id, station: 'hall', staff: one.staff }]);
    if (one.about)
      drafts.push(['hall.complaint.released', `${id} w`, at + 1, { complaint: id, text: '话', staff: one.about }]);
    if (one.answer) {
      const { after, upheld, isNo } = one.answer;
      const type = isNo && upheld === undefined ? 'hall.complaint.declined' : 'hall.complaint.answered';
      const said = type === 'hall.complaint.declined' ? { reason: '无' } : { upheld };
      drafts.push([type, `${id} y`, at + after * HOUR_MS, { complaint: id, ...said }]);
    }
    if (one.voided) voids(`${id} ${one.voided}`, at + HOUR_MS);
  });
  return drafts.map(([type, id, at, data]) => {
    const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
    return { source: '//stars', id, type, at, data: given } as unknown as HallEvent;
  });
}

/** The same done by two, so that they share what they are given. */
function twin(one: Drawn<typeof caseDraft>): Drawn<typeof caseDraft>[] {
  return (['1', '2'] as const).map((n) => {
    const who = { staff: `s${n}`, window: `w${n}` } as const;
    const { finish, again, rating } = one;
    return {
      ...{ ...one, ...who },
      finish: finish && { ...finish, staff: undefined, window: undefined },
      again: again && { ...again, staff: undefined },
      rating: rating && { ...rating, ...who },
    };
  });
}

const weight = pick([0, 0, 1, 15, 33.3, 100]);
const weights = fc
  .record({
    ...({ volume: weight, lines: weight, satisfaction: weight, onTime: weight, consultations: weight } satisfies Record<
      StarPart,
      fc.Arbitrary<number>
    >),
  })
  .filter((all) => STAR_PARTS.some((part) => all[part] > 0));
const rule: fc.Arbitrary<StarRule> = fc.record({
  weights,
  leastCases: fc.integer({ min: 1, max: 4 }),
  leastRatings: fc.integer({ min: 1, max: 3 }),
});

const month = fc.record({
  zone: pick(Object.keys(ZONES) as (keyof typeof ZONES)[]),
  month: pick(MONTHS),
  cases: fc.array(caseDraft, { minLength: 4, maxLength: 40, size: 'max' }),
  consultations: fc.array(consultation, { maxLength: 6, size: 'max' }),
  complaints: fc.array(complaint, { maxLength: 4, size: 'max' }),
  /** Some come twice, and the order of all is another. */
  shuffle: fc.infiniteStream(fc.nat(9_999)),
  left: fc.subarray([...STAFF, ...WINDOWS], { maxLength: 1 }),
  nowDay: pick([20, 31, 40]),
  areTwins: pick([false, false, false, true]),
  ...{ rule, plan: feedPlan },
});

describe('stars of random months', () => {
  /** What has happened in all of the worlds together: a month in which nothing does proves nothing. */
  const seen = { ranked: 0, complaint: 0, 'few-cases': 0, 'few-ratings': 0, left: 0, tied: 0 };
  test(
    'S1–S7 are ranked as the oracle ranks them',
    async () => {
      await fc.assert(
        fc.asyncProperty(month, async (drawn) => {
          const { zone } = drawn;
          const offsetMinutes = ZONES[zone];
          const start = Date.parse(`${drawn.month}-01T00:00:00Z`) - offsetMinutes * 60_000;
          const cases = drawn.areTwins ? drawn.cases.slice(0, 15).flatMap(twin) : drawn.cases;
          const events = write(start, cases, drawn.consultations, drawn.complaints);
          const order = [...events, ...events.slice(0, 3)].map((event) => [drawn.shuffle.next().value, event] as const);
          const arrivals = order.sort(([a], [b]) => a - b).map(([, event]) => event);
          const now = start + drawn.nowDay * DAY_MS;
          const config = createStarHall(zone);
          const span = { from: `${drawn.month}-01`, to: lastDayOf(drawn.month), now };
          const tallies = await foldFully({ zone, config, arrivals, now, questions: [span] }, drawn.plan, (board) =>
            board.tallyStars(span, config),
          );
          const left = new Set<string>(drawn.left);
          for (const kind of STAR_KINDS) {
            const expected = oracleStars(kind, events, {
              ...{ month: drawn.month, now, offsetMinutes, left, ...drawn.rule },
              difficulty: new Map(ITEMS.flatMap((one) => ('difficulty' in one ? [[one.code, one.difficulty]] : []))),
              lineOfItem: new Map(ITEMS.map(({ code, line }) => [code, line])),
            });
            const found = rankCandidates(kind, tallies, drawn.rule, (id) => (left.has(id) ? 'left' : 'here'));
            const verdicts = found.map(({ id, score, rank, why, line }): [string, Verdict] => [
              id,
              JSON.parse(JSON.stringify({ line, score, rank, why })) as Verdict,
            ]);
            expect(Object.fromEntries(verdicts), kind).toEqual(Object.fromEntries(expected));
            const ranks = found.flatMap(({ rank }) => rank ?? []);
            expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
            if (new Set(ranks).size < ranks.length) seen.tied++;
            for (const { why } of found) seen[(why ?? 'ranked') as keyof typeof seen]++;
          }
        }),
        { numRuns: RUNS },
      );
      for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
    },
    timeoutMs,
  );
});
