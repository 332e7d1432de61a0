/** `GET /api/days/frozen`: days as they were when their books closed, and what was corrected since. */
import { Router } from 'express';
import * as v from 'valibot';
import { dayNumber } from '../../domain/calendar/zone.ts';
import { forPeople } from '../access/people-only.ts';
import { queryOf, readQuery } from '../asked.ts';
import { daySchema } from '../reports/days.ts';
import { readFrozenDays, type FrozenDaysOptions } from './frozen-days.ts';

/** A quarter: each day that was corrected is asked for by station. */
const MOST_DAYS = 92;
const querySchema = v.pipe(
  v.object({ from: daySchema, to: daySchema }),
  v.forward(
    v.check(({ from, to }) => from <= to && dayNumber(to) - dayNumber(from) < MOST_DAYS),
    ['to'],
  ),
);

export function createFrozenRouter(options: FrozenDaysOptions): Router {
  const router = Router();
  router.get('/api/days/frozen', forPeople, readQuery(querySchema), async (_request, response) => {
    const { from, to } = queryOf(response, querySchema);
    response.json(await readFrozenDays(options, from, to));
  });
  return router;
}
