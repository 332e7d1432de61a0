/** What the hall says of its sending: the run of a slot, the word before each try, and what became of it. Same arguments, same id. */
import type { EventOf } from '../events/event.ts';
import type { RunStatus, SentResult } from '../events/schema.ts';
import type { Span } from '../measures/build.ts';
import type { SentKind } from './document.ts';
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

/** What is said of a whole run, for the `turn`-th time, from 1. */
export interface RunHead {
  /** The slot's id. */
  readonly id: string;
  readonly turn: number;
  readonly plan: string;
  readonly kind: SentKind;
  readonly span: Span;
  readonly station?: string;
  /** The slot's moment, epoch ms. */
  readonly at: number;
  readonly recipients: readonly string[];
}

export function firstHead({ id, plan, span, at }: Slot): RunHead {
  const { id: planId, kind, station, to } = plan;
  return { id, turn: 1, plan: planId, kind, span, ...(station === undefined ? {} : { station }), at, recipients: to };
}

/** @param at the hall's clock, epoch ms @param by who begins a run that was missed */
export function runEvent(head: RunHead, status: RunStatus, at: number, by?: string): EventOf<'hall.report.run'> {
  const { id, turn, plan, kind, span, station, recipients } = head;
  return {
    source: SENDING_SOURCE,
    id: turn === 1 ? `${id}:run` : `${id}:run:${turn}`,
    type: 'hall.report.run',
    at,
    data: {
      report: nameOf(id),
      plan,
      kind,
      from: span.from,
      to: span.to,
      ...(station === undefined ? {} : { station }),
      slot: new Date(head.at).toISOString(),
      status,
      recipients: [...recipients],
      ...(by === undefined ? {} : { by }),
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
