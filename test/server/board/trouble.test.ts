// What goes wrong around the fold: readers that fail for a while or for good, listeners that throw, a queue that grows too long, a slow turn of the day.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sumNames } from '../../../domain/board/cells.ts';
import { TODAY } from '../../../domain/board/residency.ts';
import { HALL_DAY_SOURCE } from '../../../domain/calendar/hall-day.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import type { HallEvent, LedgerEvent } from '../../../domain/events/event.ts';
import { BoardStopped, type Board, type BoardOptions } from '../../../server/board/board.ts';
import { openBoard } from '../../../server/board/runtime.ts';
import type { Ledger } from '../../../server/ledger/port.ts';
import { readConfig } from '../../domain/board/topics/fold-story.ts';
import { openInProcessLedger, type InProcessLedger } from '../../property/in-process-ledger.ts';

const zone = createZone('Asia/Shanghai');
const config = readConfig();
const NOW = Date.parse('2019-11-26T18:00:00+08:00');

let folder: string;
let ledger: InProcessLedger;
let boards: Board[] = [];
let count = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-trouble-'));
  ledger = openInProcessLedger('Asia/Shanghai', join(folder, 'ledger.sqlite'), 'meilin');
});
afterEach(async () => {
  for (const board of boards) await board.close();
  boards = [];
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(on: Ledger = ledger, more: Partial<BoardOptions> = {}): Promise<Board> {
  const board = await openBoard({ ledger: on, config, zone, retriesMs: [1, 1, 1], ...more });
  boards.push(board);
  return board;
}

/** The real ledger with some of its answers replaced; everything else is its own. */
function change(answers: Partial<Ledger>): Ledger {
  return { ...ledger, ...answers };
}

const at = (clock: string) => Date.parse(`2019-11-${clock}:00+08:00`);
const event = (type: string, clock: string, data: object): HallEvent =>
  ({ source: '//t', id: `e${++count}`, type, at: at(clock), data }) as HallEvent;
const accepted = (clock = '26T10:00') =>
  event('hall.case.accepted', clock, { case: `c${count}`, station: 'hall', channel: 'window', item: 'x1' });
const opened = (day: string, more = ''): HallEvent => ({
  source: HALL_DAY_SOURCE,
  id: `day:${day}:opened${more}`,
  type: 'hall.day.opened',
  at: Date.parse(`${day}T00:00:00+08:00`),
  data: { day, hours: [] },
});

/** What the wall shows as accepted today. */
function countToday(board: Board): number {
  return sumNames(board.state.ranges.get(TODAY)!.table.at('accepted', 'hall'));
}

async function append(...events: HallEvent[]): Promise<LedgerEvent[]> {
  const before = ledger.head();
  await ledger.append(
    events.map((one) => ({ event: one, timeGiven: true })),
    NOW,
    null,
  );
  return [...(await ledger.read(before, events.length))];
}
const measure = (board: Board) => board.measures({ from: '2019-11-26', to: '2019-11-26', now: NOW });

test('a read that fails a few times is tried again, and nothing is lost or counted twice', async () => {
  let failing = 0;
  const troubles: string[] = [];
  const flaky = change({
    historyOf: (keys, upTo) =>
      failing-- > 0 ? Promise.reject(new Error('disk I/O error')) : ledger.historyOf(keys, upTo),
  });
  const board = await open(flaky, { onTrouble: (_error, what) => troubles.push(what) });
  board.feed(await append(opened('2019-11-26'), accepted()));
  await board.caughtUp();
  failing = 3;
  board.feed(await append(accepted(), accepted()));
  await board.caughtUp();
  expect(troubles).toEqual(['fold', 'fold', 'fold']);
  expect(board.failure).toBeUndefined();
  expect((await measure(board)).accepted).toBe(3);
  expect(board.lag).toBe(0);
});

test('what does not recover is told once, and nobody is shown a number as if nothing had happened', async () => {
  let broken = false;
  const failures: BoardStopped[] = [];
  const dead = change({
    historyOf: (keys, upTo) => (broken ? Promise.reject(new Error('gone')) : ledger.historyOf(keys, upTo)),
    read: (after, limit) => (broken ? Promise.reject(new Error('gone')) : ledger.read(after, limit)),
  });
  const board = await open(dead);
  board.subscribe({ onFailure: (failure) => failures.push(failure) });
  board.feed(await append(opened('2019-11-26'), accepted()));
  await board.caughtUp();
  broken = true;
  const more = await append(accepted());
  const waiting = board.caughtUp();
  board.feed(more);
  await expect(waiting).rejects.toBeInstanceOf(BoardStopped);
  await expect(board.measures({ from: '2019-11-26', to: '2019-11-26', now: NOW })).rejects.toBeInstanceOf(BoardStopped);
  expect(failures).toHaveLength(1);
  expect(board.failure).toBe(failures[0]);
  expect(board.lag).toBe(1);
});

test('a listener that throws is told of, and stops neither the fold nor the others', async () => {
  const troubles: string[] = [];
  const board = await open(ledger, { onTrouble: (_error, what) => troubles.push(what) });
  board.subscribe({
    onAdvance: () => {
      throw new Error('a wall’s fault');
    },
  });
  const seen: number[] = [];
  const stop = board.subscribe({ onAdvance: ({ seq }) => seen.push(seq) });
  board.feed(await append(opened('2019-11-26'), accepted()));
  await board.caughtUp();
  expect((await measure(board)).accepted).toBe(1);
  expect(troubles).toEqual(['listener']);
  expect(seen).toEqual([2]);
  stop();
  board.feed(await append(accepted()));
  await board.caughtUp();
  expect(troubles).toEqual(['listener', 'listener']);
  expect(seen).toEqual([2]);
});

test('what cannot be stored is told of, the picture goes on, and the next time its cells are there', async () => {
  let refuse = true;
  const troubles: string[] = [];
  const full = change({
    saveFold: (step) => (refuse ? Promise.reject(new Error('cannot store TEXT value')) : ledger.saveFold(step)),
  });
  const board = await open(full, { checkpointEvery: 1, onTrouble: (_error, what) => troubles.push(what) });
  board.feed(await append(opened('2019-11-26'), accepted()));
  await board.caughtUp();
  expect(troubles).toContain('checkpoint');
  expect(countToday(board)).toBe(1);
  expect((await measure(board)).accepted).toBe(1);
  // The day turns without a write: what the ledger lacks is in memory.
  board.feed(await append(opened('2019-11-27'), opened('2019-11-26', ':2')));
  await board.caughtUp();
  expect([board.state.day, countToday(board)]).toEqual(['2019-11-26', 1]);
  refuse = false;
  await board.checkpoint();
  expect((await (await open()).measures({ from: '2019-11-26', to: '2019-11-26', now: NOW })).accepted).toBe(1);
});

test('a queue that grows too long is dropped and read again by its positions', async () => {
  const board = await open();
  board.feed(await append(opened('2019-11-26')));
  await board.caughtUp();
  const many = await append(...Array.from({ length: 60_000 }, () => accepted()));
  // All at once, as a burst of batches would: more than may wait in memory.
  board.feed(many);
  await board.caughtUp();
  expect((await measure(board)).accepted).toBe(60_000);
});

test('the day turns in one step: until the new sums are there, everybody sees the old day as it ended (L4)', async () => {
  let release = () => {};
  let isSlow = false;
  const slow = change({
    async sumRanges(query, by) {
      if (isSlow) await new Promise<void>((resolve) => (release = resolve));
      return ledger.sumRanges(query, by);
    },
  });
  const board = await open(slow);
  board.feed(await append(opened('2019-11-25'), accepted('25T10:00')));
  await board.caughtUp();
  isSlow = true;
  const turning = append(opened('2019-11-26'), accepted('26T00:10'));
  board.feed(await turning);
  const seen: [string | undefined, number][] = [];
  const look = () => seen.push([board.state.day, countToday(board)]);
  for (let i = 0; i < 50 && board.state.day === '2019-11-25'; i++) {
    look();
    release();
    await new Promise((resolve) => setImmediate(resolve));
  }
  isSlow = false;
  release();
  await board.caughtUp();
  look();
  expect(seen.slice(0, -1)).toEqual(seen.slice(0, -1).map(() => ['2019-11-25', 1]));
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.at(-1)).toEqual(['2019-11-26', 1]);
});

test('a window is read from its last event, however long its history, and from the one before once that is voided', async () => {
  const asked: string[] = [];
  const watched = change({
    historyOf: (keys, upTo) => {
      asked.push(...keys);
      return ledger.historyOf(keys, upTo);
    },
  });
  const board = await open(watched);
  board.feed(await append(opened('2019-11-26')));
  const changes = Array.from({ length: 2_000 }, (_, i) =>
    event(
      'hall.window.changed',
      `26T${String(8 + Math.floor(i / 200)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`,
      {
        window: 'w01',
        station: 'hall',
        status: i % 2 === 0 ? 'open' : 'paused',
      },
    ),
  );
  const last = event('hall.window.changed', '26T19:59', { window: 'w01', station: 'hall', status: 'closed' });
  board.feed(await append(...changes, last));
  await board.caughtUp();
  expect(board.state.entries.window.get('w01')?.status).toBe('closed');
  expect(asked.filter((key) => key === 'window:w01')).toEqual([]);
  board.feed(await append(event('hall.event.voided', '26T20:00', { source: '//t', id: last.id })));
  await board.caughtUp();
  const before = [...changes].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).at(-1)!;
  expect(board.state.entries.window.get('w01')).toMatchObject({
    status: (before.data as { status: string }).status,
    since: before.at,
  });
});

