/** A report from its figures: title, marks, sections, definitions, and what the ledger cannot support. Pure. */
import { formatCount } from '../measures/numbers.ts';
import { TERMS, type TermId } from '../measures/terms.ts';
import { listCautions } from '../brief/cautions.ts';
import { tellCaution } from '../brief/tell-caution.ts';
import { countWorkingDays } from '../calendar/calendar.ts';
import { addDays } from '../calendar/zone.ts';
import type { Definition, Report, Section } from '../wire/report.ts';
import { tellColophon } from './colophon.ts';
import { WORDS, type ReportInput, type WriteSection } from './input.ts';
import type { SectionId } from './kinds.ts';
import { figuresIn } from './phrases.ts';
import { books } from './sections/books.ts';
import { answers, efficiency } from './sections/efficiency.ts';
import { idle } from './sections/idle.ts';
import { affairs, tomorrow, work } from './sections/prose.ts';
import { items, speed, waits, windows } from './sections/rankings.ts';
import { rhythm } from './sections/rhythm.ts';
import { channels, overview, series, stations } from './sections/volume.ts';
import { checks, innovation, medical, queue, ratings, requests, services, timeliness } from './sections/work.ts';
import { nameSpan } from './span-name.ts';
import type { ReportWords } from './words/zh.ts';

const WRITE: Readonly<Record<SectionId, WriteSection>> = {
  affairs,
  overview,
  channels,
  series,
  rhythm,
  items,
  timeliness,
  efficiency,
  speed,
  queue,
  waits,
  windows,
  ratings,
  innovation,
  medical,
  services,
  requests,
  answers,
  checks,
  stations,
  idle,
  books,
  work,
  tomorrow,
};

export function buildReport(input: ReportInput): Report {
  const { hall, language, kind, span, station, stations: places, timeZone, workingDays } = input;
  const words = WORDS[language];
  const drafts = [...new Set(input.sections)].map((id) => ({ id, ...WRITE[id](input, words) }));
  const sections = drafts
    .filter(({ blocks }) => blocks.length > 0)
    .map(({ id, blocks }): Section => ({ id, heading: words.headings[id], blocks }));
  const definitions = listDefinitions(sections, language);
  return {
    hall,
    language,
    kind,
    title: words.title(station ? station.name : hall.name, words.titles[kind]),
    spanName: nameSpan(input, words),
    span,
    ...(station ? { station } : {}),
    stations: places,
    timeZone,
    workingDays,
    today: input.today,
    madeAt: input.madeAt,
    isRunning: input.isRunning,
    seq: input.measures.seq,
    marks: listMarks(
      input,
      definitions.map(({ term }) => term),
      words,
    ),
    comparisons: input.comparisons.map((one) => ({ kind: one.kind, span: one.then })),
    sections,
    colophon: tellColophon(input),
    definitions,
    missing: [...new Set(drafts.flatMap(({ missing = [] }) => missing))],
  };
}

function listMarks(input: ReportInput, terms: readonly TermId[], { marks, date }: ReportWords): string[] {
  const { hall, measures, since, isRunning, moment } = input;
  const { unknown, uncounted, corrected } = measures;
  const strangers = unknown.stations.length + unknown.items.length;
  const told: (readonly [boolean, () => string])[] = [
    [hall.demo, () => marks.demo],
    [isRunning, () => marks.running(moment)],
    [isUnknownBefore(input), () => marks.partSpan(date(since!))],
    ...listCautions({ ...input, terms, station: input.station?.id }).map(
      (caution) => [true, () => tellCaution(caution, input.language)] as const,
    ),
    [corrected > 0, () => marks.corrected(corrected)],
    [strangers > 0, () => marks.unknown(strangers)],
    [uncounted.n > 0, () => marks.uncounted(uncounted.n)],
  ];
  return told.flatMap(([is, tell]) => (is ? [tell()] : []));
}

/** Whether working days of the span lie before the ledger's first. */
function isUnknownBefore({ since, span, config }: ReportInput): boolean {
  if (since === undefined || since <= span.from || since > span.to) return false;
  return countWorkingDays(config.calendar, span.from, addDays(since, -1)) > 0;
}

function listDefinitions(sections: readonly Section[], language: Report['language']): Definition[] {
  const used = new Set<TermId>();
  const rounded = new Map<TermId, number>();
  for (const { blocks } of sections)
    for (const block of blocks) {
      if (block.type === 'table') for (const term of [...(block.terms ?? []), ...(block.about ?? [])]) used.add(term);
      if (block.type !== 'sentence') continue;
      for (const { term, exact } of figuresIn(block)) {
        used.add(term);
        if (exact !== undefined) rounded.set(term, exact);
      }
    }
  return [...used].map((term) => {
    const { name, unit, definition, rule } = TERMS[term];
    const exact = rounded.get(term);
    const told = exact === undefined ? '' : WORDS[language].exact(formatCount(exact), unit[language]);
    return { term, name: name[language], unit: unit[language], definition: definition[language] + told, rule };
  });
}
