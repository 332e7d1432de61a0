/** How much of everything a day of the demo holds: shared out exactly over the reference year, drawn for later days. */
import { addDays, weekdayOf } from '../../domain/calendar/zone.ts';
import type { Item } from '../../domain/profile/profile.ts';
import { isInForce } from '../../domain/profile/profile.ts';
import { apportion } from './apportion.ts';
import type { DemoHall } from './demo-hall.ts';

export interface DayQuota {
  readonly day: string;
  /** Window cases of the street hall without the medical ones and the deferred ones. */
  hallCases: number;
  medicalCases: number;
  homeVisits: number;
  /** Items of the day's cases with a paper missing, at the street hall. */
  deferred: Item[];
  /** People who took a ticket and were served without a case. */
  extraTickets: number;
  hallConsultations: number;
  medicalConsultations: number;
  /** By station id. */
  readonly communityCases: Map<string, number>;
  readonly onlineCases: Map<string, number>;
  readonly communityConsultations: Map<string, number>;
}

/** The reference year's days, whose sums are the figures of the parameters. */
export function shareOutYear(hall: DemoHall): Map<string, DayQuota> {
  const { figures, make, sizes, span, rhythm } = hall.params;
  const days: string[] = [];
  for (let day = span.from; day <= span.to; day = addDays(day, 1)) if (hall.work.isWorking(day)) days.push(day);
  const weights = (purpose: string, monthly: readonly number[], from = ''): number[] =>
    days.map((day) => (day < from ? 0 : dayWeight(hall, monthly, day) * noise(hall, purpose, day)));
  const usual = (purpose: string): number[] => weights(purpose, rhythm.months);
  const pilotFrom = hall.config.profile.medicalPilot?.from ?? '9999';

  const quotas = days.map((day) => emptyQuota(day));
  const spread = (total: number, dayWeights: number[], take: (quota: DayQuota, count: number) => void): void =>
    apportion(total, dayWeights).forEach((count, i) => take(quotas[i]!, count));
  const sizeList = hall.communities.map((station) => sizes[station] ?? 1);
  const spreadStations = (
    total: number,
    purpose: string,
    field: 'communityCases' | 'onlineCases' | 'communityConsultations',
  ) =>
    apportion(total, sizeList).forEach((count, i) => {
      const station = hall.communities[i]!;
      spread(count, usual(`${purpose}:${station}`), (quota, n) => quota[field].set(station, n));
    });

  const deferred = shareDeferred(hall, days);
  days.forEach((day, i) => (quotas[i]!.deferred = deferred.get(day) ?? []));
  const general = make.hallWindowCases - make.medicalCases - make.homeVisits - figures.deferredCases;
  const communityCases = figures.windowCases - make.hallWindowCases;
  const hallOnline = Math.round(figures.onlineCases * make.hallOnlineShare);
  spread(general, usual('cases'), (quota, n) => (quota.hallCases = n));
  spread(
    make.medicalCases,
    weights('medical', rhythm.medicalMonths, pilotFrom),
    (quota, n) => (quota.medicalCases = n),
  );
  spread(make.homeVisits, usual('home'), (quota, n) => (quota.homeVisits = n));
  spread(countExtraTickets(hall), usual('extra'), (quota, n) => (quota.extraTickets = n));
  spread(make.hallConsultations, usual('asked'), (quota, n) => (quota.hallConsultations = n));
  spread(figures.medicalConsultations, weights('medical-asked', rhythm.medicalMonths, pilotFrom), (quota, n) => {
    quota.medicalConsultations = n;
  });
  spread(hallOnline, usual('online'), (quota, n) => quota.onlineCases.set(hall.main, n));
  spreadStations(communityCases, 'cases', 'communityCases');
  spreadStations(figures.onlineCases - hallOnline, 'online', 'onlineCases');
  spreadStations(make.communityConsultations, 'asked', 'communityConsultations');
  return new Map(quotas.map((quota) => [quota.day, quota]));
}

