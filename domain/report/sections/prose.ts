/** What is written rather than counted: the year's paragraph, the hall's own words, and the day ahead. */
import { isInForce } from '../../profile/profile.ts';
import { formatCount, formatShare } from '../../measures/numbers.ts';
import { formatMoment } from '../../calendar/written.ts';
import { createZone } from '../../calendar/zone.ts';
import type { ReportInput, WriteSection } from '../input.ts';
import { roundInProse } from '../prose.ts';
import { sentence } from '../table.ts';
import { tellPart } from '../tell.ts';
import type { ReportWords } from '../words/zh.ts';

/** The paragraph on government services that a sub-district's annual report asks for: what the ledger supports of it. */
export const affairs: WriteSection = (input, words) => {
  const { measures, language } = input;
  const said = words.affairs;
  const round = (n: number): string => roundInProse(n, language);
  if (measures.accepted === 0) return { blocks: [] };
  const { activelySatisfied, satisfiedLowerBound, rated, activelyRated, requests } = measures;
  const told = [
    said.cases(namePlaces(input, words), formatCount(measures.windowCases), formatCount(measures.onlineCases)),
    ...(measures.peopleServed > 0 ? [said.served(round(measures.peopleServed))] : []),
    ...(activelySatisfied.of > 0
      ? [
          said.satisfied(
            formatShare(activelySatisfied)!,
            formatCount(activelySatisfied.n),
            formatCount(activelySatisfied.of),
            tellPart(satisfiedLowerBound!),
          ),
        ]
      : []),
    ...(rated.of > 0 ? [said.rated(formatShare(rated)!, formatShare(activelyRated)!)] : []),
    ...(measures.medicalApproved > 0 ? [tellMedical(input, words)] : []),
    ...(measures.medicalConsultations > 0 ? [said.asked(round(measures.medicalConsultations))] : []),
    ...(measures.deferredCases > 0
      ? [said.deferred(round(measures.deferredCases)) + said.ofItems(measures.deferredItems) + said.end]
      : []),
    ...(measures.instantApprovals > 0 ? [said.instant(formatCount(measures.instantApprovals))] : []),
    ...(measures.trained > 0 ? [said.trained(formatCount(measures.trained))] : []),
    ...(requests.received > 0 ? [said.requests(formatCount(requests.received), formatCount(requests.answered))] : []),
  ];
  return {
    blocks: [sentence(told.join(language === 'zh' ? '' : ' '))],
    ...(measures.trained > 0 ? {} : { missing: [said.noTraining] }),
  };
};

function namePlaces({ hall, station, config, span }: ReportInput, { affairs: said }: ReportWords): string {
  if (station) return station.name;
  const here = config.profile.stations.filter((one) => isInForce(one, span.to));
  return said.places(hall.name, here.filter(({ kind }) => kind === 'community').length);
}

function tellMedical({ measures, config, span, language }: ReportInput, words: ReportWords): string {
  const said = words.affairs;
  const pilot = config.profile.medicalPilot;
  const since =
    pilot && span.from <= pilot.from && pilot.from <= span.to ? said.pilotSince(words.date(pilot.from)) : '';
  return (
    said.medical(roundInProse(measures.medicalApproved, language), since) +
    said.ofItems(measures.medicalItems) +
    said.end
  );
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
