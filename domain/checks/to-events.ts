/** What a checker says on the page, as events: answers to findings, follow-ups that are opened, and the check itself. */
import * as v from 'valibot';
import type { EventOf, HallEvent } from '../events/event.ts';
import {
  areaId,
  FINDING_ANSWERS,
  FINDING_KINDS,
  drawnIdSchema as drawnId,
  idSchema as id,
  type EventData,
  type FindingKind,
  type FollowupAbout,
} from '../events/schema.ts';
import { ratingOf } from './finding.ts';
import { CHECKS_SOURCE } from './source.ts';

export const NOTE_LIMIT = 300;
/** Fourteen stations with a handful of areas, and room. */
const MOST_CHECKS = 1_000;
const MOST_ANSWERS = 500;

const note = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(NOTE_LIMIT));
const answerSchema = v.pipe(
  v.strictObject({
    finding: v.picklist(FINDING_KINDS),
    thing: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(1_000))),
    count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))),
    answer: v.picklist(FINDING_ANSWERS),
    note: v.optional(note),
    /** Of one that somebody is to follow up: who, and by the end of which day. */
    owner: v.optional(id),
    dueOn: v.optional(v.pipe(v.string(), v.isoDate())),
  }),
  // "There is a reason" without the reason is none, and nobody can follow up what nobody said.
  v.forward(
    v.check(
      (said) => said.note !== undefined || (said.answer === 'in-order' && said.finding !== 'skipped'),
      'a reason',
    ),
    ['note'],
  ),
  v.forward(
    v.check(
      (said) => said.answer !== 'follow-up' || (said.owner !== undefined && said.dueOn !== undefined),
      'an owner',
    ),
    ['owner'],
  ),
);

export const checksSchema = v.strictObject({
  /** Drawn by the page, so that an answer which is lost can be asked for again. */
  id: drawnId,
  checks: v.pipe(
    v.array(
      v.strictObject({
        station: id,
        area: areaId,
        answers: v.pipe(v.array(answerSchema), v.maxLength(MOST_ANSWERS)),
        /** The area itself is left to be checked: what was skipped is explained of many at once. */
        only: v.optional(v.literal('answers')),
      }),
    ),
    v.minLength(1),
    v.maxLength(MOST_CHECKS),
  ),
});
export type Checks = v.InferOutput<typeof checksSchema>;
export type Check = Checks['checks'][number];
export type CheckAnswer = Check['answers'][number];

/** What a follow-up of a finding is about. */
const ABOUT: Readonly<Record<FindingKind, FollowupAbout>> = {
  overdue: 'overdue',
  'due-soon': 'overdue',
  'papers-due': 'deferred',
  'licence-missing': 'licence',
  unrated: 'check',
  'poor-rating': 'rating',
  'complaint-open': 'check',
  skipped: 'check',
  seen: 'check',
};

/**
 * @param name what the events' ids begin with: the same again makes the same events
 * @param hadIssue whether something was to be followed up in this area earlier that day
 * @param now the hall's clock, epoch ms
 */
export function toCheckEvents(
  { station, area, answers, only }: Check,
  { name, by, day, hadIssue, aboutOf, now, endOf }: CheckContext,
): HallEvent[] {
  const events = answers.flatMap((said, i): HallEvent[] => {
    const { finding, thing, count, answer, owner, dueOn } = said;
    const followup = `check-${name}-${i}`;
    const isFollowed = answer === 'follow-up';
    const about = thing === undefined ? {} : aboutThing(finding, thing, aboutOf(finding, thing));
    const opened: EventOf<'hall.followup.opened'> = {
      ...{ source: CHECKS_SOURCE, id: `${name}-${i}-opened`, type: 'hall.followup.opened', at: now },
      data: {
        ...{ followup, about: ABOUT[finding], station, area, ...about, note: said.note!, owner: owner! },
        dueBy: new Date(endOf(dueOn ?? day)).toISOString(),
      },
    };
    const answered: EventOf<'hall.check.answered'> = {
      ...{ source: CHECKS_SOURCE, id: `${name}-${i}`, type: 'hall.check.answered', at: now },
      data: {
        ...{ station, area, finding, answer },
        day: finding === 'skipped' && thing !== undefined ? thing : day,
        ...(thing === undefined ? {} : { thing }),
        ...(count === undefined || thing !== undefined ? {} : { count }),
        ...(said.note === undefined ? {} : { note: said.note }),
        ...(isFollowed ? { followup } : {}),
      },
    };
    return isFollowed ? [opened, answered] : [answered];
  });
  if (only === 'answers') return events;
  const isIssue = hadIssue || answers.some(({ answer }) => answer === 'follow-up');
  const done: EventOf<'hall.check.done'> = {
    ...{ source: CHECKS_SOURCE, id: `${name}-done`, type: 'hall.check.done', at: now },
    data: { station, area, result: isIssue ? 'issue' : 'ok', by },
  };
  return [...events, done];
}

function aboutThing(
  finding: FindingKind,
  thing: string,
  about: string | undefined,
): Pick<EventData['hall.followup.opened'], 'case' | 'rating' | 'staff'> {
  if (thing.startsWith('case:')) return { case: thing.slice('case:'.length) };
  return {
    ...(finding === 'poor-rating' ? { rating: ratingOf(thing) } : {}),
    ...(about === undefined ? {} : { staff: about }),
  };
}

export interface CheckContext {
  readonly name: string;
  readonly by: string;
  /** The hall's day. */
  readonly day: string;
  readonly hadIssue: boolean;
  /** Whom a finding is about that is whoever's: `by` where they are among several. */
  readonly aboutOf: (finding: FindingKind, thing: string) => string | undefined;
  readonly now: number;
  /** The moment until which a day lasts for a deadline, epoch ms. */
  readonly endOf: (day: string) => number;
}
