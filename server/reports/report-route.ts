/** `GET /api/report`, and the same report as a file: one question feeds them all. */
import { Router, type RequestHandler, type Response } from 'express';
import * as v from 'valibot';
import { periodOf } from '../../domain/brief/periods.ts';
import { dayOf, type Zone } from '../../domain/calendar/zone.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { isPeriod } from '../../domain/report/input.ts';
import { REPORT_FORMATS, REPORT_KINDS } from '../../domain/report/kinds.ts';
import { may } from '../../domain/access/roles.ts';
import { forPeople } from '../access/people-only.ts';
import { readerOf } from '../access/readers.ts';
import { queryOf, readQuery } from '../asked.ts';
import { describeFile } from './file-name.ts';
import type { ReportFiles } from './files.ts';
import { daySchema, isSpan } from './days.ts';
import { PrintError } from './print.ts';
import type { AskedReport, ReadReport } from './read-report.ts';

const querySchema = v.pipe(
  v.object({
    kind: v.optional(v.picklist(REPORT_KINDS), 'month'),
    day: v.optional(daySchema),
    from: v.optional(daySchema),
    to: v.optional(daySchema),
    station: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
    lang: v.optional(v.picklist(['zh', 'en']), 'zh'),
  }),
  v.forward(
    v.check(({ from, to }) => (from === undefined) === (to === undefined), 'both days or none'),
    ['to'],
  ),
  v.forward(
    v.check(({ kind, from }) => kind !== 'span' || from !== undefined, 'a span has two days'),
    ['from'],
  ),
  v.forward(
    v.check(({ from, to }) => from === undefined || to === undefined || isSpan(from, to), 'a day not before from'),
    ['to'],
  ),
);

export interface ReportRouteOptions {
  readonly read: ReadReport;
  readonly files: ReportFiles;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly now: () => number;
}

export function createReportRouter({ read, files, config, zone, now }: ReportRouteOptions): Router {
  const router = Router();
  const ask: RequestHandler = (_request, response, next) => {
    const asked = readAsked(response);
    if (asked === undefined) return;
    response.locals['asked'] = asked;
    next();
  };
  const gate = [forPeople, readQuery(querySchema), ask];
  const askedOf = (response: Response): AskedReport => response.locals['asked'] as AskedReport;
  router.get('/api/report', ...gate, async (_request, response) => {
    const { person } = readerOf(response);
    const mayWrite = person !== undefined && may(person.assignments, 'write-report', dayOf(zone, now()));
    response.json({ ...(await read(askedOf(response))), ...(mayWrite ? { mayWrite } : {}) });
  });
  for (const extension of REPORT_FORMATS) {
    const { type, write } = files[extension];
    router.get(`/api/report.${extension}`, ...gate, async (_request, response) => {
      const report = await read(askedOf(response));
      try {
        const bytes = await write(report);
        response.set('Content-Disposition', describeFile(report, extension)).type(type).send(Buffer.from(bytes));
      } catch (error) {
        if (!(error instanceof PrintError)) throw error;
        response.status(error.problem === 'no-browser' ? 501 : 503).json({
          error: error.problem,
          message: error.say(report.language),
        });
      }
    });
  }
  return router;

  function readAsked(response: Response): AskedReport | undefined {
    const { kind, day = dayOf(zone, now()), from, to, station, lang } = queryOf(response, querySchema);
    if (station !== undefined && !config().stations.has(station)) {
      response.status(404).json({ error: 'unknown-station' });
      return undefined;
    }
    const span = from !== undefined && to !== undefined ? { from, to } : periodOf(isPeriod(kind) ? kind : 'day', day);
    return { kind, span, station, language: lang };
  }
}
