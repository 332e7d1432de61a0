/** A matter that somebody has to follow up, from its opening to its close, with what is said on the way. */
import type { EventOf, HallEvent } from '../../domain/events/event.ts';
import type { FollowupAbout, FollowupResult } from '../../domain/events/schema.ts';
import { toMoment } from './moment-text.ts';
import { headOf, type DemoHall } from './demo-hall.ts';
import { demoEvent } from './demo-event.ts';
import type { Random } from './random.ts';

export interface FollowupPlan {
  readonly id: string;
  readonly about: FollowupAbout;
  readonly station: string;
  readonly case?: string | undefined;
  /** The head of the station where absent. */
  readonly owner?: string | undefined;
  readonly openedAt: number;
  readonly dueBy: number;
  readonly closedAt: number;
  readonly result: FollowupResult;
  readonly note?: string | undefined;
  /** Of one about a check: its area, and what is to be done. */
  readonly area?: string | undefined;
  readonly asks?: string | undefined;
}

const MINUTE_MS = 60_000;
/** What is done without a pause needs no words on the way, ms. */
const SHORT_MS = 90 * MINUTE_MS;
/** Working days behind its term after which a lamp is red. */
const RED_DAYS = 3;
const DONE: Partial<Record<FollowupAbout, readonly string[]>> = {
  check: ['已整改，现场复核过', '已补齐并登记'],
  overdue: ['已办结，晚办的原因已说明', '已催办结'],
  licence: ['已补传，与系统核对一致'],
  deferred: ['材料已收齐，办件继续'],
};
const BACK = ['请补充现场照片或登记号', '请写清楚是怎么跟群众说明的', '还差一件，请一并办完'];
const WHY_LONGER = ['等外单位回函', '设备厂家明天上门', '当事人约在次日到场'];

/** Opened, assigned two minutes later, noted now and then, submitted, closed; some sent back, reminded, or given more time. */
export function writeFollowup(hall: DemoHall, plan: FollowupPlan): HallEvent[] {
  const owner = plan.owner ?? headOf(hall, plan.station);
  const { id } = plan;
  const closedAt = Math.max(plan.closedAt, plan.openedAt + 300_000);
  const events = [
    demoEvent('hall.followup.opened', `${id}/opened`, plan.openedAt, id, {
      followup: id,
      about: plan.about,
      ...(plan.case && { case: plan.case }),
      station: plan.station,
      ...(plan.area && { area: plan.area }),
      ...(plan.asks && { note: plan.asks }),
      ...(owner && { owner }),
      dueBy: toMoment(plan.dueBy),
    }),
    demoEvent('hall.followup.assigned', `${id}/assigned`, plan.openedAt + 120_000, id, {
      followup: id,
      ...(owner && { owner }),
    }),
    demoEvent('hall.followup.closed', `${id}/closed`, closedAt, id, { followup: id, result: plan.result }),
  ];
  if (plan.note) {
    const at = Math.round((plan.openedAt + closedAt) / 2_000) * 1_000;
    events.push(demoEvent('hall.followup.noted', `${id}/noted`, at, id, { followup: id, note: plan.note }));
  }
  // Drawn by itself, so that nothing else of the year depends on it.
  return [...events, ...writeWay(hall, plan, closedAt, hall.random('followup', id))];
}

