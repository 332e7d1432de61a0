/** The loop of poor ratings as it is told: the counts from rating to close, and each open follow-up with its countdown. */
import type { Buckets } from '../../../domain/board/topics/bounds.ts';
import type { FollowupCard, Ratio } from '../../../domain/board/topics/data.ts';
import type { RatingLoop, RatingsData } from '../../../domain/board/topics/data-ratings.ts';
import { dayOf } from '../../../domain/calendar/zone.ts';
import { formatCount, formatWholeShare } from '../../../domain/measures/numbers.ts';
import type { Behind } from '../../ui/behind.ts';
import { measured, plain, strong, type Part } from '../../ui/line.ts';
import type { Words } from '../../words/wall.ts';
import { readCountdown, toneOf, type Countdown } from '../../../domain/followups/countdown.ts';
import { writeWhen, type Moment } from '../moment.ts';
import { firstOfMonth, nameMonth, nameStation } from './names.ts';
import { own } from '../../../domain/wire/own.ts';

export interface LoopStep {
  key: 'poor' | 'opened' | 'closed' | 'open';
  label: string;
  value: string;
  notes: string[];
  behind?: Behind;
  tone?: 'trouble' | 'warning' | 'good';
}

export interface LoopCard {
  key: string;
  /** Red: late. Amber: less than half a working day left. */
  tone: 'trouble' | 'warning' | 'plain';
  lead: string;
  /** Figures with their units, the largest first; none where there is no countdown. */
  left: { n: number; unit: string }[];
  /** Whether the countdown runs, or why there is none. */
  clock: string;
  where: string;
  owner: string;
  opened: string;
  due: string;
  /** What is left of the time that was given, 0 to 1; absent where it is not known or gone. */
  share?: number;
}

export interface LoopView {
  title: string;
  note: Part[];
  steps: LoopStep[];
  cards: LoopCard[];
  /** What stands in place of cards. */
  calm: { title: string; note: string };
}

const rank = { trouble: 0, warning: 1, plain: 2 };

export function buildLoop(data: RatingsData, moment: Moment, words: Words): LoopView {
  const month = nameMonth(data.day.day, words);
  const cards = Object.entries(data.followups)
    .map(([id, followup]) => ({ followup, card: buildCard(id, followup, data, moment, words) }))
    .sort(
      (a, b) =>
        rank[a.card.tone] - rank[b.card.tone] ||
        (a.followup.due?.at ?? Infinity) - (b.followup.due?.at ?? Infinity) ||
        (a.card.key < b.card.key ? -1 : 1),
    )
    .map(({ card }) => card);
  return {
    title: words.ratings.loop.title(month),
    note: writeRates(data, words),
    steps: buildSteps(data, countLate(data, cards, moment), words),
    cards,
    calm: buildCalm(data.loop, month, words),
  };
}

/** M10: of the more of poor ratings and follow-ups; misrated ones are taken out of what can be rectified. */
function writeRates({ loop, day }: RatingsData, words: Words): Part[] {
  const closed = loop.calledBack + loop.rectified + loop.explained + loop.misrated;
  const of = Math.max(loop.poor, loop.opened);
  const from = firstOfMonth(day.day);
  const rate = (term: 'calledBack' | 'rectified', ratio: Ratio): Part[] => {
    const label = words.ratings.loop[term];
    const behind: Behind = { term, from };
    const share = formatWholeShare(ratio);
    if (share === undefined) return [plain(`${label} `), strong(words.none)];
    return [
      plain(`${label} `),
      measured(strong(`${share}%`), behind),
      plain(' '),
      measured(plain(`${formatCount(ratio.n)}/${formatCount(ratio.of)}`), behind),
    ];
  };
  return [
    ...rate('calledBack', { n: closed, of }),
    plain(' · '),
    ...rate('rectified', { n: loop.rectified, of: of - loop.misrated }),
  ];
}

interface Late {
  month: number;
  /** Of earlier months: they stand in `carried`, not in `open`. */
  carried: number;
}

function countLate({ day, followups, moreDue }: RatingsData, cards: readonly LoopCard[], { zone, now }: Moment): Late {
  const late = cards.filter(({ tone }) => tone === 'trouble');
  // What is not listed is due later than what is, and may be late all the same.
  const countUnlisted = (due: Buckets = []) => due.reduce((sum, [at, n]) => sum + (at < now ? n : 0), 0);
  const isOfMonth = ({ key }: LoopCard) =>
    dayOf(zone, own(followups, key)!.openedAt).slice(0, 7) === day.day.slice(0, 7);
  const month = late.filter(isOfMonth).length;
  return {
    month: month + countUnlisted(moreDue?.open),
    carried: late.length - month + countUnlisted(moreDue?.carried),
  };
}

