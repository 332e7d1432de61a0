/** One case of the demo as it is planned: what it is and on which days things happen to it, before clocks come in. */
import type { Item } from '../../domain/profile/profile.ts';
import { isInForce } from '../../domain/profile/profile.ts';
import type { Outcome } from '../../domain/events/schema.ts';
import type { DemoHall } from './demo-hall.ts';
import type { Random } from './random.ts';

export type LicenceFate = 'same-day' | 'next-day' | 'late' | 'missing';

export interface CasePlan {
  id: string;
  readonly day: string;
  readonly station: string;
  readonly channel: 'window' | 'online' | 'home-visit';
  item: Item;
  /** Working days within which a promised case is to be finished. */
  promisedDay: string | undefined;
  /** The day of the finish; the day of acceptance for what is done on the spot. */
  finishDay: string;
  outcome: Outcome;
  readonly deferred: boolean;
  readonly green: boolean;
  readonly legalPerson: boolean;
  /** First and last day of a pause (补正). */
  pause: { from: string; to: string } | undefined;
  licence: LicenceFate;
}

export interface CaseWish {
  readonly day: string;
  readonly station: string;
  readonly channel: CasePlan['channel'];
  /** A case with a paper missing, of this item. */
  readonly deferredItem?: Item | undefined;
  readonly medical?: boolean;
}

const NOT_APPROVED: readonly Outcome[] = ['not-accepted', 'refused', 'withdrawn'];

/** Draws what a case is and how long it takes. A deferred case waits for its paper, so it is never done on the spot. */
export function planCase(hall: DemoHall, random: Random, id: string, wish: CaseWish): CasePlan {
  const { shares } = hall.params;
  const item = wish.deferredItem ?? drawItem(hall, random, wish);
  const green = wish.channel === 'window' && wish.station === 'hall' && random.chance(shares.green);
  const plan: CasePlan = {
    id,
    day: wish.day,
    station: wish.station,
    channel: wish.channel,
    item,
    promisedDay: undefined,
    finishDay: wish.day,
    outcome: random.chance(shares.notApproved) ? random.pick(NOT_APPROVED) : 'approved',
    deferred: wish.deferredItem !== undefined,
    green,
    legalPerson: !green && random.chance(item.line === 'labour' ? 0.4 : shares.legalPerson),
    pause: undefined,
    licence: drawLicence(hall, random),
  };
  if (item.kind === 'promised' || plan.deferred) planPromise(hall, random, plan);
  return plan;
}

/** Gives a case another item, and with it another promise. */
export function replan(hall: DemoHall, random: Random, plan: CasePlan, item: Item): void {
  plan.item = item;
  plan.promisedDay = undefined;
  plan.pause = undefined;
  plan.finishDay = plan.day;
  if (item.kind === 'promised' || plan.deferred) planPromise(hall, random, plan);
}

function planPromise(hall: DemoHall, random: Random, plan: CasePlan): void {
  const { work, params } = hall;
  const promised = Math.max(plan.item.promisedDays ?? 5, plan.deferred ? 4 : 2);
  plan.promisedDay = work.shift(plan.day, promised);
  const late = random.chance(params.shares.late) && !plan.deferred;
  const usual = 1 + Math.floor(random.next() * random.next() * (promised - 1));
  const needed = late ? promised + random.integer(1, 3) : Math.max(usual, plan.deferred ? random.integer(2, 3) : 1);
  plan.finishDay = work.shift(plan.day, Math.min(needed, late ? 99 : promised));
  if (!plan.deferred && !late && needed >= 3 && promised - needed >= 2 && random.chance(params.shares.paused * 4)) {
    plan.pause = { from: work.shift(plan.day, 1), to: work.shift(plan.day, needed - 1) };
  }
}

function drawItem(hall: DemoHall, random: Random, wish: CaseWish): Item {
  const month = Number(wish.day.slice(5, 7)) - 1;
  const medical = wish.medical === true;
  const key = `${medical ? 'medical' : wish.channel === 'online' ? 'online' : 'other'}:${wish.day.slice(0, 7)}`;
  let table = hall.itemTables.get(key);
  if (!table) {
    const items = hall.config.catalogue.items.filter(
      (item) => (item.line === hall.medicalLine) === medical && isInForce(item, wish.day),
    );
    const weights = items.map((item) => {
      const base = item.kind === 'promised' ? hall.params.shares.promisedWeight : 1;
      const online = key.startsWith('online') && !(item.tags ?? []).includes('网上办') ? 0.15 : 1;
      // What the source names is what people most come for.
      return base * online * (item.sample ? 1 : medical ? 4 : 1.4) * (hall.params.peaks[item.code]?.[month] ?? 1);
    });
    hall.itemTables.set(key, (table = { items, weights }));
  }
  return table.items[random.index(table.weights)]!;
}

function drawLicence(hall: DemoHall, random: Random): LicenceFate {
  const draw = random.next();
  const { licenceMissing, licenceLate } = hall.params.shares;
  if (draw < licenceMissing) return 'missing';
  if (draw < licenceMissing + licenceLate) return 'late';
  return draw < 0.16 ? 'next-day' : 'same-day';
}
