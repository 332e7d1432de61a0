/** The walls' own document: which scenes turn, in what order, for how long and when; and how they look. */
import * as v from 'valibot';
import { SCENES, THEMES } from '../board/topics/data.ts';

/**
 * When a turn is worth its time. `working-day`: the hall works today. `pilot`: there is a medical-insurance pilot.
 * `rated-today`, `rated`: a rating was given today, this month. `poor-open`: a poor rating is still followed up.
 * `starred`: a star is published.
 */
export const CONDITIONS = ['always', 'working-day', 'pilot', 'rated-today', 'rated', 'poor-open', 'starred'] as const;

const turn = v.object({
  scene: v.picklist(SCENES),
  seconds: v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(3600)),
  when: v.optional(v.picklist(CONDITIONS), 'always'),
});

export const scenesSchema = v.object({
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** At least one; with a single turn nothing turns. */
  playlist: v.pipe(v.array(turn), v.minLength(1), v.maxLength(20)),
  /** How long a key or a touch holds the playlist. */
  resumeSeconds: v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(3600)),
  theme: v.picklist(THEMES),
  /** `auto` follows the browser of each screen. */
  language: v.picklist(['zh', 'en', 'auto']),
});
export type Scenes = v.InferOutput<typeof scenesSchema>;
export type Turn = Scenes['playlist'][number];

/** A hall whose seed has no such document shows its overview. */
export const DEFAULT_SCENES: Scenes = {
  version: 1,
  playlist: [{ scene: 'overview', seconds: 60, when: 'always' }],
  resumeSeconds: 60,
  theme: 'deep',
  language: 'zh',
};
