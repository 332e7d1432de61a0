// The board at work on a real ledger: restarts, checkpoints and lateness change no number.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as v from 'valibot';
import { FOLD_VERSION } from '../../../domain/board/fold.ts';
import { readCheckpoint } from '../../../domain/board/read-checkpoint.ts';
import { serializeState, type BoardState } from '../../../domain/board/state.ts';
import { HALL_DAY_SOURCE } from '../../../domain/calendar/hall-day.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import type { EventData, EventType } from '../../../domain/events/schema.ts';
import type { HallEvent, LedgerEvent } from '../../../domain/events/event.ts';
import { catalogueSchema, createHallConfig, profileSchema } from '../../../domain/profile/profile.ts';
import type { Board } from '../../../server/board/board.ts';
import { openBoard } from '../../../server/board/runtime.ts';
import type { Ledger } from '../../../server/ledger/port.ts';
import { openAt } from '../ledger/sqlite-place.ts';

const zone = createZone('Asia/Shanghai');
const readSeed = (name: string): unknown => JSON.parse(readFileSync(join('data/halls/meilin', name), 'utf8'));
const config = createHallConfig(
  v.parse(profileSchema, readSeed('profile.json')),
  v.parse(catalogueSchema, readSeed('catalogue.json')),
);
const NOW = Date.parse('2019-11-29T18:00:00+08:00');

let folder: string;
let ledger: Ledger;
let board: Board;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-board-'));
  ledger = await openAt(folder);
  board = await openBoard({ ledger, config, zone });
});

