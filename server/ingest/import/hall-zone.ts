/** The zone in which a mapping's times are read when it names none: the hall's own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const zoneSchema = v.object({ hall: v.string(), timeZone: v.string() });

export interface HallIdentity {
  readonly hall: string;
  readonly timeZone: string;
}

/** The first of the folders that holds a readable profile, or its last good copy, says; undefined where none does. */
export function readHallIdentity(folders: readonly string[]): HallIdentity | undefined {
  for (const folder of folders) {
    for (const name of ['profile.json', 'profile.last-good.json']) {
      const parsed = v.safeParse(zoneSchema, readIfThere(join(folder, name)));
      if (parsed.success) return parsed.output;
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
