/** What every station owes today and what the hall's figures hold against it, read off the board, its rows and the ledger. */
import {
  answerTo,
  areaOf,
  findFindings,
  identityOf,
  LICENCE_DAYS_BACK,
  needsAnswer,
  readAnswers,
  type Answered,
  type Finding,
  type FindingRows,
} from '../../domain/checks/finding.ts';
import { createView, type BoardView } from '../../domain/board/topics/view.ts';
import { addDays, type Zone } from '../../domain/calendar/zone.ts';
import { compareEvents, isOfType, type LedgerEvent, type LedgerEventOf } from '../../domain/events/event.ts';
import type { TermId } from '../../domain/measures/terms.ts';
import { isInForce, type HallConfig } from '../../domain/profile/profile.ts';
import type { FoundRow, FoundPart } from '../../domain/rows/query.ts';
import type { Board } from '../board/board.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Ledger } from '../ledger/port.ts';

/** Of each kind, in the whole hall. */
const MOST_ROWS = 2_000;
/** How far back skipped checks and papers that did not come are looked for. */
const DAYS_BACK = 62;
/** Ratings, and what nobody rated, since the last check; no further back. */
const RATING_DAYS_BACK = 7;

export interface LookOptions {
  readonly board: Board;
  readonly ledger: Pick<Ledger, 'head' | 'historyOf' | 'actorsOf' | 'find'>;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly demo: boolean;
  /** The hall's clock, epoch ms, and its day. */
  readonly now: () => number;
  readonly day: () => string;
}

export interface CheckedArea {
  /** Absent while it is not checked today. */
  readonly done?: { readonly at: number; readonly isIssue: boolean; readonly by?: string };
  readonly findings: readonly (Finding & { readonly answered?: Answered; readonly isOpen: boolean })[];
}

export interface Look {
  readonly view: BoardView;
  readonly day: string;
  readonly areas: readonly string[];
  /** Areas by station: those that work today. */
  readonly stations: ReadonlyMap<string, ReadonlyMap<string, CheckedArea>>;
  readonly isCut: boolean;
}

/** So long a look is as good as a new one, where nothing was said since, ms: promises end by the minute. */
const KEPT_MS = 15_000;

/** Looks that several who ask at nearly one moment share. @throws LedgerError */
export function shareLooks(options: LookOptions): () => Promise<Look> {
  const { ledger, now } = options;
  let last: { readonly head: number; readonly at: number; readonly look: Promise<Look> } | undefined;
  return () => {
    const [head, at] = [ledger.head(), now()];
    if (last?.head === head && Math.abs(at - last.at) < KEPT_MS) return last.look;
    const look = lookAtChecks(options);
    last = { head, at, look };
    look.catch(() => (last = undefined));
    return look;
  };
}

async function lookAtChecks(options: LookOptions): Promise<Look> {
  const { board, ledger, config, zone, demo, now, day: dayNow } = options;
  const day = dayNow();
  const { profile, calendar } = config();
  const areas = [...new Set(profile.dailyChecks)];
  const here = profile.stations.filter((one) => isInForce(one, day) && calendar.isWorkingDay(day, one.id));
  const keys = here.flatMap(({ id }) => areas.map((area) => checkKey(day, area, id)));
  const said = await ledger.historyOf(keys, ledger.head());
  const actors = await ledger.actorsOf([...said.values()].flat().map(({ seq }) => seq));
  const { rows, isCut } = await readRows(options, day);
  const view = createView(board.state, config(), zone, demo);
  const stations = here.map(({ id }) => {
    const found = findFindings(view, id, areas, sinceLastCheck(rows, id), now());
    const checked = areas.map((area) => {
      const events = [...said.get(checkKey(day, area, id))!].sort(compareEvents);
      return [area, toArea(found.get(area)!, events, actors)] as const;
    });
    return [id, new Map(checked)] as const;
  });
  return { view, day, areas, stations: new Map(stations), isCut };
}

/** Six questions of the whole hall, whatever the number of stations. */
async function readRows({ board, ledger, now }: LookOptions, day: string): Promise<{ rows: DayRows; isCut: boolean }> {
  let isCut = false;
  const ask = async (term: TermId, part: FoundPart, from: string, to = day): Promise<readonly FoundRow[]> => {
    if (from > to) return [];
    const found = await board.rows({ term, part, from, to, now: now(), order: 'newest', limit: MOST_ROWS });
    if (found.next !== undefined) isCut = true;
    return found.rows;
  };
  const yesterday = addDays(day, -1);
  const since = latest(addDays(day, -DAYS_BACK), board.state.since ?? day);
  const recently = addDays(day, -RATING_DAYS_BACK);
  const [overdue, papers, licences, poor, unrated, skipped, checked] = await Promise.all([
    ask('overdueOpen', 'n', day),
    ask('suppliedInTime', 'rest', addDays(day, -DAYS_BACK)),
    ask('licences', 'rest', addDays(day, -LICENCE_DAYS_BACK)),
    ask('poor', 'n', recently),
    ask('rated', 'rest', recently),
    ask('checks', 'rest', since, yesterday),
    ask('checks', 'n', recently, yesterday),
  ]);
  const casesOfPoor = await readCases(ledger, poor);
  return { rows: { overdue, papers, licences, poor, casesOfPoor, unrated, skipped, checked }, isCut };
}

/** Of which case each of some ratings is. */
async function readCases(ledger: LookOptions['ledger'], ratings: readonly FoundRow[]): Promise<Map<string, string>> {
  const cases = new Map<string, string>();
  for (const { key } of ratings) {
    const { source, id } = identityOf(key);
    const event = await ledger.find(source, id, ledger.head());
    if (event?.type === 'hall.rating.given' && event.data.case) cases.set(key, event.data.case);
  }
  return cases;
}

interface DayRows extends FindingRows {
  readonly checked: readonly FoundRow[];
}

/** What was looked at when the station's ratings were last checked is not looked at again. */
function sinceLastCheck({ poor, unrated, checked, ...rows }: DayRows, station: string): FindingRows {
  const last = checked
    .filter((row) => row.station === station && areaOf(row.key) === 'satisfaction')
    .reduce((latestDay, row) => latest(latestDay, row.day), '');
  const isNew = ({ lastDay }: FoundRow): boolean => lastDay > last;
  return { ...rows, poor: poor.filter(isNew), unrated: unrated.filter(isNew) };
}

function latest(a: string, b: string): string {
  return a > b ? a : b;
}

function checkKey(day: string, area: string, station: string): string {
  return `check:${day}:${area}:${station}`;
}

function toArea(
  findings: readonly Finding[],
  events: readonly LedgerEvent[],
  actors: ReadonlyMap<number, Actor>,
): CheckedArea {
  const answers = readAnswers(events);
  const done = events.findLast((event) => isOfType(event, 'hall.check.done'));
  return {
    ...(done === undefined
      ? {}
      : { done: { at: done.at, isIssue: done.data.result === 'issue', ...byOf(done, actors.get(done.seq)) } }),
    findings: findings.map((finding) => {
      const answered = answerTo(finding, answers);
      return {
        ...finding,
        ...(answered === undefined ? {} : { answered }),
        isOpen: needsAnswer(finding, answers),
      };
    }),
  };
}

/** Whoever recorded it, where that was a person; else whom a sender names. */
function byOf({ data }: LedgerEventOf<'hall.check.done'>, actor: Actor | undefined): { readonly by?: string } {
  if (actor?.kind === 'staff') return { by: actor.id };
  return data.by ? { by: data.by } : {};
}
