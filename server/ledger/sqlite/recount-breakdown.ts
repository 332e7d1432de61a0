/** The recount's third part in SQL: from facts to what one span is made of (spec M21), stations apart. */
import { toWorkingDays } from '../../../domain/measures/build.ts';
import { BEHIND_DAYS, DAY_MS } from '../../../domain/calendar/zone.ts';
import type { Breakdown, CaseFigures, WindowFigures } from '../../../domain/measures/breakdown.ts';
import { compareText } from '../../../domain/events/event.ts';
import type { HallConfig } from '../../../domain/profile/profile.ts';
import { ACCEPTED, count, during, FINISHED, flagged, PAPERS_MISSING, PROMISED, TAKEN, total } from './recount-sums.ts';

const LINE = `coalesce(line, '')`;
const AT_A_WINDOW = `${ACCEPTED} AND data ->> '$.channel' = 'window'`;
const IN_FORCE = (entry: string): string =>
  `coalesce(${entry} ->> '$.from', '') <= :to AND coalesce(${entry} ->> '$.until', '${BEHIND_DAYS}') >= :from`;

const casesBy = (name: string): string => `
  WITH spread AS (
    SELECT name, min(ms) FILTER (WHERE share >= 0.5) AS medianMs, count(*) AS n FROM (
      SELECT ${name} AS name, turnaround_ms AS ms,
             cume_dist() OVER (PARTITION BY ${name} ORDER BY turnaround_ms) AS share
      FROM kase WHERE ${FINISHED} AND turnaround_ms IS NOT NULL
    ) GROUP BY name
  ), counted AS (
    SELECT ${name} AS name,
      ${count(ACCEPTED)} AS accepted, ${count(FINISHED)} AS finished, ${count(TAKEN)} AS timed,
      ${count(`${ACCEPTED} AND ${PAPERS_MISSING}`)} AS deferred,
      ${count(`${ACCEPTED} AND ${flagged('instantApproval')}`)} AS instant,
      ${total('allowed_ms - promised_ms', PROMISED)} AS cutMs, ${total('allowed_ms', PROMISED)} AS promiseAllowedMs,
      ${total('allowed_ms - turnaround_ms', TAKEN)} AS savedMs, ${total('allowed_ms', TAKEN)} AS speedAllowedMs
    FROM kase GROUP BY 1
  )
  SELECT counted.*, spread.medianMs, coalesce(spread.n, 0) AS turnarounds
  FROM counted LEFT JOIN spread ON spread.name = counted.name WHERE accepted + finished > 0`;

const ACCEPTED_AT = `SELECT station, data ->> '$.window' AS pane, count(*) AS n FROM kase WHERE ${AT_A_WINDOW} GROUP BY 1, 2`;
const SERVED_AT = `SELECT station, pane, count(*) AS n, sum(coalesce(service_ms, 0)) AS ms
  FROM ticket WHERE ${during('served_day')} GROUP BY 1, 2`;
const RATED_AT = `SELECT station, pane, score, count(*) AS n, count(*) FILTER (WHERE NOT by_default) AS active
  FROM rating WHERE round = 1 AND ${during('day')} GROUP BY 1, 2, 3`;

const IDLE_ITEMS = `SELECT value ->> '$.code' AS code FROM json_each(:items)
  WHERE ${IN_FORCE('value')}
    AND value ->> '$.code' NOT IN (SELECT item FROM kase WHERE ${ACCEPTED} AND item IS NOT NULL) ORDER BY key`;
const PANES = `SELECT value ->> '$.station' AS station, value ->> '$.id' AS pane FROM json_each(:windows)
  WHERE ${IN_FORCE('value')} AND (:station IS NULL OR value ->> '$.station' = :station) ORDER BY key`;

const HOURS = `SELECT (strftime('%w', accepted_day) + 6) % 7 AS weekday, CAST(clock_minute(accepted_at) / 30 AS INTEGER) AS slot,
  count(*) AS accepted, count(*) FILTER (WHERE at_window) AS windowCases
  FROM kase WHERE ${ACCEPTED} GROUP BY 1, 2`;
const WORKED = `
  WITH RECURSIVE span (day) AS (
    SELECT :from WHERE :from <= :to UNION ALL SELECT date(day, '+1 day') FROM span WHERE day < :to
  )
  SELECT (strftime('%w', day) + 6) % 7 AS weekday, count(*) AS n FROM span
  WHERE day <= :today AND is_working(day, coalesce(:station, '')) GROUP BY 1`;

interface CaseRow {
  readonly name: string;
  readonly accepted: number;
  readonly finished: number;
  readonly timed: number;
  readonly deferred: number;
  readonly instant: number;
  readonly cutMs: number;
  readonly promiseAllowedMs: number;
  readonly savedMs: number;
  readonly speedAllowedMs: number;
  readonly medianMs: number | null;
  readonly turnarounds: number;
}
interface Place {
  readonly station: string;
  readonly pane: string | null;
}

