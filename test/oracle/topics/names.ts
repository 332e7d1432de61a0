/** How a board calls things, and how much of what outsiders send it shows (spec P8), in the oracle's own words. */
import type { BoardFacts } from '../board.ts';

type Dated = { readonly from?: string | undefined; readonly until?: string | undefined };

export function inForce({ from, until }: Dated, day: string): boolean {
  return (from ?? '') <= day && day <= (until ?? '9999-12-31');
}

export function cut(text: string, limit: number): string {
  const plain = [...text].map((letter) => (/\p{Cc}/u.test(letter) ? ' ' : letter)).join('');
  if (plain.length <= limit) return plain;
  let kept = plain.slice(0, limit);
  if (kept.charCodeAt(limit - 1) >= 0xd800 && kept.charCodeAt(limit - 1) <= 0xdbff) kept = kept.slice(0, -1);
  return `${kept}…`;
}

export const sentence = (text: string): string => cut(text, 200);
export const stranger = (id: string): string => cut(id, 40);

export function nameStation({ config, day }: BoardFacts, id: string) {
  const known = config.profile.stations.findLast((station) => station.id === id);
  if (!known) return { name: stranger(id), short: stranger(id), unknown: true as const };
  const { zh } = known.names.find((name) => inForce(name, day)) ?? known.names.at(-1)!;
  // The small hall has neither English nor short names.
  return { name: zh, short: known.kind === 'hall' ? zh : zh.replace(/社区$/, '') };
}

export function kindOf({ config }: BoardFacts, id: string): 'hall' | 'community' {
  return config.profile.stations.find((station) => station.id === id)?.kind ?? 'community';
}

export function nameWindow({ config }: BoardFacts, id: string): string {
  return config.profile.windows.find((window) => window.id === id)?.label ?? stranger(id);
}

export function nameStaff({ config }: BoardFacts, id: string): string {
  return config.profile.staff.find((person) => person.id === id)?.name ?? stranger(id);
}

export function nameItem({ config }: BoardFacts, code: string): string {
  return config.catalogue.items.find((item) => item.code === code)?.name ?? stranger(code);
}

export function lineOf({ config }: BoardFacts, line: string | null | undefined, item: string | null | undefined) {
  return line || config.catalogue.items.find(({ code }) => code === item)?.line;
}

/** The first of a list that are not more than `most`, nor heavier than `bytes` together. */
export function fitting<T>(
  entries: readonly (readonly [id: string, card: T])[],
  most: number,
  bytes: number,
): (readonly [string, T])[] {
  let weight = 0;
  const tooMany = entries.findIndex(([id, card], i) => {
    weight += Buffer.byteLength(JSON.stringify([id, card]));
    return i >= most || weight > bytes;
  });
  return tooMany < 0 ? [...entries] : entries.slice(0, tooMany);
}

/** Of strangers those at which most happened, by id; the others are told as one. */
export function splitStrangers(
  ids: readonly string[],
  weigh: (id: string) => number,
  most = 12,
  bytes = 20_000,
): { shown: string[]; rest: string[] } {
  const sorted = [...ids].sort((a, b) => weigh(b) - weigh(a) || (a < b ? -1 : 1));
  // What an old ledger calls by a name that no object can bear stands with the rest.
  const shown = fitting(
    sorted.filter((id) => !['__proto__', 'constructor', 'prototype'].includes(id)).map((id) => [id, id] as const),
    most,
    bytes,
  ).map(([id]) => id);
  return { shown: [...shown].sort(), rest: sorted.filter((id) => !shown.includes(id)) };
}

/** How many fall under each key; keys under which nothing falls are absent. */
export function tally<T>(things: readonly T[], keyOf: (thing: T) => string | number, n = (_: T): number => 1) {
  const counts: Record<string, number> = {};
  for (const thing of things) counts[keyOf(thing)] = (counts[keyOf(thing)] ?? 0) + n(thing);
  return counts;
}

/** A field that is there only where it has a value. */
export function optional<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } {
  return value == null || value === '' ? {} : ({ [key]: value } as { [P in K]: V });
}
