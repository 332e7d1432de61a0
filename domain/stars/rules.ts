/** By what stars are ranked: the hall's own weights and least numbers, published on the page that chooses them (spec section S). */
import * as v from 'valibot';
import { STAR_KINDS, type StarKind, type StarPart } from '../events/schema.ts';

const weight = v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100)), 0);
const least = (usual: number) => v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), usual);

/** The weights of a title's parts, of which one counts at least; only their proportions matter. */
const weightsSchema = v.pipe(
  v.object({
    volume: weight,
    lines: weight,
    satisfaction: weight,
    onTime: weight,
    consultations: weight,
  } satisfies Record<StarPart, unknown>),
  v.check((weights) => Object.values(weights).some((one) => one > 0), 'One weight must be more than 0.'),
);

const ruleOf = (weights: Readonly<Record<StarPart, number>>) =>
  v.object({
    weights: v.optional(weightsSchema, weights),
    /** Cases finished in the month, and ratings that people gave, below which nobody is ranked. */
    leastCases: least(10),
    leastRatings: least(5),
  });

/** What stands on the wall for somebody who has left: the name as it was, its first sign, or that they have left. */
export const LEAVER_NAMES = ['name', 'initial', 'left'] as const;

export const starRulesSchema = v.object({
  pacesetter: v.optional(ruleOf({ volume: 40, lines: 15, satisfaction: 20, onTime: 15, consultations: 10 })),
  /** Of one line alone; how many lines somebody covers is asked of the pacesetter. */
  expert: v.optional(ruleOf({ volume: 35, lines: 0, satisfaction: 35, onTime: 25, consultations: 5 })),
  window: v.optional(ruleOf({ volume: 40, lines: 15, satisfaction: 25, onTime: 20, consultations: 0 })),
  leavers: v.optional(v.picklist(LEAVER_NAMES)),
});
export type StarSettings = v.InferOutput<typeof starRulesSchema>;
export type StarRule = NonNullable<StarSettings[StarKind]>;
export type StarRules = Readonly<Record<StarKind, StarRule>>;

const STANDARD = v.parse(starRulesSchema, Object.fromEntries(STAR_KINDS.map((kind) => [kind, {}])));

/** The rules in force: the hall's own, and the product's for what it does not say. */
export function starRules(own: StarSettings | undefined): StarRules {
  return Object.fromEntries(STAR_KINDS.map((kind) => [kind, own?.[kind] ?? STANDARD[kind]!])) as unknown as StarRules;
}
