/** What a command must know of the hall: the zone in which a mapping's times are read when it names none, its people and places. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Feeds } from '../../../domain/profile/feed-of.ts';
import { profileSchema } from '../../../domain/profile/profile.ts';

const zoneSchema = v.object({
  hall: v.string(),
  timeZone: v.string(),
  staff: v.optional(v.array(v.object({ name: v.string() })), []),
  stations: v.optional(v.array(v.object({ id: v.string() })), []),
  windows: v.optional(v.array(v.object({ id: v.string() })), []),
  feeds: profileSchema.entries.feeds,
});

export interface HallIdentity {
  readonly hall: string;
  readonly timeZone: string;
  /** Names of the hall's own staff. */
  readonly roster: ReadonlySet<string>;
  /** By their ids. */
  readonly stations: ReadonlySet<string>;
  readonly windows: ReadonlySet<string>;
  /** Which systems alone send which facts. */
  readonly feeds: Feeds['named'];
}

/** The first of the folders that holds a readable profile, or its last good copy, says; undefined where none does. */
export function readHallIdentity(folders: readonly string[]): HallIdentity | undefined {
  for (const folder of folders) {
    for (const name of ['profile.json', 'profile.last-good.json']) {
      const parsed = v.safeParse(zoneSchema, readIfThere(join(folder, name)));
      if (!parsed.success) continue;
      const { hall, timeZone, staff, stations, windows, feeds = [] } = parsed.output;
      return {
        hall,
        timeZone,
        roster: new Set(staff.map((member) => member.name)),
        stations: new Set(stations.map(({ id }) => id)),
        windows: new Set(windows.map(({ id }) => id)),
        feeds,
      };
    }
  }
  return undefined;
}

function readIfThere(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
