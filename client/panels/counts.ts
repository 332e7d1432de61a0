/** The strip of second figures. */
import { readPromises } from '../../domain/board/now.ts';
import type { OverviewData } from '../../domain/board/topics/data.ts';
import { formatCount, formatShare } from '../../domain/measures/numbers.ts';
import type { Behind } from '../ui/behind.ts';
import type { Tone } from '../ui/line.ts';
import type { Words } from '../words/wall.ts';
import type { Moment } from './moment.ts';

export interface Count {
  key: string;
  label: string;
  value: string;
  tone?: Tone;
  /** The sums behind a ratio. */
  sum?: string;
  /** The measure that it is. */
  behind?: Behind;
}

export function buildCounts(data: OverviewData, moment: Moment, words: Words): Count[] {
  const { counts } = data;
  const promises = readPromises(data.promises, data.thresholds.dueSoonHours, moment.now);
  const share = formatShare(promises.onTime);
  const plain = (key: 'finished' | 'open' | 'peopleServed'): Count => {
    return { key, label: words.counts[key], value: formatCount(counts[key]), behind: { term: key } };
  };
  // Nothing due is no warning, so a 0 stays ink.
  const toned = (key: 'dueSoon' | 'overdue', tone: Tone): Count => {
    const count: Count = { key, label: words.counts[key], value: formatCount(promises[key]) };
    // What is about to be late is a look ahead, and no measure.
    if (key === 'overdue') count.behind = { term: 'overdueOpen' };
    return promises[key] > 0 ? { ...count, tone } : count;
  };
  const onTime: Count = { key: 'onTime', label: words.counts.onTime, value: words.none, behind: { term: 'onTime' } };
  return [
    plain('finished'),
    plain('open'),
    plain('peopleServed'),
    toned('dueSoon', 'warning'),
    toned('overdue', 'trouble'),
    share === undefined
      ? onTime
      : {
          ...onTime,
          value: `${share}%`,
          sum: `${formatCount(promises.onTime.n)}/${formatCount(promises.onTime.of)}`,
        },
  ];
}
