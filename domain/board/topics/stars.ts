/** 明星墙: stars of the months and adopted suggestions. */
import type { StarsData } from './data.ts';
import { toSceneHead } from './head.ts';
import { nameStaff, type BoardView } from './view.ts';

const STARS_SHOWN = 24;
const SUGGESTIONS_SHOWN = 12;

export function buildStars(view: BoardView): StarsData {
  const { supervisionTelephone } = view.config.profile;
  return {
    ...toSceneHead(view),
    stars: toStars(view),
    suggestions: toSuggestions(view),
    ...(supervisionTelephone ? { supervisionTelephone } : {}),
  };
}

export function toStars(view: BoardView): StarsData['stars'] {
  const newest = [...view.state.entries.star].sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, STARS_SHOWN);
  return Object.fromEntries(
    newest.map(([id, star]) => [
      id,
      {
        month: star.month,
        kind: star.kind,
        staff: nameStaff(view, star.staff),
        ...(star.citation ? { citation: star.citation } : {}),
        reasons: [...star.reasons],
      },
    ]),
  );
}

/** Only suggestions that were released and adopted. */
export function toSuggestions(view: BoardView): StarsData['suggestions'] {
  const adopted = [...view.state.entries.suggestion].filter(([, entry]) => entry.released && entry.adopted === true);
  adopted.sort(([idA, a], [idB, b]) => b.receivedAt - a.receivedAt || (idA < idB ? -1 : 1));
  return Object.fromEntries(
    adopted
      .slice(0, SUGGESTIONS_SHOWN)
      .map(([id, entry]) => [id, { text: entry.text, ...(entry.answer ? { answer: entry.answer } : {}) }]),
  );
}
