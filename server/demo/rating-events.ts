/** What people say of the service, what the system fills in for them, and what follows from a poor word. */
import type { HallEvent } from '../../domain/events/event.ts';
import type { CasePlan } from './case-plan.ts';
import type { DemoHall } from './demo-hall.ts';
import { demoEvent } from './demo-event.ts';
import { writeFollowup } from './followup-events.ts';
import type { Random } from './random.ts';
import { toMinute } from './work-time.ts';

export interface RatedBy {
  readonly case?: string;
  readonly ticket?: string;
  readonly station: string;
  readonly window?: string;
  readonly staff?: string;
}

/** After how many working days the system fills in 满意 for whoever said nothing. */
const DEFAULT_AFTER_DAYS = 5;
const DEFAULT_SCORE = 4;
const POOR_TAGS = ['等待时间长', '材料要求未一次讲清', '解答不够耐心', '往返次数多'];
const GOOD_TAGS = ['态度热情', '办事高效', '指引清楚', '一次办好'];

/** 3, 4 or 5, mostly 5. */
export function drawScore(hall: DemoHall, random: Random): 3 | 4 | 5 {
  const draw = random.next();
  const { three, four } = hall.params.shares;
  return draw < three ? 3 : draw < three + four ? 4 : 5;
}

/**
 * The rating of a finished case: pressed at the window, sent from a telephone, or filled in by default some days
 * later. Cases finished in the reference year are all rated by its end.
 */
export function writeRating(
  hall: DemoHall,
  random: Random,
  plan: CasePlan,
  rated: RatedBy,
  finishedAt: number,
  atWindow: boolean,
): HallEvent {
  const { work, params } = hall;
  const id = `${plan.id}/rating`;
  const defaultDay = work.shift(work.dayOf(finishedAt), DEFAULT_AFTER_DAYS);
  const isTooLate = plan.finishDay <= params.span.to && defaultDay > params.span.to;
  if (random.chance(params.shares.byDefault) && !isTooLate) {
    const at = work.at(defaultDay, work.opensMinute + 1 + random.next() * 20);
    return demoEvent('hall.rating.given', id, at, plan.id, {
      ...rated,
      score: DEFAULT_SCORE,
      medium: plan.channel === 'online' ? 'online' : 'sms',
      byDefault: true,
    });
  }
  const score = drawScore(hall, random);
  const tags = score === 5 && random.chance(0.12) ? { tags: [random.pick(GOOD_TAGS)] } : {};
  const medium = atWindow ? (random.chance(0.85) ? 'pad' : 'qr') : plan.channel === 'online' ? 'online' : 'sms';
  const delay = atWindow ? random.integer(8, 50) : random.integer(120, 1_200);
  return demoEvent('hall.rating.given', id, finishedAt + delay * 1_000, plan.id, { ...rated, score, medium, ...tags });
}

/**
 * A rating of 1 or 2 at the window: a follow-up is opened within minutes, the citizen is called back the same day,
 * and says a second word.
 */
export function writePoorRating(
  hall: DemoHall,
  random: Random,
  subject: string,
  rated: RatedBy,
  finishedAt: number,
  score: 1 | 2,
): HallEvent[] {
  const { work, params } = hall;
  const at = finishedAt + random.integer(8, 40) * 1_000;
  const day = work.dayOf(at);
  const openedAt = at + random.integer(240, 420) * 1_000;
  const morning = work.at(day, toMinute(params.scene.poorDueBy)) - 10_800_000 > at;
  const dueBy = morning
    ? work.at(day, toMinute(params.scene.poorDueBy))
    : work.at(work.shift(day, 1), work.opensMinute + 150);
  const closedAt = dueBy - random.integer(6, 16) * 60_000;
  return [
    demoEvent('hall.rating.given', `${subject}/rating`, at, subject, {
      ...rated,
      score,
      medium: 'pad',
      tags: [random.pick(POOR_TAGS)],
    }),
    ...writeFollowup(hall, {
      id: `f-${subject}-rating`,
      about: 'rating',
      station: rated.station,
      case: rated.case,
      owner: rated.station === hall.main ? params.scene.poorOwner : undefined,
      openedAt,
      dueBy,
      closedAt,
      result: 'rectified',
      note: '已电话回访，说明办理流程并致歉',
    }),
    demoEvent('hall.rating.given', `${subject}/rating-2`, closedAt - 90_000, subject, {
      ...rated,
      score: 4,
      medium: 'phone',
      round: 2,
    }),
  ];
}
