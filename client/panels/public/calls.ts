/** The call board: the latest call huge, the others in hand beside it. */
import type { PublicCall, PublicData } from '../../../domain/board/topics/data-public.ts';
import type { Zone } from '../../../domain/calendar/zone.ts';
import { formatClock } from '../../../domain/calendar/written.ts';
import type { PublicWords } from '../../words/zh/public.ts';
import { measureText } from '../../ui/measure.ts';
import type { Door } from './door.ts';

/** Who was called longer ago than this is at the window, or has gone. */
const CALLING_MS = 180_000;

export interface CallView {
  key: string;
  at: number;
  numberLabel: string;
  number: string;
  /** The label alone: the huge one says in its caption what it is. */
  window: string;
  /** What stands behind a label that is a number. */
  windowUnit: string;
  /** The label as the name of a window. */
  windowName: string;
  clock: string;
}

export interface CallsView {
  first?: CallView;
  others: CallView[];
  othersTitle: string;
  /** Called a while ago, the latest first. */
  past: CallView[];
  /** What is said where nobody is called. */
  title: string;
  note: string;
  /** The widths that the huge figures need, in digits. */
  numberWidth: number;
  windowWidth: number;
  /** What the longest of the other lines needs. */
  othersWidth: number;
}

/** What the page has seen of the calls: the large one first. */
interface Seen {
  readonly calls: readonly PublicCall[];
  /** In hand, and not among them. */
  readonly callsMore?: number | undefined;
  readonly past?: readonly PublicCall[];
}

export function buildCalls(
  { calls, callsMore = 0, past = [], queue }: Pick<PublicData, 'queue'> & Seen,
  door: Door,
  now: number,
  zone: Zone,
  words: PublicWords,
): CallsView {
  const all = door.isToday ? calls.map((call) => toView(call, zone, words)) : [];
  // Ends of numbers repeat: what reads the same at the same moment is one line.
  const views = [...new Map(all.map((view) => [view.key, view])).values()];
  // While the hall is shut its state comes first; whoever is still being served stands below.
  const latest = door.isOpen ? views[0] : undefined;
  const first = latest && now - latest.at < CALLING_MS ? latest : undefined;
  const others = first ? views.slice(1) : views;
  return {
    ...(first ? { first } : {}),
    others,
    othersTitle: callsMore > 0 ? words.calls.more(callsMore) : words.calls.others,
    past: door.isToday && door.isOpen ? past.map((call) => toView(call, zone, words)) : [],
    title: door.title ?? words.calls.none,
    note: door.isOpen ? (queue ? words.calls.noneTickets : words.calls.noneDirect) : (door.note ?? ''),
    numberWidth: measureText(first?.number ?? ''),
    windowWidth: measureText(first?.window ?? ''),
    othersWidth: Math.max(0, ...others.map(({ number, windowName }) => measureText(number) + measureText(windowName))),
  };
}

function toView({ number, tail, window, at }: PublicCall, zone: Zone, words: PublicWords): CallView {
  const isNumber = /^[A-Za-z]?\d+$/.test(window);
  return {
    key: `${at} ${number} ${window}`,
    at,
    numberLabel: tail ? words.calls.tail : words.calls.number,
    number,
    window,
    // A window with a name of its own (绿色专窗) needs no 号窗.
    windowUnit: isNumber ? words.calls.windowUnit : '',
    windowName: isNumber ? words.calls.windowName(window) : window,
    clock: formatClock(zone, at),
  };
}
