/** The seeds of the demo hall, read and checked as the product reads them. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { catalogueSchema, createHallConfig, profileSchema } from '../../../domain/profile/profile.ts';
import { parseDemoParams } from '../../../server/demo/params.ts';
import { readDemoSeed } from '../../demo-seed.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../data/${path}`, import.meta.url), 'utf8'));

export const params = parseDemoParams(read('demo/meilin-2019.json'));
export const config = createHallConfig(
  v.parse(profileSchema, readDemoSeed('profile')),
  v.parse(catalogueSchema, readDemoSeed('catalogue')),
);
