/** What is written rather than counted: the year's paragraph, the hall's own words, and the day ahead. */
import type { Ratio } from '../../board/topics/data.ts';
import { isInForce } from '../../profile/profile.ts';
import { formatCount, formatShare } from '../../measures/numbers.ts';
import type { Measures } from '../../measures/measures.ts';
import { readTerm, type TermId } from '../../measures/terms.ts';
import type { RowPart } from '../../rows/query.ts';
import type { Language } from '../../wire/language.ts';
import type { ToldFigure } from '../../wire/report.ts';
import { formatMoment } from '../../calendar/written.ts';
import { createZone } from '../../calendar/zone.ts';
import type { ReportInput, WriteSection } from '../input.ts';
import { say, toSentence } from '../phrases.ts';
import { roundInProse } from '../prose.ts';
import { sentence } from '../table.ts';
import { tellPart } from '../tell.ts';
import type { ReportWords } from '../words/zh.ts';

/** The paragraph on government services that a sub-district's annual report asks for: what the ledger supports of it. */
export const affairs: WriteSection = (input, words) => {
  const { measures, language } = input;
  const said = words.affairs;
  if (measures.accepted === 0) return { blocks: [] };
  const { activelySatisfied, rated, requests } = measures;
  const { count, round, share, sum } = figuresOf(measures, language);
  const told = [
    said.cases(namePlaces(input, words), count('windowCases'), count('onlineCases')),
    ...(measures.peopleServed > 0 ? [said.served(round('peopleServed'))] : []),
    ...(activelySatisfied.of > 0
      ? [
          said.satisfied(
            share('activelySatisfied'),
            sum('activelySatisfied', 'n'),
            sum('activelySatisfied', 'of'),
            tellBound(measures),
          ),
        ]
      : []),
    ...(rated.of > 0 ? [said.rated(share('rated'), share('activelyRated'))] : []),
    ...(measures.medicalApproved > 0
      ? [
          say`${said.medical(round('medicalApproved'), tellPilot(input, words))}${said.ofItems(count('medicalItems'))}${said.end}`,
        ]
      : []),
    ...(measures.medicalConsultations > 0 ? [said.asked(round('medicalConsultations'))] : []),
    ...(measures.deferredCases > 0
      ? [say`${said.deferred(round('deferredCases'))}${said.ofItems(count('deferredItems'))}${said.end}`]
      : []),
    ...(measures.instantApprovals > 0 ? [said.instant(count('instantApprovals'))] : []),
    ...(measures.trained > 0 ? [said.trained(count('trained'))] : []),
    ...(requests.received > 0 ? [said.requests(count('requests.received'), count('requests.answered'))] : []),
  ];
  return {
    blocks: [toSentence(told.flatMap((one, i) => (i === 0 || language === 'zh' ? one : [' ', ...one])))],
    ...(measures.trained > 0 ? {} : { missing: [said.noTraining] }),
  };
};

/** Figures as a sentence writes them, each with its measure. */
function figuresOf(measures: Measures, language: Language) {
  const read = (term: TermId): number => readTerm(measures, term) as number;
  const ratio = (term: TermId): Ratio => readTerm(measures, term) as Ratio;
  return {
    count: (term: TermId): ToldFigure => ({ term, text: formatCount(read(term)) }),
    round(term: TermId): ToldFigure {
      const [exact, text] = [read(term), roundInProse(read(term), language)];
      return text === formatCount(exact) ? { term, text } : { term, text, exact };
    },
    share: (term: TermId): ToldFigure => ({ term, text: `${formatShare(ratio(term))!}%` }),
    sum: (term: TermId, part: RowPart): ToldFigure => ({ term, part, text: formatCount(ratio(term)[part]) }),
  };
}

function tellBound({ satisfiedLowerBound }: Measures): ToldFigure {
  return { term: 'satisfiedLowerBound', text: `${tellPart(satisfiedLowerBound!)}%` };
}

function namePlaces({ hall, station, config, span }: ReportInput, { affairs: said }: ReportWords): string {
  if (station) return station.name;
  const here = config.profile.stations.filter((one) => isInForce(one, span.to));
  return said.places(hall.name, here.filter(({ kind }) => kind === 'community').length);
}

function tellPilot({ config, span }: ReportInput, words: ReportWords): string {
  const pilot = config.profile.medicalPilot;
  const isWithin = pilot && span.from <= pilot.from && pilot.from <= span.to;
  return isWithin ? words.affairs.pilotSince(words.date(pilot.from)) : '';
}

/** Absent as long as nobody has written anything. */
export const work: WriteSection = ({ words: written, timeZone }, words) => ({
  blocks: written.map(({ text, by, at }) => ({
    type: 'words',
    text,
    told: words.work.by(by, formatMoment(createZone(timeZone), at)),
  })),
});

export const tomorrow: WriteSection = ({ tomorrow: ahead, language }, words) => {
  if (!ahead) return { blocks: [] };
  const said = words.tomorrow;
  const date = words.date(ahead.day);
  const hours = ahead.hours.map(([from, until]) => `${from}–${until}`).join(language === 'zh' ? '、' : ', ');
  return {
    blocks: [
      sentence(
        [
          ahead.hours.length === 0 ? said.closed(date) : said.open(date, hours),
          ...(ahead.isKnown ? [] : [said.unknown]),
          ...(ahead.due === undefined ? [] : [said.due(formatCount(ahead.due))]),
          ...(ahead.papersDue ? [said.papersDue(formatCount(ahead.papersDue))] : []),
          ...(ahead.duty === undefined || ahead.hours.length === 0 ? [] : [said.duty(ahead.duty)]),
        ].join(language === 'zh' ? '' : ' '),
      ),
    ],
  };
};
