/** How much of what outsiders decide the size of goes on the wire: the rest is counted, so that every total stays true. */
import { MINUTE_MS } from '../../calendar/zone.ts';
import { FORBIDDEN_NAMES } from '../../events/inspect.ts';

/** How many entries of a list are shown at most, and how heavy they may be together, in bytes of JSON. */
export interface Bound {
  readonly most: number;
  readonly bytes: number;
}

/** Stations and items that the profile or the catalogue does not know: those at which most happened. */
export const UNKNOWN_SHOWN: Bound = { most: 12, bytes: 20_000 };
/** Under this id, which no station, item or window can have, stands what is not shown by itself. */
export const REST = '';
/** Follow-ups of one topic, those due first. */
export const FOLLOWUPS_SHOWN: Bound = { most: 100, bytes: 48_000 };
/** Open alarms: the hall's own are at most six of a kind. */
export const ALARMS_SHOWN: Bound = { most: 40, bytes: 48_000 };
/** Moments that are told one by one; beyond them the minute is enough. */
export const MOMENTS_SHOWN = 300;
/** A sentence, and the name of what the profile does not know, on a wall; the ledger has them whole. */
const TEXT_SHOWN = 200;
export const NAME_SHOWN = 40;

/** `text` as far as a wall shows it. */
export function shorten(text: string, shown = TEXT_SHOWN): string {
  // A control character is no more than a blank on a screen, and six bytes on the wire.
  const plain = text.replace(/\p{Cc}/gu, ' ');
  if (plain.length <= shown) return plain;
  // Half of a surrogate pair is no character.
  return `${plain.slice(0, shown).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Whether a thing can stand under its own id on the wire; what an old ledger calls otherwise is told with the rest. */
export function isKey(id: string): boolean {
  return id !== REST && !FORBIDDEN_NAMES.includes(id);
}

export interface Fitted<S, T> {
  readonly shown: (readonly [id: string, card: T])[];
  readonly rest: (readonly [id: string, source: S])[];
}

const encoder = new TextEncoder();

/** The first of `entries`, as cards, that keep within `bound`; the others are the rest, and those that have no key. */
export function fitCards<S, T>(
  entries: Iterable<readonly [id: string, source: S]>,
  toCard: (source: S, id: string) => T,
  { most, bytes }: Bound,
): Fitted<S, T> {
  const shown: [string, T][] = [];
  const rest: (readonly [string, S])[] = [];
  let left = bytes;
  for (const entry of entries) {
    const [id, source] = entry;
    if (isKey(id) && shown.length < most && left > 0) {
      const card = toCard(source, id);
      // The first that does not fit ends the list, or a light one would overtake a heavy one.
      left -= encoder.encode(JSON.stringify([id, card])).length;
      if (left >= 0) {
        shown.push([id, card]);
        continue;
      }
    }
    rest.push(entry);
  }
  return { shown, rest };
}

/** The first of `ids` by how much happened there, the most first; ties by id. The others are the rest. */
export function splitByWeight(
  ids: Iterable<string>,
  weightOf: (id: string) => number,
  bound = UNKNOWN_SHOWN,
): { shown: string[]; rest: string[] } {
  const sorted = [...ids].sort((a, b) => weightOf(b) - weightOf(a) || (a < b ? -1 : 1));
  const { shown, rest } = fitCards(
    sorted.map((id) => [id, id] as const),
    (id) => id,
    bound,
  );
  return { shown: shown.map(([id]) => id).sort(), rest: rest.map(([id]) => id) };
}

/** Moments that are too many to be told one by one, as [moment, how many]. */
export type Buckets = [at: number, n: number][];

/**
 * Ascending moments (epoch ms) for the wire: the first `shown` as they are, of the others how many lie at each moment;
 * where these are more than `most`, how many lie up to each full minute, or up to the end of each longer step, so that
 * nothing is ever told too early.
 */
export function boundMoments(
  moments: readonly number[],
  shown = MOMENTS_SHOWN,
  most = 1_440,
): { exact: number[]; more?: Buckets } {
  const exact = moments.slice(0, shown);
  const rest = moments.slice(shown);
  if (rest.length === 0) return { exact };
  let more = countBy(rest, 1);
  for (let step = MINUTE_MS; more.length > most; step *= step < 5 * MINUTE_MS ? 5 : 2) more = countBy(rest, step);
  return { exact, more };
}

function countBy(moments: readonly number[], step: number): Buckets {
  const buckets: Buckets = [];
  for (const moment of moments) {
    const at = Math.ceil(moment / step) * step;
    const last = buckets.at(-1);
    if (last?.[0] === at) last[1]++;
    else buckets.push([at, 1]);
  }
  return buckets;
}
