/** Stations and windows as they are being filled in: what is still wrong with them, and what they become. Pure. */
import { isInForce } from '../../../domain/profile/in-force.ts';
import type { Profile, Station } from '../../../domain/profile/profile.ts';

type Window = Profile['windows'][number];
const ID = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;

export interface StationDraft {
  /** Tells rows apart while their ids are typed. */
  readonly key: number;
  /** As it was saved; absent for a new one, whose id can still be chosen. */
  readonly saved?: Station;
  id: string;
  name: string;
  short: string;
  kind: Station['kind'];
  ticketsFrom: string;
}

export interface WindowDraft {
  readonly key: number;
  readonly saved?: Window;
  id: string;
  label: string;
  station: string;
  /** Ids of lines; empty for all. */
  lines: string[];
}

export type DraftFlaw = 'required' | 'noId' | 'twice';

export function beginStation(station: Station, key: number, day: string): StationDraft {
  const { id, names, short = '', kind, ticketsFrom = '' } = station;
  return { key, saved: station, id, name: (nameOn(names, day) ?? names[0]!).zh, short, kind, ticketsFrom };
}

export function beginWindow(window: Window, key: number): WindowDraft {
  const { id, label, station, lines = [] } = window;
  return { key, saved: window, id, label, station, lines: [...lines] };
}

/** By key and field, what is wrong. */
export type DraftFlaws<F extends string> = ReadonlyMap<number, Readonly<Partial<Record<F, DraftFlaw>>>>;

export function findStationFlaws(drafts: readonly StationDraft[]): DraftFlaws<'id' | 'name'> {
  return findFlaws(drafts, ({ name }) => (name.trim() === '' ? { name: 'required' } : {}));
}

export function findWindowFlaws(drafts: readonly WindowDraft[]): DraftFlaws<'id' | 'label'> {
  return findFlaws(drafts, ({ label }) => (label.trim() === '' ? { label: 'required' } : {}));
}

function findFlaws<D extends { readonly key: number; readonly saved?: object; id: string }, F extends string>(
  drafts: readonly D[],
  more: (draft: D) => Partial<Record<F, DraftFlaw>>,
): DraftFlaws<F | 'id'> {
  const seen = new Set<string>();
  const flaws = new Map<number, Partial<Record<F | 'id', DraftFlaw>>>();
  for (const draft of drafts) {
    const id = draft.id.trim();
    // One that was saved is as it is, whatever it looks like.
    const ofId = seen.has(id) ? 'twice' : draft.saved !== undefined || ID.test(id) ? undefined : 'noId';
    seen.add(id);
    const found = { ...more(draft), ...(ofId === undefined ? {} : { id: ofId }) } as Partial<
      Record<F | 'id', DraftFlaw>
    >;
    if (Object.keys(found).length > 0) flaws.set(draft.key, found);
  }
  return flaws;
}

export function endStation(draft: StationDraft, day: string): Station {
  const { saved, kind } = draft;
  const { short: _short, ticketsFrom: _from, ...kept } = saved ?? { id: draft.id.trim(), kind, names: [] };
  const zh = draft.name.trim();
  const present = saved && nameOn(saved.names, day);
  const names = present
    ? saved.names.map((name) => (name === present ? { ...name, zh } : name))
    : [{ zh }, ...kept.names.slice(1)];
  return {
    ...kept,
    kind,
    names,
    ...(draft.short.trim() === '' ? {} : { short: draft.short.trim() }),
    ...(draft.ticketsFrom === '' ? {} : { ticketsFrom: draft.ticketsFrom }),
  };
}

export function endWindow(draft: WindowDraft): Window {
  const { lines: _lines, ...kept } = draft.saved ?? { id: draft.id.trim(), lines: [] };
  const { label, station, lines } = draft;
  return { ...kept, label: label.trim(), station, ...(lines.length === 0 ? {} : { lines: [...lines] }) };
}

/** The first of `prefix` and a number that is not there yet. */
export function nextId(prefix: string, taken: readonly string[], digits = 1): string {
  for (let n = 1; ; n++) {
    const id = `${prefix}${String(n).padStart(digits, '0')}`;
    if (!taken.includes(id)) return id;
  }
}

function nameOn(names: Station['names'], day: string): Station['names'][number] | undefined {
  return names.find((name) => isInForce(name, day));
}
