/** Everything that the demo's parts look up, gathered once: the hall, its parameters and its working time. */
import type { HallConfig, Item, Profile } from '../../domain/profile/profile.ts';
import { dayOpensAt } from '../../domain/calendar/hall-day.ts';
import type { DemoParams } from './params.ts';
import { createRandom, type Random } from './random.ts';
import { createWorkTime, toMinute, type WorkTime } from './work-time.ts';

export type WindowRecord = Profile['windows'][number];
export type StaffRecord = Profile['staff'][number];

export interface DemoHall {
  readonly config: HallConfig;
  readonly params: DemoParams;
  readonly seed: string;
  readonly work: WorkTime;
  readonly medicalLine: string | undefined;
  /** The station that takes tickets, and those that do not. */
  readonly main: string;
  readonly communities: readonly string[];
  readonly windowsOf: ReadonlyMap<string, readonly WindowRecord[]>;
  readonly staffOf: ReadonlyMap<string, readonly StaffRecord[]>;
  readonly deferrable: readonly Item[];
  /** The moment (epoch ms) at which the living demo takes over. */
  readonly liveAt: number;
  /** Items with their weights, by purpose and month; filled as it is asked for. */
  readonly itemTables: Map<string, { items: readonly Item[]; weights: readonly number[] }>;
  /** A stream of its own for each purpose and day, so that days can be made in any order. */
  random(purpose: string, day: string): Random;
}

export function createDemoHall(params: DemoParams, config: HallConfig, seed: string = params.seed): DemoHall {
  const { profile, catalogue } = config;
  const work = createWorkTime(profile, config.calendar);
  const groupBy = <T extends { station: string }>(records: readonly T[]): Map<string, T[]> => {
    const groups = new Map<string, T[]>(profile.stations.map((station) => [station.id, []]));
    for (const record of records) groups.get(record.station)?.push(record);
    return groups;
  };
  const main = profile.stations.find((station) => station.kind === 'hall');
  if (!main) throw new Error('the demo needs a street hall in the profile');
  return {
    config,
    params,
    seed,
    work,
    medicalLine: profile.medicalPilot?.line,
    main: main.id,
    communities: profile.stations.filter((station) => station.kind === 'community').map((station) => station.id),
    windowsOf: groupBy(profile.windows),
    staffOf: groupBy(profile.staff),
    deferrable: catalogue.items.filter((item) => item.deferrable),
    liveAt: dayOpensAt(work.zone, params.live.day) + toMinute(params.live.time) * 60_000,
    itemTables: new Map(),
    random: (purpose, day) => createRandom(`${seed}|${purpose}|${day}`),
  };
}

/** The part of a role's name by which the demo finds who sits where. */
export type Role = '窗' | '咨询台' | '上门服务' | '网办受理';

/** A station's staff of one role, in the profile's order; all of its staff where none bears it. */
export function staffInRole(hall: DemoHall, station: string, role: Role): readonly StaffRecord[] {
  const staff = hall.staffOf.get(station) ?? [];
  const found = staff.filter((entry) => entry.role?.includes(role));
  return found.length > 0 ? found : staff;
}

/** Who answers for a station's follow-ups: the first of its staff. */
export function headOf(hall: DemoHall, station: string): string | undefined {
  return hall.staffOf.get(station)?.[0]?.id;
}
