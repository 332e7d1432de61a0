/** 核查发现: what the hall's own figures hold against a station in an area, and what was said of it (spec D). Pure. */
import type { BoardView } from '../board/topics/view.ts';
import type { LedgerEvent } from '../events/event.ts';
import { CHECK_AREAS, type FindingAnswer, type FindingKind } from '../events/schema.ts';
import type { FoundRow } from '../rows/query.ts';
import { compareText } from '../events/event.ts';

/** One thing, or so many of a kind that are told together. */
export interface Finding {
  readonly kind: FindingKind;
  /** The key of its row; absent where it stands for several. */
  readonly thing?: string;
  readonly count: number;
  /** When it began or ends, epoch ms; of a check that was skipped its day. */
  readonly at?: number;
  readonly day?: string;
  readonly item?: string;
  readonly window?: string;
  /** Of a rating: whom it rated. */
  readonly rated?: string;
  /** A follow-up of it that is open: then somebody has it already. */
  readonly followup?: string;
}

/** What was said of a finding in an area of one day. */
export interface Answered {
  readonly kind: FindingKind;
  readonly thing?: string;
  readonly count: number;
  readonly answer: FindingAnswer;
  readonly note?: string;
  readonly followup?: string;
}

/** The rows that findings are made of, of the whole hall or of one station, as `GET /api/rows` finds them. */
export interface FindingRows {
  readonly overdue: readonly FoundRow[];
  readonly papers: readonly FoundRow[];
  readonly licences: readonly FoundRow[];
  readonly poor: readonly FoundRow[];
  /** By the key of a poor rating the case that it is of, where it names one. */
  readonly casesOfPoor: ReadonlyMap<string, string>;
  readonly unrated: readonly FoundRow[];
  /** Checks that were owed and not done, before the day. */
  readonly skipped: readonly FoundRow[];
}

/** So many days back licences that were not uploaded are looked for (D1). */
export const LICENCE_DAYS_BACK = 31;
/** More of a kind at one station are told as one: nobody answers for a hundred one by one. */
export const MOST_APART = 20;

/** The findings of a station, by area; an area of the hall's own has what was skipped alone. */
export function findFindings(
  view: BoardView,
  station: string,
  areas: readonly string[],
  rows: FindingRows,
  now: number,
): Map<string, Finding[]> {
  const followups = openFollowups(view, station);
  const here = (found: readonly FoundRow[]) => found.filter((row) => row.station === station);
  const apart = (kind: FindingKind, found: readonly FoundRow[]): Finding[] =>
    gather(
      kind,
      found.map((row) => toFinding(kind, row, followups)),
    );
  const builtIn: Readonly<Record<(typeof CHECK_AREAS)[number], () => Finding[]>> = {
    cases: () => [
      ...apart('overdue', here(rows.overdue)).map((finding) => withPromise(view, finding)),
      ...gather('due-soon', findDueSoon(view, station, followups, now)),
      ...apart('papers-due', here(rows.papers)),
    ],
    licences: () => apart('licence-missing', here(rows.licences)),
    satisfaction: () => {
      const poor = here(rows.poor);
      const followed = matchRatings(view, station, poor, rows.casesOfPoor);
      return [
        ...gather(
          'poor-rating',
          poor.map((row) => toFinding('poor-rating', row, followed)),
        ),
        ...together('unrated', here(rows.unrated).length),
      ];
    },
    conduct: () => gather('complaint-open', findComplaints(view, station)),
  };
  return new Map(
    areas.map((area) => {
      const skipped = here(rows.skipped)
        .filter(({ key, explained }) => !explained && areaOf(key) === area)
        .map(({ day }): Finding => ({ kind: 'skipped', thing: day, day, count: 1 }));
      const known = CHECK_AREAS.find((one) => one === area);
      const own = known === undefined ? [] : builtIn[known]();
      // Each skipped day is answered for itself: its answer stands with the check of that day.
      return [area, [...own, ...skipped]];
    }),
  );
}

/** The answer that a finding has already; one that stands for several has one while they are no more than they were. */
export function answerTo(finding: Finding, answers: readonly Answered[]): Answered | undefined {
  return answers.findLast(
    ({ kind, thing, count }) =>
      kind === finding.kind && thing === finding.thing && (thing !== undefined || count >= finding.count),
  );
}

/** Whether the checker has something to say: what somebody has in hand already needs no second word. */
export function needsAnswer(finding: Finding, answers: readonly Answered[]): boolean {
  return finding.followup === undefined && answerTo(finding, answers) === undefined;
}

/** What was said in an area on its day, in the order of C1. */
export function readAnswers(events: readonly LedgerEvent[]): Answered[] {
  return events.flatMap((event) => {
    if (event.type !== 'hall.check.answered') return [];
    const { finding, thing, count, answer, note, followup } = event.data;
    return [
      {
        ...{ kind: finding, answer, count: count ?? 1 },
        ...(thing == null ? {} : { thing }),
        ...(note ? { note } : {}),
        ...(followup == null ? {} : { followup }),
      },
    ];
  });
}

