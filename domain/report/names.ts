/** What items, lines, stations and windows are called in a report, known or not. */
import { stationNames } from '../profile/profile.ts';
import type { ReportInput } from './input.ts';
import type { ReportWords } from './words/zh.ts';

type Naming = Pick<ReportInput, 'config' | 'language' | 'span'>;

/** Of a name of which the hall knows nothing so much is told. */
const MOST_SIGNS = 40;
const strange = (id: string, words: ReportWords): string => words.unknown([...id].slice(0, MOST_SIGNS).join(''));

export function nameItem({ config, language }: Naming, code: string, words: ReportWords): string {
  const item = config.items.get(code);
  if (!item) return strange(code, words);
  return language === 'en' ? (item.nameEn ?? item.name) : item.name;
}

/** @param line `''`: neither the event nor the catalogue says */
export function nameLine({ config }: Naming, line: string, words: ReportWords): string {
  if (line === '') return words.noLine;
  return config.catalogue.lines.find(({ id }) => id === line)?.name ?? strange(line, words);
}

/** As it was called at the end of the span. */
export function nameStation({ config, language, span }: Naming, id: string, words: ReportWords): string {
  const station = config.stations.get(id);
  if (!station) return strange(id, words);
  const { zh, en } = stationNames(station, span.to);
  return language === 'en' ? (en ?? zh) : zh;
}

/** By its short name where the hall has one and never called the station otherwise. */
function nameShortly(naming: Naming, id: string, words: ReportWords): string {
  const station = naming.config.stations.get(id);
  const short = naming.language === 'en' ? station?.shortEn : station?.short;
  return short !== undefined && station!.names.length === 1 ? short : nameStation(naming, id, words);
}

/** With its station, where the report is of several. */
export function nameWindowAt(
  naming: Naming,
  at: { readonly station: string; readonly window: string },
  words: ReportWords,
): string {
  return words.windows.at(nameShortly(naming, at.station, words), nameWindow(naming, at, words));
}

export function nameWindow(
  { config }: Naming,
  { station, window }: { readonly station: string; readonly window: string },
  words: ReportWords,
): string {
  const found = config.profile.windows.find((one) => one.id === window && one.station === station);
  return found ? words.windows.name(found.label) : strange(window, words);
}