/** The same ledger as another process sees it: what it knows of the head is what it was last told. */
function seenFromElsewhere(): { readonly there: Ledger; ring(): void; isHeard(): boolean } {
  let known = ledger.head();
  const listeners = new Set<() => void>();
  const look = () => (known = ledger.head());
  const there = change({
    head: () => known,
    readHead: () => Promise.resolve(look()),
    onAppendedElsewhere(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  return {
    there,
    ring() {
      look();
      for (const listener of listeners) listener();
    },
    isHeard: () => listeners.size > 0,
  };
}

test('what another process appended is folded when the ledger rings, and nothing is counted twice', async () => {
  await append(opened('2019-11-26'));
  const { there, ring, isHeard } = seenFromElsewhere();
  const board = await open(there);
  await append(accepted(), accepted());
  expect(board.state.seq).toBe(1);
  const reached = new Promise<void>((resolve) =>
    board.subscribe({ onAdvance: ({ seq }) => (seq === 3 ? resolve() : undefined) }),
  );
  ring();
  ring();
  await reached;
  // Its own event comes behind one of the others: the gap is read from the ledger.
  const [, own] = await append(accepted(), accepted());
  board.feed([own!]);
  await board.caughtUp(5);
  ring();
  await board.caughtUp();
  expect((await measure(board)).accepted).toBe(4);
  await board.close();
  expect(isHeard()).toBe(false);
});

test('a question asks the ledger how far it is: what another process was told of is in the answer without a ring', async () => {
  const { there } = seenFromElsewhere();
  const board = await open(there);
  await append(opened('2019-11-26'), accepted());
  expect((await measure(board)).accepted).toBe(1);
});
