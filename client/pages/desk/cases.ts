/** The station's open cases as a list to work through, and its finished ones whose licence is missing; found by item or number. */
import type { Zone } from '../../../domain/calendar/zone.ts';
import type { DeskCatalogue } from '../../../domain/desk/catalogue.ts';
import type { Act } from '../../../domain/desk/entry.ts';
import type { DeskLine } from '../../../domain/desk/from-events.ts';
import type { DeskCase, DeskLicence, DeskOwed, DeskPapers } from '../../../domain/wire/desk.ts';
import { formatClock } from '../../../domain/calendar/written.ts';
import { ask } from '../../live/ask.ts';
import type { DeskOwnWords } from '../../words/zh/desk.ts';
import { numberOf } from './recent.ts';
import { tellDate } from './record.ts';

export interface CaseLine {
  readonly case: string;
  readonly name: string;
  readonly number: string;
  readonly accepted: string;
  readonly due: string;
  readonly isOverdue: boolean;
  readonly isPaused: boolean;
  readonly yieldsLicence: boolean;
  /** What is missing and until when, in words; absent where nothing is. */
  readonly papers?: string;
  readonly isLate?: true;
}

export interface LicenceLine {
  readonly case: string;
  readonly name: string;
  readonly number: string;
  readonly window: string;
  readonly finished: string;
}

export interface PapersLine {
  readonly case: string;
  readonly name: string;
  readonly number: string;
  readonly papers: string;
  readonly isLate: boolean;
  /** Empty of an open one. */
  readonly finished: string;
}

/** What lists of cases are told by. */
export interface CaseTelling {
  readonly catalogue: DeskCatalogue | undefined;
  /** Part of an item's name, its initials, or a number; everything where it is empty. */
  readonly query: string;
  readonly zone: Zone;
  readonly words: DeskOwnWords;
}

/** @param papers what their papers lack, as far as that is known */
export function buildCases(
  cases: readonly DeskCase[],
  papers: readonly DeskPapers[],
  now: number,
  telling: CaseTelling,
): CaseLine[] {
  const { zone, words } = telling;
  const missing = new Map(papers.map((one) => [one.case, one]));
  return find(cases, telling, (one, item): CaseLine => {
    const isPaused = one.paused === true;
    return {
      ...item,
      case: one.case,
      accepted: tellMoment(one.acceptedAt, telling),
      due: isPaused
        ? words.cases.paused
        : one.dueAt === undefined
          ? words.cases.noPromise
          : tellDate(zone, one.dueAt - 1, words),
      isOverdue: one.dueAt !== undefined && one.dueAt < now,
      isPaused,
      ...tellPapers(missing.get(one.case), now, telling),
    };
  });
}

function tellPapers(
  missing: DeskPapers | undefined,
  now: number,
  { zone, words }: CaseTelling,
): Pick<CaseLine, 'papers' | 'isLate'> {
  if (missing === undefined) return {};
  const { papers, supplyBy } = missing;
  const until = supplyBy === undefined ? undefined : tellDate(zone, supplyBy - 1, words);
  return {
    papers: words.cases.missing(papers, until),
    ...(supplyBy !== undefined && supplyBy < now ? { isLate: true } : {}),
  };
}

export function buildLicences(licences: readonly DeskLicence[], telling: CaseTelling): LicenceLine[] {
  const labels = new Map(telling.catalogue?.windows.map(({ id, label }) => [id, label]));
  return find(licences, telling, ({ window, ...one }, { name, number }) => ({
    ...{ case: one.case, name, number },
    window: window === undefined ? '' : telling.words.window.label(labels.get(window) ?? window),
    finished: tellMoment(one.finishedAt, telling),
  }));
}

/** Those that are due first stand first. */
export function buildPapers(lacking: readonly DeskPapers[], now: number, telling: CaseTelling): PapersLine[] {
  const inOrder = [...lacking].sort((a, b) => (a.supplyBy ?? Number.MAX_VALUE) - (b.supplyBy ?? Number.MAX_VALUE));
  return find(inOrder, telling, (one, { name, number }) => {
    const { papers = '', isLate = false } = tellPapers(one, now, telling);
    const finished = one.finishedAt === undefined ? '' : tellMoment(one.finishedAt, telling);
    return { case: one.case, name, number, papers, isLate, finished };
  });
}

interface ItemTold {
  readonly name: string;
  readonly number: string;
  readonly yieldsLicence: boolean;
}

function find<C extends { readonly item: string; readonly ticket?: string }, T>(
  cases: readonly C[],
  { catalogue, query }: CaseTelling,
  tell: (one: C, item: ItemTold) => T,
): T[] {
  const items = new Map(catalogue?.items.map((item) => [item.code, item]));
  const wanted = query.trim().toLowerCase();
  return cases.flatMap((one) => {
    const item = items.get(one.item);
    const name = item?.name ?? one.item;
    const number = one.ticket === undefined ? '' : numberOf(one.ticket);
    const isFound =
      name.toLowerCase().includes(wanted) ||
      (item?.initials ?? '').includes(wanted) ||
      number.toLowerCase().includes(wanted);
    return isFound ? [tell(one, { name, number, yieldsLicence: item?.yieldsLicence === true })] : [];
  });
}

export function tellMoment(at: number, { zone, words }: CaseTelling): string {
  return `${tellDate(zone, at, words)} ${formatClock(zone, at)}`;
}

/** @param licences so many of them; `undefined` where the server could not say */
export async function readOwed(station: string, licences: number): Promise<DeskOwed | undefined> {
  const reply = await ask('GET /api/desk/owed', { query: { station, licences } });
  return reply.type === 'answered' ? reply.value : undefined;
}

/** The cases of which this person has said something, whether or not it is sent yet. */
export function findSaid(
  type: 'licence' | 'case-supplemented',
  sent: readonly DeskLine[],
  underWay: readonly Act[],
): ReadonlySet<string> {
  const acts = underWay.flatMap((act) => (act.type === type ? [act.case] : []));
  const lines = sent.flatMap((line) =>
    line.type === type && line.about !== undefined && !line.voided ? [line.about] : [],
  );
  return new Set([...acts, ...lines]);
}
