/** A planned case as events, from its acceptance to the last that is heard of it. */
import type { HallEvent } from '../../domain/events/event.ts';
import type { CasePlan } from './case-plan.ts';
import { headOf, type DemoHall } from './demo-hall.ts';
import { demoEvent } from './demo-event.ts';
import { writeFollowup } from './followup-events.ts';
import { toMoment } from './moment-text.ts';
import type { Random } from './random.ts';
import { writePoorRating, writeRating } from './rating-events.ts';

/** Where and when a case was accepted. `doneAt` is the end of the conversation: what is done on the spot ends there. */
export interface Acceptance {
  readonly at: number;
  readonly doneAt: number;
  readonly window?: string | undefined;
  readonly staff?: string | undefined;
  readonly ticket?: string | undefined;
  readonly appointment?: string | undefined;
  /** The person at the window is not content. */
  readonly poor?: 1 | 2 | undefined;
}

const MISSING_PAPERS = [
  '户口簿复印件',
  '居住证明',
  '本人银行账户复印件',
  '加盖公章的申请表',
  '近期免冠照片',
  '结婚证复印件',
  '房屋租赁合同复印件',
];
const PAUSE_REASONS = ['补正材料', '补正材料', '特别程序:信息核查'];

/** @returns the case's events, all at whole seconds and in working hours, the default ratings too */
export function writeCase(hall: DemoHall, random: Random, plan: CasePlan, accepted: Acceptance): HallEvent[] {
  const { work } = hall;
  const { id, station, item } = plan;
  const events: HallEvent[] = [];
  const write = (event: HallEvent): number => events.push(event);
  const closes = work.closesMinute;
  const supplyBy = plan.deferred ? work.at(work.shift(plan.day, item.deferrable?.days ?? 5), closes) : undefined;
  const promisedBy = plan.promisedDay ? work.at(plan.promisedDay, closes) : undefined;
  write(
    demoEvent('hall.case.accepted', `${id}/accepted`, accepted.at, id, {
      case: id,
      station,
      channel: plan.channel,
      item: item.code,
      line: item.line,
      ...(accepted.window && { window: accepted.window }),
      ...(accepted.staff && { staff: accepted.staff }),
      ...(accepted.ticket && { ticket: accepted.ticket }),
      handling: plan.promisedDay ? 'promised' : 'instant',
      ...(promisedBy && { promisedBy: toMoment(promisedBy) }),
      ...(supplyBy && { deferredDocuments: [random.pick(MISSING_PAPERS)], supplyBy: toMoment(supplyBy) }),
      ...(accepted.appointment && { appointment: accepted.appointment }),
      ...(plan.green && { green: true }),
      applicant: plan.legalPerson ? 'legal-person' : 'individual',
    }),
  );

  if (plan.pause) {
    const pausedAt = inOffice(hall, random, plan.pause.from, accepted.doneAt);
    const reason = random.pick(PAUSE_REASONS);
    const resumedAt = inOffice(hall, random, plan.pause.to, pausedAt);
    write(demoEvent('hall.case.paused', `${id}/paused`, pausedAt, id, { case: id, reason }));
    write(demoEvent('hall.case.resumed', `${id}/resumed`, resumedAt, id, { case: id, reason }));
  }
  if (plan.deferred) {
    const day = work.shift(plan.finishDay, -1);
    const at = inOffice(hall, random, day > plan.day ? day : work.shift(plan.day, 1), accepted.doneAt);
    write(demoEvent('hall.case.supplemented', `${id}/supplemented`, at, id, { case: id }));
    if (random.chance(0.25)) {
      events.push(
        ...writeFollowup(hall, {
          id: `f-${id}-deferred`,
          about: 'deferred',
          station,
          case: id,
          openedAt: work.at(work.dayOf(at), work.opensMinute + 6),
          dueBy: supplyBy!,
          closedAt: at + 60_000,
          result: 'called-back',
        }),
      );
    }
  }

  const finishedAt = plan.finishDay === plan.day ? accepted.doneAt : finishTime(hall, random, plan, events);
  const onTheSpot = finishedAt === accepted.doneAt;
  write(
    demoEvent('hall.case.finished', `${id}/finished`, finishedAt, id, {
      case: id,
      outcome: plan.outcome,
      ...(onTheSpot && accepted.window && { window: accepted.window }),
      ...(accepted.staff && { staff: accepted.staff }),
    }),
  );
  if (promisedBy && plan.finishDay > plan.promisedDay!) {
    const opened = work.shift(plan.promisedDay!, 1);
    events.push(
      ...writeFollowup(hall, {
        id: `f-${id}-overdue`,
        about: 'overdue',
        station,
        case: id,
        openedAt: work.at(opened, work.opensMinute + 4 + random.next() * 4),
        dueBy: work.at(work.shift(opened, 1), closes),
        closedAt: Math.max(finishedAt, work.at(opened, work.opensMinute + 20)) + 240_000,
        result: 'rectified',
      }),
    );
  }
  if (isWatched(hall, plan)) {
    const { promisedDay } = plan;
    events.push(
      ...writeFollowup(hall, {
        id: `f-${id}-due`,
        about: 'overdue',
        station,
        case: id,
        openedAt: work.at(promisedDay!, work.opensMinute + 5 + random.next() * 4),
        dueBy: promisedBy!,
        closedAt: finishedAt + 240_000,
        result: 'explained',
      }),
    );
  }
  const rated = {
    case: id,
    station,
    ...(accepted.window && { window: accepted.window }),
    ...(accepted.staff && { staff: accepted.staff }),
  };
  if (accepted.poor) events.push(...writePoorRating(hall, random, id, rated, finishedAt, accepted.poor));
  else events.push(writeRating(hall, random, plan, rated, finishedAt, onTheSpot && plan.channel === 'window'));
  if (plan.outcome === 'approved' && item.yieldsLicence) events.push(...writeLicence(hall, random, plan, finishedAt));
  return events;
}

