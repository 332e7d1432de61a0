// Events for the ledger's tests, each with only what the test at hand is about.
import { createSmallHall } from '../../property/hall.ts';
import type { EventData, EventType } from '../../../domain/events/schema.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import type { PendingEvent } from '../../../server/ledger/port.ts';

export const SOURCE = 'queue.meilin.example';
export const AT = Date.parse('2019-11-22T10:00:00+08:00');

/** What stored sums are read by. */
export const smallHall = createSmallHall('Asia/Shanghai', '2019-11-01');

export function pending<T extends EventType>(
  id: string,
  type: T,
  data: EventData[T],
  rest: Partial<HallEvent> = {},
): PendingEvent {
  return { event: { source: SOURCE, id, type, at: AT, data, ...rest } as HallEvent, timeGiven: true };
}

export function accepted(id: string, caseId = `C-${id}`, ticket?: string): PendingEvent {
  return pending(id, 'hall.case.accepted', {
    case: caseId,
    station: 'hall',
    channel: 'window',
    item: '门诊报销',
    ticket,
  });
}

export function finished(id: string, caseId: string): PendingEvent {
  return pending(id, 'hall.case.finished', { case: caseId, outcome: 'approved' });
}

export function voiding(id: string, target: string): PendingEvent {
  return pending(id, 'hall.event.voided', { source: SOURCE, id: target, reason: '录入错误' });
}

export function manyAccepted(prefix: string, count: number): PendingEvent[] {
  return Array.from({ length: count }, (_, i) => accepted(`${prefix}-${i}`));
}

export function untimed(event: PendingEvent, at: number): PendingEvent {
  return { event: { ...event.event, at }, timeGiven: false };
}
