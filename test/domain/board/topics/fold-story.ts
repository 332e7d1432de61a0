// A few events folded in memory, and read as the topics read the board.
import * as v from 'valibot';
import { foldEvent } from '../../../../domain/board/fold.ts';
import { Histories, type HistorySource } from '../../../../domain/board/histories.ts';
import { residentRanges } from '../../../../domain/board/residency.ts';
import { CellTable } from '../../../../domain/board/cells.ts';
import { createBoardState } from '../../../../domain/board/state.ts';
import { createView, type BoardView } from '../../../../domain/board/topics/view.ts';
import { HALL_DAY_SOURCE } from '../../../../domain/calendar/hall-day.ts';
import { createZone } from '../../../../domain/calendar/zone.ts';
import { compareEvents, eventKey, type HallEvent, type LedgerEvent } from '../../../../domain/events/event.ts';
import type { EventData, EventType } from '../../../../domain/events/schema.ts';
import {
  catalogueSchema,
  createHallConfig,
  profileSchema,
  type HallConfig,
  type Profile,
} from '../../../../domain/profile/profile.ts';
import { readDemoSeed } from '../../../demo-seed.ts';

const zone = createZone('Asia/Shanghai');

/** The seed's hall; `change` alters its profile first. */
export function readConfig(change: (profile: Profile) => Profile = (profile) => profile): HallConfig {
  const profile = change(v.parse(profileSchema, readDemoSeed('profile')));
  return createHallConfig(profile, v.parse(catalogueSchema, readDemoSeed('catalogue')));
}

/** `'2019-11-25 10:30'` in Shanghai → epoch ms. */
export const at = (when: string): number => Date.parse(`${when.replace(' ', 'T')}:00+08:00`);

let count = 0;
export function event<T extends EventType>(type: T, when: string, data: EventData[`${T}`], id?: string): HallEvent {
  const source = type.startsWith('hall.day.') ? HALL_DAY_SOURCE : 'urn:test';
  return { source, id: id ?? `e${++count}`, type, at: at(when), data } as HallEvent;
}

/** The board of `day` after the events, in the order given. */
export async function foldStory(day: string, events: readonly HallEvent[], config = readConfig()): Promise<BoardView> {
  const state = createBoardState();
  for (const spec of residentRanges(day, config, zone)) state.ranges.set(spec.id, { spec, table: new CellTable() });
  const opening = event('hall.day.opened', `${day} 00:00`, { day, hours: config.profile.hours });
  const folded: LedgerEvent[] = [];
  const voided = new Set<string>();
  const histories = new Histories(zone);
  const listOf = (key: string): LedgerEvent[] =>
    folded.filter((other) => histories.keysOf(other).includes(key) && !voided.has(eventKey(other.source, other.id)));
  const source: HistorySource = {
    historyOf: (keys) => Promise.resolve(new Map(keys.map((key) => [key, listOf(key)]))),
    latestOf: (keys) =>
      Promise.resolve(
        new Map(
          keys.flatMap((key) => {
            const latest = listOf(key).sort(compareEvents).at(-1);
            return latest ? [[key, latest] as const] : [];
          }),
        ),
      ),
    find: (from, id) => Promise.resolve(folded.find((other) => other.source === from && other.id === id)),
  };
  for (const [i, next] of [opening, ...events].entries()) {
    const filed = { ...next, seq: i + 1 } as LedgerEvent;
    await histories.load([filed], state, source);
    foldEvent(state, filed, histories, zone, { cell: () => undefined, row: () => undefined });
    folded.push(filed);
    if (filed.type === 'hall.event.voided') voided.add(eventKey(filed.data.source, filed.data.id));
  }
  return createView(state, config, zone, false);
}
