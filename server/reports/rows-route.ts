/** `GET /api/rows`: the rows behind a figure. `GET /api/rows/one`: everything that was ever said of one of them. */
import { Router } from 'express';
import * as v from 'valibot';
import { toHallHead } from '../../domain/board/topics/view.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import { HALF_HOURS } from '../../domain/measures/breakdown.ts';
import { TERMS, type TermId } from '../../domain/measures/terms.ts';
import { stationName, type HallConfig } from '../../domain/profile/profile.ts';
import { formatMinute } from '../../domain/calendar/written.ts';
import { SERVICE_KINDS } from '../../domain/events/schema.ts';
import { ledTo } from '../../domain/rows/led-to.ts';
import { canNarrow } from '../../domain/rows/narrow.ts';
import {
  ROW_ORDERS,
  type FoundRow,
  type RowAnswer,
  type RowPart,
  type RowPlace,
  type RowQuery,
} from '../../domain/rows/query.ts';
import type { FigureRow, FigureRows, RowLife } from '../../domain/wire/rows.ts';
import { queryOf, readQuery } from '../asked.ts';
import type { Board } from '../board/board.ts';
import type { Ledger } from '../ledger/port.ts';
import { daySchema, isSpan } from './days.ts';
import { forPeople } from '../access/people-only.ts';
import { idOf, keysNear, tellLife } from './life.ts';
import { createRowNames, type PeopleNames } from './row-names.ts';
import { withoutGaps } from './without-gaps.ts';

const MOST_ROWS = 200;
const name = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200)));

const querySchema = v.pipe(
  v.object({
    from: daySchema,
    to: daySchema,
    term: v.picklist(Object.keys(TERMS) as TermId[]),
    part: v.optional(v.picklist(['n', 'of']), 'n'),
    station: name,
    item: name,
    line: name,
    window: name,
    staff: name,
    service: v.optional(v.picklist(SERVICE_KINDS)),
    weekday: v.optional(v.pipe(v.string(), v.regex(/^[1-7]$/), v.transform(Number))),
    halfHour: v.optional(v.pipe(v.string(), v.regex(/^\d{1,2}$/), v.transform(Number), v.maxValue(HALF_HOURS - 1))),
    /** By the end of which minute of a day. */
    until: v.optional(v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/), v.transform(toMinute))),
    order: v.optional(v.picklist(ROW_ORDERS), 'newest'),
    after: v.optional(
      v.pipe(
        v.string(),
        v.transform(readNext),
        v.check((next) => next !== undefined),
      ),
    ),
    limit: v.optional(
      v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(MOST_ROWS)),
      '50',
    ),
  }),
  v.forward(
    v.check(({ from, to }) => isSpan(from, to), 'a day not before from'),
    ['to'],
  ),
  v.forward(
    v.check(({ from, to, until }) => until === undefined || from === to, 'a moment of one day'),
    ['until'],
  ),
  v.forward(
    v.check(({ term, service, weekday, halfHour, until }) =>
      canNarrow(term, withoutGaps({ service, weekday, halfHour, until })),
    ),
    ['term'],
  ),
);
/** A key is as long as what names an event. */
const oneSchema = v.object({ key: v.pipe(v.string(), v.regex(/^[a-z]+:./), v.maxLength(1_000)) });

export interface RowsRouteOptions extends PeopleNames {
  readonly board: Board;
  readonly ledger: Ledger;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly demo: boolean;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
}

export function createRowsRouter({ board, ledger, config, zone, demo, now, ...people }: RowsRouteOptions): Router {
  const router = Router();
  const names = createRowNames(config, people);
  router.get('/api/rows', forPeople, readQuery(querySchema), async (_request, response) => {
    const { after, ...rest } = queryOf(response, querySchema);
    const asked: RowQuery & { readonly part: RowPart } = {
      ...withoutGaps(rest),
      now: now(),
      ...(after === undefined ? {} : typeof after === 'number' ? { skip: after } : { after }),
    };
    const answer = await board.rows(asked);
    response.json({
      ...head(),
      term: asked.term,
      part: asked.part,
      span: { from: asked.from, to: asked.to },
      order: asked.order,
      only: nameOnly(asked),
      shown: ledTo(asked.term, asked.part),
      count: answer.count,
      rows: answer.rows.map(toFigureRow),
      ...writeNext(answer.next),
      seq: answer.seq,
      now: asked.now,
    } satisfies FigureRows);
  });

  router.get('/api/rows/one', forPeople, readQuery(oneSchema), async (_request, response) => {
    const { key } = queryOf(response, oneSchema);
    const life = await ledger.lifeOf(key);
    if (!life) {
      response.status(404).json({ error: 'unknown-row' });
      return;
    }
    await board.caughtUp();
    const history = await ledger.historyOf(keysNear(key, life), life.seq);
    const told = tellLife(life, key, { history, days: board.state.days, config: config(), zone, names });
    response.json({ ...head(), ...told } satisfies RowLife);
  });
  return router;

  function head(): Pick<FigureRows, 'hall' | 'timeZone'> {
    const { name: hall, nameEn, timeZone } = toHallHead({ config: config(), demo });
    return { hall: { name: hall, ...(nameEn ? { nameEn } : {}), demo }, timeZone };
  }

  function nameOnly({ station, item, line, window, staff, to, ...rest }: RowQuery): FigureRows['only'] {
    const { service, weekday, halfHour, until } = rest;
    return {
      ...(station === undefined ? {} : { station: { id: station, name: stationName(config(), station, to) } }),
      ...names.dimensions({ item, line, window, staff }),
      ...withoutGaps({ service, weekday, halfHour }),
      ...(until === undefined ? {} : { until: formatMinute(until) }),
    };
  }

  function toFigureRow({ key, kind, at, station, day, value, ...row }: FoundRow): FigureRow {
    const id = idOf(key);
    const { item, line, window, staff } = row;
    return {
      key,
      kind,
      ...(id === undefined ? {} : { id }),
      at,
      station: { id: station, name: stationName(config(), station, day) },
      ...names.dimensions({ item, line, window, staff }),
      value,
    };
  }
}

/** Of a clock's `10:42`. */
function toMinute(clock: string): number {
  const [hour, minute] = clock.split(':').map(Number);
  return hour! * 60 + minute!;
}

/** `DAY~MOMENT~KEY`, or how many to pass over. */
function writeNext(next: RowAnswer['next']): { next?: string } {
  if (next === undefined) return {};
  return { next: typeof next === 'number' ? String(next) : `${next.day}~${next.at}~${next.key}` };
}

function readNext(text: string): RowPlace | number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const [, day, at, key] = /^(\d{4}-\d{2}-\d{2})~(-?\d{1,16})~(.+)$/s.exec(text) ?? [];
  return day === undefined || at === undefined || key === undefined ? undefined : { day, at: Number(at), key };
}