/** What is said between the opening and the close, all of it in office hours. */
function writeWay(hall: DemoHall, plan: FollowupPlan, closedAt: number, random: Random): HallEvent[] {
  const { id, openedAt, result } = plan;
  const spanMs = closedAt - openedAt;
  const toOffice = (at: number): number => Math.min(inOffice(hall, at), closedAt);
  const along = (share: number): number => toOffice(openedAt + spanMs * share);
  const submit = (key: string, at: number): HallEvent =>
    demoEvent('hall.followup.submitted', `${id}/${key}`, at, id, {
      ...{ followup: id, result },
      ...(DONE[plan.about] ? { note: random.pick(DONE[plan.about]!) } : {}),
    });
  const lead = Math.min(spanMs * 0.3, random.integer(6, 35) * MINUTE_MS);
  const events = [submit('submitted', toOffice(closedAt - lead)), ...writeLamps(hall, plan, closedAt, random)];
  const draw = random.next();
  // What the first morning tells is arranged.
  const isScene = plan.about === 'rating' && hall.work.dayOf(openedAt) === hall.params.live.day;
  if (spanMs < SHORT_MS || isScene) return events;
  if (draw < 0.12) {
    const note = random.pick(BACK);
    events.push(
      submit('submitted-first', along(0.4)),
      demoEvent('hall.followup.returned', `${id}/returned`, along(0.5), id, { followup: id, note }),
    );
  } else if (draw < 0.26) {
    events.push(demoEvent('hall.followup.reminded', `${id}/reminded`, along(0.5), id, { followup: id }));
  } else if (draw < 0.38 && along(0.4) < plan.dueBy) {
    const day = hall.work.shift(hall.work.dayOf(plan.dueBy), 1);
    const until = toMoment(hall.work.at(day, hall.work.closesMinute));
    const granted = random.chance(0.7);
    events.push(
      demoEvent('hall.followup.extension-asked', `${id}/asked`, along(0.4), id, {
        ...{ followup: id, until, note: random.pick(WHY_LONGER) },
      }),
      demoEvent('hall.followup.extension-decided', `${id}/decided`, along(0.45), id, {
        ...{ followup: id, granted },
        ...(granted ? {} : { note: '按原期限办，人手不够请说' }),
      }),
    );
  }
  return events;
}

/** Of what is late: its lamps, and the cause that its owner gives before they count. */
function writeLamps(hall: DemoHall, plan: FollowupPlan, closedAt: number, random: Random): HallEvent[] {
  const { work } = hall;
  const { id, dueBy } = plan;
  const term = toMoment(dueBy);
  const lit = (lamp: 'yellow' | 'red', at: number): EventOf<'hall.followup.lit'>[] =>
    at >= closedAt
      ? []
      : [
          demoEvent('hall.followup.lit', `${id}/lit-${lamp}`, at, id, {
            ...{ followup: id, lamp, term },
          }) as EventOf<'hall.followup.lit'>,
        ];
  const red = work.at(work.shift(work.dayOf(dueBy), RED_DAYS + 1), work.opensMinute + 1);
  return [...lit('yellow', inOffice(hall, dueBy + MINUTE_MS)), ...lit('red', red)].flatMap((event): HallEvent[] => {
    const { lamp } = event.data;
    const givenAt = inOffice(hall, event.at + random.integer(20, 55) * MINUTE_MS);
    const decidedAt = inOffice(hall, givenAt + random.integer(10, 40) * MINUTE_MS);
    if (decidedAt >= closedAt) return [event];
    const cause = random.pick(['late-entry', 'unreachable', 'waits-for-others', 'overlooked'] as const);
    return [
      event,
      demoEvent('hall.followup.cause-given', `${id}/cause-${lamp}`, givenAt, id, { followup: id, lamp, cause }),
      demoEvent('hall.followup.cause-decided', `${id}/settled-${lamp}`, decidedAt, id, {
        ...{ followup: id, lamp, counts: cause === 'overlooked' },
      }),
    ];
  });
}

/** The moment itself, or the next at which somebody works. */
function inOffice({ work }: DemoHall, at: number): number {
  const day = work.dayOf(at);
  const minute = (at - work.at(day, 0)) / MINUTE_MS;
  const session = work.isWorking(day) ? work.sessions.find(([, to]) => minute < to) : undefined;
  if (session === undefined) return work.at(work.shift(day, 1), work.opensMinute + 2);
  return minute >= session[0] ? Math.round(at / 1_000) * 1_000 : work.at(day, session[0] + 1);
}
