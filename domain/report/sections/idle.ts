/** 零办件: items and windows that the hall's documents have for some day of the span, and of which no case was accepted. */
import { formatCount } from '../../measures/numbers.ts';
import { isInForceWithin } from '../../profile/in-force.ts';
import type { Block, Table } from '../../wire/report.ts';
import type { ReportInput, WriteSection } from '../input.ts';
import { nameItem, nameLine, nameStation, nameWindow } from '../names.ts';
import { note, numberOf, sentence, textOf } from '../table.ts';
import type { ReportWords } from '../words/zh.ts';

export const idle: WriteSection = (input, words) => {
  const { breakdown, measures, config, span, station } = input;
  // Where nothing was accepted at all, a list of everything says less than the first sentence.
  if (!breakdown || measures.accepted === 0) return { blocks: [] };
  const said = words.idle;
  const items = config.catalogue.items.filter((item) => isInForceWithin(item, span)).length;
  const windows = config.profile.windows.filter(
    (one) => isInForceWithin(one, span) && (station === undefined || one.station === station.id),
  ).length;
  const { idleItems, idleWindows, windowUnnamed } = breakdown;
  return {
    blocks: [
      ...(items === 0
        ? []
        : [sentence(idleItems.length === 0 ? said.noItems(items) : said.items(idleItems.length, items))]),
      ...listItems(input, idleItems, words),
      ...(windows === 0
        ? []
        : [sentence(idleWindows.length === 0 ? said.noWindows(windows) : said.windows(idleWindows.length, windows))]),
      ...listWindows(input, idleWindows, words),
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

function listWindows(
  input: ReportInput,
  idleWindows: NonNullable<ReportInput['breakdown']>['idleWindows'],
  words: ReportWords,
): Block[] {
  const named = idleWindows.map((one) => {
    const name = nameWindow(input, one, words);
    return [
      nameStation(input, one.station, words),
      one.served === 0 ? name : words.idle.served(name, formatCount(one.served)),
    ] as const;
  });
  return listed(words.stations.column, words.idle.ofWindows, named, words);
}

function listed(
  title: string,
  of: string,
  named: readonly (readonly [group: string, name: string])[],
  words: ReportWords,
): Table[] {
  if (named.length === 0) return [];
  const groups = [...new Set(named.map(([group]) => group))];
  const namesOf = (group: string): string[] => named.flatMap(([own, name]) => (own === group ? [name] : []));
  return [
    {
      type: 'table',
      columns: [
        { title, kind: 'text' },
        { title: words.idle.count, kind: 'number' },
        { title: of, kind: 'names' },
      ],
      rows: groups.map((group) => {
        const names = namesOf(group);
        return [textOf(group), numberOf(names.length), textOf(names.join(words.idle.join))];
      }),
    },
  ];
}
