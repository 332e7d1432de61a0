/** The zone in which a mapping's times are read when it names none: the hall's own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const zoneSchema = v.object({ hall: v.string(), timeZone: v.string() });

export interface HallIdentity {
  readonly hall: string;
  readonly timeZone: string;
}

/** The first of the folders that holds a readable `profile.json` says; undefined where none does. */
export function readHallIdentity(folders: readonly string[]): HallIdentity | undefined {
  for (const folder of folders) {
    const text = readIfThere(join(folder, 'profile.json'));
    if (text === undefined) continue;
    const parsed = v.safeParse(zoneSchema, JSON.parse(text));
    if (parsed.success) return parsed.output;
  }
  return undefined;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
