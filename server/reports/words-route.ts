/** `POST /api/reports/words`: what the hall writes in a report by itself. */
import { Router } from 'express';
import * as v from 'valibot';
import { may } from '../../domain/access/roles.ts';
import { REPORT_KINDS } from '../../domain/report/kinds.ts';
import { personOf, type People } from '../access/people.ts';
import { bodyOf, readBody } from '../asked.ts';
import { daySchema } from './days.ts';
import type { ReportWords } from './words.ts';

/** Two thousand signs of four bytes, and what is around them. */
const BODY_LIMIT = 16_384;

const wordsSchema = v.strictObject({
  kind: v.picklist(REPORT_KINDS),
  from: daySchema,
  to: daySchema,
  station: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  text: v.pipe(v.string(), v.trim(), v.maxLength(2_000)),
});

export interface WordsRouteOptions {
  readonly words: ReportWords;
  readonly people: People;
  /** The hall's day. */
  readonly day: () => string;
}

export function createWordsRouter({ words, people, day }: WordsRouteOptions): Router {
  const router = Router();
  router.post('/api/reports/words', people.gate, readBody(wordsSchema, BODY_LIMIT), async (_request, response) => {
    const person = personOf(response);
    if (!may(person.assignments, 'write-report', day())) {
      response.status(403).json({ error: 'not-allowed' });
      return;
    }
    const { kind, from, to, station, text } = bodyOf(response, wordsSchema);
    const done = await words.write({ kind, span: { from, to }, station }, text, person.staff);
    if (done === 'written') response.json({ ok: true });
    else response.status(422).json({ error: done, field: 'text' });
  });
  return router;
}
