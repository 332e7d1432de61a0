/** What must be followed up: the open follow-ups with their countdowns. Late cases stand in the strip above. */
import type { FollowupCard, OverviewData } from '../../domain/board/topics/data.ts';
import { plain, type Part } from '../ui/line.ts';
import type { Words } from '../words/wall.ts';
import { readCountdown, toneOf, type Countdown } from '../../domain/followups/countdown.ts';
import type { Moment } from './moment.ts';
import { own } from '../../domain/wire/own.ts';

export interface FollowupRow {
  key: string;
  /** Red: late. Amber: about to be. Blue: in hand. */
  tone: 'trouble' | 'warning' | 'plain';
  title: string;
  note: string;
  due: string;
  lamp?: { readonly colour: NonNullable<FollowupCard['lamp']>; readonly name: string };
}

export interface FollowupsView {
  note: Part[];
  rows: FollowupRow[];
}

const rank = { trouble: 0, warning: 1, plain: 2 };

export function buildFollowups(data: OverviewData, moment: Moment, words: Words): FollowupsView {
  const { open, closedToday } = data.followupCounts;
  // An object has no order of its own: those due first come first.
  const sorted = Object.entries(data.followups).sort(
    ([idA, a], [idB, b]) =>
      (a.due?.at ?? Infinity) - (b.due?.at ?? Infinity) || a.openedAt - b.openedAt || (idA < idB ? -1 : 1),
  );
  const cards = sorted.map(([id, card]) => buildRow(id, card, data, moment, words));
  return {
    note: [plain(words.followups.today(open, closedToday))],
    rows: [
      // Stable: within one tone those due first stay first.
      ...cards.sort((a, b) => rank[a.tone] - rank[b.tone]),
      ...buildRest(open - cards.length, words),
    ],
  };
}

/** The wall is sent only those due first; it says how many more there are. */
function buildRest(n: number, { followups }: Words): FollowupRow[] {
  return n > 0 ? [{ key: 'rest', tone: 'plain', title: followups.rest(n), note: followups.restNote, due: '' }] : [];
}

function buildRow(id: string, card: FollowupCard, data: OverviewData, moment: Moment, words: Words): FollowupRow {
  const { followups } = words;
  const countdown = card.due && readCountdown(card.openedAt, card.due.at, moment.now, data, moment.zone);
  const station = own(data.stations, card.station);
  // The street hall's full name is as long as the row.
  const name =
    station?.kind === 'hall'
      ? words.pick(station.short, station.shortEn)
      : words.pick(card.stationName, card.stationNameEn);
  const where = card.window === undefined ? name : followups.atWindow(card.window);
  return {
    // Beside rows of other kinds: a follow-up may be called `overdue`.
    key: `followup ${id}`,
    // What is said to be done waits for somebody else.
    tone: card.submitted ? 'plain' : toneOf(countdown),
    title: followups.about[card.about],
    note: `${where} · ${card.owner ?? followups.noOwner}`,
    due: card.submitted ? followups.submitted : writeCountdown(countdown, words),
    ...(card.lamp === undefined ? {} : { lamp: { colour: card.lamp, name: followups.lamp[card.lamp] } }),
  };
}

function writeCountdown(countdown: Countdown | undefined, words: Words): string {
  const { followups } = words;
  if (countdown === undefined) return followups.noDue;
  // Across the hall whole days are enough; 评价 tells the hours beyond them.
  const time = followups.join(words.workTime(countdown.days, countdown.days > 0 ? 0 : countdown.minutes));
  if (countdown.state !== 'late') return followups.left(time);
  return countdown.days === 0 && countdown.minutes < 1 ? followups.justLate : followups.late(time);
}
