/** `GET /api/brief`: a leader's page, all figures of one position of the ledger. */
import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import { buildComparison } from '../../domain/board/topics/trend.ts';
import { readComparison } from '../../domain/board/now.ts';
import { createView, toHallHead, type BoardView } from '../../domain/board/topics/view.ts';
import { comparisonsOf, periodOf, PERIODS, type Period } from '../../domain/brief/periods.ts';
import { readDecisions } from '../../domain/brief/decisions.ts';
import { countWorkingDays, daysUpTo } from '../../domain/calendar/calendar.ts';
import { dayOf, minuteOf, type Zone } from '../../domain/calendar/zone.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import { listStations, stationName, type HallConfig } from '../../domain/profile/profile.ts';
import type { Brief, BriefDay } from '../../domain/wire/brief.ts';
import { may } from '../../domain/access/roles.ts';
import { readerOf } from '../access/readers.ts';
import type { Board } from '../board/board.ts';
import { daySchema } from './measures-route.ts';
import { forPeople } from './people-only.ts';

/** Working days of the picture, and how far it looks back for them. */
const DAYS_SHOWN = 30;
const DAYS_BACK = 89;

const querySchema = v.object({
  period: v.optional(v.picklist(PERIODS), 'day'),
  day: v.optional(daySchema),
  station: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
});

export interface BriefRouteOptions {
  readonly board: Board;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly demo: boolean;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** What a staff id is called, where an account says it. */
  readonly nameOf: (staff: string) => string | undefined;
  /** To whom instructions can be given today. */
  readonly owners: () => NonNullable<Brief['owners']>;
}

interface Asked {
  readonly period: Period;
  readonly day: string;
  readonly station: string | undefined;
}

export function createBriefRouter(options: BriefRouteOptions): Router {
  const { board, config, zone, now } = options;
  const router = Router();
  router.get('/api/brief', forPeople, async (request: Request, response: Response) => {
    const query = v.safeParse(querySchema, request.query);
    if (!query.success) {
      response.status(400).json({ error: 'bad-query', field: v.getDotPath(query.issues[0]) ?? '' });
      return;
    }
    const { period, day = dayOf(zone, now()), station } = query.output;
    if (station !== undefined && !config().stations.has(station)) {
      response.status(404).json({ error: 'unknown-station' });
      return;
    }
    const { person } = readerOf(response);
    const mayInstruct = person !== undefined && may(person.assignments, 'instruct', dayOf(zone, now()));
    const brief = await readBrief(options, { period, day, station });
    response.json({ ...brief, ...(mayInstruct ? { owners: options.owners() } : {}) } satisfies Brief);
  });
  return router;

  async function readBrief({ demo }: BriefRouteOptions, { period, day, station }: Asked): Promise<Brief> {
    const at = now();
    const today = dayOf(zone, at);
    const { calendar } = config();
    await board.caughtUp();
    const span = periodOf(period, day);
    const isRunning = span.from <= today && today <= span.to;
    const compared = comparisonsOf(period, span, today, board.state.since, calendar);
    const last = span.to < today ? span.to : today;
    const days = daysUpTo(last, DAYS_SHOWN, DAYS_BACK, (one) => calendar.isWorkingDay(one));
    const spans = [
      span,
      ...compared.flatMap((one) => [one.now, one.then]),
      ...days.map((one) => ({ from: one, to: one })),
    ];
    const of = station === undefined ? {} : { station };
    const all = await board.measuresOf(spans.map(({ from, to }) => ({ from, to, now: at, ...of })));
    const view = createView(board.state, config(), zone, demo);
    const { name, nameEn, timeZone } = toHallHead(view);
    const first = 1 + 2 * compared.length;
    return {
      hall: { id: config().profile.hall, name, ...(nameEn ? { nameEn } : {}), demo },
      timeZone,
      period,
      span,
      today,
      now: at,
      isRunning,
      ...(station === undefined ? {} : { station: { id: station, name: stationName(config(), station, today) } }),
      stations: listStations(config(), today),
      workingDays: countWorkingDays(calendar, span.from, span.to),
      measures: all[0]!,
      comparisons: compared.map((one, i) => ({ ...one, measures: all[1 + 2 * i]!, before: all[2 + 2 * i]! })),
      ...(period === 'day' && isRunning && station === undefined ? readSameMoment(view, all[0]!, at) : {}),
      ...(isRunning ? { decisions: readDecisions(view, at, options.nameOf, station) } : {}),
      days: days.map((one, i) => toDay(one, all[first + i]!)),
      seq: all[0]!.seq,
    };
  }

  function readSameMoment(view: BoardView, { windowCases }: Measures, at: number): Pick<Brief, 'sameMoment'> {
    const comparison = buildComparison(view);
    if (!comparison) return {};
    const { day, then } = readComparison(comparison, windowCases, minuteOf(zone, at));
    return { sameMoment: { day, then, windowCases } };
  }
}

function toDay(day: string, { accepted, windowCases, onlineCases, medicalCases, peopleServed }: Measures): BriefDay {
  return { day, accepted, windowCases, onlineCases, medicalCases, peopleServed };
}