/** A day after the reference year: the same rhythms, drawn instead of shared out. */
export function drawQuota(hall: DemoHall, day: string): DayQuota {
  const { figures, make, sizes, rhythm } = hall.params;
  const random = hall.random('quota', day);
  const yearDays = 220;
  const factor = dayWeight(hall, rhythm.months, day);
  const draw = (total: number, share = 1): number => random.poisson((total / yearDays) * share * factor);
  const quota = emptyQuota(day);
  quota.hallCases = draw(make.hallWindowCases - make.medicalCases - make.homeVisits);
  quota.medicalCases = draw(make.medicalCases, yearDays / 117);
  quota.homeVisits = draw(make.homeVisits);
  const items = hall.deferrable.filter((item) => isInForce(item, day));
  quota.deferred = items.length === 0 ? [] : Array.from({ length: random.integer(1, 3) }, () => random.pick(items));
  quota.extraTickets = draw(countExtraTickets(hall));
  quota.hallConsultations = draw(make.hallConsultations);
  quota.medicalConsultations = draw(figures.medicalConsultations, yearDays / 117);
  const sum = hall.communities.reduce((all, station) => all + (sizes[station] ?? 1), 0);
  quota.onlineCases.set(hall.main, draw(figures.onlineCases * make.hallOnlineShare));
  for (const station of hall.communities) {
    const share = (sizes[station] ?? 1) / sum;
    quota.communityCases.set(station, draw(figures.windowCases - make.hallWindowCases, share));
    quota.onlineCases.set(station, draw(figures.onlineCases * (1 - make.hallOnlineShare), share));
    quota.communityConsultations.set(station, draw(make.communityConsultations, share));
  }
  return quota;
}

/** What is left of the people served in the year once everyone else is counted; a home visit takes no ticket. */
function countExtraTickets({ params: { figures, make } }: DemoHall): number {
  const consultations = make.hallConsultations + figures.medicalConsultations + make.communityConsultations;
  const communityCases = figures.windowCases - make.hallWindowCases;
  const served = figures.peopleServed - consultations - communityCases - make.homeVisits;
  return served - (make.hallWindowCases - make.homeVisits);
}

function emptyQuota(day: string): DayQuota {
  return {
    day,
    hallCases: 0,
    medicalCases: 0,
    homeVisits: 0,
    deferred: [],
    extraTickets: 0,
    hallConsultations: 0,
    medicalConsultations: 0,
    communityCases: new Map(),
    onlineCases: new Map(),
    communityConsultations: new Map(),
  };
}

/** The month's and the weekday's weight; a swapped Saturday has its own, the days before Spring Festival are slack. */
function dayWeight(hall: DemoHall, months: readonly number[], day: string): number {
  const { weekdays } = hall.params.rhythm;
  return months[Number(day.slice(5, 7)) - 1]! * weekdays[weekdayOf(day) - 1]!;
}

function noise(hall: DemoHall, purpose: string, day: string): number {
  return hall.random(`noise:${purpose}`, day).lognormal(1, hall.params.rhythm.noise);
}

/** Every deferrable item has its turn; the rest fall where they fall. No two on one day. */
function shareDeferred(hall: DemoHall, days: readonly string[]): Map<string, Item[]> {
  const random = hall.random('deferred', 'year');
  const found = new Map<string, Item[]>();
  const counts = apportion(
    hall.params.figures.deferredCases,
    hall.deferrable.map(() => 1 + random.next()),
  );
  const free = random.shuffle(days);
  hall.deferrable.forEach((item, i) => {
    for (let n = 0; n < counts[i]!; n++) {
      const place = free.findIndex((day) => isInForce(item, day));
      if (place < 0) throw new Error(`no day left for a deferred case of ${item.code}`);
      found.set(free.splice(place, 1)[0]!, [item]);
    }
  });
  return found;
}
