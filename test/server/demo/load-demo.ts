/** The seeds of the demo hall, read and checked as the product reads them. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { catalogueSchema, createHallConfig, profileSchema } from '../../../domain/profile/profile.ts';
import { parseDemoParams } from '../../../server/demo/params.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../data/${path}`, import.meta.url), 'utf8'));

export const params = parseDemoParams(read('demo/meilin-2019.json'));
export const config = createHallConfig(
  v.parse(profileSchema, read('halls/meilin/profile.json')),
  v.parse(catalogueSchema, read('halls/meilin/catalogue.json')),
);