/** `check:DAY:AREA:STATION`, as `filingOf` writes it: neither a day nor an area has a colon. */
export function areaOf(key: string): string {
  return key.split(':')[2]!;
}

function toFinding(kind: FindingKind, row: FoundRow, followups: ReadonlyMap<string, string>): Finding {
  const followup = followups.get(row.key);
  return {
    ...{ kind, thing: row.key, count: 1, at: row.at, day: row.day },
    ...(row.item === undefined ? {} : { item: row.item }),
    ...(row.window === undefined ? {} : { window: row.window }),
    ...(kind !== 'poor-rating' || row.staff === undefined ? {} : { rated: row.staff }),
    ...(followup === undefined ? {} : { followup }),
  };
}

/** The id of a rating's event, of its row's key (`singleKey`). */
export function ratingOf(key: string): string {
  return identityOf(key).id;
}

/** Source and id of the event of a row's key (`singleKey`). */
export function identityOf(key: string): { readonly source: string; readonly id: string } {
  const [length = ''] = key.slice('event:'.length).split(':', 1);
  const from = 'event:'.length + length.length + 1;
  const end = from + Number(length);
  return { source: key.slice(from, end), id: key.slice(end) };
}

/** Of a case that is late it matters when it was due, and not when it began. */
function withPromise(view: BoardView, finding: Finding): Finding {
  const dueAt = view.state.entries.case.get(finding.thing?.slice('case:'.length) ?? '')?.dueAt;
  return dueAt === undefined ? finding : { ...finding, at: dueAt };
}

/** Promises that end within the hours that the profile calls soon. */
function findDueSoon(view: BoardView, station: string, followups: ReadonlyMap<string, string>, now: number): Finding[] {
  const until = now + view.config.profile.targets.dueSoonHours * 3_600_000;
  return [...view.state.entries.case]
    .filter(
      ([, { station: at, open, dueAt }]) =>
        at === station && open && dueAt !== undefined && dueAt >= now && dueAt <= until,
    )
    .sort(([idA, a], [idB, b]) => a.dueAt! - b.dueAt! || compareText(idA, idB))
    .map(([id, { dueAt, item, window }]) => {
      const thing = `case:${id}`;
      const followup = followups.get(thing);
      return {
        ...{ kind: 'due-soon' as const, thing, count: 1, at: dueAt!, item },
        ...(window === undefined ? {} : { window }),
        ...(followup === undefined ? {} : { followup }),
      };
    });
}

function findComplaints(view: BoardView, station: string): Finding[] {
  return [...view.state.entries.complaint]
    .filter(([, entry]) => entry.station === station)
    .sort(([idA, a], [idB, b]) => a.at - b.at || compareText(idA, idB))
    .map(([id, { at, day }]) => ({ kind: 'complaint-open', thing: `complaint:${id}`, count: 1, at, day }));
}

/** By the row of the case that they are about. */
function openFollowups(view: BoardView, station: string): Map<string, string> {
  return new Map(
    [...view.state.entries.followup].flatMap(([id, entry]) =>
      entry.station === station && entry.case !== undefined ? [[`case:${entry.case}`, id] as const] : [],
    ),
  );
}

/**
 * The open follow-up of each poor rating, by its row: one that names it, else one that names its case. What a sender
 * opened and says neither of is taken to be of the last rating before it that has none, where the rated agree (spec D2).
 */
function matchRatings(
  view: BoardView,
  station: string,
  poor: readonly FoundRow[],
  cases: ReadonlyMap<string, string>,
): Map<string, string> {
  const open = [...view.state.entries.followup].filter(
    ([, entry]) => entry.station === station && entry.about === 'rating',
  );
  const found = new Map<string, string>();
  for (const { key } of poor) {
    const of = cases.get(key);
    const named =
      open.find(([, { rating }]) => rating === ratingOf(key)) ??
      open.find(([, entry]) => of !== undefined && entry.rating === undefined && entry.case === of);
    if (named) found.set(key, named[0]);
  }
  const bare = open
    .filter(([, entry]) => entry.rating === undefined && entry.case === undefined)
    .sort(([idA, a], [idB, b]) => a.openedAt - b.openedAt || compareText(idA, idB));
  for (const [id, { openedAt, staff }] of bare) {
    const before = poor
      .filter(({ key, at, staff: rated }) => !found.has(key) && at <= openedAt && agree(staff, rated))
      .sort((a, b) => b.at - a.at || compareText(a.key, b.key));
    if (before[0]) found.set(before[0].key, id);
  }
  return found;
}

function agree(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function gather(kind: FindingKind, found: readonly Finding[]): Finding[] {
  const free = found.filter(({ followup }) => followup === undefined);
  if (free.length <= MOST_APART) return [...found];
  return [
    ...found.filter(({ followup }) => followup !== undefined).slice(0, MOST_APART),
    ...together(kind, free.length),
  ];
}

function together(kind: FindingKind, count: number): Finding[] {
  return count === 0 ? [] : [{ kind, count }];
}