/** @param ask answers a query of this file, with the span's parameters bound */
export function recountBreakdown(
  ask: <T>(sql: string) => readonly T[],
  config: HallConfig,
): Pick<Breakdown, 'items' | 'lines' | 'windows' | 'idleItems' | 'idleWindows' | 'windowUnnamed' | 'rhythm'> {
  const items = ask<CaseRow>(casesBy('item')).map((row) => ({
    item: row.name,
    isKnown: config.catalogue.items.some(({ code }) => code === row.name),
    ...toFigures(row),
    deferredCases: row.deferred,
    instantApprovals: row.instant,
  }));
  const lines = ask<CaseRow>(casesBy(LINE)).map((row) => ({ line: row.name, ...toFigures(row) }));
  const accepted = ask<Place & { n: number }>(ACCEPTED_AT);
  const inForce = ask<{ station: string; pane: string }>(PANES);
  const windows = listWindows(ask, config, inForce, accepted);
  return {
    items: items.sort((a, b) => b.accepted - a.accepted || compareText(a.item, b.item)),
    lines: lines.sort((a, b) => b.accepted - a.accepted || compareText(a.line, b.line)),
    windows,
    idleItems: ask<{ code: string }>(IDLE_ITEMS).map(({ code }) => code),
    idleWindows: windows
      .slice(0, inForce.length)
      .filter((one) => one.accepted === 0)
      .map(({ station, window, served }) => ({ station, window, served })),
    windowUnnamed: accepted.reduce((sum, { pane, n }) => sum + (pane ? 0 : n), 0),
    rhythm: toRhythm(ask),
  };
}

function toFigures(row: CaseRow): CaseFigures {
  const toDays = (ms: number): number => Math.round((ms / DAY_MS) * 10_000) / 10_000;
  return {
    accepted: row.accepted,
    finished: row.finished,
    turnaround: { medianDays: row.medianMs === null ? null : toWorkingDays(row.medianMs), n: row.turnarounds },
    promiseCut: { n: toDays(row.cutMs), of: toDays(row.promiseAllowedMs) },
    speedUp: { n: toDays(row.savedMs), of: toDays(row.speedAllowedMs) },
    timed: row.timed,
  };
}

/** Those in force first, in the profile's order, then whatever else is named. */
function listWindows(
  ask: <T>(sql: string) => readonly T[],
  { profile }: HallConfig,
  inForce: readonly { readonly station: string; readonly pane: string }[],
  accepted: readonly (Place & { n: number })[],
): WindowFigures[] {
  const served = ask<Place & { n: number; ms: number }>(SERVED_AT);
  const rated = ask<Place & { score: number; n: number; active: number }>(RATED_AT);
  const isAt = (one: Place) => (other: Place) => other.station === one.station && other.pane === one.pane;
  const others = [...accepted, ...served, ...rated]
    .filter(({ pane }) => pane)
    .filter((one, i, all) => all.findIndex(isAt(one)) === i && !inForce.some(isAt(one)))
    .sort((a, b) => compareText(a.station, b.station) || compareText(a.pane!, b.pane!));
  return [...inForce, ...others].map((place): WindowFigures => {
    const { station, pane } = place;
    const here = served.find(isAt(place));
    const scores = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
    const activeScores = { ...scores };
    for (const { score, n, active } of rated.filter(isAt(place))) {
      scores[score as 1] += n;
      activeScores[score as 1] += active;
    }
    const satisfied = activeScores[3] + activeScores[4] + activeScores[5];
    return {
      station,
      window: pane!,
      isKnown: profile.windows.some((one) => one.id === pane && one.station === station),
      accepted: accepted.find(isAt(place))?.n ?? 0,
      served: here?.n ?? 0,
      handlingMs: here?.ms ?? 0,
      scores,
      activeScores,
      activelySatisfied: { n: satisfied, of: satisfied + activeScores[1] + activeScores[2] },
    };
  });
}

function toRhythm(ask: <T>(sql: string) => readonly T[]): Breakdown['rhythm'] {
  const week = (): number[][] => Array.from({ length: 7 }, () => new Array<number>(48).fill(0));
  const [accepted, windowCases, workingDays] = [week(), week(), new Array<number>(7).fill(0)];
  for (const row of ask<{ weekday: number; slot: number; accepted: number; windowCases: number }>(HOURS)) {
    accepted[row.weekday]![row.slot] = row.accepted;
    windowCases[row.weekday]![row.slot] = row.windowCases;
  }
  for (const { weekday, n } of ask<{ weekday: number; n: number }>(WORKED)) workingDays[weekday] = n;
  return { workingDays, accepted, windowCases };
}
