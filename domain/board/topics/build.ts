/** From a topic's name to its data: the one table. */
import { buildCommunities } from './communities.ts';
import type { Topic } from './data.ts';
import type { TopicData } from './topic-data.ts';
import { buildFollowups } from './followups.ts';
import { buildMedical } from './medical.ts';
import { buildOverview } from './overview.ts';
import { buildPublic } from './public.ts';
import { buildRatings } from './ratings.ts';
import { buildStars } from './stars.ts';
import type { BoardView } from './view.ts';
import { buildWindows } from './windows.ts';

const builders: { readonly [T in Topic]: (view: BoardView) => TopicData[T] } = {
  overview: buildOverview,
  windows: buildWindows,
  communities: buildCommunities,
  medical: buildMedical,
  ratings: buildRatings,
  stars: buildStars,
  followups: buildFollowups,
  public: buildPublic,
};

export function buildTopic<T extends Topic>(topic: T, view: BoardView): TopicData[T] {
  return builders[topic](view);
}
