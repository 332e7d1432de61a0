/** What must be followed up: late cases, cases about to be late, and the open follow-ups with their countdowns. */
import { readPromises } from '../../domain/board/now.ts';
import type { FollowupCard, OverviewData } from '../../domain/board/topics/data.ts';
import { dayOf, MINUTE_MS } from '../../domain/calendar/zone.ts';
import { formatClock, formatCount } from '../ui/format.ts';
import { plain, type Part } from '../ui/line.ts';
import type { Words } from '../ui/words.ts';
import type { Moment } from './moment.ts';

export interface FollowupRow {
  key: string;
  /** Red: late. Amber: about to be. Blue: in hand. */
  tone: 'trouble' | 'warning' | 'plain';
  title: string;
  note: string;
  due: string;
}

export interface FollowupsView {
  note: Part[];
  rows: FollowupRow[];
}

const SOON_MS = 4 * 60 * MINUTE_MS;
const rank = { trouble: 0, warning: 1, plain: 2 };

export function buildFollowups(data: OverviewData, moment: Moment, words: Words): FollowupsView {
  const { openedToday, closedToday } = data.followupCounts;
  const cards = Object.entries(data.followups).map(([id, card]) => buildRow(id, card, data, moment, words));
  const rows = [...buildPromiseRows(data, moment, words), ...cards];
  return {
    note: [plain(words.followups.today(openedToday, closedToday))],
    // Stable: within one tone the order stays as sent, those due first.
    rows: rows.sort((a, b) => rank[a.tone] - rank[b.tone]),
  };
}

function buildPromiseRows(data: OverviewData, moment: Moment, words: Words): FollowupRow[] {
  const { followups } = words;
  const promises = readPromises(data.promises, data.thresholds.dueSoonHours, moment.now);
  const rows: FollowupRow[] = [];
  if (promises.overdue > 0) {
    const title = followups.overdue(promises.overdue);
    const note = followups.overdueNote(formatCount(data.counts.open));
    rows.push({ key: 'overdue', tone: 'trouble', title, note, due: followups.overdueDue });
  }
  if (promises.dueSoon > 0 && promises.nextDue !== undefined) {
    rows.push({
      key: 'due-soon',
      tone: 'warning',
      title: followups.dueSoon(promises.dueSoon),
      note: followups.dueSoonNote(data.thresholds.dueSoonHours),
      due: writeDue(promises.nextDue, moment, words),
    });
  }
  return rows;
}

function buildRow(id: string, card: FollowupCard, data: OverviewData, moment: Moment, words: Words): FollowupRow {
  const { followups } = words;
  const left = card.dueBy === undefined ? undefined : card.dueBy - moment.now;
  const label = card.window === undefined ? undefined : (data.windows[card.window]?.label ?? card.window);
  const station = data.stations[card.station];
  // The street hall's full name is as long as the row.
  const name = words.pick(station?.kind === 'hall' ? station.short : card.stationName, station?.shortEn);
  const where = label === undefined ? name : followups.atWindow(label);
  return {
    key: id,
    tone: left !== undefined && left < 0 ? 'trouble' : left !== undefined && left < SOON_MS ? 'warning' : 'plain',
    title: followups.about[card.about],
    note: `${where} · ${card.owner ?? followups.noOwner}`,
    due: left === undefined ? followups.noDue : writeLeft(left, followups),
  };
}

function writeDue(at: number, moment: Moment, words: Words): string {
  const today = dayOf(moment.zone, at) === dayOf(moment.zone, moment.now);
  return today ? words.followups.todayAt(formatClock(moment.zone, at)) : writeLeft(at - moment.now, words.followups);
}

function writeLeft(leftMs: number, followups: Words['followups']): string {
  return leftMs < 0 ? followups.late(Math.floor(-leftMs / MINUTE_MS)) : followups.left(Math.floor(leftMs / MINUTE_MS));
}
