/** The street hall's windows: who is at it for how long, and what was just done. */
import { nextOpening, readWindows, type WindowNow } from '../../domain/board/now.ts';
import { REST } from '../../domain/board/topics/bounds.ts';
import type { OverviewData, WindowsMore } from '../../domain/board/topics/data.ts';
import { MINUTE_MS } from '../../domain/calendar/zone.ts';
import { formatCount } from '../../domain/measures/numbers.ts';
import { formatClock, formatMinute } from '../../domain/calendar/written.ts';
import { plain, strong, type Part } from '../ui/line.ts';
import type { Words } from '../words/wall.ts';
import { isOver, type Moment } from './moment.ts';
import { own } from '../../domain/wire/own.ts';

/** The bar above the tiles while nothing is wrong: what was just done, or why it is quiet. */
export interface Bar {
  title: string;
  note: string;
  value: string;
}

export interface WindowTile {
  id: string;
  label: string;
  /** `rest`: not one window but those that are not listed. */
  state: WindowNow['state'] | 'rest';
  text: string;
  /** In place of the text: for how long somebody has been served. */
  minutes?: string;
}

export interface WindowsView {
  note: Part[];
  bar: Bar;
  tiles: WindowTile[];
}

export function buildWindows(data: OverviewData, moment: Moment, words: Words): WindowsView {
  const windows = readWindows(data.windows, data.thresholds.serviceMinutes, moment.now);
  const over = isOver(moment);
  return {
    note: [
      ...(over ? [plain(words.windows.servedNote)] : describeStates(windows, data.windowsMore, words)),
      ...describeReused(data, words),
    ],
    bar: buildCalm(data, moment, words),
    tiles: [
      ...windows.map(({ id, label, state, busyMinutes }) => {
        // When the day is over, what each window did says more than that it is shut.
        const served =
          over && state === 'closed' ? words.windows.served(own(data.windows, id)!.servedToday) : undefined;
        const isServing = state === 'busy' || state === 'over';
        return {
          ...{ id, label, state, text: served ?? words.windows.state[state] },
          ...(isServing && busyMinutes !== undefined && { minutes: words.windows.minutes(busyMinutes) }),
        };
      }),
      ...buildRest(data.windowsMore, words),
    ],
  };
}

/** Numbers that the hall gave out on an earlier day already: whose visit is whose cannot be told. */
function describeReused(data: OverviewData, words: Words): Part[] {
  const halls = Object.values(data.stations).filter(({ kind }) => kind === 'hall');
  const n = halls.reduce((sum, { reusedTickets = 0 }) => sum + reusedTickets, 0);
  return n > 0 ? [plain(' · '), strong(words.windows.reused(formatCount(n)), 'warning')] : [];
}

/** Windows that the profile does not know, beyond those that the wall is sent. */
function buildRest(more: WindowsMore | undefined, words: Words): WindowTile[] {
  if (!more) return [];
  const n = more.busy + more.idle + more.paused + more.closed;
  return [{ id: REST, label: words.windows.others(n), state: 'rest', text: words.windows.rest }];
}

function describeStates(windows: readonly WindowNow[], more: WindowsMore | undefined, words: Words): Part[] {
  // A window that takes too long is still at it: the bar says the rest.
  const count = (state: WindowNow['state']) =>
    windows.filter((window) => window.state === state || (state === 'busy' && window.state === 'over')).length;
  const text = (['busy', 'idle', 'paused', 'closed'] as const)
    .map((state) => ({ state, n: count(state) + (more?.[state] ?? 0) }))
    .filter(({ n }) => n > 0)
    .map(({ state, n }) => words.windows[state](n));
  return [plain(text.join(' · '))];
}

function buildCalm(data: OverviewData, moment: Moment, words: Words): Bar {
  const { windows } = words;
  const { phase } = moment;
  if (phase === 'closed' || phase === 'after' || phase === 'past') {
    const { accepted, finished } = data.counts;
    const note = windows.dayTotal(formatCount(accepted), formatCount(finished));
    return { title: windows.closedFor[phase], note, value: '' };
  }
  const [last] = data.recent;
  const opening = nextOpening(data.day, moment.minute);
  if (phase !== 'open' && (phase !== 'break' || !last)) {
    const note = last ? words.pick(last.item, last.itemEn) : windows.quiet;
    const value = opening === undefined || phase === 'off' ? '' : windows.opensAt(formatMinute(opening));
    return { title: windows.closedFor[phase], note, value };
  }
  if (!last) return { title: windows.quiet, note: '', value: '' };
  const where = describePlace(data, last, words);
  const clock = formatClock(moment.zone, last.at);
  const when = moment.now - last.at < 3 * MINUTE_MS ? windows.justNow(clock) : windows.latest(clock);
  return { title: words.pick(last.item, last.itemEn), note: `${when} · ${where}`, value: '' };
}

/** 07号窗 in the street hall, 梅亭 in a community: its own windows mean nothing to this wall. 网上 for what nobody came for. */
function describePlace(data: OverviewData, last: OverviewData['recent'][number], words: Words): string {
  const elsewhere = Object.entries(words.windows.away).find(([channel]) => channel === last.channel);
  if (elsewhere) return elsewhere[1];
  const station = Object.values(data.stations).find(({ short }) => short === last.station);
  if (station?.kind === 'hall' && last.window !== undefined)
    return words.windows.at(own(data.windows, last.window)?.label ?? last.window);
  return words.pick(last.station, station?.shortEn);
}
