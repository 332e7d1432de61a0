/** 评价: the distribution of ratings, and the poor ones still being followed up. */
import { cellParts } from '../cells.ts';
import { MONTH, TODAY } from '../residency.ts';
import type { RatingCounts, RatingsData } from './data.ts';
import { toFollowupCards } from './followups.ts';
import { toSceneHead } from './head.ts';
import { nameStation, type BoardView } from './view.ts';

export function buildRatings(view: BoardView): RatingsData {
  const stations: RatingsData['stations'] = {};
  for (const [station, names] of view.table(MONTH)) {
    const satisfied = { n: 0, of: 0 };
    for (const [name, n] of names) {
      const [head, score, kind] = cellParts(name);
      if (head !== 'score' || kind !== 'active') continue;
      satisfied.of += n;
      if (Number(score) >= 3) satisfied.n += n;
    }
    stations[station] = { name: nameStation(view, station).name, satisfied };
  }
  return {
    ...toSceneHead(view),
    today: countScores(view, TODAY),
    month: countScores(view, MONTH),
    stations,
    followups: Object.fromEntries(
      Object.entries(toFollowupCards(view)).filter(([, followup]) => followup.about === 'rating'),
    ),
  };
}

function countScores(view: BoardView, range: string): RatingCounts {
  const counts: RatingCounts = { active: {}, byDefault: {} };
  for (const names of view.table(range).values()) {
    for (const [name, n] of names) {
      const [head, score = '', kind] = cellParts(name);
      if (head !== 'score') continue;
      const scores = kind === 'active' ? counts.active : counts.byDefault;
      scores[score] = (scores[score] ?? 0) + n;
    }
  }
  return counts;
}
