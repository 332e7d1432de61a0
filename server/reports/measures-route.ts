/** `GET /api/measures`: every measure of a span, as of its end. */
import { Router } from 'express';
import * as v from 'valibot';
import type { Board } from '../board/runtime.ts';

const MAX_SPAN_DAYS = 36_600;
const day = v.pipe(
  v.string(),
  v.isoDate(),
  v.check((value) => isRealDay(value), 'not a day of the calendar'),
);
const querySchema = v.object({
  from: day,
  to: day,
  station: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
});

export interface MeasuresOptions {
  readonly board: Board;
  readonly now: () => number;
}

export function createMeasuresRouter({ board, now }: MeasuresOptions): Router {
  const router = Router();
  router.get('/api/measures', async (request, response) => {
    const query = v.safeParse(querySchema, request.query);
    if (!query.success) {
      response
        .status(400)
        .json({ error: 'bad-query', field: v.getDotPath(query.issues[0]) ?? '', expected: 'YYYY-MM-DD' });
      return;
    }
    const { from, to, station } = query.output;
    if (from > to || (Date.parse(to) - Date.parse(from)) / 86_400_000 > MAX_SPAN_DAYS) {
      response.status(400).json({ error: 'bad-query', field: 'to', expected: 'a day not before from' });
      return;
    }
    response.json(await board.measures({ from, to, now: now(), ...(station === undefined ? {} : { station }) }));
  });
  return router;
}

function isRealDay(value: string): boolean {
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
