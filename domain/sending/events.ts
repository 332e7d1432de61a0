/** What the hall says of its sending: the run of a slot, the word before each try, and what became of it. Same arguments, same id. */
import type { EventOf } from '../events/event.ts';
import type { SentResult } from '../events/schema.ts';
import type { Slot } from './slots.ts';

/** Everything about sending is said under this name, and its ids begin with the last day that a report is of. */
export const SENDING_SOURCE = 'urn:hallpulse:sending';

const PREFIX = 'sending:';

/** What events call a slot: apart from the reports that the hall's own words are filed under. */
const nameOf = (slotId: string): string => `${PREFIX}${slotId}`;
/** The slot that `report` names. */
export const slotOf = (report: string): string => report.slice(PREFIX.length);

export interface Try {
  /** The slot's id. */
  readonly slot: string;
  readonly recipient: string;
  /** From 1. */
  readonly attempt: number;
}

const tryId = ({ slot, recipient, attempt }: Try, word: string): string => `${slot}:${recipient}:${attempt}:${word}`;

/** @param at the hall's clock, epoch ms */
export function runEvent(slot: Slot, status: 'begun' | 'missed', at: number): EventOf<'hall.report.run'> {
  const { id, plan, span } = slot;
  return {
    source: SENDING_SOURCE,
    id: `${id}:run`,
    type: 'hall.report.run',
    at,
    data: {
      report: nameOf(id),
      plan: plan.id,
      kind: plan.kind,
      ...span,
      ...(plan.station === undefined ? {} : { station: plan.station }),
      slot: new Date(slot.at).toISOString(),
      status,
      recipients: plan.to,
    },
  };
}

/** @param seq the position that the report is of */
export function intentEvent(of: Try, seq: number, at: number): EventOf<'hall.report.sending'> {
  const { slot, recipient, attempt } = of;
  return {
    source: SENDING_SOURCE,
    id: tryId(of, 'sending'),
    type: 'hall.report.sending',
    at,
    data: { report: nameOf(slot), recipient, attempt, seq },
  };
}

export interface Outcome {
  readonly result: Exclude<SentResult, 'again'>;
  readonly reason?: string | undefined;
  readonly lacking?: readonly string[] | undefined;
}

export function resultEvent(of: Try, outcome: Outcome, at: number): EventOf<'hall.report.sent'> {
  const { slot, recipient, attempt } = of;
  const { result, reason, lacking = [] } = outcome;
  return {
    source: SENDING_SOURCE,
    id: tryId(of, 'sent'),
    type: 'hall.report.sent',
    at,
    data: {
      report: nameOf(slot),
      recipient,
      attempt,
      result,
      ...(reason === undefined ? {} : { reason }),
      ...(lacking.length === 0 ? {} : { lacking: [...lacking] }),
    },
  };
}

/** What a person says of a try that nobody knows the end of, or that has failed; of each the first word holds. */
export function settledEvent(of: Try, as: 'sent' | 'again', by: string, at: number): EventOf<'hall.report.sent'> {
  const { slot, recipient, attempt } = of;
  return {
    source: SENDING_SOURCE,
    id: tryId(of, 'settled'),
    type: 'hall.report.sent',
    at,
    data: { report: nameOf(slot), recipient, attempt, result: as, by },
  };
}
