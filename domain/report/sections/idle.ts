/** 零办件: items and windows that the hall's documents have for some day of the span, and of which no case was accepted. */
import { formatCount } from '../../measures/numbers.ts';
import { isInForceWithin } from '../../profile/in-force.ts';
import type { Block, Table } from '../../wire/report.ts';
import type { ReportInput, WriteSection } from '../input.ts';
import { nameItem, nameLine, nameStation, nameWindow } from '../names.ts';
import { note, numberOf, sentence, textOf } from '../table.ts';
import type { ReportWords } from '../words/zh.ts';

export const idle: WriteSection = (input, words) => {
  const { kind, breakdown, measures, config, span, station } = input;
  // Where nothing was accepted at all, a list of everything says less than the first sentence.
  if (!breakdown || measures.accepted === 0) return { blocks: [] };
  const said = words.idle;
  const items = config.catalogue.items.filter((item) => isInForceWithin(item, span)).length;
  const windows = config.profile.windows.filter(
    (one) => isInForceWithin(one, span) && (station === undefined || one.station === station.id),
  ).length;
  const { idleItems, idleWindows, windowUnnamed } = breakdown;
  // On a single day most items have no case, and a page of their names says nothing; windows are named in a line.
  const isDay = kind === 'day';
  const tellItems = isDay ? said.itemsOfDay : said.items;
  const tellWindows = (): string =>
    isDay
      ? said.windowsOfDay(idleWindows.length, windows, nameWindows(input, idleWindows, words))
      : said.windows(idleWindows.length, windows);
  return {
    blocks: [
      ...(items === 0
        ? []
        : [sentence(idleItems.length === 0 ? said.noItems(items) : tellItems(idleItems.length, items))]),
      ...(isDay ? [] : listItems(input, idleItems, words)),
      ...(windows === 0 ? [] : [sentence(idleWindows.length === 0 ? said.noWindows(windows) : tellWindows())]),
      ...(isDay ? [] : listWindows(input, idleWindows, words)),
      ...(windowUnnamed > 0 && idleWindows.length > 0 ? [note(said.unnamed(formatCount(windowUnnamed)))] : []),
    ],
  };
};

/** By line, in the catalogue's order. */
function listItems(input: ReportInput, codes: readonly string[], words: ReportWords): Block[] {
  const lineOf = (code: string): string => input.config.items.get(code)!.line;
  const named = codes.map((code) => [nameLine(input, lineOf(code), words), nameItem(input, code, words)] as const);
  return listed(words.line, words.idle.ofItems, named, words);
}

type IdleWindows = NonNullable<ReportInput['breakdown']>['idleWindows'];
type Named = readonly (readonly [group: string, name: string])[];

function listWindows(input: ReportInput, idleWindows: IdleWindows, words: ReportWords): Block[] {
  return listed(words.stations.column, words.idle.ofWindows, byStation(input, idleWindows, words), words);
}

/** In a line: each station with its windows; of one station's report the windows alone. */
function nameWindows(input: ReportInput, idleWindows: IdleWindows, words: ReportWords): string {
  const { join, joinStations, atStation } = words.idle;
  const told = groupsOf(byStation(input, idleWindows, words)).map(([station, names]) =>
    input.station ? names.join(join) : atStation(station, names.join(join)),
  );
  return told.join(joinStations);
}

function byStation(input: ReportInput, idleWindows: IdleWindows, words: ReportWords): Named {
  return idleWindows.map((one) => {
    const name = nameWindow(input, one, words);
    return [
      nameStation(input, one.station, words),
      one.served === 0 ? name : words.idle.served(name, formatCount(one.served)),
    ];
  });
}

function groupsOf(named: Named): (readonly [group: string, names: readonly string[]])[] {
  const groups = new Map<string, string[]>();
  for (const [group, name] of named) groups.set(group, [...(groups.get(group) ?? []), name]);
  return [...groups];
}

function listed(title: string, of: string, named: Named, words: ReportWords): Table[] {
  if (named.length === 0) return [];
  return [
    {
      type: 'table',
      columns: [
        { title, kind: 'text' },
        { title: words.idle.count, kind: 'number' },
        { title: of, kind: 'names' },
      ],
      rows: groupsOf(named).map(([group, names]) => [
        textOf(group),
        numberOf(names.length),
        textOf(names.join(words.idle.join)),
      ]),
    },
  ];
}
