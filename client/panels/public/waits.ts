/** How long one waits: what is known of it, as a range, and nothing where nothing is known. */
import type { PublicData, PublicQueue, PublicStation } from '../../../domain/board/topics/data-public.ts';
import { MINUTE_MS } from '../../../domain/calendar/zone.ts';
import type { PublicWords } from '../../words/zh/public.ts';
import type { Door } from './door.ts';
import { measureText } from '../../ui/measure.ts';

export interface MinuteRange {
  low: number;
  high: number;
}

/**
 * The range in whole minutes at `now` (epoch ms): rounded outwards, never narrower than a minute, and never below what
 * somebody in the queue has waited already. `undefined` where the server could state none.
 */
export function readRange({ wait, oldestAt }: PublicQueue, now: number): MinuteRange | undefined {
  if (!wait) return undefined;
  const waitedMs = oldestAt === undefined ? 0 : Math.max(0, now - oldestAt);
  const low = Math.floor(wait.lowMs / MINUTE_MS);
  const high = Math.max(low + 1, Math.ceil(Math.max(wait.highMs, waitedMs) / MINUTE_MS));
  return { low, high };
}

/** A range that is no wider than this, or no wider than half of its upper end, helps as it stands. */
const NARROW_MINUTES = 15;

/** The range in words that help whoever stands there: of a wide one what can be relied on, never its two ends. */
export function tellRange({ low, high }: MinuteRange, { waits }: Pick<PublicWords, 'waits'>): string {
  if (high <= 10) return waits.upTo(high);
  if (high - low <= Math.max(NARROW_MINUTES, high / 2)) return low >= 60 ? waits.overAnHour : waits.range(low, high);
  if (high <= 20) return waits.upTo(20);
  if (high <= 45) return waits.halfAnHour;
  if (low >= 60) return waits.overAnHour;
  return low >= 30 ? waits.overHalfAnHour : waits.uncertain;
}

export interface WaitView {
  /** A count of people with its word, or a sentence. */
  figure?: { value: string; unit: string };
  title?: string;
  isFree: boolean;
  /** A line and a range below. */
  label: string;
  range?: string;
  basis: string;
}

export function buildWait(queue: PublicQueue | undefined, door: Door, now: number, words: PublicWords): WaitView {
  const { waits } = words;
  if (!door.isToday || (!door.isOpen && !queue?.waiting))
    return { isFree: false, title: waits.shut, label: door.hours ?? '', basis: '' };
  if (!queue) return { isFree: false, title: waits.direct, label: waits.directNote, basis: '' };
  if (queue.untold) return { isFree: false, title: waits.untold, label: '', basis: '' };
  const range = door.isOpen ? readRange(queue, now) : undefined;
  const rest = range
    ? {
        label: queue.free ? waits.today : waits.rangeLabel,
        range: tellRange(range, words),
        basis: queue.free ? '' : waits.basis,
      }
    : { label: door.isOpen ? waits.unknown : (door.hours ?? ''), basis: '' };
  if (queue.free) return { isFree: true, title: waits.free, ...rest };
  return { isFree: false, figure: { value: String(queue.waiting), unit: waits.people }, ...rest };
}

/** Stations with tickets, each saying how it stands; or some of the others, by name under one sentence. */
export type StationsPage =
  | { type: 'queues'; queues: { name: string; text: string; isFree: boolean }[] }
  | { type: 'direct'; note: string; names: string[] };

const QUEUES_A_PAGE = 4;
/** Names on one page, in digits' width with the gap behind each. */
const NAMES_WIDTH = 150;
const NAME_GAP = 2;

export function buildStations(
  { stations }: Pick<PublicData, 'stations'>,
  door: Door,
  now: number,
  words: PublicWords,
): StationsPage[] {
  const queues = stations.flatMap(({ queue, name, nameEn }) =>
    queue ? [{ name: words.pick(name, nameEn), ...describeQueue(queue, door, now, words) }] : [],
  );
  const note = door.isOpen ? words.stations.direct : words.stations.also;
  const names = stations.filter(({ queue }) => !queue).map((station) => shortName(station, words));
  const pages: StationsPage[] = [];
  for (let i = 0; i < queues.length; i += QUEUES_A_PAGE)
    pages.push({ type: 'queues', queues: queues.slice(i, i + QUEUES_A_PAGE) });
  return [...pages, ...fillPages(names).map((page): StationsPage => ({ type: 'direct', note, names: page }))];
}

/** As many names a page as its lines hold, in order. */
function fillPages(names: readonly string[]): string[][] {
  const pages: string[][] = [];
  let left = 0;
  for (const name of names) {
    const width = measureText(name) + NAME_GAP;
    if (pages.length === 0 || width > left) {
      pages.push([]);
      left = NAMES_WIDTH;
    }
    pages.at(-1)!.push(name);
    left -= width;
  }
  return pages;
}

function describeQueue(
  queue: PublicQueue,
  door: Door,
  now: number,
  words: PublicWords,
): { text: string; isFree: boolean } {
  if (!door.isOpen) return { text: words.stations.shut, isFree: false };
  if (queue.free) return { text: words.stations.free, isFree: true };
  if (queue.untold) return { text: words.stations.untold, isFree: false };
  const range = readRange(queue, now);
  const people = words.stations.waiting(queue.waiting);
  return { text: range ? `${people} · ${tellRange(range, words)}` : people, isFree: false };
}

/** The title says already that they are communities. */
function shortName({ short, shortEn, nameEn }: PublicStation, words: PublicWords): string {
  return words.pick(short, shortEn ?? nameEn?.replace(/ Community$/, ''));
}
