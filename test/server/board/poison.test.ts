// Whatever the ledger holds, the fold goes on: what cannot be computed contributes nothing, and is named (spec C16).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FOLD_VERSION } from '../../../domain/board/fold.ts';
import { buildTopic } from '../../../domain/board/topics/build.ts';
import { TOPICS } from '../../../domain/board/topics/data.ts';
import { createView } from '../../../domain/board/topics/view.ts';
import { HALL_DAY_SOURCE } from '../../../domain/calendar/hall-day.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import { diffData } from '../../../domain/wire/delta.ts';
import { digestData } from '../../../domain/wire/digest.ts';
import type { Json } from '../../../domain/wire/protocol.ts';
import type { Board } from '../../../server/board/board.ts';
import { openBoard } from '../../../server/board/runtime.ts';
import { createRecount } from '../../../server/ledger/sqlite/recount.ts';
import { compareMeasures } from '../../../server/reports/compare-measures.ts';
import { readConfig } from '../../domain/board/topics/fold-story.ts';
import { openInProcessLedger, type InProcessLedger } from '../../property/in-process-ledger.ts';

const zone = createZone('Asia/Shanghai');
const config = readConfig();
const NOW = Date.parse('2019-11-26T18:00:00+08:00');
const SPAN = { from: '2019-11-25', to: '2019-11-26' };

let folder: string;
let ledger: InProcessLedger;
let board: Board;
let count = 0;

const open = (): Promise<Board> => openBoard({ ledger, config, zone });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-poison-'));
  ledger = openInProcessLedger('Asia/Shanghai', join(folder, 'ledger.sqlite'), 'meilin');
  board = await open();
  await tell(day('opened', '2019-11-25'), day('closed', '2019-11-25'), day('opened', '2019-11-26'));
});

