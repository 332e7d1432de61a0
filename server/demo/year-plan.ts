/** Plans the cases of the reference year and settles its last days, so that the figures hold at its end. */
import { addDays } from '../../domain/calendar/zone.ts';
import { planCase, replan, type CasePlan, type CaseWish } from './case-plan.ts';
import type { DemoHall } from './demo-hall.ts';
import { createNumbering } from './demo-event.ts';
import { drawQuota, shareOutYear, type DayQuota } from './quota.ts';

/** What one day of the demo holds, without its clocks. */
export interface DayPlan {
  readonly quota: DayQuota;
  readonly cases: readonly CasePlan[];
}

export interface DemoPlan {
  /** The plan of a day; none on days off. Days may be asked for in any order. */
  planDay(day: string): DayPlan | undefined;
}

/** Pure: the same hall and seed give the same plan. Planning the year takes some tens of milliseconds. */
export function createDemoPlan(hall: DemoHall): DemoPlan {
  const { span } = hall.params;
  const year = new Map<string, DayPlan>();
  for (const [day, quota] of shareOutYear(hall)) year.set(day, { quota, cases: planCases(hall, quota) });
  settleEnd(hall, year);
  const later = new Map<string, DayPlan>();
  return {
    planDay(day) {
      if (day <= span.to) return year.get(day);
      if (!hall.work.isWorking(day)) return undefined;
      let plan = later.get(day);
      if (!plan) {
        const quota = drawQuota(hall, day);
        later.set(day, (plan = { quota, cases: planCases(hall, quota) }));
        if (later.size > 90) later.delete(later.keys().next().value!);
      }
      return plan;
    },
  };
}

function planCases(hall: DemoHall, quota: DayQuota): CasePlan[] {
  const random = hall.random('cases', quota.day);
  const number = createNumbering(quota.day);
  const { day } = quota;
  const wishes: CaseWish[] = [];
  const wish = (count: number, rest: Omit<CaseWish, 'day'>): void => {
    for (let i = 0; i < count; i++) wishes.push({ day, ...rest });
  };
  wish(quota.hallCases, { station: hall.main, channel: 'window' });
  wish(quota.medicalCases, { station: hall.main, channel: 'window', medical: true });
  for (const item of quota.deferred) wish(1, { station: hall.main, channel: 'window', deferredItem: item });
  wish(quota.homeVisits, { station: hall.main, channel: 'home-visit' });
  for (const [station, count] of quota.communityCases) wish(count, { station, channel: 'window' });
  for (const [station, count] of quota.onlineCases) wish(count, { station, channel: 'online' });
  return random.shuffle(wishes).map((entry) => planCase(hall, random, number('c'), entry));
}

/**
 * The end of the reference year as the parameters want it: one case overdue, two that lapse on the day on which the
 * living demo begins, the rest of the open ones with time left, and the medical approvals exact.
 */
function settleEnd(hall: DemoHall, year: ReadonlyMap<string, DayPlan>): void {
  const { work, params } = hall;
  const { figures, span, live, scene } = params;
  const random = hall.random('settle', span.to);
  const cases = [...year.values()].flatMap((plan) => plan.cases);
  const kept = new Set<CasePlan>();

  for (const plan of findLapsing(hall, cases, scene.lapsingStation).slice(0, 2)) {
    plan.finishDay = live.day;
    kept.add(plan);
  }
  const lastBefore = work.shift(span.to, -1);
  const overdue = cases.findLast((plan) => plan.promisedDay === lastBefore && !plan.pause && !kept.has(plan));
  if (overdue) {
    overdue.finishDay = work.shift(live.day, 1);
    kept.add(overdue);
  }
  const unsent = cases.findLast(
    (plan) => plan.station === scene.licenceStation && plan.day < lastBefore && !kept.has(plan),
  );
  const licenceItem = hall.config.catalogue.items.find((item) => item.yieldsLicence && item.kind === 'instant');
  if (unsent && licenceItem) {
    replan(hall, random, unsent, licenceItem);
    unsent.outcome = 'approved';
    unsent.licence = 'missing';
  }

  const isOpen = (plan: CasePlan): boolean => plan.finishDay > span.to;
  // Nothing else is overdue at the end, nor lapses on the first day of the living demo.
  for (const plan of cases) {
    if (kept.has(plan) || !isOpen(plan)) continue;
    if ((plan.promisedDay ?? '') <= live.day) finishBy(plan, span.to);
  }
  const open = cases.filter((plan) => isOpen(plan) && !kept.has(plan));
  let surplus = open.length + kept.size - figures.openAtEnd;
  for (const plan of random.shuffle(open)) {
    if (surplus <= 0) break;
    // What came in on the last day for a promise of days may stay; the others are brought to their end.
    if (plan.day === span.to) continue;
    finishBy(plan, span.to);
    surplus--;
  }
  for (let i = cases.length - 1; i >= 0 && surplus < 0; i--) {
    const plan = cases[i]!;
    if (isOpen(plan) || kept.has(plan) || plan.pause || (plan.promisedDay ?? '') <= live.day) continue;
    plan.finishDay = work.shift(live.day, random.integer(0, 2));
    if (plan.finishDay > plan.promisedDay!) plan.finishDay = plan.promisedDay!;
    surplus++;
  }
  if (surplus !== 0) throw new Error(`the demo year ends with ${surplus} open cases too many`);
  settleMedical(hall, cases);
}

function settleMedical(hall: DemoHall, cases: readonly CasePlan[]): void {
  const random = hall.random('medical', 'year');
  const finished = cases.filter(
    (plan) =>
      plan.station === hall.main && plan.item.line === hall.medicalLine && plan.finishDay <= hall.params.span.to,
  );
  const surplus = finished.length - hall.params.figures.medicalApproved;
  if (surplus < 0) throw new Error(`the demo year lacks ${-surplus} medical cases for its approvals`);
  random.shuffle(finished).forEach((plan, i) => {
    plan.outcome = i >= surplus ? 'approved' : i % 3 === 0 ? 'withdrawn' : 'not-accepted';
  });
}

/** Cases of a station made to lapse on the day on which the living demo begins, newest first. */
function findLapsing(hall: DemoHall, cases: readonly CasePlan[], station: string): CasePlan[] {
  const { live, span } = hall.params;
  const random = hall.random('lapsing', live.day);
  const found: CasePlan[] = [];
  const items = hall.config.catalogue.items.filter(
    (item) => item.kind === 'promised' && item.line !== hall.medicalLine && !item.instantApproval?.startsWith('b'),
  );
  for (let day = span.to; found.length < 2 && day > addDays(live.day, -30); day = addDays(day, -1)) {
    const item = items.find((entry) => hall.work.shift(day, entry.promisedDays ?? 0) === live.day);
    const plan =
      item && cases.find((entry) => entry.day === day && entry.station === station && entry.channel === 'window');
    if (!item || !plan) continue;
    replan(hall, random, plan, item);
    plan.pause = undefined;
    found.push(plan);
  }
  return found;
}

function finishBy(plan: CasePlan, day: string): void {
  plan.finishDay = day;
  if (plan.pause && plan.pause.to >= day) plan.pause = undefined;
  if (plan.day > day) throw new Error(`${plan.id} cannot be finished before it came`);
}
