/** 结账与对账: what other systems agree on, what of the days was not known when their books closed, and what has been corrected since. */
import { isTerm, TERMS, type TermId } from '../../measures/terms.ts';
import type { SummedChange } from '../../frozen/months.ts';
import type { RowPart } from '../../rows/query.ts';
import type { FrozenDays } from '../../wire/frozen.ts';
import type { Lead, Table } from '../../wire/report.ts';
import { MOST_FROZEN, MOST_SUMMED, type ReportInput, type WriteSection } from '../input.ts';
import { isOf } from '../silence.ts';
import { numberOf, note, sentence, textOf } from '../table.ts';
import type { ReportWords } from '../words/zh.ts';

/** Of more figures that were corrected the table says how many there are. */
const MOST_CHANGES = 40;

export const books: WriteSection = (input, words) => {
  const { reconciled, frozen, station, language } = input;
  const said = words.books;
  const silent = (frozen?.days ?? []).flatMap(({ day, silentFeeds }) =>
    silentFeeds
      .filter((feed) => isOf(feed, station?.id))
      .map(({ fact, source }) => said.silent(words.date(day), said.facts[fact], source)),
  );
  return {
    blocks: [
      ...(reconciled === undefined ? [] : [sentence(said.reconciled(reconciled))]),
      ...(silent.length === 0 ? [] : [sentence(silent.join(language === 'zh' ? '' : ' '))]),
      ...(frozen === undefined
        ? tellMonths(input, words)
        : [...tellOtherwise(frozen, input, words), ...tellChanges(frozen, input, words)]),
    ],
  };
};

/** Sums of months in which something was corrected, and of the span. */
function tellMonths({ corrections, language }: ReportInput, words: ReportWords): (Table | ReturnType<typeof note>)[] {
  const said = words.books;
  if (corrections === undefined) return [note(said.tooLong(MOST_SUMMED))];
  const { months, total, days, otherwise } = corrections;
  const aside = otherwise === 0 ? [] : [note(said.otherwiseDays(otherwise))];
  if (total.length === 0) return aside;
  const row = (name: string, { term, days: moved, before, after }: SummedChange) => [
    textOf(name),
    textOf(TERMS[term].name[language]),
    numberOf(moved),
    numberOf(before),
    numberOf(after),
  ];
  const table: Table = {
    type: 'table',
    caption: said.byMonth,
    columns: [
      { title: words.series.month, kind: 'text' },
      { title: words.measure, kind: 'text' },
      { title: said.daysMoved, kind: 'number' },
      { title: said.before, kind: 'number' },
      { title: said.after, kind: 'number' },
    ],
    rows: [
      ...total.map((change) => row(words.sum, change)),
      ...months.flatMap(({ month, changes }) => {
        const name = words.series.monthOf(month);
        return changes.map((change) => row(name, change));
      }),
    ],
    about: total.map(({ term }) => term),
  };
  return [table, note(said.summed(days, MOST_FROZEN)), ...aside];
}

/** Days whose figures may be others only because they are counted otherwise by now: this is no 更正. */
function tellOtherwise(
  { days }: FrozenDays,
  { station: asked }: ReportInput,
  words: ReportWords,
): ReturnType<typeof note>[] {
  const moved = days.flatMap(({ day, changes, corrected, isOtherwiseCounted }) => {
    const n = isOtherwiseCounted ? changes.filter(({ station }) => station === asked?.id).length : 0;
    return n === 0 ? [] : [{ day, n, corrected }];
  });
  const [first] = moved;
  if (!first) return [];
  const figures = moved.reduce((sum, { n }) => sum + n, 0);
  // How many events came in after the closing is known of the whole hall alone.
  const late = asked === undefined ? moved.reduce((sum, { corrected }) => sum + corrected, 0) : undefined;
  const { otherwise } = words.books;
  return [note(otherwise({ first: words.date(first.day), days: moved.length, figures, late }))];
}

function tellChanges(
  { days }: FrozenDays,
  { station: asked, language }: ReportInput,
  words: ReportWords,
): (Table | ReturnType<typeof note>)[] {
  const said = words.books;
  // Of the whole hall, or of the station that the report is of: each is in its own.
  const changes = days
    .filter(({ isOtherwiseCounted }) => !isOtherwiseCounted)
    .flatMap(({ day, changes: all }) =>
      all.filter(({ station }) => station === asked?.id).map((change) => ({ day, ...change })),
    );
  if (changes.length === 0) return [];
  const shown = changes.slice(0, MOST_CHANGES);
  const table: Table = {
    type: 'table',
    caption: said.changes,
    columns: [
      { title: said.day, kind: 'date' },
      { title: words.measure, kind: 'text' },
      { title: said.before, kind: 'number' },
      { title: said.after, kind: 'number', lead: {} },
    ],
    leads: shown.map(({ day, name }) => leadTo(day, name)),
    about: shown.flatMap(({ name }) => termIn(name) ?? []),
    rows: shown.map(({ day, name, before, after }) => [
      { type: 'date', day },
      textOf(tellName(name, language, words)),
      numberOf(before),
      numberOf(after),
    ]),
  };
  const rest = changes.length - shown.length;
  return rest > 0 ? [table, note(said.more(rest))] : [table];
}

/** To the rows of a count, or of either sum of a ratio. */
function leadTo(day: string, name: string): Lead | null {
  const span = { from: day, to: day };
  if (isTerm(name)) return { ...span, term: name };
  const [, head = '', part] = /^(.+)\.(n|of)$/.exec(name) ?? [];
  return isTerm(head) && TERMS[head].kind === 'ratio' ? { ...span, term: head, part: part as RowPart } : null;
}

/** The measure of a figure, of a ratio or a time of any of its parts. */
function termIn(name: string): TermId | undefined {
  const head = isTerm(name) ? name : name.slice(0, name.lastIndexOf('.'));
  return isTerm(head) ? head : undefined;
}

/** A figure by its measure's name; of a ratio or a time by which part of it. */
function tellName(name: string, language: ReportInput['language'], words: ReportWords): string {
  if (isTerm(name)) return TERMS[name].name[language];
  const dot = name.lastIndexOf('.');
  const [head, part] = [name.slice(0, dot), name.slice(dot + 1)];
  return isTerm(head) ? words.books.part(TERMS[head].name[language], part) : name;
}
