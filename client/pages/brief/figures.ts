/** The figures of the brief: each with its word, its value, what it was in the spans beside it, and which days it is of. */
import type { ComparisonKind } from '../../../domain/brief/periods.ts';
import { nameSpan, type ChangeOf } from '../../../domain/brief/sentence.ts';
import { isUnheard } from '../../../domain/brief/silence.ts';
import { formatClock } from '../../../domain/calendar/written.ts';
import type { Zone } from '../../../domain/calendar/zone.ts';
import { formatCount } from '../../../domain/measures/numbers.ts';
import type { Span } from '../../../domain/measures/build.ts';
import { tellValue } from '../../../domain/measures/tell.ts';
import { readTerm, TERMS, type TermId } from '../../../domain/measures/terms.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import type { Brief, BriefDay } from '../../../domain/wire/brief.ts';
import type { BriefWords } from '../../words/brief.ts';
import type { Language } from '../../words/language.ts';

/** A kind of work of which the picture has a line of days. */
export type DayKind = Exclude<keyof BriefDay, 'day' | 'accepted'>;

/** Which figure of the brief is looked at: of its own span where nothing else is said. */
export interface Looked {
  readonly term: TermId;
  /** On both sides of a change. */
  readonly change?: ChangeOf;
  /** Of an earlier span. */
  readonly before?: ComparisonKind;
}

/** One bar of the picture: a kind of work on one of its days. */
export interface LookedDay {
  readonly term: DayKind;
  readonly day: string;
}

/** A figure with the days that it is of. */
export interface FigureOf {
  readonly span: Span;
  readonly value: string;
  /** Which days these are, in words. */
  readonly scope: string;
  /** Only what was accepted by the end of this minute of its day, `HH:MM`. */
  readonly until?: string;
}

const SHOWN: readonly TermId[] = [
  'accepted',
  'windowCases',
  'onlineCases',
  'medicalCases',
  'peopleServed',
  'finished',
  'onTime',
  'activelySatisfied',
  'wait',
  'turnaround',
];

export interface FigureLine {
  readonly term: TermId;
  readonly name: string;
  readonly now: string;
  /** In the order of the brief's comparisons. */
  readonly before: readonly string[];
}

export function buildFigures(brief: Brief, language: Language): FigureLine[] {
  return SHOWN.map((term) => ({
    term,
    name: TERMS[term].name[language],
    now: tellOwn(brief, term, language),
    before: brief.comparisons.map((one) => tellBefore(brief, one, term, language)),
  }));
}

/** What a figure is; of a change what it was then as well. */
export function readFigures(
  looked: Looked | LookedDay,
  brief: Brief,
  { language, zone, words }: { readonly language: Language; readonly zone: Zone; readonly words: BriefWords },
): readonly [FigureOf, beside?: FigureOf] {
  const { span, comparisons, sameMoment, now } = brief;
  const { term } = looked;
  const nameDays = (of: Span): string =>
    nameSpan({ ...brief, span: of, period: of.from === of.to ? 'day' : 'span' }, language);
  const of = (measured: Measures, one: Span): FigureOf => ({
    span: one,
    value: tell(measured, term, language),
    scope: nameDays(one),
  });
  const own: FigureOf = { span, value: tellOwn(brief, term, language), scope: nameSpan(brief, language) };
  if ('day' in looked) {
    const day = { from: looked.day, to: looked.day };
    if (day.from === span.from && day.to === span.to) return [own];
    const found = brief.days.find((one) => one.day === looked.day);
    return [{ span: day, value: formatCount(found?.[looked.term] ?? 0), scope: nameDays(day) }];
  }
  const { change, before } = looked;
  if (change === 'same-moment' && sameMoment) {
    const { day, then } = sameMoment;
    const [of, until] = [{ from: day, to: day }, formatClock(zone, now)];
    return [own, { span: of, value: formatCount(then), scope: words.upTo(nameDays(of), until), until }];
  }
  const compared = comparisons.find(({ kind }) => kind === (change ?? before));
  if (compared) {
    const earlier = { ...of(compared.before, compared.then), value: tellBefore(brief, compared, term, language) };
    return change === undefined ? [earlier] : [of(compared.measures, compared.now), earlier];
  }
  return [own];
}

/** What nobody has sent is no 0. */
function tellOwn(brief: Brief, term: TermId, language: Language): string {
  return isUnheard(brief, term) ? tellValue(null, language) : tell(brief.measures, term, language);
}

function tellBefore(
  brief: Brief,
  { then, before: measures }: Brief['comparisons'][number],
  term: TermId,
  language: Language,
): string {
  const isNothing = isUnheard(brief, term, { day: then.to, measures });
  return isNothing ? tellValue(null, language) : tell(measures, term, language);
}

function tell(measures: Measures, term: TermId, language: Language): string {
  return tellValue(readTerm(measures, term), language);
}
