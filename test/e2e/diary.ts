// What people caused, in the order of the ledger, against what was done in a browser; and the day's measures against a recount.
import { expect } from 'vitest';
import type { LedgerEvent } from '../../domain/events/event.ts';
import type { EventType } from '../../domain/events/schema.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import { formatActor } from '../../server/ledger/actor.ts';
import { openReadingLedger } from '../../server/ledger/sqlite/reading-ledger.ts';
import { createRecount } from '../../server/ledger/sqlite/recount.ts';
import { compareMeasures } from '../../server/reports/compare-measures.ts';
import type { StaffedHall } from '../server/staffed-hall.ts';

/** An event, and in whose name it stands, such as `staff:s06`. */
export type Deed = LedgerEvent & { readonly actor: string };
type Expected = readonly [type: EventType, actor: string, data: object];

/** The letters that a page draws for whatever is new. */
export const LETTERS = expect.stringMatching(/^[a-z]{16,40}$/) as string;

/** What a deed at a desk of the street hall comes to; `more`: what it holds beside that. */
export const windowChanged = (window: string, status: string, staff: string, more: object = {}): Expected => [
  'hall.window.changed',
  `staff:${staff}`,
  { window, station: 'hall', status, staff, ...more },
];
export const ticketTaken = (ticket: string, actor: string, more: object = {}): Expected => [
  'hall.ticket.taken',
  actor,
  { ticket, station: 'hall', asked: LETTERS, ...more },
];
export const ticketStep = (
  how: 'called' | 'recalled' | 'transferred' | 'served' | 'passed' | 'left',
  ticket: string,
  staff: string,
  window?: string,
): Expected => [
  `hall.ticket.${how}`,
  `staff:${staff}`,
  { ticket, station: 'hall', staff, ...(window === undefined ? {} : { window }) },
];
export const caseAccepted = (staff: string, more: object): Expected => [
  'hall.case.accepted',
  `staff:${staff}`,
  { case: LETTERS, station: 'hall', channel: 'window', staff, ...more },
];
export const caseFinished = (staff: string, more: object): Expected => [
  'hall.case.finished',
  `staff:${staff}`,
  { case: LETTERS, outcome: 'approved', staff, ...more },
];
/** Of a case that is open: a step that names it alone, but for `more`. */
export const caseStep = (
  type: 'hall.case.paused' | 'hall.case.resumed' | 'hall.case.supplemented' | 'hall.licence.uploaded',
  id: string,
  staff: string,
  more: object = {},
): Expected => [type, `staff:${staff}`, { case: id, ...more }];
export const voided = ({ source, id }: Deed, staff: string, how: object): Expected => [
  'hall.event.voided',
  `staff:${staff}`,
  { source, id, ...how },
];

/** The id of its own that an event gives, such as that of its `case`. */
export function idIn(deed: Deed | undefined, field: string): string {
  return (deed!.data as unknown as Record<string, string>)[field]!;
}

/** What people, tablets and displays cause from its beginning on, and how much of it was expected already. */
export interface Diary {
  readonly hall: StaffedHall;
  readonly begin: number;
  told: number;
}

export function openDiary(hall: StaffedHall): Diary {
  return { hall, begin: hall.server.ledger.head(), told: 0 };
}

/** Waits for the next events: these in this order, each with exactly these data. Returns them as they are. */
export async function expectNext(diary: Diary, ...expected: readonly Expected[]): Promise<readonly Deed[]> {
  const until = diary.told + expected.length;
  const read = () => readDeeds(diary.hall, diary.begin);
  await expect.poll(async () => (await read()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(until);
  const found = (await read()).slice(diary.told, until);
  expect(found.map(({ type, actor, data }) => [type, actor, data])).toEqual(expected);
  diary.told = until;
  return found;
}

/** That nothing was caused beside what was expected. Returns all of it. */
export async function expectEnd({ hall, begin, told }: Diary): Promise<readonly Deed[]> {
  const deeds = await readDeeds(hall, begin);
  expect(deeds.slice(told)).toEqual([]);
  return deeds;
}

/** What was done by anybody but the hall itself; who signs in and out is left out. */
export async function readDeeds({ server: { ledger } }: StaffedHall, after = 0): Promise<Deed[]> {
  const [events, actors] = await Promise.all([ledger.read(after, 10_000), ledger.readActors(after, 10_000)]);
  return events.flatMap((event, i) => {
    const actor = actors[i];
    if (!actor || actor.kind === 'hall' || event.type === 'hall.access.changed') return [];
    return [{ ...event, actor: formatActor(actor) }];
  });
}

/** `GET /api/measures`, which must be what a recount by SQL says of the same position. */
export async function readMeasures(
  { hall, now: clock }: { readonly hall: StaffedHall; now(): number },
  from: string,
  to: string,
  station?: string,
): Promise<Measures> {
  const now = clock();
  await hall.server.board.caughtUp();
  const manager = await hall.signIn('manager');
  const { status, body } = await manager.ask(
    'GET',
    `/api/measures?from=${from}&to=${to}${station === undefined ? '' : `&station=${station}`}`,
  );
  expect(status).toBe(200);
  const shown = body as Measures;
  const ledger = openReadingLedger(hall.folder);
  const { config, zone } = hall.server;
  const recount = createRecount(ledger.db, { config, zone: zone.name, upTo: shown.seq });
  try {
    expect(compareMeasures(shown, recount.measure({ from, to, now, station }))).toEqual([]);
  } finally {
    recount.dispose();
    ledger.close();
  }
  return shown;
}
