/** What a change of the documents does to figures that are shown already: those that differ, before and after. Pure. */
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
    return JSON.stringify(values.before) === JSON.stringify(values.after) ? [] : [{ id, ...values }];
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
