/** The configuration that the demo's hall has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { noticeboardSchema } from '../domain/profile/noticeboard.ts';
import { catalogueSchema, createHallConfig, profileSchema, type HallConfig } from '../domain/profile/profile.ts';
import { readDemoPeople, seatPeople } from '../server/demo/people.ts';

/** @param root the project's folder */
export function readSeedConfig(root: string): HallConfig {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(root, 'data/halls/meilin', name), 'utf8'));
  const seed = {
    profile: v.parse(profileSchema, read('profile.json')),
    noticeboard: v.parse(noticeboardSchema, read('noticeboard.json')),
  };
  const { profile } = seatPeople(seed, readDemoPeople(root));
  return createHallConfig(profile, v.parse(catalogueSchema, read('catalogue.json')));
}