function buildSteps(data: RatingsData, late: Late, words: Words): LoopStep[] {
  const { loop, month } = data;
  const text = words.ratings.loop;
  const closed = loop.opened - loop.open;
  const missing = loop.poor - loop.opened;
  const unlisted = data.moreFollowups ?? 0;
  const given = (score: string) => (own(month.active, score) ?? 0) + (own(month.byDefault, score) ?? 0);
  const openNotes = [
    ...(late.month > 0 ? [text.late(late.month)] : []),
    ...(loop.carried > 0 ? [text.carried(loop.carried, late.carried)] : []),
    ...(unlisted > 0 ? [text.unlisted(unlisted)] : []),
  ];
  const calm = loop.open === 0 ? text.nothing : text.inTime;
  return [
    {
      key: 'poor',
      label: text.poorOf(nameMonth(data.day.day, words)),
      value: formatCount(loop.poor),
      behind: { term: 'poor', from: firstOfMonth(data.day.day) },
      notes: text.given(given('1'), given('2')),
      ...(loop.poor > 0 ? { tone: 'trouble' as const } : {}),
    },
    {
      key: 'opened',
      label: text.opened,
      value: formatCount(loop.opened),
      notes: loop.poor + loop.opened === 0 ? [] : [writeMissing(missing, words)],
      ...(missing > 0 ? { tone: 'warning' as const } : {}),
    },
    {
      key: 'open',
      label: text.open,
      value: formatCount(loop.open),
      notes: openNotes.length > 0 ? openNotes : [calm],
      ...(late.month + late.carried > 0 ? { tone: 'trouble' as const } : {}),
    },
    {
      key: 'closed',
      label: text.closed,
      value: formatCount(closed),
      notes: text.results(loop.calledBack, loop.rectified, loop.explained, loop.misrated),
      ...(closed > 0 ? { tone: 'good' as const } : {}),
    },
  ];
}

function writeMissing(missing: number, words: Words): string {
  const text = words.ratings.loop;
  return missing > 0 ? text.unopened(missing) : missing < 0 ? text.more(-missing) : text.allOpened;
}

function buildCalm(loop: RatingLoop, month: string, words: Words): LoopView['calm'] {
  const { loop: text } = words.ratings;
  const missing = loop.poor - loop.opened;
  if (loop.poor === 0 && loop.opened === 0) return { title: text.noneYet(month), note: text.noneNote };
  if (missing > 0) return { title: text.toOpen(missing), note: text.noneNote };
  return { title: text.allClosed(formatCount(loop.opened)), note: text.none };
}

function buildCard(id: string, followup: FollowupCard, data: RatingsData, moment: Moment, words: Words): LoopCard {
  const text = words.ratings.loop;
  const station = own(data.stations, followup.station);
  // The street hall's full name is as long as the card.
  const place = station ? nameStation(station, words) : words.pick(followup.stationName, followup.stationNameEn);
  const countdown = followup.due && readCountdown(followup.openedAt, followup.due.at, moment.now, data, moment.zone);
  return {
    key: id,
    ...writeCountdown(countdown, followup.due?.by === 'target' ? data.poorRatingDays : undefined, words),
    where: followup.window === undefined ? place : `${place} · ${text.window(followup.window)}`,
    owner: followup.owner ?? text.noOwner,
    opened: text.openedAt(writeWhen(followup.openedAt, moment, words)),
    due: writeDue(followup, countdown, moment, words),
  };
}

function writeCountdown(
  countdown: Countdown | undefined,
  targetDays: number | undefined,
  words: Words,
): Pick<LoopCard, 'tone' | 'lead' | 'left' | 'clock' | 'share'> {
  const text = words.ratings.loop;
  if (countdown === undefined) return { tone: 'plain', lead: text.noDue, left: [], clock: '' };
  const { days, minutes, running } = countdown;
  const runs = running ? text.running : text.paused;
  const clock = targetDays === undefined ? runs : `${runs} · ${text.target(targetDays)}`;
  const left = words.workTime(days, minutes);
  if (countdown.state === 'late') return { tone: 'trouble', lead: text.lateBy, left, clock };
  return { tone: toneOf(countdown), lead: text.left, left, clock, share: countdown.share };
}

function writeDue({ due }: FollowupCard, countdown: Countdown | undefined, moment: Moment, words: Words): string {
  const text = words.ratings.loop;
  if (!due) return text.noDue;
  const when = writeWhen(due.at, moment, words);
  if (countdown?.state === 'late') return text.sinceDue(when);
  return text.dueAt(when);
}
