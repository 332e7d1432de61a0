/** How well and how fast: time, queue, ratings, and the smaller measures, each with its table. */
import { SCORES } from '../../events/kinds.ts';
import { SERVICE_KINDS } from '../../events/schema.ts';
import { baseOf } from '../../measures/few.ts';
import { formatCount, formatShare } from '../../measures/numbers.ts';
import { TERMS, type TermId } from '../../measures/terms.ts';
import { own } from '../../wire/own.ts';
import type { Table } from '../../wire/report.ts';
import { isEmpty, type ReportInput, type WriteSection } from '../input.ts';
import { nameItem, nameStation } from '../names.ts';
import { measuresTable, numberOf, partsTable, sentence, textOf } from '../table.ts';
import { NONE, tellDuration, tellPart } from '../tell.ts';
import type { ReportWords } from '../words/zh.ts';

/** Of more items and stations the rest is summed. */
const MOST_OVERDUE = 10;

export const timeliness: WriteSection = (input, words) => {
  const { measures, language } = input;
  const said = words.timeliness;
  const { onTime, overdueOpen } = measures;
  if (measures.accepted + measures.finished + measures.open === 0) return { blocks: [] };
  const told =
    onTime.of === 0
      ? [said.noPromise]
      : [
          said.onTime(formatShare(onTime)!, formatCount(onTime.n), formatCount(onTime.of)),
          ...(overdueOpen > 0 ? [said.overdue(formatCount(overdueOpen))] : []),
        ];
  return {
    blocks: [
      sentence(told.join(language === 'zh' ? '' : ' ')),
      measuresTable(input, words, ['completion', 'onTime', 'overdueOpen', 'turnaround']),
      ...tellOverdue(input, words),
    ],
  };
};

function tellOverdue(input: ReportInput, words: ReportWords): Table[] {
  const { overdue = [], measures, language } = input;
  if (overdue.length === 0) return [];
  const listed = overdue.slice(0, MOST_OVERDUE);
  const rest = measures.overdueOpen - listed.reduce((sum, { n }) => sum + n, 0);
  return [
    {
      type: 'table',
      caption: words.timeliness.byItem,
      columns: [
        { title: words.item, kind: 'text' },
        { title: words.stations.column, kind: 'text' },
        { title: TERMS.overdueOpen.name[language], kind: 'number', lead: { term: 'overdueOpen' } },
      ],
      rows: [
        ...listed.map(({ item, station, n }) => [
          textOf(nameItem(input, item, words)),
          textOf(nameStation(input, station, words)),
          numberOf(n),
        ]),
        ...(rest === 0 ? [] : [[textOf(words.rest.cases), NONE, numberOf(rest)]]),
      ],
      leads: [...listed.map(({ item, station }) => ({ item, station })), ...(rest === 0 ? [] : [null])],
    },
  ];
}

export const queue: WriteSection = (input, words) => {
  const { measures, language } = input;
  const { tickets, wait } = measures;
  const said = words.queue;
  if (tickets.taken + tickets.called === 0) return { blocks: [], missing: [said.none] };
  const told = [
    said.taken(formatCount(tickets.taken), formatCount(tickets.served)),
    ...(wait.n === 0
      ? []
      : [
          said.wait(
            tellDuration(wait.medianMs!, language),
            tellDuration(wait.p90Ms!, language),
            formatShare(wait.within)!,
          ),
        ]),
  ];
  return {
    blocks: [
      sentence(told.join(language === 'zh' ? '' : ' ')),
      measuresTable(input, words, [
        'tickets.taken',
        'tickets.served',
        'tickets.passed',
        'tickets.left',
        'wait',
        { term: 'wait', p90: said.p90 },
        'wait.within',
        'greenWait',
        'appointmentWait',
        'service',
        { term: 'service', p90: said.serviceP90 },
      ]),
    ],
  };
};

