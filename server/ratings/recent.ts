/** What was recorded last before a start, as far as rounds of ratings follow from it. */
import { dayOf, MINUTE_MS, momentOf, type Zone } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import type { EventType } from '../../domain/events/schema.ts';
import type { Ledger } from '../ledger/port.ts';

/** So long before the last word of the ledger a round may have begun whose end the hall did not see: senders' clocks differ. */
const ROUNDS_BACK_MS = 10 * MINUTE_MS;
/** Nobody is served for longer without a call that is heard again. */
const CALLS_BACK_MS = 120 * MINUTE_MS;
const AHEAD_MS = 5 * MINUTE_MS;
/** Events that are read at once. */
const PAGE = 2_000;

const TYPES: readonly EventType[] = [
  'hall.ticket.called',
  'hall.ticket.recalled',
  'hall.ticket.served',
  'hall.case.accepted',
  'hall.consultation.given',
  'hall.rating.given',
  'hall.event.voided',
];

export interface Recent {
  /** In the order of their arrival. */
  readonly events: readonly HallEvent[];
  /** What happened before opens no round any more, epoch ms: never a moment of an earlier day, which is closed. */
  readonly from: number;
}

/** @param now the hall's clock, epoch ms @throws LedgerError */
export async function readRecent(
  ledger: Pick<Ledger, 'read' | 'readHead' | 'readSpan'>,
  zone: Zone,
  now: number,
): Promise<Recent> {
  const upTo = await ledger.readHead();
  const [last] = upTo === 0 ? [] : await ledger.read(upTo - 1, 1);
  const midnight = momentOf(zone, dayOf(zone, now));
  const lastAt = Math.min(last?.at ?? now, now);
  const from = Math.max(midnight, lastAt - ROUNDS_BACK_MS);
  const span = { types: TYPES, from: Math.max(midnight, lastAt - CALLS_BACK_MS), until: now + AHEAD_MS, upTo };
  const events: HallEvent[] = [];
  for (let after = 0; ;) {
    const page = await ledger.readSpan({ ...span, after, limit: PAGE });
    events.push(...page.map(({ event }) => event));
    if (page.length < PAGE) return { events, from };
    after = page.at(-1)!.event.seq;
  }
}
