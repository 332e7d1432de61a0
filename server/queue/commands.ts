/** What each command of the queue is told: the forms that its route reads. */
import * as v from 'valibot';
import type { QueueCommand } from '../../domain/wire/desk.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
/** An appointment by what a kiosk shows of it. */
export const slot = v.strictObject({ at: v.pipe(v.number(), v.safeInteger()), item: v.optional(id) });
const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
/** Letters alone: nobody's name or number. */
export const asked = v.pipe(v.string(), v.regex(/^[a-z]{16,40}$/));
const atWindow = { station: id, window: id };

export const commandSchemas = {
  open: v.strictObject({ ...atWindow, takeOver: v.optional(v.boolean()) }),
  pause: v.strictObject({ ...atWindow, reason }),
  close: v.strictObject(atWindow),
  call: v.strictObject({ ...atWindow, ticket: v.optional(id) }),
  recall: v.strictObject({ ...atWindow, ticket: v.optional(id) }),
  pass: v.strictObject(atWindow),
  transfer: v.strictObject({ ...atWindow, to: v.optional(id) }),
  finish: v.strictObject(atWindow),
  take: v.strictObject({
    station: id,
    line: v.optional(id),
    green: v.optional(v.boolean()),
    appointment: v.optional(id),
    slot: v.optional(slot),
    /** New for each number that somebody wants, and the same again where no answer came: they get the same number. */
    asked: v.optional(asked),
  }),
  withdraw: v.strictObject({ station: id, ticket: id }),
  end: v.strictObject({ station: id }),
  reopen: v.strictObject({ station: id }),
} satisfies Record<QueueCommand, v.GenericSchema>;

export type QueueRequests = { [C in QueueCommand]: v.InferOutput<(typeof commandSchemas)[C]> };
