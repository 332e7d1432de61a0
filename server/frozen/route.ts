/** `GET /api/days/frozen`: days as they were when their books closed, and what was corrected since. */
import { Router } from 'express';
import * as v from 'valibot';
import { dayNumber } from '../../domain/calendar/zone.ts';
import { forPeople } from '../access/people-only.ts';
import { daySchema } from '../reports/days.ts';
import { readFrozenDays, type FrozenDaysOptions } from './frozen-days.ts';

/** A quarter: each day that was corrected is asked for by station. */
const MOST_DAYS = 92;
const querySchema = v.object({ from: daySchema, to: daySchema });

export function createFrozenRouter(options: FrozenDaysOptions): Router {
  const router = Router();
  router.get('/api/days/frozen', forPeople, async (request, response) => {
    const query = v.safeParse(querySchema, request.query);
    if (!query.success) {
      response.status(400).json({ error: 'bad-query', field: v.getDotPath(query.issues[0]) ?? '' });
      return;
    }
    const { from, to } = query.output;
    if (from > to || dayNumber(to) - dayNumber(from) >= MOST_DAYS) {
      response.status(400).json({ error: 'bad-query', field: 'to' });
      return;
    }
    response.json(await readFrozenDays(options, from, to));
  });
  return router;
}
