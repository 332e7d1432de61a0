/** Rankings of what a span is made of: items by volume and by time saved, stations by wait, windows by volume. */
import type { Ratio } from '../../board/topics/data.ts';
import type { CaseFigures, StationFigures, WindowFigures } from '../../measures/breakdown.ts';
import { formatCount, formatShare } from '../../measures/numbers.ts';
import { TERMS } from '../../measures/terms.ts';
import type { Lead, Table, Value } from '../../wire/report.ts';
import type { WriteSection } from '../input.ts';
import { nameItem, nameLine, nameStation, nameWindow, nameWindowAt } from '../names.ts';
import { note, numberOf, sentence, shareOf, textOf } from '../table.ts';
import { NONE, tellDuration } from '../tell.ts';

/** So many are listed; the others are summed, so that a column is the whole. */
const MOST_LISTED = 20;
/** So many a day's report names, in a sentence: it is short. */
const MOST_OF_DAY = 5;
/** Of fewer cases, or fewer calls, nobody is ranked: one slow case would decide. */
const LEAST_RANKED = 10;

export const items: WriteSection = (input, words) => {
  const { kind, breakdown, measures, language } = input;
  if (!breakdown || measures.accepted + measures.finished === 0) return { blocks: [] };
  const said = words.items;
  const busy = breakdown.items.filter(({ accepted }) => accepted > 0);
  const first = busy.slice(0, MOST_LISTED);
  const ofFirst = { n: sumOf(first, 'accepted'), of: measures.accepted };
  const volume = (
    title: string,
    caption: string,
    all: readonly (CaseFigures & { readonly name: string; readonly lead: Lead | null })[],
    rest: (n: number) => string,
  ): Table => {
    const [listed, others] = cut(all);
    const row = (place: Value, name: string, accepted: number, finished: number): Value[] => [
      ...[place, textOf(name), numberOf(accepted), partIn(accepted, measures.accepted), numberOf(finished)],
    ];
    return {
      type: 'table',
      caption,
      columns: [
        { title: words.rank, kind: 'rank' },
        { title, kind: 'text' },
        { title: TERMS.accepted.name[language], kind: 'number', lead: { term: 'accepted' } },
        { title: said.share, kind: 'number' },
        { title: TERMS.finished.name[language], kind: 'number', lead: { term: 'finished' } },
      ],
      leads: leadsOf(listed, others),
      rows: [
        ...listed.map((one) =>
          row(
            placeIn(all, ({ accepted }) => accepted > one.accepted),
            one.name,
            one.accepted,
            one.finished,
          ),
        ),
        ...(others.length === 0
          ? []
          : [row(NONE, rest(others.length), sumOf(others, 'accepted'), sumOf(others, 'finished'))]),
        row(NONE, words.sum, measures.accepted, measures.finished),
      ],
      about: ['accepted', 'finished'],
      foot: 1,
    };
  };
  const byLine = volume(
    words.line,
    said.byLine,
    breakdown.lines.map((one) => ({
      ...one,
      name: nameLine(input, one.line, words),
      // What neither its event nor the catalogue names has no word to be asked for by.
      lead: one.line === '' ? null : { line: one.line },
    })),
    words.rest.lines,
  );
  if (kind === 'day') {
    const named = busy
      .slice(0, MOST_OF_DAY)
      .map(({ item, accepted }) => said.each(nameItem(input, item, words), formatCount(accepted)));
    return {
      blocks: [
        ...(busy.length === 0 ? [] : [sentence(said.ofDay(String(busy.length), named, busy.length > named.length))]),
        byLine,
      ],
    };
  }
  return {
    blocks: [
      ...(busy.length > MOST_LISTED + 1
        ? [sentence(said.told(String(busy.length), MOST_LISTED, formatCount(ofFirst.n), formatShare(ofFirst)!))]
        : []),
      volume(
        words.item,
        said.byItem(MOST_LISTED),
        breakdown.items.map((one) => ({ ...one, name: nameItem(input, one.item, words), lead: { item: one.item } })),
        words.rest.items,
      ),
      byLine,
    ],
  };
};

