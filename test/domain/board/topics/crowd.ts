// A hall with a hundred times everything, named as long as names may be: put into the board by hand, since a fold of so
// many events would only say the same more slowly.
import { MONTH, PILOT, TODAY } from '../../../../domain/board/residency.ts';
import { cellName } from '../../../../domain/board/cells.ts';
import type { BoardState } from '../../../../domain/board/state.ts';
import { createView, type BoardView } from '../../../../domain/board/topics/view.ts';
import { createZone } from '../../../../domain/calendar/zone.ts';
import { at, foldStory, readConfig } from './fold-story.ts';

export const DAY = '2019-11-25';
export const START = at(`${DAY} 00:00`);
export const MINUTE = 60_000;
const SENTENCE = '长'.repeat(2_000);

/** As long as an id may be, and three bytes a sign. */
export const called = (kind: string, i: number) => `${kind}${i}`.padEnd(200, '长');

export interface Crowd {
  unknownStations: number;
  windows: number;
  items: number;
  followups: number;
  alarms: number;
  tickets: number;
  promises: number;
}

export const WORST: Crowd = {
  unknownStations: 6_000,
  windows: 6_000,
  items: 6_000,
  followups: 30_000,
  alarms: 9_000,
  tickets: 50_000,
  promises: 100_000,
};

const config = readConfig();

export async function crowd(of: Crowd): Promise<BoardState> {
  const { state } = await foldStory(DAY, []);
  const table = (id: string) => state.ranges.get(id)!.table;
  const known = config.profile.stations.map(({ id }) => id);
  const each = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
  const accepted = (i: number) => cellName('accepted', 'window', called('item', i), 'medical-insurance');
  const rate = (id: string, windows: number) =>
    each(windows, (i) =>
      table(MONTH).add(id, cellName('score', i % 5 === 0 ? 1 : 5, 'active', called('window', i)), 1),
    );

  each(of.unknownStations, (i) => {
    const today = [
      [accepted(i), 1 + (i % 3)],
      [cellName('score', 1, 'active', ''), 1],
      [cellName('finished', 'approved', called('item', i), ''), 1],
    ] as const;
    for (const [name, n] of today) table(TODAY).add(called('station', i), name, n);
    rate(called('station', i), 2);
  });
  for (const id of known) rate(id, of.windows / 12);
  each(of.items, (i) => table(PILOT).add('hall', accepted(i), 1));
  const station = (i: number) => (i % 2 === 0 ? known[i % known.length]! : called('station', i % of.unknownStations));
  each(of.windows, (i) =>
    state.entries.window.set(called('window', i), {
      station: i % 2 === 0 ? 'hall' : station(i),
      status: 'open',
      since: START + i,
      reason: SENTENCE,
    }),
  );
  each(of.followups, (i) =>
    state.entries.followup.set(called('followup', i), {
      about: 'rating',
      station: station(i),
      openedAt: START - (i % 40) * 1_440 * MINUTE,
      owner: called('staff', i),
      case: called('case', i),
    }),
  );
  each(of.alarms, (i) =>
    state.entries.alarm.set(called('alarm', i), {
      ...{ day: DAY, kind: called('kind', i), station: station(i), raisedAt: START + i, subject: called('subject', i) },
      ...{ window: called('window', i), proposal: SENTENCE, measure: SENTENCE },
      ...{ takenAt: START + i, takenBy: called('staff', i) },
    }),
  );
  each(of.tickets, (i) =>
    state.entries.ticket.set(called('ticket', i), {
      ...{ day: DAY, station: i % 4 === 0 ? 'hall' : station(i), since: START + i, takenAt: START + i },
      ...(i % 10 === 0 ? { stage: 'serving', window: called('window', i % of.windows) } : { stage: 'waiting' }),
    }),
  );
  // Over two days and at every minute of them.
  each(of.promises, (i) =>
    state.entries.case.set(called('case', i), {
      ...{ day: DAY, at: START, station: station(i), item: called('item', i), channel: 'window' },
      ...{ window: called('window', i), open: true, dueAt: START + Math.floor((i * 2_880) / of.promises) * MINUTE },
    }),
  );
  each(40, (i) => {
    const month = `20${10 + i}-01`;
    const reasons = each(20, () => SENTENCE);
    state.entries.star.set(`${month}:expert`, {
      ...{ month, kind: 'expert', staff: called('staff', i), citation: SENTENCE, reasons },
    });
    state.entries.suggestion.set(called('suggestion', i), {
      ...{ text: `${i}${SENTENCE}`, answer: SENTENCE, receivedAt: START, released: true, adopted: true },
    });
  });
  return state;
}

export function viewOf(state: BoardState): BoardView {
  return createView(state, config, createZone('Asia/Shanghai'), false);
}
