/** How a hall follows up (督办): what opens by itself, when lamps are lit and what they count, when the hall reminds. Samples, no rule of any place. */
import * as v from 'valibot';
import { LAMPS } from '../events/schema.ts';

const workingHours = v.pipe(v.number(), v.minValue(0), v.maxValue(200));
const workingDays = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60));

const lampSchema = v.object({
  /** Working hours before the deadline at which blue is lit, and never before half of the time given is over; 0: it is not. */
  blueHours: v.optional(workingHours, 7),
  /** Working days after the deadline at whose end red is lit. */
  redDays: v.optional(workingDays, 3),
  /** Working hours in which a cause may be given before a lamp counts. */
  causeHours: v.optional(workingHours, 7),
  /** The lamps that count; of the others no cause is asked. */
  counted: v.optional(v.array(v.picklist(LAMPS)), ['yellow', 'red']),
});

export const followupsSchema = v.object({
  /** A poor rating that a tablet of the hall takes opens a follow-up. */
  ofPoorRatings: v.optional(v.boolean(), true),
  lamps: v.optional(lampSchema, {}),
  /** Working days after the deadline in whose morning the hall itself reminds. */
  reminderDays: v.optional(v.pipe(v.array(v.pipe(workingDays, v.minValue(1))), v.maxLength(20)), [1, 5]),
});
export type FollowupSettings = v.InferOutput<typeof followupsSchema>;
export type LampSettings = FollowupSettings['lamps'];

const DEFAULTS = v.parse(followupsSchema, {});

export function followupSettings(profile: { readonly followups?: FollowupSettings | undefined }): FollowupSettings {
  return profile.followups ?? DEFAULTS;
}
