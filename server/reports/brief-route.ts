/** `GET /api/brief`: a leader's page, all figures of one position of the ledger. */
import { Router } from 'express';
import * as v from 'valibot';
import type { Comparison } from '../../domain/board/topics/data.ts';
import { buildComparison, buildStationComparison } from '../../domain/board/topics/trend.ts';
import { readComparison } from '../../domain/board/now.ts';
import { createView, toHallHead } from '../../domain/board/topics/view.ts';
import {
  comparisonsOf,
  comparisonsOfSpan,
  earliestOf,
  periodOf,
  PERIODS,
  type ComparisonKind,
} from '../../domain/brief/periods.ts';
import { listCautions } from '../../domain/brief/cautions.ts';
import { readDecisions } from '../../domain/brief/decisions.ts';
import { countWorkingDays, daysUpTo } from '../../domain/calendar/calendar.ts';
import { dayNumber, dayOf, minuteOf, type Zone } from '../../domain/calendar/zone.ts';
import { drawnIdSchema } from '../../domain/events/schema.ts';
import { countSilentDays, type SilentFeed } from '../../domain/frozen/silent-feeds.ts';
import type { Span } from '../../domain/measures/build.ts';
import type { TermId } from '../../domain/measures/terms.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import { parseAt } from '../../domain/past/parse-at.ts';
import { isInForce, listStations, stationName, type HallConfig } from '../../domain/profile/profile.ts';
import type { Brief, BriefDay, BriefScopes, Caution, Decisions, Named } from '../../domain/wire/brief.ts';
import { may } from '../../domain/access/roles.ts';
import { readerOf } from '../access/readers.ts';
import { queryOf, readQuery } from '../asked.ts';
import type { Board } from '../board/board.ts';
import type { StoredMeasureQuery } from '../ledger/port.ts';
import type { Players } from '../past/players.ts';
import { daySchema, isSpan } from './days.ts';
import { forPeople } from '../access/people-only.ts';
import { withoutGaps } from './without-gaps.ts';

/** Working days of the picture, and how far it looks back for them. */
const DAYS_SHOWN = 30;
const DAYS_BACK = 89;
/** Of longer spans, in days, nothing is said of what had not come when days closed. */
const MOST_HEARD = 366;

/** What the sentence and its main figures tell. */
const TOLD: readonly TermId[] = ['onlineShare', 'onTime', 'activelySatisfied', 'wait', 'turnaround'];

const name = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200)));
const querySchema = v.pipe(
  v.object({
    period: v.optional(v.picklist([...PERIODS, 'span']), 'day'),
    day: v.optional(daySchema),
    from: v.optional(daySchema),
    to: v.optional(daySchema),
    station: name,
    line: name,
    item: name,
    window: name,
    at: v.optional(v.string()),
    /** Drawn by a page that plays past moments. */
    player: v.optional(drawnIdSchema),
  }),
  v.forward(
    v.check(
      ({ period, from, to }) => period !== 'span' || (from !== undefined && to !== undefined && isSpan(from, to)),
    ),
    ['to'],
  ),
  v.forward(
    v.check(
      ({ at, period, line, item, window }) => at === undefined || (period !== 'span' && !(line ?? item ?? window)),
    ),
    ['at'],
  ),
);
/** `at`: the moment as of which all is told, epoch ms. */
type Asked = Omit<v.InferOutput<typeof querySchema>, 'at' | 'player'> & { readonly at: number };

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
  /** The first published day of a span whose figures were counted by other rules than now. */
  readonly publishedOtherwise: (from: string, to: string) => Promise<string | undefined>;
  /** Feeds that had sent nothing of a day when its books closed, if they were closed by `at`, epoch ms. */
  readonly silentFeeds: (day: string, at: number) => Promise<readonly SilentFeed[]>;
  /** The same of each day of a span, of which there are any. */
  readonly silentDays: (
    span: Span,
    at: number,
  ) => Promise<readonly { readonly day: string; readonly feeds: readonly SilentFeed[] }[]>;
  /** What accounts call their people, by staff id. */
  readonly names: () => Readonly<Record<string, string>>;
  /** Those that play past moments on whatever page. */
  readonly players: Players;
}