afterEach(async () => {
  await board.close();
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

let nextId = 0;

function event<T extends EventType>(type: T, time: string, data: EventData[T]): HallEvent {
  const at = Date.parse(`2019-11-${time}:00+08:00`);
  const source = type.startsWith('hall.day.') ? HALL_DAY_SOURCE : 'urn:test';
  return { source, id: `e${nextId++}`, type, at, data } as unknown as HallEvent;
}

async function append(...events: HallEvent[]): Promise<void> {
  const { outcomes } = await ledger.append(
    events.map((one) => ({ event: one, timeGiven: true })),
    NOW,
    null,
  );
  const appended = outcomes.flatMap((outcome, i) =>
    typeof outcome === 'object' ? [{ ...events[i]!, seq: outcome.seq } as LedgerEvent] : [],
  );
  board.feed(appended);
  await board.caughtUp();
}

const measure = (from: string, to = from) => board.measures({ from: `2019-11-${from}`, to: `2019-11-${to}`, now: NOW });

function aDay(): HallEvent[] {
  return [
    event('hall.day.opened', '25T00:00', { day: '2019-11-25', hours: [['09:00', '12:00']] }),
    event('hall.ticket.taken', '25T09:00', { ticket: 't1', station: 'hall' }),
    event('hall.ticket.called', '25T09:06', { ticket: 't1', station: 'hall', window: 'w01' }),
    event('hall.case.accepted', '25T09:08', {
      case: 'c1',
      station: 'hall',
      channel: 'window',
      item: 'x1',
      line: 'medical-insurance',
      ticket: 't1',
      promisedBy: '2019-11-26T18:00:00+08:00',
    }),
    event('hall.ticket.served', '25T09:20', { ticket: 't1', station: 'hall', window: 'w01' }),
    event('hall.rating.given', '25T09:21', { score: 5, station: 'hall', ticket: 't1', medium: 'pad' }),
    event('hall.case.finished', '26T10:00', { case: 'c1', outcome: 'approved' }),
  ];
}

test('a day is counted, and a rating of the ticket is a rating of its case (C6, C9, C10)', async () => {
  await append(...aDay());
  expect(await measure('25', '26')).toMatchObject({
    accepted: 1,
    windowCases: 1,
    medicalApproved: 1,
    finished: 1,
    open: 0,
    onTime: { n: 1, of: 1 },
    rated: { n: 1, of: 1 },
    satisfied: { n: 1, of: 1 },
    wait: { medianMs: 360_000, n: 1 },
    service: { medianMs: 840_000, n: 1 },
    peopleServed: 1,
    seq: 7,
  });
  expect(await measure('25')).toMatchObject({ accepted: 1, finished: 0, open: 1, rated: { n: 0, of: 0 } });
});

test('a restart from a checkpoint, from none, and from a stale one shows the same board', async () => {
  const events = aDay();
  await append(...events.slice(0, 4));
  await board.checkpoint();
  await append(...events.slice(4));
  // The order in which sums were made is nobody's business.
  const read = (state: BoardState) => readCheckpoint(serializeState(state));
  const state = read(board.state);
  const numbers = await measure('25', '26');

  const reopened = await openBoard({ ledger, config, zone });
  expect(read(reopened.state)).toEqual(state);
  expect(await reopened.measures({ from: '2019-11-25', to: '2019-11-26', now: NOW })).toEqual(numbers);

  await ledger.dropFold(FOLD_VERSION);
  const refolded = await openBoard({ ledger, config, zone });
  expect(await refolded.measures({ from: '2019-11-25', to: '2019-11-26', now: NOW })).toEqual(numbers);
});

test('a gap before what was fed is read from the ledger, and no further', async () => {
  await board.close();
  const troubles: unknown[] = [];
  board = await openBoard({ ledger, config, zone, onTrouble: (error) => troubles.push(error) });
  const events = aDay();
  const { outcomes } = await ledger.append(
    events.map((one) => ({ event: one, timeGiven: true })),
    NOW,
    null,
  );
  const appended = events.map((one, i) => ({ ...one, seq: (outcomes[i] as { seq: number }).seq }) as LedgerEvent);
  board.feed(appended.slice(2, 5));
  await board.caughtUp();
  expect(await measure('25', '26')).toMatchObject({ accepted: 1, finished: 1 });
  // What is under way ends before a checkpoint is written.
  await board.checkpoint();
  expect(troubles).toEqual([]);
});

test('events in the opposite order give the same numbers (C1)', async () => {
  const events = aDay();
  await append(...events.slice(1).reverse());
  const backwards = await measure('25', '26');
  await append(events[0]!);
  expect(backwards).toMatchObject({ accepted: 1, finished: 1, rated: { n: 1, of: 1 }, wait: { medianMs: 360_000 } });
});

test('a void takes a case out of every count, whether it came before or after it (C3, M13)', async () => {
  const [opened, , , accepted] = aDay();
  const voided = event('hall.event.voided', '25T11:00', { source: 'urn:test', id: accepted!.id });
  await append(opened!, accepted!);
  expect(await measure('25')).toMatchObject({ accepted: 1, voided: 0 });
  await append(voided);
  expect(await measure('25')).toMatchObject({ accepted: 0, open: 0, voided: 1 });

  const second = event('hall.case.accepted', '25T10:00', {
    case: 'c2',
    station: 'hall',
    channel: 'window',
    item: 'x1',
  });
  await append(event('hall.event.voided', '25T11:01', { source: 'urn:test', id: second.id }));
  await append(second);
  expect(await measure('25')).toMatchObject({ accepted: 0, voided: 2 });
});

test('what arrives after its day has closed is a correction of that day (L1, L2)', async () => {
  await append(...aDay().slice(0, 1), event('hall.day.closed', '25T23:59', { day: '2019-11-25', hours: [] }));
  await append(event('hall.day.opened', '26T00:00', { day: '2019-11-26', hours: [] }));
  await append(event('hall.case.accepted', '25T10:00', { case: 'c9', station: 'hall', channel: 'online', item: 'x1' }));
  expect(await measure('25')).toMatchObject({ onlineCases: 1, corrected: 1 });
  expect(await measure('26')).toMatchObject({ accepted: 0, corrected: 0, open: 1 });
  expect(board.state.day).toBe('2019-11-26');
});

test('overdue looks at the clock, and finishes late count as late (C7, C8, M6)', async () => {
  await append(
    event('hall.case.accepted', '25T10:00', {
      case: 'late',
      station: 'hall',
      channel: 'window',
      item: 'x1',
      promisedBy: '2019-11-27T12:00:00+08:00',
    }),
  );
  const at = (moment: string) =>
    board.measures({ from: '2019-11-27', to: '2019-11-27', now: Date.parse(`2019-11-27T${moment}:00+08:00`) });
  expect(await at('11:59')).toMatchObject({ overdueOpen: 0, onTime: { n: 0, of: 0 } });
  expect(await at('12:00')).toMatchObject({ overdueOpen: 0 });
  expect(await at('12:01')).toMatchObject({ overdueOpen: 1, onTime: { n: 0, of: 1 } });
});

test('L4 a board that comes back from a later day has its appointments again', async () => {
  const opened = (day: string) => event('hall.day.opened', `${day}T00:00`, { day: `2019-11-${day}`, hours: [] });
  const at = '2019-11-27T10:00:00+08:00';
  const booked = (id: string, time: string) =>
    event('hall.appointment.booked', time, { appointment: id, station: 'hall', at });
  const kept = event('hall.appointment.kept', '25T11:00', { appointment: 'kept', station: 'hall' });
  await append(opened('25'), booked('early', '02T10:00'), booked('late', '25T10:00'), booked('kept', '25T10:00'), kept);
  const expected = [...board.state.entries.appointment];
  expect(expected.map(([id]) => id)).toEqual(['early', 'late']);
  await append(opened('28'));
  expect([...board.state.entries.appointment]).toEqual([]);
  await append(opened('26'));
  expect([...board.state.entries.appointment]).toEqual(expected);
});
