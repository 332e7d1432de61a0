/** The five figures that answer how today is going. */
import { isQueueUntold, readComparison, readQueue } from '../../domain/board/now.ts';
import type { OverviewData, Ratio } from '../../domain/board/topics/data.ts';
import { wilsonLowerBound } from '../../domain/measures/spread.ts';
import { formatCount, formatMinutes, formatShare, formatWholeShare } from '../../domain/measures/numbers.ts';
import type { Behind } from '../ui/behind.ts';
import { measured, plain, strong, type Part } from '../ui/line.ts';
import type { Words } from '../words/wall.ts';
import { isOver, isWeekBefore, weekdayName, type Moment } from './moment.ts';

export interface Hero {
  key: 'window' | 'online' | 'medical' | 'satisfied' | 'waiting';
  label: string;
  value: string;
  unit: string;
  note: Part[];
  /** The measure that the figure is; a queue is none. */
  behind?: Behind;
  /** Beside the label: what the figure includes. */
  aside?: string;
  /** A word that says what is wrong; the card is then marked as in trouble. */
  trouble?: string;
}

const dot = plain(' · ');
/** Signs of a ratio's two counts that a card has room for beside the share. */
const LONG_SUM = 9;

export function buildHeroes(data: OverviewData, moment: Moment, words: Words): Hero[] {
  const { counts } = data;
  const { heroes, units } = words;
  const cases = (
    key: Hero['key'],
    label: string,
    term: 'windowCases' | 'onlineCases' | 'medicalCases',
    note: Part[],
  ): Hero => {
    return { key, label, value: formatCount(counts[term]), unit: units.cases, note, behind: { term } };
  };
  return [
    cases('window', heroes.window, 'windowCases', describeComparison(data, moment, words)),
    cases('online', heroes.online, 'onlineCases', describeOnlineShare(data, words)),
    data.medicalPilot
      ? cases('medical', heroes.medical, 'medicalCases', [
          plain(heroes.approvedSince),
          measured(strong(formatCount(data.medicalPilot.approved)), {
            ...{ term: 'medicalApproved', from: data.medicalPilot.from, station: data.medicalPilot.station },
          }),
          plain(units.cases),
        ])
      : cases('medical', heroes.medical, 'medicalCases', [
          plain(heroes.ofAccepted),
          strong(`${formatCount(counts.medicalCases)}/${formatCount(counts.accepted)}`),
        ]),
    buildSatisfied(data, words),
    buildWaiting(data, moment, words),
  ];
}

function describeComparison(data: OverviewData, moment: Moment, words: Words): Part[] {
  const { heroes } = words;
  // A day on which nobody works is not behind one on which everybody did.
  if (!data.day.working) return [plain(heroes.dayOff)];
  if (!data.comparison) return [plain(heroes.noComparison)];
  const whole = isOver(moment);
  const minute = whole ? 1440 : moment.minute;
  const { day, difference } = readComparison(data.comparison, data.counts.windowCases, minute);
  const near = isWeekBefore(day, data.day.day);
  const to = near ? weekdayName(day, words) : words.date(day);
  const since = near ? (whole ? heroes.sameDay : heroes.sameMoment) : whole ? heroes.sameDayOf : heroes.sameMomentOf;
  const result =
    difference > 0
      ? heroes.more(formatCount(difference))
      : difference < 0
        ? heroes.fewer(formatCount(-difference))
        : heroes.same;
  return [plain(since(to)), strong(result)];
}

function describeOnlineShare({ counts }: OverviewData, words: Words): Part[] {
  const share = formatWholeShare({ n: counts.onlineCases, of: counts.accepted });
  if (share === undefined) return [plain(words.heroes.onlineShare), strong(` ${words.none}`)];
  const sum = `${formatCount(counts.onlineCases)}/${formatCount(counts.accepted)}`;
  const told = [plain(words.heroes.onlineShare), measured(strong(`${share}%`), { term: 'onlineShare' })];
  // Its two counts stand on this screen anyway: the card's own, and 今日受理 in the line of stations.
  return sum.length > LONG_SUM ? told : [...told, dot, measured(plain(sum), { term: 'onlineShare' })];
}

