/** What stands of a title and what is planned, read off the ledger, with who said so. */
import { compareEvents, type EventOf } from '../../domain/events/event.ts';
import { planKey, starKey, type StarTitle } from '../../domain/events/filing.ts';
import { STARS_SOURCE } from '../../domain/stars/publish.ts';
import type { Ledger } from '../ledger/port.ts';

export interface Said<T extends 'hall.star.published' | 'hall.star.planned'> {
  readonly event: EventOf<T>;
  /** A member of staff. */
  readonly by?: string;
}

export interface Title {
  readonly standing?: Said<'hall.star.published'>;
  readonly planned?: Said<'hall.star.planned'>;
}

export async function readTitle(ledger: Pick<Ledger, 'lifeOf'>, title: StarTitle): Promise<Title> {
  const [stars, plans] = await Promise.all([ledger.lifeOf(starKey(title)), ledger.lifeOf(planKey(title))]);
  const living = (life: typeof stars) => (life?.events ?? []).filter(({ voided }) => !voided);
  const last = living(stars).at(-1);
  const plan = living(plans).at(-1);
  const byOf = (one: typeof last) => (one?.actor?.kind === 'staff' ? { by: one.actor.id } : {});
  const isOpen = plan !== undefined && (last === undefined || compareEvents(last.event, plan.event) < 0);
  return {
    ...(last?.event.type === 'hall.star.published' ? { standing: { event: last.event, ...byOf(last) } } : {}),
    ...(isOpen && plan.event.type === 'hall.star.planned' ? { planned: { event: plan.event, ...byOf(plan) } } : {}),
  };
}

/** What the page said of a title under an id that it drew, and asks for again. */
export async function findSaid(
  ledger: Pick<Ledger, 'lifeOf'>,
  title: StarTitle,
  id: string,
): Promise<EventOf<'hall.star.published'>['data'] | undefined> {
  for (const key of [starKey(title), planKey(title)]) {
    const life = await ledger.lifeOf(key);
    const said = life?.events.find(({ event }) => event.source === STARS_SOURCE && event.id === id)?.event;
    if (said && said.type.startsWith('hall.star.')) return said.data as EventOf<'hall.star.published'>['data'];
  }
  return undefined;
}