/** In the living demo the morning begins with a look at what lapses today and is not done. */
function isWatched({ params }: DemoHall, plan: CasePlan): boolean {
  if (plan.promisedDay === undefined || plan.finishDay !== plan.promisedDay || plan.day === plan.promisedDay)
    return false;
  return (
    plan.promisedDay > params.live.day ||
    (plan.promisedDay === params.live.day && plan.station === params.scene.lapsingStation)
  );
}

/** A finish in the office, after everything else of the case. */
function finishTime(hall: DemoHall, random: Random, plan: CasePlan, events: readonly HallEvent[]): number {
  const last = events.reduce(
    (latest, event) => (event.type.startsWith('hall.case') ? Math.max(latest, event.at) : latest),
    0,
  );
  return inOffice(hall, random, plan.finishDay, last, plan.promisedDay === hall.params.live.day ? 'afternoon' : 'any');
}

/** A moment of `day` in the office, later than `after`; the last half hour is left for what follows. */
export function inOffice(
  hall: DemoHall,
  random: Random,
  day: string,
  after: number,
  part: 'any' | 'afternoon' = 'any',
): number {
  const [first, second = first] = hall.work.sessions;
  const session = part === 'afternoon' || random.chance(0.5) ? second! : first!;
  const at = hall.work.at(day, session[0] + 18 + random.next() * (session[1] - session[0] - 75));
  if (at > after) return at;
  const latest = hall.work.at(day, second![1] - 40);
  const soon = Math.floor((after + 60_000 + random.next() * Math.max(0, latest - after - 60_000)) / 1_000) * 1_000;
  const isBreak = soon > hall.work.at(day, first![1] - 5) && soon < hall.work.at(day, second![0]);
  return isBreak ? hall.work.at(day, second![0] + 2 + random.next() * 20) : soon;
}

function writeLicence(hall: DemoHall, random: Random, plan: CasePlan, finishedAt: number): HallEvent[] {
  const { work } = hall;
  const uploaded = (at: number): HallEvent =>
    demoEvent('hall.licence.uploaded', `${plan.id}/licence`, at, plan.id, { case: plan.id });
  if (plan.licence === 'same-day') return [uploaded(finishedAt + random.integer(15, 65) * 1_000)];
  const finishDay = work.dayOf(finishedAt);
  const nextDay = work.shift(finishDay, 1);
  if (plan.licence === 'next-day') return [uploaded(inOffice(hall, random, nextDay, finishedAt))];
  // Found in the morning's check; `missing` stays open for long.
  const opened = work.shift(finishDay, plan.licence === 'late' ? 1 : 2);
  const found = hall.params.live.day;
  const isScene =
    plan.station === hall.params.scene.licenceStation && opened > work.shift(found, -4) && opened <= found;
  const openDay = isScene && plan.licence === 'missing' ? found : opened;
  const dueBy = work.at(work.shift(openDay, 1), work.opensMinute + 100);
  const closedAt = inOffice(hall, random, plan.licence === 'late' ? openDay : work.shift(openDay, isScene ? 1 : 8), 0);
  const followup = writeFollowup(hall, {
    id: `f-${plan.id}-licence`,
    about: 'licence',
    station: plan.station,
    case: plan.id,
    owner: headOf(hall, plan.station),
    openedAt: work.at(openDay, work.opensMinute + 12 + random.next() * 6),
    dueBy,
    closedAt: closedAt + 120_000,
    result: 'rectified',
  });
  return [uploaded(closedAt), ...followup];
}
