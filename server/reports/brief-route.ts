/** `GET /api/brief`: a leader's page, all figures of one position of the ledger. */
import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import { buildComparison } from '../../domain/board/topics/trend.ts';
import { readComparison } from '../../domain/board/now.ts';
import { createView, toHallHead } from '../../domain/board/topics/view.ts';
import { comparisonsOf, periodOf, PERIODS, type Period } from '../../domain/brief/periods.ts';
import { readDecisions } from '../../domain/brief/decisions.ts';
import { countWorkingDays, daysUpTo } from '../../domain/calendar/calendar.ts';
import { dayOf, minuteOf, type Zone } from '../../domain/calendar/zone.ts';
import type { MeasureQuery } from '../../domain/measures/build.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import { parseAt } from '../../domain/past/parse-at.ts';
import { listStations, stationName, type HallConfig } from '../../domain/profile/profile.ts';
import type { Brief, BriefDay, Decisions } from '../../domain/wire/brief.ts';
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
  at: v.optional(v.string()),
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
  /** What accounts call their people, by staff id. */
  readonly names: () => Readonly<Record<string, string>>;
}

/** What is told of a span that is not over. */
interface More {
  readonly decisions: boolean;
  readonly sameMoment: boolean;
}

interface Asked {
  readonly period: Period;
  readonly day: string;
  readonly station: string | undefined;
  /** The moment as of which all is told, epoch ms. */
  readonly at: number;
}

/** What the figures of a brief are read from: the present, or a past moment. */
interface Figures {
  readonly measures: readonly Measures[];
  readonly sameMoment?: { readonly day: string; readonly then: number };
  readonly decisions?: Decisions;
}

export function createBriefRouter(options: BriefRouteOptions): Router {
  const { board, config, zone, demo, now } = options;
  const router = Router();
  router.get('/api/brief', forPeople, async (request: Request, response: Response) => {
    const query = v.safeParse(querySchema, request.query);
    if (!query.success) {
      response.status(400).json({ error: 'bad-query', field: v.getDotPath(query.issues[0]) ?? '' });
      return;
    }
    const present = now();
    const { period, station } = query.output;
    const at = query.output.at === undefined ? present : parseAt(query.output.at, zone, present);
    if (typeof at === 'string') {
      response.status(400).json({ error: at, field: 'at' });
      return;
    }
    const { day = dayOf(zone, at) } = query.output;
    if (station !== undefined && !config().stations.has(station)) {
      response.status(404).json({ error: 'unknown-station' });
      return;
    }
    const asked = { period, day, station, at };
    if (query.output.at !== undefined) {
      const brief = await readBrief(asked, (spans, more) => lookBack(spans, asked, more));
      if (brief) response.json({ ...brief, present } satisfies Brief);
      else response.status(404).json({ error: 'before-first' });
      return;
    }
    const { person } = readerOf(response);
    const mayInstruct = person !== undefined && may(person.assignments, 'instruct', dayOf(zone, at));
    await board.caughtUp();
    const brief = await readBrief(asked, (spans, more) => lookNow(spans, asked, more));
    response.json({ ...brief!, ...(mayInstruct ? { owners: options.owners() } : {}) } satisfies Brief);
  });
  return router;

  /** @param read answers `undefined` where there was nothing yet */
  async function readBrief(
    { period, day, station, at }: Asked,
    read: (spans: readonly MeasureQuery[], more: More) => Promise<Figures | undefined>,
  ): Promise<Brief | undefined> {
    const today = dayOf(zone, at);
    const { calendar } = config();
    const span = periodOf(period, day);
    const isRunning = span.from <= today && today <= span.to;
    const compared = comparisonsOf(period, span, today, board.state.since, calendar);
    const last = span.to < today ? span.to : today;
    const days = daysUpTo(last, DAYS_SHOWN, DAYS_BACK, (one) => calendar.isWorkingDay(one));
    const of = station === undefined ? {} : { station };
    const spans = [
      span,
      ...compared.flatMap((one) => [one.now, one.then]),
      ...days.map((one) => ({ from: one, to: one })),
    ].map(({ from, to }) => ({ from, to, ...of }));
    const isSameMoment = period === 'day' && isRunning && station === undefined;
    const figures = await read(spans, { decisions: isRunning, sameMoment: isSameMoment });
    if (!figures) return undefined;
    const { measures: all, sameMoment, decisions } = figures;
    const { name, nameEn, timeZone } = toHallHead({ config: config(), demo });
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
      ...(sameMoment ? { sameMoment: { ...sameMoment, windowCases: all[0]!.windowCases } } : {}),
      ...(decisions ? { decisions } : {}),
      days: days.map((one, i) => toDay(one, all[first + i]!)),
      seq: all[0]!.seq,
    };
  }

  async function lookNow(spans: readonly MeasureQuery[], { at, station }: Asked, more: More): Promise<Figures> {
    const measures = await board.measuresOf(spans.map((span) => ({ ...span, now: at })));
    const view = createView(board.state, config(), zone, demo);
    const comparison = more.sameMoment ? buildComparison(view) : undefined;
    return {
      measures,
      ...(comparison ? { sameMoment: readComparison(comparison, 0, minuteOf(zone, at)) } : {}),
      ...(more.decisions ? { decisions: readDecisions(view, at, options.nameOf, station) } : {}),
    };
  }

  async function lookBack(
    spans: readonly MeasureQuery[],
    { at, station }: Asked,
    more: More,
  ): Promise<Figures | undefined> {
    const of = station === undefined ? {} : { station };
    const { measures, ...rest } = await board.lookAt({
      ...{ at, demo, measures: spans },
      ...(more.sameMoment ? { sameMoment: true } : {}),
      ...(more.decisions ? { decisions: { ...of, names: options.names() } } : {}),
    });
    return measures && { measures, ...rest };
  }
}

function toDay(day: string, { accepted, windowCases, onlineCases, medicalCases, peopleServed }: Measures): BriefDay {
  return { day, accepted, windowCases, onlineCases, medicalCases, peopleServed };
}
