/** `GET /api/measures`: every measure of a span, as of its end. */
import { Router } from 'express';
import * as v from 'valibot';
import type { Measures } from '../../domain/measures/measures.ts';
import { queryOf, readQuery } from '../asked.ts';
import type { Board } from '../board/board.ts';
import { daySchema, isSpan } from './days.ts';
import { withoutGaps } from './without-gaps.ts';

/** Unknown stations and items that an answer names. */
export const MOST_NAMED = 200;
const name = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200)));
/** A span and what it is narrowed to. */
export const figuresQuery = v.pipe(
  v.object({
    from: daySchema,
    to: daySchema,
    station: name,
    item: name,
    line: name,
    window: name,
  }),
  v.forward(
    v.check(({ from, to }) => isSpan(from, to), 'a day not before from'),
    ['to'],
  ),
);

export interface MeasuresOptions {
  readonly board: Board;
  readonly now: () => number;
}

export function createMeasuresRouter({ board, now }: MeasuresOptions): Router {
  const router = Router();
  router.get('/api/measures', readQuery(figuresQuery), async (_request, response) => {
    const asked = queryOf(response, figuresQuery);
    const measures = await board.measures({ ...withoutGaps(asked), now: now() });
    response.json({ ...measures, unknown: boundUnknown(measures.unknown) });
  });
  return router;
}

/** A vendor's mistake may name thousands; whoever mends it needs some of them, and how many they are. */
export function boundUnknown({ stations, items, ...rest }: Measures['unknown']): Measures['unknown'] {
  return {
    ...rest,
    stations: stations.slice(0, MOST_NAMED),
    items: items.slice(0, MOST_NAMED),
    ...(stations.length > MOST_NAMED ? { moreStations: stations.length - MOST_NAMED } : {}),
    ...(items.length > MOST_NAMED ? { moreItems: items.length - MOST_NAMED } : {}),
  };
}
