/** What a manager decides about a star, as events: published, planned, withdrawn, with what it was decided by. */
import * as v from 'valibot';
import type { EventOf } from '../events/event.ts';
import { drawnIdSchema as drawnId, idSchema as id, STAR_KINDS, type EventData } from '../events/schema.ts';
import type { Candidate } from './score.ts';
import type { StarRule } from './rules.ts';

/** Of what comes from the page of stars: no word from a station (spec A3). */
export const STARS_SOURCE = 'urn:hallpulse:stars';

/** What a wall and a poster have room for. */
export const CITATION_LIMIT = 120;
/** English says the same in about twice as many letters. */
export const CITATION_EN_LIMIT = 240;
export const REASON_LIMIT = 60;
export const MOST_REASONS = 5;

const words = (limit: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limit));
export const monthSchema = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/));

const title = { id: drawnId, month: monthSchema, kind: v.picklist(STAR_KINDS) };
export const choiceSchema = v.strictObject({
  ...title,
  /** A member of staff, or a window. */
  whose: id,
  citation: v.optional(words(CITATION_LIMIT)),
  citationEn: v.optional(words(CITATION_EN_LIMIT)),
  reasons: v.pipe(v.array(words(REASON_LIMIT)), v.maxLength(MOST_REASONS)),
  /** Why not the first by score. */
  overrule: v.optional(words(200)),
  /** When the hall is to publish it, epoch ms; at once where it is absent. */
  publishAt: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(253_402_300_799_999))),
});
export type Choice = v.InferOutput<typeof choiceSchema>;

export const withdrawalSchema = v.strictObject({
  ...title,
  /** What stands, with what is planned in its place; or the plan alone. */
  what: v.picklist(['star', 'plan']),
  reason: words(200),
});
export type Withdrawal = v.InferOutput<typeof withdrawalSchema>;

type Basis = NonNullable<EventData['hall.star.published']['basis']>;

/** @param upTo the position of the ledger that it was read at, where it was read from one */
export function toBasis(candidate: Candidate, ranked: number, rule: StarRule, upTo: number | undefined): Basis {
  const { score, rank, line, cases, parts } = candidate;
  const { leastCases, leastRatings } = rule;
  return {
    ...(score === undefined ? {} : { score }),
    ...(rank === undefined ? {} : { rank }),
    ...(line === undefined ? {} : { line }),
    ...{ ranked, cases, leastCases, leastRatings, parts: [...parts] },
    ...(upTo === undefined ? {} : { upTo }),
  };
}

/** @param now the hall's clock, epoch ms */
export function toChoiceEvent(
  { id: drawn, month, kind, whose, citation, citationEn, reasons, overrule, publishAt }: Choice,
  basis: Basis,
  now: number,
): EventOf<'hall.star.published'> | EventOf<'hall.star.planned'> {
  const data = {
    ...{ month, kind, reasons, basis },
    ...(kind === 'window' ? { window: whose } : { staff: whose }),
    ...(citation === undefined ? {} : { citation }),
    ...(citationEn === undefined ? {} : { citationEn }),
    ...(overrule === undefined ? {} : { overrule }),
  };
  const envelope = { source: STARS_SOURCE, id: drawn, at: now };
  if (publishAt === undefined) return { ...envelope, type: 'hall.star.published', data };
  return {
    ...envelope,
    type: 'hall.star.planned',
    data: { ...data, publishAt: new Date(publishAt).toISOString() },
  };
}

/** What the hall publishes by itself: by the plan's id, so that a second process or a start anew writes it once. */
export function toPlannedEvent(plan: EventOf<'hall.star.planned'>, now: number): EventOf<'hall.star.published'> {
  const { publishAt: _publishAt, ...data } = plan.data;
  return {
    source: STARS_SOURCE,
    id: `planned/${plan.id}`,
    type: 'hall.star.published',
    at: now,
    data: { ...data, plan: plan.id },
  };
}

/** @param of whom it takes back: whose the star that stands is, or the plan, and the plan's id */
export function toWithdrawalEvent(
  { id: drawn, month, kind, what, reason }: Withdrawal,
  of: Pick<EventData['hall.star.published'], 'staff' | 'window' | 'plan'>,
  now: number,
): EventOf<'hall.star.withdrawn'> | EventOf<'hall.star.unplanned'> {
  const { staff, window, plan } = of;
  const data = { month, kind, ...(staff ? { staff } : {}), ...(window ? { window } : {}), reasons: [reason] };
  const envelope = { source: STARS_SOURCE, id: drawn, at: now };
  if (what === 'star') return { ...envelope, type: 'hall.star.withdrawn', data };
  return { ...envelope, type: 'hall.star.unplanned', data: { ...data, plan } };
}
