// What the forecast is tried on: the demo's reference year, and a district's requests of 2018 with their bursts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as v from 'valibot';
import { createZone, dayOf, minuteOf } from '../../domain/calendar/zone.ts';
import { catalogueSchema, createHallConfig, profileSchema } from '../../domain/profile/profile.ts';
import { parseDemoParams } from '../../server/demo/params.ts';
import { generateYear } from '../../server/demo/year.ts';
import { readDemoSeed } from '../demo-seed.ts';
import { findRealFile, root } from './real-folder.ts';

/** By day, the minutes of the day at which something was counted, ascending. */
export type Days = ReadonlyMap<string, readonly number[]>;

/** Cases accepted on the days of the demo's reference year. */
export function readDemoDays(): Days {
  const read = (path: string): unknown => JSON.parse(readFileSync(join(root, 'data', path), 'utf8'));
  const params = parseDemoParams(read('demo/meilin-2019.json'));
  const config = createHallConfig(
    v.parse(profileSchema, readDemoSeed('profile')),
    v.parse(catalogueSchema, readDemoSeed('catalogue')),
  );
  const zone = createZone(config.profile.timeZone);
  const moments: [string, number][] = [];
  for (const events of generateYear(params, config)) {
    for (const { type, at } of events) {
      const day = dayOf(zone, at);
      if (type === 'hall.case.accepted' && day < params.live.day) moments.push([day, minuteOf(zone, at)]);
    }
  }
  return gather(moments);
}

/** Requests received by a Shenzhen district; undefined where the file is not here. */
export function readRequestDays(): Days | undefined {
  const file = findRealFile('pingshan_requests_2018.csv');
  if (file === undefined) return undefined;
  const rows: Record<string, string>[] = parse(readFileSync(file), { bom: true, columns: true });
  return gather(
    rows.map(({ CREATE_TIME: text = '' }) => [
      text.slice(0, 10),
      Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)),
    ]),
  );
}

function gather(moments: readonly [string, number][]): Days {
  const days = new Map<string, number[]>();
  for (const [day, minute] of moments) {
    const minutes = days.get(day);
    if (minutes) minutes.push(minute);
    else days.set(day, [minute]);
  }
  return new Map([...days].sort().map(([day, minutes]) => [day, minutes.sort((a, b) => a - b)]));
}
