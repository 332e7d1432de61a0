/** What an import must know of the hall: the zone in which a mapping's times are read when it names none, and the staff. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const zoneSchema = v.object({
  hall: v.string(),
  timeZone: v.string(),
  staff: v.optional(v.array(v.object({ name: v.string() })), []),
});

export interface HallIdentity {
  readonly hall: string;
  readonly timeZone: string;
  /** Names of the hall's own staff. */
  readonly roster: ReadonlySet<string>;
}

/** The first of the folders that holds a readable profile, or its last good copy, says; undefined where none does. */
export function readHallIdentity(folders: readonly string[]): HallIdentity | undefined {
  for (const folder of folders) {
    for (const name of ['profile.json', 'profile.last-good.json']) {
      const parsed = v.safeParse(zoneSchema, readIfThere(join(folder, name)));
      if (!parsed.success) continue;
      const { hall, timeZone, staff } = parsed.output;
      return { hall, timeZone, roster: new Set(staff.map((member) => member.name)) };
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
