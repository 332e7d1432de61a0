// The documents that the demo begins with: the seed, and in it people to work with, which no real hall begins with.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Noticeboard } from '../domain/profile/noticeboard.ts';
import type { Profile } from '../domain/profile/profile.ts';
import { readDemoPeople, seatPeople } from '../server/demo/people.ts';
import { findRoot } from '../server/settings.ts';

const root = findRoot(import.meta.dirname);
const seed = join(root, 'data/halls/meilin');
const read = (name: string): unknown => JSON.parse(readFileSync(join(seed, `${name}.json`), 'utf8'));

/** One of the documents as JSON has it, such as `profile`. */
export function readDemoSeed(name: string): unknown {
  const seated = seatPeople(
    { profile: read('profile') as Profile, noticeboard: read('noticeboard') as Noticeboard },
    readDemoPeople(root),
  );
  return name in seated ? seated[name as keyof typeof seated] : read(name);
}

/** Lays the documents down in a folder of their own, which a test may edit. */
export function copyDemoSeed(folder: string): void {
  cpSync(seed, folder, { recursive: true });
  for (const name of ['profile', 'noticeboard'])
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(readDemoSeed(name), null, 2));
}
