/** What every station owes today and what the hall's figures hold against it, read off the board, its rows and the ledger. */
import {
  answerTo,
  checkKey,
  DAYS_BACK,
  findFindings,
  identityOf,
  isSettled,
  needsAnswer,
  readAnswers,
  readHeld,
  type Answered,
  type Finding,
  type FindingRows,
} from '../../domain/checks/finding.ts';
import { createView, type BoardView } from '../../domain/board/topics/view.ts';
import { addDays, dayOf, type Zone } from '../../domain/calendar/zone.ts';
import { compareEvents, isOfType, type LedgerEvent, type LedgerEventOf } from '../../domain/events/event.ts';
import type { TermId } from '../../domain/measures/terms.ts';
import { isInForce, type HallConfig } from '../../domain/profile/profile.ts';
import type { FoundRow, FoundPart } from '../../domain/rows/query.ts';
import { holdsName, readVoice } from '../../domain/voices/voice.ts';
import type { Board } from '../board/board.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Ledger } from '../ledger/port.ts';

/** Of each kind, in the whole hall. */
const MOST_ROWS = 2_000;
/** Ratings, and what nobody rated, at least: what comes late is of days that were checked. */
const RATING_DAYS_BACK = 7;
/** The area in which ratings are found. */
const OF_RATINGS = 'satisfaction';

export interface LookOptions {
  readonly board: Board;
  readonly ledger: Pick<Ledger, 'head' | 'historyOf' | 'actorsOf' | 'find'>;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  readonly demo: boolean;
  /** The hall's clock, epoch ms, and its day. */
  readonly now: () => number;
  readonly day: () => string;
  /** Who works here today, and at which stations. */
  readonly owners: () => readonly { readonly id: string; readonly name: string }[];
  /** What a complaint says that nobody has read yet. */
  readonly wordsOf: (complaint: string) => string | undefined;
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
  const places = areas.includes(OF_RATINGS) ? here.map(({ id }) => id) : [];
  const { rows, isCut } = await readRows(options, day, await readPast(ledger, places, day));
  const view = createView(board.state, config(), zone, demo);
  const stations = here.map(({ id }) => {
    const found = findFindings(view, id, areas, rows, now());
    const checked = areas.map((area) => {
      const events = [...said.get(checkKey(day, area, id))!].sort(compareEvents);
      return [area, toArea(found.get(area)!, events, actors)] as const;
    });
    return [id, new Map(checked)] as const;
  });
  return { view, day, areas, stations: new Map(stations), isCut };
}

/** By station what was said of its ratings on the days before. */
type Past = ReadonlyMap<string, readonly LedgerEvent[]>;

async function readPast(ledger: LookOptions['ledger'], stations: readonly string[], day: string): Promise<Past> {
  const days = Array.from({ length: DAYS_BACK }, (_, i) => addDays(day, -1 - i));
  const keysOf = (station: string) => days.map((one) => checkKey(one, OF_RATINGS, station));
  const said = await ledger.historyOf(stations.flatMap(keysOf), ledger.head());
  return new Map(stations.map((station) => [station, keysOf(station).flatMap((key) => said.get(key)!)]));
}

/** The day on which each station's ratings were last checked, of whichever waits the longest. */
function lastChecked(past: Past, first: string, zone: Zone): string {
  const days = [...past.values()].map((said) => {
    const checked = said.filter(({ type }) => type === 'hall.check.done').map(({ at }) => dayOf(zone, at));
    return [first, ...checked].sort().at(-1)!;
  });
  return days.sort()[0] ?? first;
}