export const speed: WriteSection = (input, words) => {
  const { breakdown, measures, language } = input;
  if (!breakdown) return { blocks: [] };
  const said = words.speed;
  const judged = breakdown.items.filter(({ timed }) => timed > 0);
  const timed = sumOf(judged, 'timed');
  if (timed === 0) return { blocks: [], missing: measures.finished === 0 ? [] : [said.none] };
  const ranked = judged
    .filter((one) => one.timed >= LEAST_RANKED)
    .sort((a, b) => partOf(b.speedUp) - partOf(a.speedUp) || b.timed - a.timed);
  const told = sentence(said.told(formatShare(measures.speedUp)!, formatCount(timed)));
  if (ranked.length === 0) return { blocks: [told, note(said.nobody(LEAST_RANKED))] };
  const listed = ranked.slice(0, MOST_LISTED);
  const others = judged.filter((one) => !listed.includes(one));
  const left = listed.reduce(
    (rest, { speedUp }) => ({ n: rest.n - speedUp.n, of: rest.of - speedUp.of }),
    measures.speedUp,
  );
  const row = (place: Value, name: string, n: number, saved: Ratio): Value[] => [
    ...[place, textOf(name), numberOf(n), daysOf(saved.of), daysOf(saved.of - saved.n), partIn(saved.n, saved.of)],
  ];
  return {
    blocks: [
      told,
      {
        type: 'table',
        caption: said.byItem(MOST_LISTED),
        columns: [
          { title: words.rank, kind: 'rank' },
          { title: words.item, kind: 'text' },
          { title: TERMS.finished.name[language], kind: 'number' },
          { title: said.statutory, kind: 'number', lead: { term: 'speedUp', part: 'of' } },
          { title: said.taken, kind: 'number' },
          { title: said.share, kind: 'number', lead: { term: 'speedUp' } },
        ],
        leads: leadsOf(
          listed.map(({ item }) => ({ lead: { item } })),
          others,
        ),
        rows: [
          ...listed.map((one) =>
            row(
              placeIn(ranked, ({ speedUp }) => partOf(speedUp) > partOf(one.speedUp)),
              nameItem(input, one.item, words),
              one.timed,
              one.speedUp,
            ),
          ),
          ...(others.length === 0 ? [] : [row(NONE, words.rest.items(others.length), sumOf(others, 'timed'), left)]),
          row(NONE, words.sum, timed, measures.speedUp),
        ],
        about: ['speedUp'],
        foot: 1,
      },
      note(said.least(LEAST_RANKED)),
    ],
  };
};

export const waits: WriteSection = (input, words) => {
  const { breakdown, measures, station, language } = input;
  // Of one station the queue's own section says it.
  if (!breakdown || station) return { blocks: [] };
  const said = words.waits;
  const called = breakdown.stations.filter(({ measures: { wait } }) => wait.n > 0);
  // Of a single one as well.
  if (called.length < 2) return { blocks: [] };
  const ranked = called
    .filter(({ measures: { wait } }) => wait.n >= LEAST_RANKED)
    .sort((a, b) => medianOf(b) - medianOf(a) || b.measures.wait.n - a.measures.wait.n);
  const all = [...ranked, ...called.filter((one) => !ranked.includes(one))];
  const [longest] = ranked;
  const row = (place: Value, name: string, { wait, service }: Pick<StationFigures['measures'], 'wait' | 'service'>) => [
    ...[place, textOf(name), numberOf(wait.n), durationOf(wait.medianMs), durationOf(wait.p90Ms)],
    ...[shareOf(wait.within.n, wait.within.of), durationOf(service.medianMs)],
  ];
  const [listed, others] = cut(all);
  return {
    blocks: [
      ...(longest
        ? [
            sentence(
              said.told(
                nameStation(input, longest.station, words),
                tellDuration(medianOf(longest), language),
                formatCount(longest.measures.wait.n),
              ),
            ),
          ]
        : []),
      {
        type: 'table',
        columns: [
          { title: words.rank, kind: 'rank' },
          { title: words.stations.column, kind: 'text' },
          { title: said.called, kind: 'number', lead: { term: 'wait' } },
          { title: said.median, kind: 'duration', lead: { term: 'wait' } },
          { title: said.p90, kind: 'duration', lead: { term: 'wait', order: 'largest' } },
          { title: said.within, kind: 'share', lead: { term: 'wait.within' } },
          { title: said.service, kind: 'duration', lead: { term: 'service' } },
        ],
        leads: leadsOf(
          listed.map(({ station: id }) => ({ lead: { station: id } })),
          others,
        ),
        rows: [
          ...listed.map((one) =>
            row(
              ranked.includes(one) ? placeIn(ranked, (other) => medianOf(other) > medianOf(one)) : NONE,
              nameStation(input, one.station, words),
              one.measures,
            ),
          ),
          ...(others.length === 0
            ? []
            : [
                [
                  NONE,
                  textOf(words.rest.stations(others.length)),
                  numberOf(others.reduce((sum, { measures: { wait } }) => sum + wait.n, 0)),
                  ...[NONE, NONE, NONE, NONE],
                ],
              ]),
          row(NONE, words.sum, measures),
        ],
        about: ['wait', 'wait.within', 'service'],
        foot: 1,
      },
      note(said.least(LEAST_RANKED)),
    ],
  };
};

