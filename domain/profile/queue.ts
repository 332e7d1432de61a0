/** How a hall's own queue works: which tickets a window calls, how numbers look, and when none is given any more. */
import * as v from 'valibot';

/** What a ticket is called by: an appointment's, one of the green window's, or everybody else's. */
export const TICKET_KINDS = ['general', 'green', 'appointment'] as const;
export type TicketKind = (typeof TICKET_KINDS)[number];

export const queueSchema = v.object({
  /** Of so many calls of a station one is a green ticket's, where one waits. */
  greenEvery: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 3),
  /** The letters before the numbers of a line of business; other lines have `A`. Lines with the same letters share numbers. */
  prefixes: v.optional(v.record(v.string(), v.pipe(v.string(), v.regex(/^[A-Z]{1,2}$/))), {}),
  /** So long before the doors close for the day no number is given any more. */
  closeMinutesBefore: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(240)), 0),
});
export type QueueSettings = v.InferOutput<typeof queueSchema>;

const DEFAULTS = v.parse(queueSchema, {});

export function queueSettings(profile: { readonly queue?: QueueSettings | undefined }): QueueSettings {
  return profile.queue ?? DEFAULTS;
}
