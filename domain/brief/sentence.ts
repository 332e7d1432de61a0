/** The one sentence that a brief begins with, in both languages: text, and numbers that lead to what they mean. Pure. */
import { createZone, minuteOf } from '../calendar/zone.ts';
import type { Ratio } from '../board/topics/data.ts';
import type { Measures } from '../measures/measures.ts';
import { FEW } from '../measures/few.ts';
import { formatCount, formatWholeShare } from '../measures/numbers.ts';
import { readTerm, type TermId } from '../measures/terms.ts';
import type { Brief, Compared } from '../wire/brief.ts';
import type { ComparisonKind } from './periods.ts';
import { SAYINGS, type Sayings } from './sayings.ts';
import { isSilent, isUnheard } from './silence.ts';
import type { Language } from '../wire/language.ts';

/** Which two figures a change lies between. */
export type ChangeOf = ComparisonKind | 'same-moment';

/** A number with the measure that it is of; of a change it is that measure on both sides. */
export interface Linked {
  readonly term: TermId;
  readonly text: string;
  readonly change?: ChangeOf;
  readonly isTrouble?: true;
}

/** A piece of text, which holds no number but of days, or a number that leads to what it means. */
export type Phrase = string | Linked;

/** Of these one is one too many. */
const TROUBLES: ReadonlySet<TermId> = new Set(['poor', 'overdueOpen']);

export function tellBrief(brief: Brief, language: Language): Phrase[] {
  const { measures, comparisons, sameMoment, isRunning } = brief;
  const said = SAYINGS[language];
  const figure = (term: TermId, [before, after]: readonly [string, string], share = ''): Phrase[] => [
    before,
    { term, text: tellFigure(measures, term) + share, ...(TROUBLES.has(term) ? { isTrouble: true } : {}) },
    after,
  ];
  const phrases = [
    ...tellSpan(brief, language),
    ...(isUnheard(brief, 'accepted')
      ? [said.unheard[0], { term: 'accepted' as const, text: said.noData }, said.unheard[1]]
      : [...figure('accepted', said.accepted), ...tellChanges()]),
    ...(measures.onlineCases > 0
      ? figure('onlineShare', said.onlineShare, said.share(formatWholeShare(measures.onlineShare)!))
      : []),
    ...(measures.onTime.of > 0 ? figure('onTime', said.onTime) : []),
    ...(measures.activelySatisfied.of > 0 ? figure('activelySatisfied', said.satisfied) : [tellUnrated(brief, said)]),
    ...(measures.poor > 0 ? figure('poor', said.poor) : []),
    ...(measures.overdueOpen > 0 ? figure('overdueOpen', said.overdue) : []),
    said.end,
  ];
  return phrases.filter((phrase) => phrase !== '');

  function tellChanges(): Phrase[] {
    // What nobody has sent of an earlier day is nothing to be compared with.
    const known = comparisons.filter(
      ({ then, before }) => !isUnheard(brief, 'accepted', { day: then.to, measures: before }),
    );
    const isThenUnheard = sameMoment?.then === 0 && isSilent(brief.cautions, 'windowCases', sameMoment.day);
    if (!sameMoment && known.length === 0) return [tellUncompared(brief, said)];
    return [
      ...(sameMoment
        ? [
            ...figure('windowCases', said.windowCases),
            ...(isThenUnheard
              ? []
              : tellMoved(
                  { term: 'windowCases', change: 'same-moment' },
                  said.more(sameMoment.windowCases - sameMoment.then),
                  said.sameMoment(sameMoment.day),
                )),
          ]
        : []),
      ...known.flatMap((one) => tellCompared(one, isRunning, said)),
    ];
  }
}

function tellUnrated(brief: Brief, said: Sayings): string {
  return isUnheard(brief, 'activelySatisfied') ? said.unheardRatings : said.unrated;
}

/** At a moment of the day only the hall and its stations are compared. */
function tellUncompared({ period, isRunning, only }: Brief, said: Sayings): string {
  return period === 'day' && isRunning && only !== undefined ? said.uncompared.part : said.uncompared.none;
}

/** Today is today only now: of a past moment, and of any days, the span bears its dates, and until when it is told. */
function tellSpan(brief: Brief, language: Language): string[] {
  const said = SAYINGS[language];
  const { isRunning, present, period, span, timeZone, now, today } = brief;
  if (isRunning && present === undefined && period !== 'span') return [said.running[period]];
  const minute = minuteOf(createZone(timeZone), now);
  return [nameSpan(brief, language), isRunning ? said.until(minute, span.from === span.to ? undefined : today) : ''];
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
    ...(before.accepted < FEW ? {} : { percent: Math.round(((now - then) / then) * 100) }),
  };
}

function tellCompared(one: Compared, isRunning: boolean, said: Sayings): Phrase[] {
  const { isByDay, difference, percent } = readChange(one);
  const { kind, then, workingDays, workingDaysThen } = one;
  const other = said.other(kind, then.from);
  const of = { term: 'accepted', change: kind } as const;
  // A single day is told in cases, whatever its base.
  if (kind === 'weekday') return tellMoved(of, said.more(difference), said.compared(other));
  const moved = percent === undefined ? said.more(difference) : said.morePercent(percent);
  if (isByDay) return tellMoved(of, moved, said.comparedByDay(other, workingDays, workingDaysThen));
  return [...tellMoved(of, moved, said.compared(other)), said.basis(workingDays, isRunning)];
}

function tellMoved(
  of: Pick<Linked, 'term' | 'change'>,
  text: string,
  [before, after]: readonly [string, string],
): Phrase[] {
  return [before, { ...of, text }, after];
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
