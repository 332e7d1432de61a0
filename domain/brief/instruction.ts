/** 批示: what a leader asks of somebody about a matter of the brief, what its owner says was done, and its closing, as events. */
import * as v from 'valibot';
import { endOfDay, type Zone } from '../calendar/zone.ts';
import type { EventOf } from '../events/event.ts';
import {
  drawnIdSchema as drawnId,
  idSchema as id,
  INSTRUCTED,
  type EventData,
  type FollowupResult,
} from '../events/schema.ts';

/** Of what comes from the brief's page: no word from a station, so that none about its silence ends that (spec A3). */
export const BRIEF_SOURCE = 'urn:hallpulse:brief';

/** A telephone's screen of words, not a report. */
export const NOTE_LIMIT = 300;

const words = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(NOTE_LIMIT));

export const instructionSchema = v.strictObject({
  id: drawnId,
  matter: v.picklist(INSTRUCTED),
  station: id,
  case: v.optional(id),
  /** The follow-up of a poor rating. */
  of: v.optional(id),
  note: words,
  owner: id,
  /** The last day for it. */
  dueOn: v.optional(v.pipe(v.string(), v.isoDate())),
});
export type Instruction = v.InferOutput<typeof instructionSchema>;

/** What its owner says was done. */
export const reportSchema = v.strictObject({ id: drawnId, note: words });

/** With what an instruction is closed; other results are those of ratings. */
export const INSTRUCTION_RESULTS = ['rectified', 'explained'] as const satisfies readonly FollowupResult[];
export const closingSchema = v.strictObject({
  id: drawnId,
  result: v.picklist(INSTRUCTION_RESULTS),
  note: v.optional(words),
});

/** @param now the hall's clock, epoch ms */
export function toInstructionEvent(
  { id: drawn, matter, station, case: about, of, note, owner, dueOn }: Instruction,
  now: number,
  zone: Zone,
): EventOf<'hall.followup.opened'> {
  const data: EventData['hall.followup.opened'] = {
    ...{ followup: `instruction-${drawn}`, about: 'instruction', matter, station, note, owner },
    ...(about === undefined ? {} : { case: about }),
    ...(of === undefined ? {} : { of }),
    ...(dueOn === undefined ? {} : { dueBy: new Date(endOfDay(zone, dueOn) - 1).toISOString() }),
  };
  return { source: BRIEF_SOURCE, id: drawn, type: 'hall.followup.opened', at: now, data };
}

/** @param now the hall's clock, epoch ms */
export function toReportEvent(
  followup: string,
  { id: drawn, note }: v.InferOutput<typeof reportSchema>,
  now: number,
): EventOf<'hall.followup.noted'> {
  return { source: BRIEF_SOURCE, id: drawn, type: 'hall.followup.noted', at: now, data: { followup, note } };
}

/** @param now the hall's clock, epoch ms */
export function toClosingEvent(
  followup: string,
  { id: drawn, result, note }: v.InferOutput<typeof closingSchema>,
  now: number,
): EventOf<'hall.followup.closed'> {
  const data = { followup, result, ...(note === undefined ? {} : { note }) };
  return { source: BRIEF_SOURCE, id: drawn, type: 'hall.followup.closed', at: now, data };
}
