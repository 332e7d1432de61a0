/** 明星墙: stars of the months and adopted suggestions. */
import type { StarEntry } from '../entries.ts';
import { shorten } from './bounds.ts';
import type { StarCard, StarsData } from './data-stars.ts';
import { toSceneHead } from './head.ts';
import { nameStaff, nameStation, type BoardView } from './view.ts';

/** The newest month and the twelve before it, two stars each. */
const MONTHS_SHOWN = 13;
const SUGGESTIONS_SHOWN = 12;
/** A portrait has no room for more. */
const REASONS_SHOWN = 6;

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
  const stars = [...view.state.entries.star].sort(([a], [b]) => (a < b ? 1 : -1));
  const months = [...new Set(stars.map(([, { month }]) => month))].slice(0, MONTHS_SHOWN);
  return Object.fromEntries(
    stars.filter(([, { month }]) => months.includes(month)).map(([id, star]) => [id, toStar(view, star)]),
  );
}

function toStar(view: BoardView, { month, kind, staff, citation, reasons }: StarEntry): StarCard {
  const known = view.config.profile.staff.find(({ id }) => id === staff);
  const station = known && nameStation(view, known.station);
  return {
    month,
    kind,
    staff: nameStaff(view, staff),
    staffId: staff,
    ...(known?.role ? { role: known.role } : {}),
    ...(station ? { stationName: station.name } : {}),
    ...(station?.nameEn ? { stationNameEn: station.nameEn } : {}),
    ...(citation ? { citation: shorten(citation) } : {}),
    reasons: reasons.slice(0, REASONS_SHOWN).map((reason) => shorten(reason)),
  };
}

/** Only suggestions that were released and adopted. */
export function toSuggestions(view: BoardView): StarsData['suggestions'] {
  const adopted = [...view.state.entries.suggestion].filter(([, entry]) => entry.released && entry.adopted === true);
  adopted.sort(([idA, a], [idB, b]) => b.receivedAt - a.receivedAt || (idA < idB ? -1 : 1));
  return Object.fromEntries(
    adopted
      .slice(0, SUGGESTIONS_SHOWN)
      .map(([id, { text, receivedAt, answer }]) => [
        id,
        { text: shorten(text), receivedAt, ...(answer ? { answer: shorten(answer) } : {}) },
      ]),
  );
}