function buildSatisfied({ ratings }: OverviewData, words: Words): Hero {
  const { heroes, units } = words;
  const behind: Behind = { term: 'activelySatisfied' };
  const base = { key: 'satisfied' as const, label: heroes.satisfied, behind };
  const poorCount = measured(strong(formatCount(ratings.poor)), { term: 'poor' });
  if (ratings.satisfied.of === 0) return { ...base, value: words.none, unit: '', note: [plain(heroes.noRatings)] };
  const active = ratings.activelySatisfied;
  const value = formatShare(active);
  // Ratings that nobody gave make no share: filled in, all of them are good.
  if (value === undefined) {
    const poor = ratings.poor > 0 ? [dot, plain(heroes.poor), poorCount] : [];
    return { ...base, value: words.none, unit: '', note: [plain(heroes.noActive), ...poor] };
  }
  const low = active.n === active.of ? wilsonLowerBound(active.n, active.of) : null;
  const given: Part[] =
    ratings.byDefault > 0
      ? [plain(heroes.active), measured(strong(writeSum(active)), behind)]
      : [
          plain(heroes.ratedTimes),
          measured(strong(formatCount(active.of)), { ...behind, part: 'of' }),
          plain(heroes.times),
        ];
  const stricter: Part[] =
    ratings.poor === 0 && low !== null
      ? [plain(heroes.atLeast), measured(strong(`${Math.floor(low * 100)}%`), { term: 'satisfiedLowerBound' })]
      : [plain(heroes.poor), poorCount];
  const hero: Hero = { ...base, value, unit: units.percent, note: [...given, dot, ...stricter] };
  return ratings.byDefault > 0 ? { ...hero, aside: heroes.byDefault(formatCount(ratings.byDefault)) } : hero;
}

function writeSum({ n, of }: Ratio): string {
  return `${formatCount(n)}/${formatCount(of)}`;
}

function buildWaiting(data: OverviewData, moment: Moment, words: Words): Hero {
  const { heroes, units } = words;
  const over = isOver(moment);
  const queue = readQueue(data.queue, data.thresholds, moment.now, data.queueMore);
  const hero: Hero = {
    key: 'waiting',
    label: heroes.waiting,
    ...(isQueueUntold(queue.waiting, data.wait.n)
      ? { value: words.none, unit: '' }
      : { value: formatCount(queue.waiting), unit: units.people }),
    // A ticket that the day left behind is not waiting any more.
    note: describeWait(data, over ? undefined : queue.longestMinutes, words),
  };
  return queue.over && !over ? { ...hero, trouble: heroes.crowded } : hero;
}

function describeWait({ wait, hallId }: OverviewData, longestMinutes: number | undefined, words: Words): Part[] {
  const { heroes, units } = words;
  const behind: Behind = { term: 'wait', ...(hallId ? { station: hallId } : {}) };
  const half =
    wait.medianMs === undefined
      ? []
      : [plain(heroes.half), measured(strong(formatMinutes(wait.medianMs)), behind), plain(heroes.within)];
  if (longestMinutes !== undefined) {
    const longest = [plain(heroes.longest), strong(String(longestMinutes)), plain(units.minutes)];
    return half.length > 0 ? [...longest, dot, ...half] : longest;
  }
  if (wait.p90Ms === undefined || half.length === 0) return [plain(heroes.noWaits)];
  const most = measured(strong(formatMinutes(wait.p90Ms)), { ...behind, order: 'largest' });
  return [...half, dot, plain(heroes.most), most, plain(heroes.within)];
}

/** How wide a figure is in parts of its own size: what it needs to fit its card. */
export function measureFigure(value: string): number {
  return [...value].reduce((width, sign) => width + (/[.,]/.test(sign) ? 0.25 : 0.64), 0);
}