export const windows: WriteSection = (input, words) => {
  const { breakdown, measures, station, language } = input;
  if (!breakdown) return { blocks: [] };
  const said = words.windows;
  const busy = breakdown.windows
    .filter(({ accepted, served }) => accepted + served > 0)
    .sort((a, b) => b.accepted - a.accepted || b.served - a.served);
  if (busy.length === 0)
    return { blocks: [], missing: measures.windowCases + measures.tickets.served === 0 ? [] : [said.none] };
  const [listed, others] = cut(busy);
  const unnamed = {
    accepted: breakdown.windowUnnamed,
    served: measures.tickets.served - sumOf(busy, 'served'),
  };
  const home = measures.windowCases - sumOf(busy, 'accepted') - unnamed.accepted;
  const rows: readonly (readonly Value[])[] = [
    ...listed.map((one) => [
      placeIn(busy, ({ accepted }) => accepted > one.accepted),
      textOf((station ? nameWindow : nameWindowAt)(input, one, words)),
      ...figuresOf(one),
    ]),
    ...(others.length === 0
      ? []
      : [line(words.rest.windows(others.length), sumOf(others, 'accepted'), sumOf(others, 'served'))]),
    ...(unnamed.accepted + unnamed.served === 0 ? [] : [line(said.unnamed, unnamed.accepted, unnamed.served)]),
    ...(home === 0 ? [] : [line(said.home, home, 0)]),
    line(words.sum, measures.windowCases, measures.tickets.served),
  ];
  return {
    blocks: [
      {
        type: 'table',
        columns: [
          { title: words.rank, kind: 'rank' },
          { title: words.window, kind: 'text' },
          { title: TERMS.windowCases.name[language], kind: 'number', lead: { term: 'windowCases' } },
          { title: said.served, kind: 'number', lead: { term: 'tickets.served' } },
          { title: said.each, kind: 'duration' },
          { title: TERMS.activelySatisfied.name[language], kind: 'share', lead: { term: 'activelySatisfied' } },
        ],
        leads: rows.map((_, i) => {
          const one = listed[i];
          if (one) return { station: one.station, window: one.window };
          return i === rows.length - 1 ? {} : null;
        }),
        rows,
        about: ['windowCases', 'tickets.served', 'activelySatisfied'],
        foot: 1,
      },
      note(said.note),
    ],
  };
};

function figuresOf({ accepted, served, handlingMs, activelySatisfied: { n, of } }: WindowFigures): Value[] {
  return [numberOf(accepted), numberOf(served), durationOf(served === 0 ? null : handlingMs / served), shareOf(n, of)];
}

function line(name: string, accepted: number, served: number): Value[] {
  return [NONE, textOf(name), numberOf(accepted), numberOf(served), NONE, NONE];
}

/** Those that are listed, and those that are summed: never a single one, which may as well be listed. */
function cut<T>(all: readonly T[]): readonly [listed: readonly T[], others: readonly T[]] {
  const most = all.length === MOST_LISTED + 1 ? all.length : MOST_LISTED;
  return [all.slice(0, most), all.slice(most)];
}

/** Each to its own rows, those that are summed to none, and the sum of all to every row. */
function leadsOf(listed: readonly { readonly lead: Lead | null }[], others: readonly unknown[]): (Lead | null)[] {
  return [...listed.map(({ lead }) => lead), ...(others.length === 0 ? [] : [null]), {}];
}

/** Who is alike has the same place. */
function placeIn<T>(all: readonly T[], isBefore: (one: T) => boolean): Value {
  return numberOf(1 + all.filter(isBefore).length);
}

function sumOf<F extends string>(all: readonly Readonly<Record<F, number>>[], field: F): number {
  return all.reduce((sum, one) => sum + one[field], 0);
}

const partOf = ({ n, of }: Ratio): number => n / of;
const medianOf = ({ measures: { wait } }: StationFigures): number => wait.medianMs!;
const durationOf = (ms: number | null): Value => (ms === null ? NONE : { type: 'duration', ms });
const daysOf = (days: number): Value => ({ type: 'days', days: Math.round(days * 100) / 100 });
const partIn = (n: number, of: number): Value => (of === 0 ? NONE : { type: 'share', n, of, apart: true });
