/** The hall's own calendar as people write it: days off, swapped days, Saturday and late hours, and the years that it covers. */
import * as v from 'valibot';

/** A day that there is: 30 February would be read and never come. */
const day = v.pipe(
  v.string(),
  v.isoDate(),
  v.check((text) => new Date(`${text}T00:00:00Z`).getUTCDate() === Number(text.slice(8)), 'there is no such day'),
);
const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/), v.metadata({ format: 'clock' }));
const stations = v.optional(v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1)));
const note = v.optional(v.string());

export const calendarSchema = v.object({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Years whose days off and swapped days are all in here: they are known, whatever the official calendar holds. */
  years: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(1990), v.maxValue(9999))), []),
  /** Both ends included; `until` absent means the one day. `stations` absent means all. */
  daysOff: v.optional(v.array(v.object({ from: day, until: v.optional(day), stations, note })), []),
  /** Days that are worked though they lie on a weekend or were off. */
  workingDays: v.optional(v.array(v.object({ on: day, stations, note })), []),
  /**
   * Other hours than the profile's. `weekdays`: 1 Monday to 7 Sunday, where they are neither a holiday nor worked for
   * another day. Without them `from` alone is that one day, whatever it is; with `until` it is the working days between.
   * Of several that fit a day the last counts. They open the doors and make no working day.
   */
  hours: v.optional(
    v.array(
      v.object({
        weekdays: v.optional(
          v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7))), v.minLength(1)),
        ),
        from: v.optional(day),
        until: v.optional(day),
        stations,
        hours: v.pipe(v.array(v.tuple([clock, clock])), v.maxLength(8)),
        note,
      }),
    ),
    [],
  ),
});
export type CalendarDocument = v.InferOutput<typeof calendarSchema>;

export const DEFAULT_CALENDAR: CalendarDocument = { version: 1, years: [], daysOff: [], workingDays: [], hours: [] };
