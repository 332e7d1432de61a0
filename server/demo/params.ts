/** What the demo year is made from: figures to be met, rhythms, shares; read from data/demo and checked here. */
import * as v from 'valibot';

const day = v.pipe(v.string(), v.isoDate());
const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const weight = v.pipe(v.number(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const months = v.pipe(v.array(weight), v.length(12));
const id = v.pipe(v.string(), v.minLength(1));

const demoParamsSchema = v.object({
  seed: id,
  /** The reference year: the figures below are exact over these days, as of the end of the last. */
  span: v.object({ from: day, to: day }),
  /** Where the living demo takes over. */
  live: v.object({ day, time: clock }),
  figures: v.object({
    windowCases: whole,
    onlineCases: whole,
    peopleServed: whole,
    medicalApproved: whole,
    medicalConsultations: whole,
    deferredCases: whole,
    openAtEnd: whole,
  }),
  /** How the figures are composed; the report says nothing of it. */
  make: v.object({
    hallWindowCases: whole,
    medicalCases: whole,
    homeVisits: whole,
    hallConsultations: whole,
    communityConsultations: whole,
    hallOnlineShare: share,
  }),
  /** Relative sizes of the communities, by station id. */
  sizes: v.record(id, weight),
  rhythm: v.object({
    months,
    weekdays: v.pipe(v.array(weight), v.length(7)),
    medicalMonths: months,
    noise: share,
    /** Half hours in which people arrive, with their weights. */
    slots: v.pipe(v.array(v.object({ from: clock, weight })), v.minLength(1)),
  }),
  shares: v.object({
    byDefault: share,
    green: share,
    legalPerson: share,
    notApproved: share,
    paused: share,
    late: share,
    licenceLate: share,
    licenceMissing: share,
    extraTicketRated: share,
    ticketsNotServed: share,
    checkMissed: share,
    checkIssue: share,
    /** Weight of a promised item beside an instant one's 1. */
    promisedWeight: weight,
    four: share,
    three: share,
  }),
  service: v.object({
    caseMedianMinutes: weight,
    extraMedianMinutes: weight,
    sigma: weight,
    preparationMedianMinutes: weight,
    preparationSigma: weight,
    wrapUpMedianMinutes: weight,
  }),
  special: v.object({ appointmentWindow: id, greenWindow: id }),
  terminals: v.array(v.object({ id, station: id })),
  /** Items with a season: a weight for each month, by item code. */
  peaks: v.record(id, months),
  /** What is arranged for the day on which the living demo begins. */
  scene: v.object({
    bookings: v.array(v.object({ window: id, from: clock, minutes: whole, score: v.optional(v.picklist([1, 2])) })),
    pauses: v.array(v.object({ window: id, from: clock, minutes: whole, reason: v.string() })),
    poorOwner: id,
    poorDueBy: clock,
    lapsingStation: id,
    licenceStation: id,
  }),
});
export type DemoParams = v.InferOutput<typeof demoParamsSchema>;

/** @throws Error naming the first field that is wrong */
export function parseDemoParams(value: unknown): DemoParams {
  const result = v.safeParse(demoParamsSchema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new Error(`demo parameters: ${v.getDotPath(issue) ?? 'document'}: ${issue.message}`);
}
