/** Who may do what about a follow-up (spec U7 to U9): its owner, whoever opened it, the lead of its station, the manager; nobody decides about themselves. */
import { DAY_MS } from '../calendar/zone.ts';
import type { FollowupFacts } from '../board/parts/followup.ts';
import type { LitLamp } from '../board/entries.ts';
import type { Lamp } from '../events/schema.ts';
import type { DeedType, FollowupDeed } from './deeds.ts';

const MOST_MS = 366 * DAY_MS;

/** Who somebody is to a follow-up, whatever its state. */
export interface Standing {
  readonly staff: string;
  /** All follow-ups are theirs to decide where nobody else may. */
  readonly isManager: boolean;
  /** They lead its station. */
  readonly isLead: boolean;
  /** They read all follow-ups of the hall. */
  readonly readsAll: boolean;
}

export interface Matter {
  readonly facts: FollowupFacts;
  /** The staff id of whoever opened it; absent where the hall itself or another system did. */
  readonly openedBy?: string;
  /** Whom it is about: whoever served; absent where nobody can tell. */
  readonly rated?: ReadonlySet<string>;
  /** Epoch ms; absent where there is none. */
  readonly due?: number;
}

export type DeedRefusal =
  | 'unknown-followup'
  | 'not-allowed'
  /** Somebody decides about themselves. */
  | 'own'
  | 'closed'
  /** It is submitted already, or is not yet. */
  | 'submitted'
  | 'not-submitted'
  /** The deadline has passed, or there is none. */
  | 'late'
  | 'no-term'
  /** An extension is asked for already; none is. */
  | 'asked'
  | 'not-asked'
  /** It ends no later than the deadline. */
  | 'too-early'
  /** It ends more than a year from now. */
  | 'too-far'
  /** No such lamp stands, none that waits for a cause, or none whose cause waits for a decision. */
  | 'no-lamp'
  /** Its results are others; or nobody has found that it is misrated. */
  | 'result'
  | 'not-reviewed'
  | 'unknown-owner';

/** Whether somebody sees a follow-up at all. An instruction is between whoever gave it, its owner and the manager. */
export function maySee({ facts, openedBy }: Matter, who: Standing): boolean {
  if (who.isManager || facts.owner === who.staff || openedBy === who.staff) return true;
  return facts.about !== 'instruction' && (who.isLead || who.readsAll);
}

/** Why somebody may not do a kind of deed, whatever it says; `undefined` where they may. */
export function findBar(matter: Matter, who: Standing, type: DeedType): DeedRefusal | undefined {
  const { facts, openedBy, rated } = matter;
  if (!maySee(matter, who)) return 'unknown-followup';
  if (facts.closed) return 'closed';
  const isOwner = facts.owner === who.staff;
  const isOpener = openedBy === who.staff;
  const isRated = rated?.has(who.staff) ?? false;
  const isLead = who.isLead && facts.about !== 'instruction';
  /** What nobody of the hall opened is also for the lead of its station. */
  const decides = isOpener || who.isManager || (openedBy === undefined && isLead);
  switch (type) {
    case 'note':
      return isOwner || decides ? undefined : 'not-allowed';
    case 'submit':
    case 'ask':
      return isOwner ? undefined : 'not-allowed';
    case 'cause':
      // What was lit on somebody's watch stays theirs.
      return isOwner || facts.lamps?.some(({ owner }) => owner === who.staff) ? undefined : 'not-allowed';
    case 'remind':
      if (isOwner) return 'own';
      return decides || isLead ? undefined : 'not-allowed';
    case 'assign':
      return decides || isLead ? undefined : 'not-allowed';
    case 'return':
    case 'close':
    case 'extend':
    case 'settle':
      if (isOwner || isRated) return 'own';
      return decides ? undefined : 'not-allowed';
    case 'review':
      if (facts.about !== 'rating') return 'result';
      if (isRated || facts.owners.includes(who.staff)) return 'own';
      // Of one that nobody can tell whom it is about: for whoever is of no station.
      if (rated === undefined) return who.isManager ? undefined : 'not-allowed';
      return decides ? undefined : 'not-allowed';
  }
}

export interface Circumstances {
  readonly now: number;
  /** The moment until which a day lasts for a deadline. */
  readonly endOf: (day: string) => number;
  /** The lamp of this colour at the deadline as it is; of one that counts nothing there is none. */
  readonly lampOf: (lamp: Lamp) => LitLamp | undefined;
  readonly isOwner: (staff: string) => boolean;
}

/** Why a deed is refused; `undefined` where it may be done. */
export function findRefusal(
  matter: Matter,
  who: Standing,
  deed: FollowupDeed,
  { now, endOf, lampOf, isOwner }: Circumstances,
): DeedRefusal | undefined {
  const bar = findBar(matter, who, deed.type);
  if (bar) return bar;
  const { facts, due } = matter;
  switch (deed.type) {
    case 'note':
    case 'remind':
    case 'review':
      return undefined;
    case 'submit':
      if (facts.submitted) return 'submitted';
      return fits(facts, deed.result) ? undefined : 'result';
    case 'return':
      return facts.submitted ? undefined : 'not-submitted';
    case 'close':
      if (!facts.submitted) return 'not-submitted';
      if (!fits(facts, deed.result)) return 'result';
      return deed.result === 'misrated' && !facts.misrated ? 'not-reviewed' : undefined;
    case 'ask':
      if (facts.submitted) return 'submitted';
      if (facts.asked) return 'asked';
      if (due === undefined) return 'no-term';
      if (now > due) return 'late';
      return findFlaw(endOf(deed.until), due, now);
    case 'extend':
      if (!facts.asked) return 'not-asked';
      return deed.until === undefined ? undefined : findFlaw(endOf(deed.until), due ?? -Infinity, now);
    case 'cause': {
      const lamp = lampOf(deed.lamp);
      if (!lamp || lamp.causeAt !== undefined || lamp.counts !== undefined) return 'no-lamp';
      return (lamp.owner ?? facts.owner) === who.staff ? undefined : 'not-allowed';
    }
    case 'settle': {
      const lamp = lampOf(deed.lamp);
      if (lamp?.causeAt === undefined || lamp.counts !== undefined) return 'no-lamp';
      return lamp.owner === who.staff ? 'own' : undefined;
    }
    case 'assign':
      return isOwner(deed.owner) ? undefined : 'unknown-owner';
  }
}

function findFlaw(until: number, due: number, now: number): DeedRefusal | undefined {
  if (until <= due) return 'too-early';
  return until > now + MOST_MS ? 'too-far' : undefined;
}

/** How what is no rating ends: nobody is called back about it, and nobody rated. */
function fits({ about }: FollowupFacts, result: string): boolean {
  return about === 'rating' || result === 'rectified' || result === 'explained';
}
