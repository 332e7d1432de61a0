// Rows follow what the fold takes back, also where the ledger refused to store them for a while.
import { expect, test } from 'vitest';
import { HALL_DAY_SOURCE } from '../../../domain/calendar/hall-day.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import type { TermId } from '../../../domain/measures/terms.ts';
import type { Board } from '../../../server/board/board.ts';
import { openBoard } from '../../../server/board/runtime.ts';
import type { Ledger } from '../../../server/ledger/port.ts';
import { createSmallHall } from '../../property/hall.ts';
import { openInProcessLedger } from '../../property/in-process-ledger.ts';
import { zoneOf } from '../../property/zones.ts';

const ZONE = 'Asia/Shanghai';
const DAY = '2019-09-30';
const at = Date.parse(`${DAY}T10:00:00+08:00`);
let made = 0;

function event<T extends HallEvent['type']>(type: T, data: Extract<HallEvent, { type: T }>['data'], source = 's') {
  return { source, id: `e${made++}`, type, at, data } as unknown as HallEvent;
}
const turn = (type: 'hall.day.opened' | 'hall.day.closed') => event(type, { day: DAY, hours: [] }, HALL_DAY_SOURCE);

async function open(ledger: Ledger): Promise<{ board: Board; record: (...events: HallEvent[]) => Promise<void> }> {
  const board = await openBoard({
    ledger,
    config: createSmallHall(ZONE, DAY),
    zone: zoneOf(ZONE),
    onTrouble: () => {},
  });
  const record = async (...events: HallEvent[]): Promise<void> => {
    const pending = events.map((one) => ({ event: one, timeGiven: true }));
    const { outcomes } = await ledger.append(pending, at, null);
    board.feed(outcomes.map((outcome, i) => ({ ...events[i]!, seq: (outcome as { seq: number }).seq })));
    await board.caughtUp();
  };
  return { board, record };
}
async function count(board: Board, term: TermId): Promise<[figure: number, rows: number]> {
  const query = { term, part: 'n', order: 'newest', from: DAY, to: DAY, now: at, limit: 50 } as const;
  const { count: figure, rows } = await board.rows(query);
  return [figure, rows.length];
}

test('what was late under a closing is late no more once its day was opened again', async () => {
  const ledger = openInProcessLedger(ZONE);
  const { board, record } = await open(ledger);
  const consult = () => event('hall.consultation.given', { station: 'hall', medium: 'phone' });
  await record(turn('hall.day.opened'), turn('hall.day.closed'), consult());
  expect(await count(board, 'corrected')).toEqual([1, 1]);
  await record(consult(), turn('hall.day.opened'));
  expect(await count(board, 'corrected')).toEqual([0, 0]);
  await record(turn('hall.day.closed'), consult());
  expect(await count(board, 'corrected')).toEqual([1, 1]);
  await board.close();
  await ledger.close();
});

test('rows that could not be stored are stored with the next, as they stand then', async () => {
  const ledger = openInProcessLedger(ZONE);
  let isFull = false;
  const { board, record } = await open({
    ...ledger,
    saveFold: (step) => (isFull ? Promise.reject(new Error('full')) : ledger.saveFold(step)),
  });
  const service = event('hall.service.given', { station: 'hall', kind: 'copying' });
  await record(turn('hall.day.opened'), service);
  expect(await count(board, 'services')).toEqual([1, 1]);
  isFull = true;
  await record(event('hall.service.given', { station: 'hall', kind: 'express' }));
  await expect(count(board, 'services')).rejects.toThrow('full');
  await record(event('hall.event.voided', { source: service.source, id: service.id, reason: '录错了' }));
  await expect(count(board, 'services')).rejects.toThrow('full');
  isFull = false;
  expect(await count(board, 'services')).toEqual([1, 1]);
  expect(await count(board, 'voided')).toEqual([1, 1]);
  await board.close();
  await ledger.close();
});