export const ratings: WriteSection = (input, words) => {
  const { measures, language } = input;
  const { activelySatisfied, satisfiedLowerBound, activelyRated, byDefault, scores, poor, satisfied } = measures;
  const said = words.ratings;
  if (satisfied.of === 0) return { blocks: [], missing: [said.none] };
  const told = [
    ...(activelySatisfied.of === 0
      ? [said.onlyDefaults]
      : [
          said.active(
            formatCount(activelySatisfied.of),
            formatShare(activelySatisfied)!,
            formatCount(activelySatisfied.n),
          ),
          ...(activelyRated.of === 0 ? [] : [said.strict(tellPart(satisfiedLowerBound!), formatShare(activelyRated)!)]),
        ]),
    ...(byDefault > 0 ? [said.byDefault(formatCount(byDefault))] : []),
    poor === 0
      ? said.noPoor
      : said.poor(formatCount(poor), formatCount(measures.calledBack.n), formatCount(measures.rectified.n)),
  ];
  const levels = [...SCORES].reverse();
  return {
    blocks: [
      sentence(told.join(language === 'zh' ? '' : ' ')),
      {
        ...partsTable(
          [said.column, said.count, said.share],
          levels.map((score) => [TERMS[`scores.${score}`].name[language], scores[score]]),
        ),
        terms: levels.map((score): TermId => `scores.${score}`),
      },
      measuresTable(input, words, [
        'activelySatisfied',
        'satisfiedLowerBound',
        'satisfied',
        'activelyRated',
        'rated',
        'byDefault',
        'poor',
        'rectified',
        'calledBack',
        'misrated',
      ]),
    ],
  };
};

export const innovation: WriteSection = (input, words) => {
  const { measures, language } = input;
  const supplied = 'suppliedInTime';
  const hasDue = baseOf(measures, supplied) > 0;
  if (measures.accepted === 0 && !hasDue) return { blocks: [] };
  const terms = ['deferredCases', 'deferredItems', 'instantApprovals'] as const;
  return {
    blocks: [measuresTable(input, words, hasDue ? [...terms, supplied] : terms)],
    missing: hasDue ? [] : [words.withoutCase(words.headings.innovation, [TERMS[supplied].name[language]])],
  };
};

export const medical: WriteSection = (input, words) => {
  const { medicalCases, medicalApproved, medicalConsultations } = input.measures;
  if (medicalCases + medicalApproved + medicalConsultations === 0)
    return { blocks: [], ...(input.config.profile.medicalPilot ? { missing: [words.medicalNone] } : {}) };
  return {
    blocks: [measuresTable(input, words, ['medicalCases', 'medicalApproved', 'medicalItems', 'medicalConsultations'])],
  };
};

export const services: WriteSection = (input, words) => {
  const { consultations, services: given } = input.measures;
  const kinds = SERVICE_KINDS.flatMap((kind) => {
    const n = own(given, kind) ?? 0;
    return n === 0 ? [] : [{ kind, n }];
  });
  const asked = consultations.visit + consultations.phone;
  if (asked === 0 && kinds.length === 0) return { blocks: [], missing: [words.services.none] };
  return {
    blocks: [
      measuresTable(input, words, ['consultations.visit', 'consultations.phone', 'services']),
      ...(kinds.length === 0
        ? []
        : [
            {
              type: 'table' as const,
              columns: [
                { title: words.services.column, kind: 'text' as const },
                { title: words.services.count, kind: 'number' as const, lead: { term: 'services' as const } },
              ],
              rows: kinds.map(({ kind, n }) => [textOf(words.services.kinds[kind]), numberOf(n)]),
              leads: kinds.map(({ kind }) => ({ service: kind })),
            },
          ]),
    ],
  };
};

export const requests: WriteSection = (input, words) => {
  const { requests: asked, complaints } = input.measures;
  if (asked.received + asked.answered + complaints.received + complaints.answered === 0)
    return { blocks: [], missing: [words.requestsNone] };
  return {
    blocks: [
      measuresTable(input, words, [
        'requests.received',
        'requests.answered',
        'requests.onTime',
        'requests.late',
        'complaints.received',
        'complaints.answered',
        'complaints.upheld',
      ]),
    ],
  };
};

export const checks: WriteSection = (input, words) =>
  input.measures.checks.of + input.measures.licences.of === 0 || (input.measures.checks.n === 0 && isEmpty(input))
    ? { blocks: [], missing: [words.checksNone] }
    : { blocks: [measuresTable(input, words, ['checks', 'licences'])] };
