/** Threads: a few steps of one thing that nothing else names, in any order, some at one moment, some voided before they come. */
import fc from 'fast-check';
import type { HallEvent } from '../../domain/events/event.ts';
import type { EventType } from '../../domain/events/schema.ts';
import { dataOf, momentsOf, MINUTE, pick, source, spell, type Window } from './arbitraries.ts';
import { spoiling, type Spoil } from './spoil.ts';

/** An event and its place (0 to 1) among all that arrive. */
export type Placed = readonly [place: number, event: HallEvent];

/** What may happen to one thing, and what it is called in the data; what stands here twice is likelier. */
const KINDS: readonly (readonly [noun: string, steps: readonly EventType[]])[] = [
  ['case', ['hall.case.accepted', 'hall.case.accepted', 'hall.case.finished', 'hall.licence.uploaded']],
  ['case', ['hall.case.accepted', 'hall.case.accepted', 'hall.case.paused', 'hall.case.resumed', 'hall.case.finished']],
  ['case', ['hall.case.accepted', 'hall.case.accepted', 'hall.rating.given', 'hall.case.finished']],
  ['case', ['hall.case.accepted', 'hall.case.accepted', 'hall.case.supplemented', 'hall.case.supplemented']],
  ['ticket', ['hall.ticket.taken', 'hall.ticket.taken', 'hall.ticket.called', 'hall.ticket.served']],
  ['ticket', ['hall.ticket.taken', 'hall.ticket.recalled', 'hall.ticket.passed', 'hall.ticket.left']],
  ['ticket', ['hall.ticket.taken', 'hall.ticket.taken', 'hall.ticket.passed', 'hall.ticket.recalled']],
  ['ticket', ['hall.ticket.taken', 'hall.case.accepted', 'hall.rating.given', 'hall.case.finished']],
  ['suggestion', ['hall.suggestion.received', 'hall.suggestion.released', 'hall.suggestion.answered']],
  [
    'suggestion',
    [
      ...(['hall.suggestion.received', 'hall.suggestion.released', 'hall.suggestion.assigned'] as const),
      ...(['hall.suggestion.answered', 'hall.suggestion.declined'] as const),
    ],
  ],
  ['window', ['hall.window.changed']],
  ['window', ['hall.window.changed']],
  ['terminal', ['hall.terminal.changed']],
  ['followup', ['hall.followup.opened', 'hall.followup.assigned', 'hall.followup.noted', 'hall.followup.closed']],
  ['appointment', ['hall.appointment.booked', 'hall.appointment.kept', 'hall.appointment.missed']],
  ['station', ['hall.feed.changed']],
  ['request', ['hall.request.received', 'hall.request.answered', 'hall.request.declined']],
  ['complaint', ['hall.complaint.received', 'hall.complaint.answered', 'hall.complaint.declined']],
  ['alarm', ['hall.alarm.raised', 'hall.alarm.taken', 'hall.alarm.ended']],
];

const place = fc.integer({ min: 0, max: 99 }).map((percent) => percent / 100);
/** From the thread's own moment: many at that very one. */
const offset = pick([0, 0, 0, 1, -1, MINUTE, -MINUTE, 40 * MINUTE, 24 * 60 * MINUTE, -24 * 60 * MINUTE]);

interface Step {
  readonly type: EventType;
  readonly data: object;
  readonly by: number;
  readonly from: string;
  readonly place: number;
  /** Where a void of it arrives, if one does. */
  readonly voided: number | undefined;
  /** Whose void it is, and whether it says that nothing was corrected. */
  readonly voidedBy: string;
  readonly undo: boolean | null | undefined;
  /** Whether a promise in it, and what papers are due, fall into the thread's own moments. */
  readonly promised: number | undefined;
  readonly spoil: Spoil;
}

function stepsOf(window: Window): fc.Arbitrary<readonly [noun: string, steps: readonly Step[]]> {
  const data = dataOf(window);
  const stepOf = (type: EventType): fc.Arbitrary<Step> =>
    fc.record({
      type: fc.constant(type),
      data: data[type] as fc.Arbitrary<object>,
      by: offset,
      from: source,
      place,
      voided: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, place),
      voidedBy: source,
      undo: pick([true, true, false, null, undefined]),
      promised: fc.option(offset, { freq: 2, nil: undefined }),
      spoil: spoiling,
    });
  return fc.oneof(
    ...KINDS.map(([noun, types]) =>
      fc.tuple(
        fc.constant(noun),
        fc.array(fc.oneof(...types.map(stepOf)), { minLength: 2, maxLength: 5, size: 'max' }),
      ),
    ),
  );
}

/** Of each thing some steps and their voids, all with ids of their own. */
export function threadsOf(window: Window, most: number): fc.Arbitrary<readonly Placed[]> {
  const thread = fc.tuple(stepsOf(window), momentsOf(window), pick([1, 1, 0]));
  return fc.array(thread, { maxLength: most, size: 'max' }).map((threads) =>
    threads.flatMap(([[noun, steps], base, spread], n) =>
      steps.flatMap((step, i): Placed[] => {
        const at = base + step.by * spread;
        const named = { ...step.data, [noun]: `x${n}`, ...promiseOf(step, base) };
        const id = `x${n}.${i}`;
        const event = step.spoil({ source: step.from, id, type: step.type, at, data: named } as HallEvent);
        if (step.voided === undefined) return [[step.place, event]];
        const target = { source: step.from, id, undo: step.undo };
        const taken = { source: step.voidedBy, id: `v${n}.${i}`, type: 'hall.event.voided', at, data: target } as const;
        return [
          [step.place, event],
          [step.voided, taken],
        ];
      }),
    ),
  );
}

function promiseOf({ type, promised }: Step, base: number): { promisedBy?: string; supplyBy?: string } {
  if (type !== 'hall.case.accepted' || promised === undefined) return {};
  return { promisedBy: spell(base + promised, 3), supplyBy: spell(base + promised, 1) };
}

/** Cases that are accepted and go on: what stays open over all the months of a window. */
export function casesOf(window: Window, most: number): fc.Arbitrary<readonly Placed[]> {
  const one = fc.tuple(place, source, momentsOf(window), dataOf(window)['hall.case.accepted']);
  return fc.array(one, { maxLength: most, size: 'max' }).map((cases) =>
    cases.map(([at, from, when, data], n): Placed => {
      const id = `y${n}`;
      return [at, { source: from, id, type: 'hall.case.accepted', at: when, data: { ...data, case: id } }];
    }),
  );
}