afterEach(async () => {
  await board.close();
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function day(what: 'opened' | 'closed', date: string): HallEvent {
  const at = Date.parse(`${date}T${what === 'opened' ? '00:00:00' : '23:59:59'}+08:00`);
  return {
    source: HALL_DAY_SOURCE,
    id: `day:${date}:${what}`,
    type: `hall.day.${what}`,
    at,
    data: { day: date, hours: [] },
  };
}

/** An event as an older door may have let it in: nothing of it is checked here. */
function raw(type: string, time: string, data: unknown): HallEvent {
  return { source: '//old', id: `e${++count}`, type, at: Date.parse(`2019-11-${time}:00+08:00`), data } as HallEvent;
}

/** Appended past the door, and fed as the ledger hands them out. */
async function tell(...events: HallEvent[]): Promise<void> {
  const before = ledger.head();
  await ledger.append(
    events.map((event) => ({ event, timeGiven: true })),
    NOW,
    null,
  );
  board.feed(await ledger.read(before, 1_000));
  await board.caughtUp();
}

async function restart(): Promise<void> {
  await board.close();
  board = await open();
}

const measure = (): Promise<Measures> => board.measures({ ...SPAN, now: NOW });

async function expectAudit(): Promise<void> {
  const recount = createRecount(ledger.db, { config, zone: zone.name, uncounted: board.state.uncounted });
  for (const station of [undefined, 'hall', 'toString'])
    expect(
      compareMeasures(
        await board.measures({ ...SPAN, now: NOW, ...(station ? { station } : {}) }),
        recount.measure({ ...SPAN, now: NOW, station }),
      ),
    ).toEqual([]);
  recount.dispose();
}

const accepted = (id: string, time: string, more: object = {}) =>
  raw('hall.case.accepted', time, { case: id, station: 'hall', channel: 'window', item: 'x1', ...more });

describe('a field that its type does not declare', () => {
  test('is read nowhere: not in a finish for a closed day, not in its void, not by a checkpoint or a start', async () => {
    const finished = raw('hall.case.finished', '25T11:00', {
      case: 'c9',
      outcome: 'approved',
      station: { id: 'hall' },
      toString: 'x',
    });
    await tell(accepted('c9', '25T10:00'), finished);
    expect(await measure()).toMatchObject({ finished: 1, corrected: 2, uncounted: { n: 0 } });
    await board.checkpoint();
    await tell(raw('hall.event.voided', '26T09:00', { source: '//old', id: finished.id, station: ['x'] }));
    await board.checkpoint();
    await restart();
    expect(await measure()).toMatchObject({ finished: 0, open: 1, voided: 1, corrected: 3 });
    await expectAudit();
  });

  test('sets nobody’s owner and no deadline', async () => {
    await tell(
      raw('hall.followup.opened', '26T09:00', { followup: 'f1', about: 'check', station: 'hall', owner: 's01' }),
      raw('hall.followup.noted', '26T09:10', { followup: 'f1', note: 'x', dueBy: 'soon' }),
    );
    expect(board.state.entries.followup.get('f1')).toMatchObject({ owner: 's01' });
    expect(board.state.entries.followup.get('f1')).not.toHaveProperty('dueBy');
  });
});

describe('what cannot be computed', () => {
  test('contributes nothing, is named in the state and the measures, and both counts leave it out', async () => {
    await tell(
      accepted('good', '26T10:00'),
      accepted('bad', '26T10:01', { station: { id: 'hall' } }),
      raw('hall.rating.given', '26T10:02', { score: 5, station: ['hall'], medium: 'pad' }),
      raw('hall.rating.given', '26T10:03', { score: 4, station: 'hall', case: 'bad', medium: 'pad' }),
    );
    const named = [count - 1, count - 2].map((n) => `event:5://olde${n}`).sort();
    expect([...board.state.uncounted].sort()).toEqual(named);
    const shown = await measure();
    expect(shown).toMatchObject({ accepted: 1, open: 1, satisfied: { n: 1, of: 1 } });
    expect(shown.uncounted).toEqual({ n: 2, first: named });
    await expectAudit();
    await board.checkpoint();
    await restart();
    expect(await measure()).toEqual(shown);
    await ledger.dropFold(FOLD_VERSION);
    await restart();
    expect(await measure()).toEqual(shown);
  });

  test('is no longer named once it is voided, and keeps nobody else from counting', async () => {
    const bad = accepted('c1', '26T09:00', { station: 7 });
    await tell(bad, accepted('c1', '26T10:00'));
    expect(await measure()).toMatchObject({ accepted: 1, uncounted: { n: 1 } });
    await tell(raw('hall.event.voided', '26T11:00', { source: '//old', id: bad.id }));
    expect(await measure()).toMatchObject({ accepted: 1, uncounted: { n: 0 } });
    await expectAudit();
  });

  test('is not named either where its void came first', async () => {
    const bad = accepted('c1', '26T09:00', { station: 7 });
    await tell(raw('hall.event.voided', '26T08:00', { source: '//old', id: bad.id }), accepted('c1', '26T10:00'), bad);
    expect(await measure()).toMatchObject({ accepted: 1, voided: 1, uncounted: { n: 0 } });
    await expectAudit();
  });

  test('has nothing to be taken out where a void takes it off the list', async () => {
    const bad = raw('hall.rating.given', '26T09:00', { station: 'hall', medium: 'pad' });
    await tell(bad);
    expect(await measure()).toMatchObject({ satisfied: { n: 0, of: 0 }, uncounted: { n: 1 } });
    await tell(raw('hall.event.voided', '26T10:00', { source: '//old', id: bad.id }));
    expect(await measure()).toMatchObject({ satisfied: { n: 0, of: 0 }, voided: 1, uncounted: { n: 0 } });
    await expectAudit();
  });

  test('is no day that the hall could open or close', async () => {
    const spoiled = (what: 'opened' | 'closed', data: object): HallEvent =>
      ({ ...day(what, '2019-11-26'), id: `spoiled ${++count}`, data }) as HallEvent;
    await tell(
      spoiled('opened', { day: -1, hours: [] }),
      spoiled('opened', { day: '2019-11-27', hours: 'all day' }),
      spoiled('closed', { hours: [] }),
      spoiled('closed', { day: '2019-11-26' }),
      accepted('c1', '26T10:00'),
    );
    expect(board.failure).toBeUndefined();
    expect(board.state.day).toBe('2019-11-26');
    expect(await measure()).toMatchObject({ accepted: 1, corrected: 0, uncounted: { n: 4 } });
    await expectAudit();
    const other = raw('hall.day.opened', '26T10:01', { day: 7 });
    const another = raw('hall.day.closed', '26T10:01', { day: 7 });
    const voidOf = (event: HallEvent) => raw('hall.event.voided', '26T10:02', { source: '//old', id: event.id });
    await tell(other, voidOf(other), voidOf(another), another);
    expect(await measure()).toMatchObject({ voided: 0, uncounted: { n: 4 } });
    await expectAudit();
  });

  test('stops no topic, whatever stands where a text belongs', async () => {
    const odd: readonly unknown[] = [null, 7, true, ['x'], { id: 'x' }, { toString: 1 }, ''];
    const kinds = [
      ['hall.ticket.taken', { ticket: 't', station: 'hall' }],
      ['hall.ticket.called', { ticket: 't', station: 'hall', window: 'w01' }],
      ['hall.case.accepted', { case: 'c', station: 'hall', channel: 'window', item: 'x1', window: 'w01', line: 'l' }],
      ['hall.case.finished', { case: 'c', outcome: 'approved' }],
      ['hall.rating.given', { score: 5, station: 'hall', window: 'w01', medium: 'pad' }],
      ['hall.window.changed', { window: 'w01', station: 'hall', status: 'open', reason: 'r' }],
      ['hall.terminal.changed', { terminal: 't', station: 'hall', status: 'broken' }],
      ['hall.followup.opened', { followup: 'f', about: 'rating', station: 'hall', owner: 's01' }],
      ['hall.alarm.raised', { alarm: 'a', kind: 'queue', station: 'hall', proposal: 'p' }],
      ['hall.star.published', { month: '2019-10', kind: 'expert', staff: 's01', citation: 'c', reasons: ['r'] }],
      ['hall.suggestion.received', { suggestion: 's', text: 't' }],
      ['hall.suggestion.answered', { suggestion: 's', answer: 'a', adopted: true }],
      ['hall.suggestion.released', { suggestion: 's' }],
      ['hall.check.done', { station: 'hall', area: 'cases', result: 'ok' }],
      ['hall.event.voided', { source: '//old', id: 'e1' }],
      ['hall.day.opened', { day: '2099-12-31', hours: [] }],
      ['hall.appointment.booked', { appointment: 'p', station: 'hall' }],
      ['hall.request.received', { request: 'r', station: 'hall' }],
      ['hall.service.given', { station: 'hall', kind: 'copying', count: 1 }],
      ['hall.coffee.made', { cup: 1 }],
    ] as const;
    const events = kinds.flatMap(([type, data]) => [
      raw(type, '26T10:00', null),
      raw(type, '26T10:00', [data]),
      ...Object.keys(data).flatMap((field) => odd.map((value) => raw(type, '26T10:01', { ...data, [field]: value }))),
    ]);
    for (const event of events) {
      const before = ledger.head();
      // What cannot even be filed could not be appended either.
      const appending = async () => ledger.append([{ event, timeGiven: true }], NOW, null);
      const isIn = await appending().then(
        () => true,
        () => false,
      );
      if (isIn) board.feed(await ledger.read(before, 10));
    }
    await board.caughtUp();
    await board.checkpoint();
    await restart();
    expect(board.failure).toBeUndefined();
    expect(board.state.day).toBe('2019-11-26');
    const view = createView(board.state, config, zone, false);
    for (const topic of TOPICS) {
      const data = buildTopic(topic, view) as unknown as Json;
      expect(digestData(data)).toMatch(/^[0-9a-f]{8}$/);
      expect(diffData({}, data)).not.toEqual({});
    }
    await expectAudit();
  });
});

test('only the hall opens and closes its days, and nobody takes them back (L4)', async () => {
  await tell(
    raw('hall.day.opened', '26T10:00', { day: '2099-12-31', hours: [] }),
    raw('hall.day.closed', '26T10:00', { day: '2019-11-26', hours: [] }),
    raw('hall.event.voided', '26T10:01', { source: HALL_DAY_SOURCE, id: 'day:2019-11-26:opened' }),
    accepted('c1', '26T10:02'),
  );
  expect(board.state.day).toBe('2019-11-26');
  expect(await measure()).toMatchObject({ accepted: 1, corrected: 0, voided: 0 });
  await expectAudit();
});

test('an opening undoes the closings before it, and what they made corrections (L2)', async () => {
  await tell(accepted('c1', '25T10:00'), accepted('c2', '25T10:01', { station: 'toString' }));
  expect(await measure()).toMatchObject({ accepted: 2, corrected: 2 });
  await tell({ ...day('opened', '2019-11-25'), id: 'day:2019-11-25:opened:1' });
  expect(board.state.day).toBe('2019-11-25');
  expect(await measure()).toMatchObject({ accepted: 2, corrected: 0 });
  await expectAudit();
  await tell({ ...day('closed', '2019-11-25'), id: 'day:2019-11-25:closed:1' }, accepted('c3', '25T10:02'));
  expect(await measure()).toMatchObject({ accepted: 3, corrected: 1 });
  await expectAudit();
});