/** What is told of a span that is not over. */
interface More {
  readonly decisions: boolean;
  readonly sameMoment: boolean;
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
  router.get('/api/brief', forPeople, readQuery(querySchema), async (_request, response) => {
    const { player, ...query } = queryOf(response, querySchema);
    const { station } = query;
    if (station !== undefined && !config().stations.has(station)) {
      response.status(404).json({ error: 'unknown-station' });
      return;
    }
    const present = now();
    const at = query.at === undefined ? present : parseAt(query.at, zone, present);
    if (typeof at === 'string') {
      response.status(400).json({ error: at, field: 'at' });
      return;
    }
    const asked: Asked = { ...query, at };
    if (query.at !== undefined) {
      if (player !== undefined && !options.players.admit(player)) {
        response.status(429).json({ error: 'too-many-players' });
        return;
      }
      const brief = await readBrief(asked, (spans, more) => lookBack(spans, asked, more));
      if (brief) response.json({ ...brief, present } satisfies Brief);
      else response.status(404).json({ error: 'before-first' });
      return;
    }
    const { person } = readerOf(response);
    const mayInstruct = person !== undefined && may(person.assignments, 'instruct', dayOf(zone, at));
    await board.caughtUp();
    const brief = await readBrief(asked, (spans, more) => lookNow(spans, asked, more));
    const hasInstructions =
      person !== undefined &&
      [...board.state.entries.followup.values()].some(
        ({ instruction, owner }) => instruction && (mayInstruct || owner === person.staff),
      );
    response.json({
      ...brief!,
      ...(mayInstruct ? { owners: options.owners() } : {}),
      ...(hasInstructions ? { hasInstructions } : {}),
    } satisfies Brief);
  });
  router.get('/api/brief/scopes', forPeople, (_request, response) => {
    const { catalogue, profile } = config();
    const today = dayOf(zone, now());
    response.json({
      lines: catalogue.lines.map(({ id, name: line }) => ({ id, name: line })),
      items: catalogue.items.map(({ code: id, name: item, line }) => ({ id, name: item, line })),
      windows: profile.windows
        .filter((window) => isInForce(window, today))
        .map(({ id, label, station }) => ({ id, name: label, station })),
    } satisfies BriefScopes);
  });
  return router;

  /** @param read answers `undefined` where there was nothing yet */
  async function readBrief(
    asked: Asked,
    read: (spans: readonly StoredMeasureQuery[], more: More) => Promise<Figures | undefined>,
  ): Promise<Brief | undefined> {
    const { period, station, at } = asked;
    const today = dayOf(zone, at);
    const { calendar, profile } = config();
    const place = station ?? profile.windows.find(({ id }) => id === asked.window)?.station;
    const span = period === 'span' ? { from: asked.from!, to: asked.to! } : periodOf(period, asked.day ?? today);
    const isRunning = span.from <= today && today <= span.to;
    const by = { today, since: board.state.since, calendar, station: place };
    const compared = period === 'span' ? comparisonsOfSpan(span, by) : comparisonsOf(period, span, by);
    const last = span.to < today ? span.to : today;
    const days = daysUpTo(last, DAYS_SHOWN, DAYS_BACK, (one) => calendar.isWorkingDay(one, place));
    const spans = [
      span,
      ...compared.flatMap((one) => [one.now, one.then]),
      ...days.map((one) => ({ from: one, to: one })),
    ];
    const only = narrowedTo(asked);
    const of = { ...(station === undefined ? {} : { station }), ...withoutGaps(only) };
    const isWhole = Object.values(only).every((one) => one === undefined);
    const isSameMoment = period === 'day' && isRunning && isWhole;
    const figures = await read(
      spans.map(({ from, to }) => ({ from, to, now: at, ...of })),
      { decisions: isRunning && isWhole, sameMoment: isSameMoment },
    );
    if (!figures) return undefined;
    const { measures: all, sameMoment, decisions } = figures;
    const comparisons = compared.map((one, i) => ({ ...one, measures: all[1 + 2 * i]!, before: all[2 + 2 * i]! }));
    const { name, nameEn, timeZone } = toHallHead({ config: config(), demo });
    const first = 1 + 2 * compared.length;
    return {
      hall: { id: profile.hall, name, ...(nameEn ? { nameEn } : {}), demo },
      timeZone,
      period,
      span,
      today,
      now: at,
      isRunning,
      ...(station === undefined ? {} : { station: { id: station, name: stationName(config(), station, today) } }),
      ...(isWhole ? {} : { only: nameOnly(only) }),
      stations: listStations(config(), today),
      workingDays: countWorkingDays(calendar, span.from, span.to, place),
      measures: all[0]!,
      comparisons,
      cautions: [
        ...listCautions({
          ...{ config: config(), span, today, station: place, comparisons, measures: all[0]!, terms: TOLD },
          ...(sameMoment ? { sameMoment: { ...sameMoment, windowCases: all[0]!.windowCases } } : {}),
          publishedOtherwise: await options.publishedOtherwise(earliestOf(span, compared), span.to),
        }),
        ...(span.from === span.to
          ? await listSilentFeeds(daysOf(span, compared, sameMoment), asked)
          : await listSilentDays(span, compared, asked)),
      ],
      ...(sameMoment ? { sameMoment: { ...sameMoment, windowCases: all[0]!.windowCases } } : {}),
      ...(decisions ? { decisions } : {}),
      days: days.map((one, i) => toDay(one, all[first + i]!)),
      seq: all[0]!.seq,
    };
  }

