/** What a change of the documents does to figures that are shown already: those that differ, before and after. Pure. */
import { STAR_KINDS, type StarKind } from '../events/schema.ts';
import type { HallConfig } from '../profile/profile.ts';
import type { Candidate } from '../stars/score.ts';
import type { Measures } from '../measures/measures.ts';
import { readTerm, TERMS, type TermId, type TermValue } from '../measures/terms.ts';

export interface ChangedTerm {
  readonly id: TermId;
  readonly before: TermValue;
  readonly after: TermValue;
}

/** Both of one span and one position, worked out by two configurations. */
export function compareTerms(before: Measures, after: Measures): ChangedTerm[] {
  return (Object.keys(TERMS) as TermId[]).flatMap((id) => {
    const values = { before: readOwn(before, id), after: readOwn(after, id) };
    return isSame(values.before, values.after) ? [] : [{ id, ...values }];
  });
}

/** Without what is a measure of its own: the share of waits within the target changes no wait. */
function readOwn(measures: Measures, id: TermId): TermValue {
  const value = readTerm(measures, id);
  if (typeof value !== 'object' || value === null || !('within' in value)) return value;
  const { within: _within, ...own } = value as typeof value & { within: unknown };
  return own as TermValue;
}

/** What walls and desks show of this moment beside the measures, in the order in which it is told. */
export interface ShownNow {
  /** The doors' today, such as `09:00–12:00 14:00–18:00`; empty where they stay shut. */
  readonly hours: string;
  /** In force today; of those `heard` were heard from within the target. */
  readonly stations: number;
  readonly heard: number;
  readonly windows: number;
  /** Stations with a queue too long, and windows that take too long. */
  readonly queuesOver: number;
  readonly windowsOver: number;
  /** Open cases whose promise ends soon, by the target. */
  readonly dueSoon: number;
  readonly followupsOverdue: number;
  /** Lamps of this month that count, whose cause is awaited or undecided, and that a cause has excused. */
  readonly lampsCounting: number;
  readonly lampsWaiting: number;
  readonly lampsExcused: number;
  /** Things that are wrong and of a kind that is told. */
  readonly alarms: number;
  /** Since the pilot began, at its station; `undefined` where the hall has none. */
  readonly pilotApproved: number | undefined;
}
export type NowId = keyof ShownNow;

/** A figure of this moment that would be another; one that is not there has no key. */
export interface ChangedNow {
  readonly id: NowId;
  readonly before?: string | number;
  readonly after?: string | number;
}

export function compareNow(before: ShownNow, after: ShownNow): ChangedNow[] {
  return (Object.keys(before) as NowId[]).flatMap((id) => {
    const [was, is] = [before[id], after[id]];
    if (was === is) return [];
    return [{ id, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }];
  });
}

/** Somebody, or a window, among the first of a title. */
interface StarPlace {
  readonly id: string;
  readonly score: number;
}
interface TitlePlaces<Place> {
  readonly kind: StarKind;
  readonly before: readonly Place[];
  readonly after: readonly Place[];
}
/** The first of a title whose first would be others or have another score, with what they are called. */
export type ChangedTitle = TitlePlaces<StarPlace & { readonly name: string }>;
type Ranking = Readonly<Record<StarKind, readonly Candidate[]>>;

/** So many of a title are told. */
const FIRST = 3;

/**
 * Of both rankings of one month: the first of each title whose first would be others or have another score.
 * @returns `undefined` where no candidate of any title has another score or rank
 */
export function compareStars(before: Ranking, after: Ranking): TitlePlaces<StarPlace>[] | undefined {
  const read = (all: readonly Candidate[]) => all.map(({ id, score, rank, why }) => ({ id, score, rank, why }));
  if (STAR_KINDS.every((kind) => isSame(read(before[kind]), read(after[kind])))) return undefined;
  return STAR_KINDS.flatMap((kind) => {
    const [was, is] = [before[kind], after[kind]].map((all) =>
      all.slice(0, FIRST).flatMap(({ id, score }) => (score === undefined ? [] : [{ id, score }])),
    ) as [StarPlace[], StarPlace[]];
    return isSame(was, is) ? [] : [{ kind, before: was, after: is }];
  });
}

/** Whether scores or ranks can differ between two configurations: a month of a large hall takes long to add up. */
export function canChangeStars(before: HallConfig, after: HallConfig): boolean {
  const read = ({ catalogue, calendarDocument, profile }: HallConfig) => {
    const { stars, staff, windows, hours, stations } = profile;
    return { catalogue, calendarDocument, stars, staff, windows, hours, stations };
  };
  return !isSame(read(before), read(after));
}

export function nameTitles(
  titles: readonly TitlePlaces<StarPlace>[],
  nameOf: (kind: StarKind, id: string) => string,
): ChangedTitle[] {
  return titles.map(({ kind, before, after }) => {
    const name = (place: StarPlace) => ({ ...place, name: nameOf(kind, place.id) });
    return { kind, before: before.map(name), after: after.map(name) };
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
