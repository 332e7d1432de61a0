/** Texts of a file laid against the hall's own stations, windows, items, lines and people. */
import type { DraftHall, Named } from './hall.ts';

type PlaceKind = 'station' | 'window' | 'item' | 'itemCode' | 'line' | 'staff';

export interface PlaceMatch {
  /** Ids by the texts of the file that mean them. */
  readonly known: ReadonlyMap<string, string>;
  /** Those of them that are a guess: a part of a name, a number alone. */
  readonly likely: readonly string[];
  readonly unknown: readonly string[];
  /** Each text is an id as it stands. */
  readonly areIds: boolean;
}

export function placesOf(kind: PlaceKind, hall: DraftHall): readonly Named[] {
  switch (kind) {
    case 'station':
      return hall.stations;
    case 'window':
      return hall.windows;
    case 'item':
    case 'itemCode':
      return hall.items;
    case 'line':
      return hall.lines;
    case 'staff':
      return hall.staff;
  }
}

export function findPlaces(kind: PlaceKind, texts: readonly string[], hall: DraftHall): PlaceMatch {
  const places = placesOf(kind, hall);
  const isUsual = new Set(hall.windows.filter(({ station }) => station === hall.usualStation).map(({ id }) => id));
  const exact = new Map<string, string | undefined>();
  for (const { id, names } of places) {
    for (const name of names) exact.set(fold(name), meansOne(exact, fold(name), id));
  }
  // An id is what it says, whatever else is called so.
  for (const { id } of places) exact.set(fold(id), id);
  const known = new Map<string, string>();
  const likely: string[] = [];
  const unknown: string[] = [];
  for (const text of texts) {
    const sure = exact.get(fold(text));
    const guess = sure ?? guessPlace(kind, text, places, isUsual);
    if (guess === undefined) unknown.push(text);
    else known.set(text, guess);
    if (guess !== undefined && sure === undefined) likely.push(text);
  }
  return { known, likely, unknown, areIds: texts.every((text) => known.get(text) === text) };
}

/** Two places of one name mean neither. */
function meansOne(found: ReadonlyMap<string, string | undefined>, name: string, id: string): string | undefined {
  return !found.has(name) || found.get(name) === id ? id : undefined;
}

function guessPlace(
  kind: PlaceKind,
  text: string,
  places: readonly Named[],
  isUsual: ReadonlySet<string>,
): string | undefined {
  const folded = fold(text);
  const found = places.filter(({ names, id }) => {
    if (kind === 'station') return names.some((name) => name.length > 1 && folded.includes(fold(name)));
    if (kind !== 'window') return false;
    const number = numberOf(folded);
    return number !== undefined && (names.some((name) => numberOf(fold(name)) === number) || numberOf(id) === number);
  });
  // 梅林一村社区 holds the name of 梅林 too: the longest name is meant.
  if (kind === 'station') return onlyOne(pickLongest(found, folded));
  // Each station counts its windows from 1: where the file does not say whose they are, the street hall's are likelier.
  return onlyOne(found) ?? onlyOne(found.filter(({ id }) => isUsual.has(id)));
}

function onlyOne(found: readonly Named[]): string | undefined {
  return found.length === 1 ? found[0]!.id : undefined;
}

function pickLongest(found: readonly Named[], folded: string): readonly Named[] {
  const length = ({ names }: Named) =>
    Math.max(...names.filter((name) => folded.includes(fold(name))).map((name) => name.length));
  const most = Math.max(...found.map(length));
  return found.filter((place) => length(place) === most);
}

/** 1号窗口, 综合窗口01 and W01 are window 1; A01 and 12-3 are not. */
function numberOf(text: string): number | undefined {
  const bare = text.replace(/综合|办事|服务|窗口?|柜台?|号|第|window|counter|no\.?|^w(?=\d)/g, '');
  return /^\d{1,3}$/.test(bare) ? Number(bare) : undefined;
}

function fold(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}
