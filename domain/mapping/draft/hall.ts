/** What a draft knows of the hall: its places, items and people, as other systems may write them. */
import type { Catalogue, Profile } from '../../profile/profile.ts';

/** A thing of the hall, and every text that means it, the shortest id first. */
export interface Named {
  readonly id: string;
  readonly names: readonly string[];
}

export interface DraftHall {
  readonly timeZone: string;
  readonly stations: readonly Named[];
  /** The station to which a file belongs that names none: the street hall, or the only one. */
  readonly usualStation: string;
  readonly windows: readonly (Named & { readonly station: string })[];
  readonly items: readonly Named[];
  readonly lines: readonly Named[];
  readonly staff: readonly Named[];
  /** Names of the hall's own staff: no citizen's. */
  readonly roster: ReadonlySet<string>;
}

/** Those of all times: an export may be of years ago. */
export function createDraftHall(profile: Profile, catalogue: Catalogue): DraftHall {
  const usual = profile.stations.find(({ kind }) => kind === 'hall') ?? profile.stations[0]!;
  return {
    timeZone: profile.timeZone,
    usualStation: usual.id,
    stations: profile.stations.map(({ id, names, short, shortEn, code }) => ({
      id,
      names: some([...names.flatMap(({ zh, en }) => [zh, en]), short, shortEn, code]),
    })),
    windows: profile.windows.map(({ id, station, label }) => ({ id, station, names: some([label]) })),
    items: catalogue.items.map(({ code, name, nameEn }) => ({ id: code, names: some([name, nameEn]) })),
    lines: catalogue.lines.map(({ id, name }) => ({ id, names: some([name]) })),
    staff: profile.staff.map(({ id, name }) => ({ id, names: some([name]) })),
    roster: new Set(profile.staff.map(({ name }) => name)),
  };
}

function some(texts: readonly (string | undefined)[]): string[] {
  return texts.filter((text): text is string => text !== undefined && text.trim() !== '');
}
