/** A matter that somebody has to follow up, from its opening to its close. */
import type { HallEvent } from '../../domain/events/event.ts';
import type { FollowupAbout, FollowupResult } from '../../domain/events/schema.ts';
import { toMoment } from './moment-text.ts';
import { headOf, type DemoHall } from './demo-hall.ts';
import { demoEvent } from './demo-event.ts';

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
}

/** Opened, assigned two minutes later, noted now and then, closed. */
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
  return events;
}