/** So many questions of the whole hall, whatever the number of stations. */
async function readRows(options: LookOptions, day: string, past: Past): Promise<{ rows: FindingRows; isCut: boolean }> {
  const { board, ledger, now, zone } = options;
  let isCut = false;
  const ask = async (term: TermId, part: FoundPart, from: string, to = day): Promise<readonly FoundRow[]> => {
    if (from > to) return [];
    const found = await board.rows({ term, part, from, to, now: now(), order: 'newest', limit: MOST_ROWS });
    if (found.next !== undefined) isCut = true;
    return found.rows;
  };
  const first = addDays(day, -DAYS_BACK);
  const began = board.state.since ?? day;
  const lately = addDays(day, -RATING_DAYS_BACK);
  // What was left since long ago does not take the place of what came these days.
  const sinceChecked = async (term: TermId, part: FoundPart): Promise<readonly FoundRow[]> =>
    past.size === 0
      ? []
      : [
          ...(await ask(term, part, lately)),
          ...(await ask(term, part, lastChecked(past, first, zone), addDays(lately, -1))),
        ];
  const [overdue, papers, licences, poor, unrated, skipped] = await Promise.all([
    ask('overdueOpen', 'n', day),
    ask('suppliedInTime', 'rest', first),
    ask('licences', 'rest', first),
    sinceChecked('poor', 'n'),
    sinceChecked('rated', 'rest'),
    ask('checks', 'rest', first > began ? first : began, addDays(day, -1)),
  ]);
  const ratings = await readRatings(ledger, poor);
  const finishes = await readFinishes(ledger, unrated, past);
  const settledOf = (
    kind: 'poor-rating' | 'unrated',
    found: readonly FoundRow[],
    eventsOf: (key: string) => readonly LedgerEvent[],
  ): string[] =>
    found
      .filter(({ key, station }) => isSettled(kind, key, eventsOf(key), past.get(station) ?? []))
      .map(({ key }) => key);
  const rows: FindingRows = {
    ...{ overdue, papers, licences, skipped, poor, unrated },
    settled: new Set([
      ...settledOf('poor-rating', poor, (key) => [ratings.get(key)].flatMap((one) => one ?? [])),
      ...settledOf('unrated', unrated, (key) => finishes.get(key) ?? []),
    ]),
    casesOfPoor: new Map([...ratings].flatMap(([key, { data }]) => (data.case ? [[key, data.case] as const] : []))),
    aboutOf: await readAbout(options),
    held: await readHolding(options),
  };
  return { rows, isCut };
}

/** The events of some ratings, by their rows. */
async function readRatings(
  ledger: LookOptions['ledger'],
  rows: readonly FoundRow[],
): Promise<Map<string, LedgerEventOf<'hall.rating.given'>>> {
  const ratings = new Map<string, LedgerEventOf<'hall.rating.given'>>();
  for (const { key } of rows) {
    const { source, id } = identityOf(key);
    const event = await ledger.find(source, id, ledger.head());
    if (event && isOfType(event, 'hall.rating.given')) ratings.set(key, event);
  }
  return ratings;
}

/** What finished some cases, by their rows, where anything was ever said of their station. */
async function readFinishes(
  ledger: LookOptions['ledger'],
  rows: readonly FoundRow[],
  past: Past,
): Promise<Map<string, readonly LedgerEvent[]>> {
  const keys = rows.flatMap(({ key, station }) => ((past.get(station)?.length ?? 0) > 0 ? [key] : []));
  const histories = await ledger.historyOf(keys, ledger.head());
  return new Map(
    [...histories].map(([key, events]) => [key, events.filter(({ type }) => type === 'hall.case.finished')]),
  );
}

/** Whom each complaint that is open is about: by what its events say, and by names in its words. */
async function readAbout({ board, ledger, config, owners, wordsOf }: LookOptions): Promise<FindingRows['aboutOf']> {
  const ids = [...board.state.entries.complaint.keys()];
  const histories = await ledger.historyOf(
    ids.map((id) => `complaint:${id}`),
    ledger.head(),
  );
  const staff = [...config().profile.staff, ...owners()];
  return new Map(
    ids.flatMap((id) => {
      const voice = readVoice('complaint', id, [...histories.get(`complaint:${id}`)!].sort(compareEvents));
      if (!voice) return [];
      const words = wordsOf(id) ?? voice.text ?? voice.unread ?? '';
      const named = staff.filter(({ name }) => holdsName(words, name)).map((one) => one.id);
      return [[id, [...new Set([...voice.about, ...named])]] as const];
    }),
  );
}

/** What was given to those follow-ups that are open: it stands with the check of the day on which they were opened. */
async function readHolding({ board, ledger, zone }: LookOptions): Promise<FindingRows['held']> {
  const open = board.state.entries.followup;
  const keys = [...open.values()].flatMap(({ area, station, openedAt }) =>
    area === undefined ? [] : [checkKey(dayOf(zone, openedAt), area, station)],
  );
  const histories = await ledger.historyOf(keys, ledger.head());
  return readHeld((followup) => open.has(followup), [...histories.values()].flat().sort(compareEvents));
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
