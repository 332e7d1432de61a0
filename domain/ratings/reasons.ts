/** What may be said after a poor rating: the hall's own list, or a sample that is marked as one. */
import type { Profile } from '../profile/profile.ts';

export interface Reason {
  /** What is recorded. */
  readonly id: string;
  readonly zh: string;
  readonly en?: string | undefined;
}

export interface Reasons {
  readonly list: readonly Reason[];
  /** The hall has written no list of its own. */
  readonly isSample: boolean;
}

/** Plain words of the product's own; no standard's list. */
const SAMPLE: readonly Reason[] = [
  { id: 'long-wait', zh: '等候时间太长', en: 'Long wait' },
  { id: 'slow', zh: '办理太慢', en: 'Slow service' },
  { id: 'manner', zh: '服务态度不好', en: 'Unfriendly' },
  { id: 'unclear', zh: '没有一次说清楚', en: 'Not explained at once' },
  { id: 'trips', zh: '跑了好几趟', en: 'Came several times' },
  { id: 'skill', zh: '业务不熟练', en: 'Unsure of the rules' },
  { id: 'undone', zh: '事情没有办成', en: 'Not settled' },
  { id: 'other', zh: '其他原因', en: 'Something else' },
];

export function reasonsOf({ ratings }: Pick<Profile, 'ratings'>): Reasons {
  const list = ratings?.reasons;
  return list === undefined ? { list: SAMPLE, isSample: true } : { list, isSample: false };
}

/** `tags` without repeats, in the order of the list; `undefined` where one is not on it, or there is none. */
export function chooseReasons({ list }: Reasons, tags: readonly string[]): readonly string[] | undefined {
  const wanted = new Set(tags);
  const chosen = list.map(({ id }) => id).filter((id) => wanted.has(id));
  return chosen.length === wanted.size && chosen.length > 0 ? chosen : undefined;
}
