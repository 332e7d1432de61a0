/** The configuration that a new hall has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { catalogueSchema, createHallConfig, profileSchema, type HallConfig } from '../domain/profile/profile.ts';

/** @param root the project's folder */
export function readSeedConfig(root: string): HallConfig {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(root, 'data/halls/meilin', name), 'utf8'));
  return createHallConfig(
    v.parse(profileSchema, read('profile.json')),
    v.parse(catalogueSchema, read('catalogue.json')),
  );
}
