/** `GET /api/measures`: every measure of a span, as of its end. */
import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import type { Measures } from '../../domain/measures/measures.ts';
import type { Board } from '../board/board.ts';
import { daySchema, isSpan } from './days.ts';
import { withoutGaps } from './without-gaps.ts';

/** Unknown stations and items that an answer names. */
export const MOST_NAMED = 200;
const name = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200)));
const querySchema = v.object({
  from: daySchema,
  to: daySchema,
  station: name,
  item: name,
  line: name,
  window: name,
});

export interface MeasuresOptions {
  readonly board: Board;
  readonly now: () => number;
}

export function createMeasuresRouter({ board, now }: MeasuresOptions): Router {
  const router = Router();
  router.get('/api/measures', async (request, response) => {
    const asked = readSpan(request, response);
    if (asked === undefined) return;
    const measures = await board.measures({ ...withoutGaps(asked), now: now() });
    response.json({ ...measures, unknown: boundUnknown(measures.unknown) });
  });
  return router;
}

/** A span and what it is narrowed to; answers 400 by itself where the query is wrong. */
export function readSpan(request: Request, response: Response): v.InferOutput<typeof querySchema> | undefined {
  const query = v.safeParse(querySchema, request.query);
  if (!query.success) {
    response
      .status(400)
      .json({ error: 'bad-query', field: v.getDotPath(query.issues[0]) ?? '', expected: 'YYYY-MM-DD' });
    return undefined;
  }
  if (!isSpan(query.output.from, query.output.to)) {
    response.status(400).json({ error: 'bad-query', field: 'to', expected: 'a day not before from' });
    return undefined;
  }
  return query.output;
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
