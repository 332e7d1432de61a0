/** What people do about a follow-up, as a page asks for it and as events. */
import * as v from 'valibot';
import type { EventOf, HallEvent } from '../events/event.ts';
import { FOLLOWUP_RESULTS, drawnIdSchema as drawnId, idSchema as id, LAMP_CAUSES, LAMPS } from '../events/schema.ts';
import { FOLLOWUPS_SOURCE } from './source.ts';

/** A screen of words, not a report. */
export const DEED_NOTE_LIMIT = 300;

const words = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(DEED_NOTE_LIMIT));
const note = v.optional(words);
const lamp = v.picklist(LAMPS);
/** Until the end of hours on this day. */
const day = v.pipe(v.string(), v.isoDate());

const deedSchema = v.variant('type', [
  v.strictObject({ type: v.literal('note'), note: words }),
  v.strictObject({ type: v.literal('submit'), result: v.picklist(FOLLOWUP_RESULTS), note }),
  v.strictObject({ type: v.literal('return'), note: words }),
  v.strictObject({ type: v.literal('close'), result: v.picklist(FOLLOWUP_RESULTS), note }),
  v.strictObject({ type: v.literal('remind'), note }),
  v.strictObject({ type: v.literal('ask'), until: day, note: words }),
  v.strictObject({ type: v.literal('extend'), granted: v.boolean(), until: v.optional(day), note }),
  v.strictObject({ type: v.literal('cause'), lamp, cause: v.picklist(LAMP_CAUSES), note }),
  v.strictObject({ type: v.literal('settle'), lamp, counts: v.boolean(), note }),
  v.strictObject({ type: v.literal('review'), misrated: v.boolean(), note }),
  v.strictObject({ type: v.literal('assign'), owner: id }),
]);
export type FollowupDeed = v.InferOutput<typeof deedSchema>;
export type DeedType = FollowupDeed['type'];

export const followupDeedSchema = v.strictObject({
  /** Drawn by the page, so that an answer which is lost can be asked for again. */
  id: drawnId,
  followup: id,
  deed: deedSchema,
});

/**
 * @param drawn the page's id of the deed
 * @param endOf the moment until which a day lasts for a deadline, epoch ms
 * @param now the hall's clock, epoch ms
 */
export function toDeedEvent(
  followup: string,
  drawn: string,
  deed: FollowupDeed,
  endOf: (day: string) => number,
  now: number,
): HallEvent {
  const head = { source: FOLLOWUPS_SOURCE, id: drawn, at: now };
  const told = 'note' in deed && deed.note !== undefined ? { note: deed.note } : {};
  switch (deed.type) {
    case 'note':
      return { ...head, type: 'hall.followup.noted', data: { followup, ...told } };
    case 'submit':
      return { ...head, type: 'hall.followup.submitted', data: { followup, result: deed.result, ...told } };
    case 'return':
      return { ...head, type: 'hall.followup.returned', data: { followup, note: deed.note } };
    case 'close':
      return { ...head, type: 'hall.followup.closed', data: { followup, result: deed.result, ...told } };
    case 'remind':
      return { ...head, type: 'hall.followup.reminded', data: { followup, ...told } };
    case 'ask': {
      const until = new Date(endOf(deed.until)).toISOString();
      return { ...head, type: 'hall.followup.extension-asked', data: { followup, until, note: deed.note } };
    }
    case 'extend': {
      const { granted } = deed;
      const until = deed.until === undefined ? {} : { until: new Date(endOf(deed.until)).toISOString() };
      return { ...head, type: 'hall.followup.extension-decided', data: { followup, granted, ...until, ...told } };
    }
    case 'cause': {
      const { cause } = deed;
      return { ...head, type: 'hall.followup.cause-given', data: { followup, lamp: deed.lamp, cause, ...told } };
    }
    case 'settle': {
      const { counts } = deed;
      return { ...head, type: 'hall.followup.cause-decided', data: { followup, lamp: deed.lamp, counts, ...told } };
    }
    case 'review':
      return { ...head, type: 'hall.followup.reviewed', data: { followup, misrated: deed.misrated, ...told } };
    case 'assign':
      return { ...head, type: 'hall.followup.assigned', data: { followup, owner: deed.owner } };
  }
}

/** Said by the hall itself: of one deadline each lamp once, whoever looks. */
export function litEvent(
  followup: string,
  lamp: 'blue' | 'yellow' | 'red',
  term: number,
  at: number,
): EventOf<'hall.followup.lit'> {
  const moment = new Date(term).toISOString();
  const id = `lit:${lamp}:${moment}:${followup}`;
  return { source: FOLLOWUPS_SOURCE, id, type: 'hall.followup.lit', at, data: { followup, lamp, term: moment } };
}

/** As `litEvent`: each step behind a deadline once. */
export function stepEvent(followup: string, step: number, term: number, at: number): EventOf<'hall.followup.reminded'> {
  const moment = new Date(term).toISOString();
  const id = `reminded:${step}:${moment}:${followup}`;
  return { source: FOLLOWUPS_SOURCE, id, type: 'hall.followup.reminded', at, data: { followup, term: moment, step } };
}
