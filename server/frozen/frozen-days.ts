/** The frozen days of a span, each beside what it comes to now. */
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import { addDays } from '../../domain/calendar/zone.ts';
import { isSameRules, presentRules } from '../../domain/frozen/chain.ts';
import { dayFigures, listChanges } from '../../domain/frozen/figures.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { FrozenDay, FrozenDays } from '../../domain/wire/frozen.ts';
import type { Board } from '../board/board.ts';
import type { Ledger } from '../ledger/port.ts';
import { isEntry, type Entry } from './entries.ts';
import { digestsOf } from './kept-documents.ts';

/** Ids that are read at a time: of each day its opening, closing and figures. */
const PAGE = 100;

export interface FrozenDaysOptions {
  readonly ledger: Pick<Ledger, 'readOf'>;
  readonly board: Pick<Board, 'measuresOf' | 'caughtUp' | 'state'>;
  readonly config: () => HallConfig;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
}

type Frozen = Entry & { readonly type: 'hall.day.frozen' };

/**
 * The stations of a day are asked for only where the whole hall has changed, or something was corrected: nothing else
 * changes a figure.
 * @throws BoardRecounting, LedgerError
 */
export async function readFrozenDays(
  { ledger, board, config, now }: FrozenDaysOptions,
  from: string,
  to: string,
): Promise<FrozenDays> {
  const entries = await readEntries(ledger, from, to);
  const present = config();
  const documents = digestsOf(present);
  const rules = presentRules();
  const stations = present.profile.stations.map(({ id }) => id);
  const at = now();
  const spanOf = ({ data: { day } }: Frozen) => ({ from: day, to: day, now: at });
  await board.caughtUp();
  let { seq } = board.state;
  const wholes = entries.length === 0 ? [] : await board.measuresOf(entries.map(spanOf));
  const days: FrozenDay[] = [];
  for (const [i, entry] of entries.entries()) {
    const { data } = entry;
    let whole: Measures = wholes[i]!;
    const isOtherwiseCounted =
      !isSameRules(data.rules, rules) || JSON.stringify(data.documents) !== JSON.stringify(documents);
    const ofHall = { figures: data.figures, stations: {} };
    let changes = listChanges(ofHall, dayFigures([], [whole]));
    if (changes.length > 0 || whole.corrected > 0 || isOtherwiseCounted) {
      const span = spanOf(entry);
      const all = await board.measuresOf([span, ...stations.map((station) => ({ ...span, station }))]);
      whole = all[0]!;
      changes = listChanges(data, dayFigures(stations, all));
    }
    seq = whole.seq;
    days.push({
      day: data.day,
      closing: data.closing,
      closedAt: entry.at,
      figures: data.figures,
      stations: data.stations,
      silentFeeds: data.silentFeeds.map(({ fact, source, station }) => ({
        fact,
        source,
        ...(station ? { station } : {}),
      })),
      changes,
      corrected: whole.corrected,
      isOtherwiseCounted,
    });
  }
  const known = new Set(days.map(({ day }) => day));
  const notFrozen: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (!known.has(day)) notFrozen.push(day);
  return { from, to, seq, days, notFrozen };
}

/** Of each day the last entry: one that was opened again was frozen again. */
export async function readEntries(ledger: Pick<Ledger, 'readOf'>, from: string, to: string): Promise<Frozen[]> {
  const last = new Map<string, Frozen>();
  const until = `day:${to}:~`;
  for (let begin = `day:${from}:`; ;) {
    const page = await ledger.readOf(HALL_DAY_SOURCE, begin, until, PAGE);
    for (const { event } of page) {
      if (!isEntry(event) || event.type !== 'hall.day.frozen') continue;
      if ((last.get(event.data.day)?.seq ?? 0) < event.seq) last.set(event.data.day, event);
    }
    if (page.length < PAGE) return [...last.values()].sort((a, b) => (a.data.day < b.data.day ? -1 : 1));
    // Behind the last id, and before any that goes on where it ends.
    begin = `${page.at(-1)!.event.id}!`;
  }
}
