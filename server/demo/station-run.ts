/** Cases that take no ticket: at the communities' windows, filed online, and on home visits. */
import type { HallEvent } from '../../domain/events/event.ts';
import { inOffice, writeCase } from './case-events.ts';
import type { CasePlan } from './case-plan.ts';
import { staffInRole } from './demo-hall.ts';
import { demoEvent } from './demo-event.ts';
import { drawArrival } from './hall-queue.ts';
import type { DayRun } from './hall-run.ts';
import type { Random } from './random.ts';

/** Which window of a community works when, so that no two cases share one. Minutes of the day. */
type Busy = Map<string, { from: number; to: number }[]>;

export function runStations(run: DayRun): HallEvent[] {
  const { hall, day, plan } = run;
  const random = hall.random('stations', day);
  const busy: Busy = new Map();
  const events: HallEvent[] = [];
  for (const entry of plan.cases) {
    if (entry.channel === 'online') events.push(...writeOnline(run, random, entry));
    else if (entry.channel === 'home-visit') events.push(...writeHomeVisit(run, random, entry));
    else if (entry.station !== hall.main) events.push(...writeCommunityCase(run, random, entry, busy));
  }
  return events;
}

function writeCommunityCase(run: DayRun, random: Random, plan: CasePlan, busy: Busy): HallEvent[] {
  const { hall, day, happenings } = run;
  const { quiet } = happenings;
  const windows = (hall.windowsOf.get(plan.station) ?? []).map((window) => window.id);
  const minutes = Math.min(14, random.lognormal(7 * (plan.item.difficulty ?? 1), 0.3));
  let window = windows[0];
  let from = hall.work.sessions[0]![0] + 60 + random.next() * 60;
  for (let tries = 0; tries < 60; tries++) {
    const candidate = random.pick(windows);
    const start = Math.min(drawArrival(hall, random) + 4, 1_055);
    const end = start + minutes;
    const isQuiet = quiet?.station === plan.station && start > quiet.from - 12 && start < quiet.to;
    const isOpen = hall.work.sessions.some(([opens, closes]) => start > opens && end < closes - 5);
    const taken = busy.get(candidate) ?? [];
    if (isQuiet || !isOpen || taken.some((other) => start < other.to + 1 && end > other.from - 1)) continue;
    busy.set(candidate, [...taken, { from: start, to: end }]);
    window = candidate;
    from = start;
    break;
  }
  const { work } = hall;
  const staff = window ? run.seats.get(window) : undefined;
  const at = work.at(day, from + minutes * 0.4);
  return writeCase(hall, random, plan, { at, doneAt: work.at(day, from + minutes), window, staff });
}

function writeOnline(run: DayRun, random: Random, plan: CasePlan): HallEvent[] {
  const { hall, day, happenings } = run;
  const { work } = hall;
  const clerk = staffInRole(hall, plan.station, '网办受理')[0];
  let minute = random.chance(0.06) ? 722 + random.next() * 112 : drawArrival(hall, random);
  const { quiet } = happenings;
  if (quiet?.station === plan.station && minute > quiet.from - 12 && minute < quiet.to)
    minute = quiet.to + random.next() * 20;
  const at = work.at(day, Math.min(minute, 1_045));
  return writeCase(hall, random, plan, { at, doneAt: inOffice(hall, random, day, at + 120_000), staff: clerk?.id });
}

function writeHomeVisit(run: DayRun, random: Random, plan: CasePlan): HallEvent[] {
  const { hall, day } = run;
  const { work, main: station } = hall;
  const visitor = staffInRole(hall, station, '上门服务')[0];
  const visit = run.number('h');
  const minute = random.chance(0.35) ? 575 + random.next() * 90 : 860 + random.next() * 140;
  const at = work.at(day, minute);
  const doneAt = at + random.integer(500, 1_200) * 1_000;
  return [
    ...writeCase(hall, random, plan, { at, doneAt, staff: visitor?.id }),
    demoEvent('hall.service.given', visit, doneAt + 60_000, station, { station, kind: 'home-visit' }),
  ];
}
