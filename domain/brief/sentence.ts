/** The one sentence that a brief begins with, in both languages: text, and numbers that lead to what they mean. Pure. */
import { createZone, minuteOf } from '../calendar/zone.ts';
import type { Ratio } from '../board/topics/data.ts';
import type { Measures } from '../measures/measures.ts';
import { formatCount, formatWholeShare } from '../measures/numbers.ts';
import { readTerm, type TermId } from '../measures/terms.ts';
import type { Brief, Compared } from '../wire/brief.ts';
import { SAYINGS, type Sayings } from './sayings.ts';
import type { Language } from '../wire/language.ts';

/** A piece of text, or a number with the measure that it is of. */
export type Phrase = string | { readonly term: TermId; readonly text: string; readonly isTrouble?: true };

/** From fewer than these a change is told in counts, not in percent. */
const PERCENT_BASE = 20;
/** Of these one is one too many. */
const TROUBLES: ReadonlySet<TermId> = new Set(['poor', 'overdueOpen']);

export function tellBrief(brief: Brief, language: Language): Phrase[] {
  const { measures, comparisons, sameMoment, isRunning } = brief;
  const said = SAYINGS[language];
  const figure = (term: TermId, [before, after]: readonly [string, string]): Phrase[] => [
    before,
    { term, text: tellFigure(measures, term), ...(TROUBLES.has(term) ? { isTrouble: true } : {}) },
    after,
  ];
  const share = formatWholeShare(measures.onlineShare);
  const phrases = [
    ...tellSpan(brief, language),
    ...figure('accepted', said.accepted),
    ...(sameMoment
      ? [
          ...figure('windowCases', said.windowCases),
          said.sameMoment(sameMoment.day, said.more(sameMoment.windowCases - sameMoment.then)),
        ]
      : []),
    ...comparisons.map((one) => tellCompared(one, isRunning, said)),
    ...(measures.onlineCases > 0 ? [...figure('onlineShare', said.onlineShare), said.share(share!)] : []),
    ...(measures.onTime.of > 0 ? figure('onTime', said.onTime) : []),
    ...(measures.activelySatisfied.of > 0 ? figure('activelySatisfied', said.satisfied) : [said.unrated]),
    ...(measures.poor > 0 ? figure('poor', said.poor) : []),
    ...(measures.overdueOpen > 0 ? figure('overdueOpen', said.overdue) : []),
    said.end,
  ];
  return phrases.filter((phrase) => phrase !== '');
}

/** Today is today only now: of a past moment the span bears its dates, and the hour until which it is told. */
function tellSpan(brief: Brief, language: Language): string[] {
  const said = SAYINGS[language];
  const { isRunning, present, period, timeZone, now } = brief;
  if (isRunning && present === undefined && period !== 'span') return [said.running[period]];
  const minute = minuteOf(createZone(timeZone), now);
  return [nameSpan(brief, language), isRunning && present !== undefined ? said.until(minute) : ''];
}

/** What a span is called, beside its dates. */
export function nameSpan(
  { period, span, today, present }: Pick<Brief, 'period' | 'span' | 'today' | 'present'>,
  language: Language,
): string {
  return SAYINGS[language].span(period, span, present === undefined && span.from.slice(0, 4) === today.slice(0, 4));
}

/**
 * How acceptances moved, like for like: in counts from a small base, else in percent; by working day where the two spans
 * have different numbers of them.
 */
export interface Change {
  readonly isByDay: boolean;
  /** Acceptances now less then; by working day where `isByDay`, to one decimal. */
  readonly difference: number;
  /** In percent of the earlier; absent from a small base. */
  readonly percent?: number;
}

export function readChange({ measures, before, workingDays, workingDaysThen }: Compared): Change {
  const isByDay = workingDays !== workingDaysThen;
  const now = isByDay ? measures.accepted / workingDays : measures.accepted;
  const then = isByDay ? before.accepted / workingDaysThen : before.accepted;
  const difference = isByDay ? Math.round((now - then) * 10) / 10 : now - then;
  return {
    isByDay,
    difference,
    ...(before.accepted < PERCENT_BASE ? {} : { percent: Math.round(((now - then) / then) * 100) }),
  };
}

function tellCompared(one: Compared, isRunning: boolean, said: Sayings): string {
  const { isByDay, difference, percent } = readChange(one);
  const { kind, then, workingDays, workingDaysThen } = one;
  const other = said.other(kind, then.from);
  // A single day is told in cases, whatever its base.
  if (kind === 'weekday') return said.compared(said.more(difference), other);
  const moved = percent === undefined ? said.more(difference) : said.morePercent(percent);
  if (isByDay) return said.comparedByDay(moved, other, workingDays, workingDaysThen);
  return said.compared(moved, other) + said.basis(workingDays, isRunning);
}

/** A count, or the two sums of a share. */
function tellFigure(measures: Measures, term: TermId): string {
  const value = readTerm(measures, term) as number | Ratio;
  return typeof value === 'number' ? formatCount(value) : `${formatCount(value.n)}/${formatCount(value.of)}`;
}

/** As plain text, for a message. */
export function toText(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => (typeof phrase === 'string' ? phrase : phrase.text)).join('');
}