  /** Of a day and those that it is laid beside; one that goes on has not closed yet. */
  async function listSilentFeeds(days: ReadonlySet<string>, { at, station }: Asked): Promise<Caution[]> {
    const found = await Promise.all(
      [...days].map(async (day): Promise<Caution[]> => {
        const all = await options.silentFeeds(day, at);
        const feeds = feedsOf(all, station);
        return feeds.length === 0 ? [] : [{ type: 'silent-feeds', day, feeds }];
      }),
    );
    return found.flat();
  }

  /** Of a longer span and of those that it is laid beside. */
  async function listSilentDays(
    span: Span,
    compared: readonly { readonly kind: ComparisonKind; readonly then: Span }[],
    { at, station }: Asked,
  ): Promise<Caution[]> {
    const spans = [{ span, of: undefined }, ...compared.map(({ kind, then }) => ({ span: then, of: kind }))];
    const found = await Promise.all(
      spans.map(async ({ span: one, of }): Promise<Caution[]> => {
        if (dayNumber(one.to) - dayNumber(one.from) >= MOST_HEARD) return [];
        const days = await options.silentDays(one, at);
        const feeds = countSilentDays(days.map(({ day, feeds: all }) => ({ day, feeds: feedsOf(all, station) })));
        return feeds.length === 0 ? [] : [{ type: 'silent-days', ...(of === undefined ? {} : { of }), feeds }];
      }),
    );
    return found.flat();
  }

  function nameOnly({ line, item, window }: ReturnType<typeof narrowedTo>): NonNullable<Brief['only']> {
    const { items, catalogue, profile } = config();
    const found = (id: string, known: string | undefined): Named => ({ id, name: known ?? id });
    return {
      ...(line === undefined ? {} : { line: found(line, catalogue.lines.find(({ id }) => id === line)?.name) }),
      ...(item === undefined ? {} : { item: found(item, items.get(item)?.name) }),
      ...(window === undefined
        ? {}
        : { window: found(window, profile.windows.find(({ id }) => id === window)?.label) }),
    };
  }

  async function lookNow(spans: readonly StoredMeasureQuery[], { at, station }: Asked, more: More): Promise<Figures> {
    const measures = await board.measuresOf(spans);
    const view = createView(board.state, config(), zone, demo);
    const comparison = more.sameMoment
      ? station === undefined
        ? buildComparison(view)
        : buildStationComparison(view, station)
      : undefined;
    return {
      measures,
      ...(comparison ? { sameMoment: readMoment(comparison, minuteOf(zone, at)) } : {}),
      ...(more.decisions ? { decisions: readDecisions(view, at, options.nameOf, station) } : {}),
    };
  }

  async function lookBack(
    spans: readonly StoredMeasureQuery[],
    { at, station }: Asked,
    more: More,
  ): Promise<Figures | undefined> {
    const of = station === undefined ? {} : { station };
    const { measures, ...rest } = await board.lookAt({
      ...{ at, demo, measures: spans },
      ...(more.sameMoment ? { sameMoment: of } : {}),
      ...(more.decisions ? { decisions: { ...of, names: options.names() } } : {}),
    });
    return measures && { measures, ...rest };
  }
}

/** A hall's own and, of a station, its own. */
function feedsOf(all: readonly SilentFeed[], station: string | undefined): SilentFeed[] {
  return all.filter((one) => station === undefined || [station, undefined].includes(one.station));
}

function daysOf(
  span: Span,
  compared: readonly { readonly then: Span }[],
  sameMoment: { readonly day: string } | undefined,
): Set<string> {
  return new Set([span.to, ...compared.map(({ then }) => then.to), ...(sameMoment ? [sameMoment.day] : [])]);
}

function readMoment(comparison: Comparison, minute: number): NonNullable<Figures['sameMoment']> {
  const { day, then } = readComparison(comparison, 0, minute);
  return { day, then };
}

function narrowedTo({ line, item, window }: Asked): Pick<Asked, 'line' | 'item' | 'window'> {
  return { line, item, window };
}

function toDay(day: string, { accepted, windowCases, onlineCases, medicalCases, peopleServed }: Measures): BriefDay {
  return { day, accepted, windowCases, onlineCases, medicalCases, peopleServed };
}
