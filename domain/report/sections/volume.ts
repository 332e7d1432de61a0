/** How much there was: the report's first sentences, channels, the run of days or months, and the stations side by side. */
import { formatCount } from '../../measures/numbers.ts';
import { TERMS } from '../../measures/terms.ts';
import { tellMove } from '../change.ts';
import { isEmpty, type ReportInput, type WriteSection } from '../input.ts';
import { isNotHeard, listSilent } from '../silence.ts';
import { nameSpan } from '../span-name.ts';
import { measuresTable, note, numberOf, partsTable, sentence, textOf } from '../table.ts';
import { toValue } from '../tell.ts';
import type { ReportWords } from '../words/zh.ts';

export const overview: WriteSection = (input, words) => {
  const { measures, comparisons, language } = input;
  const said = words.overview;
  const name = nameSpan(input, words);
  if (isEmpty(input)) return { blocks: [sentence(said.nothing(name))] };
  const silent = listSilent(input, measures, input.station?.id);
  const parts = (
    [
      [measures.windowCases, said.window],
      [measures.onlineCases, said.online],
      [measures.selfServiceCases, said.selfService],
      [measures.otherCases, said.other],
    ] as const
  ).flatMap(([n, tell]) => (n === 0 ? [] : [tell(formatCount(n))]));
  const stated = silent.includes('cases')
    ? [said.notHeard(name)]
    : [
        said.accepted(name, said.total(formatCount(measures.accepted), measures.accepted === 0 ? [] : parts)),
        said.finished(formatCount(measures.finished), formatCount(measures.peopleServed)),
        said.open(formatCount(measures.open), formatCount(measures.overdueOpen)),
        ...comparisons.map((one) => said.compared(words.others[one.kind], tellMove('accepted', one, language, words))),
      ];
  return {
    blocks: [
      sentence(stated.join(language === 'zh' ? '' : ' ')),
      measuresTable(input, words, [
        'accepted',
        'windowCases',
        'onlineCases',
        'finished',
        'open',
        'overdueOpen',
        'peopleServed',
        'completion',
        'onTime',
        'activelySatisfied',
      ]),
      ...(silent.length === 0 ? [] : [note(said.marked(silent.map((fact) => words.books.facts[fact])))]),
      ...tellComparisons(input, words).map(note),
    ],
    missing: listMissing(input, words),
  };
};

export const channels: WriteSection = ({ measures, language }, words) => {
  if (measures.accepted === 0) return { blocks: [] };
  const kinds = ['windowCases', 'onlineCases', 'selfServiceCases', 'otherCases'] as const;
  const shown = kinds.filter((term) => measures[term] > 0);
  const marks = ['legalPersons', 'green', 'byAppointment'] as const;
  const ofAll = marks.map((term) => [TERMS[term].name[language], measures[term]] as const);
  const table = partsTable(
    [words.channels.column, words.channels.cases, words.channels.share],
    shown.map((term) => [TERMS[term].name[language], measures[term]]),
  );
  return {
    blocks: [
      {
        ...table,
        rows: [
          ...table.rows,
          ...ofAll.map(([name, n]) => [
            textOf(name),
            numberOf(n),
            { type: 'share', n, of: measures.accepted } as const,
          ]),
        ],
        terms: [...shown, ...marks],
      },
      note(words.channels.kinds),
    ],
  };
};

export const series: WriteSection = ({ series: { unit, parts }, language }, words) => {
  const said = words.series;
  if (parts.length < 2 || parts.every(({ measures }) => measures.accepted === 0)) return { blocks: [] };
  const name = unit === 'day' ? said.dayOf : said.monthOf;
  const terms = ['accepted', 'windowCases', 'onlineCases', 'finished', 'peopleServed'] as const;
  return {
    blocks: [
      {
        type: 'bars',
        caption: `${unit === 'day' ? said.byDay : said.byMonth}${parts.some(({ isPart }) => isPart) ? said.partBars : ''}`,
        labels: parts.map(
          ({ span, isPart }) =>
            `${Number(unit === 'day' ? span.from.slice(8) : span.from.slice(5, 7))}${isPart ? '*' : ''}`,
        ),
        values: parts.map(({ measures }) => measures.accepted),
      },
      {
        type: 'table',
        columns: [
          { title: unit === 'day' ? said.day : said.month, kind: unit === 'day' ? 'date' : 'text' },
          ...terms.map((term) => ({ title: TERMS[term].name[language], kind: 'number' as const, lead: { term } })),
        ],
        leads: parts.map(({ span: { from, to } }) => ({ from, to })),
        rows: parts.map(({ span, isPart, measures }) => [
          unit === 'day'
            ? ({ type: 'date', day: span.from } as const)
            : textOf(isPart ? said.part(name(span.from)) : name(span.from)),
          ...terms.map((term) => numberOf(measures[term])),
        ]),
      },
    ],
  };
};

export const stations: WriteSection = (input, words) => {
  const { byStation, station, language } = input;
  if (station) return { blocks: [], missing: [words.missing.ofStation] };
  if (byStation.length < 2 || isEmpty(input)) return { blocks: [] };
  const counts = ['accepted', 'windowCases', 'onlineCases', 'finished', 'peopleServed', 'overdueOpen'] as const;
  const shares = ['onTime', 'activelySatisfied'] as const;
  return {
    blocks: [
      {
        type: 'table',
        columns: [
          { title: words.stations.column, kind: 'text' },
          ...counts.map((term) => ({ title: TERMS[term].name[language], kind: 'number' as const, lead: { term } })),
          ...shares.map((term) => ({ title: TERMS[term].name[language], kind: 'share' as const, lead: { term } })),
        ],
        leads: byStation.map(({ id }) => ({ station: id })),
        rows: byStation.map(({ id, name, measures }) => {
          const silent = listSilent(input, measures, id);
          return [
            textOf(name),
            ...[...counts, ...shares].map((term) => {
              const value = toValue(measures, term);
              return isNotHeard(value, term, silent) ? textOf(words.notHeard) : value;
            }),
          ];
        }),
      },
      note(words.stations.note),
    ],
  };
};

/** With what, and on how many working days each. */
function tellComparisons({ comparisons, isRunning, language }: ReportInput, words: ReportWords): string[] {
  const [first] = comparisons;
  if (!first) return [];
  const { compared, others, date } = words;
  const told = comparisons.map(({ kind, then, workingDays, workingDaysThen }) =>
    kind === 'weekday'
      ? compared.day(others.weekday, date(then.from))
      : compared.note(others[kind], date(then.from), date(then.to), workingDays, workingDaysThen),
  );
  return [
    [...told, ...(isRunning ? [compared.running(date(first.now.to))] : []), compared.base].join(
      language === 'zh' ? '' : ' ',
    ),
  ];
}

function listMissing({ comparisons, kind }: ReportInput, { missing }: ReportWords): string[] {
  if (comparisons.length === 0) return [missing.comparisons];
  const hasYear = comparisons.some((one) => one.kind === 'year-before');
  return hasYear || kind === 'day' || kind === 'week' ? [] : [missing.yearBefore];
}
