/** 明星墙: stars of the months, and suggestions with what became of them. */
import type { StarEntry } from '../entries.ts';
import { fitCards, shorten, type Bound } from './bounds.ts';
import type { StarCard, StarsData } from './data-stars.ts';
import { toSceneHead } from './head.ts';
import { nameStaff, nameStation, type BoardView } from './view.ts';

/** The newest month and the twelve before it, two stars each. */
const MONTHS_SHOWN = 13;
const SUGGESTIONS_SHOWN: Bound = { most: 12, bytes: 24_000 };
/** Newest months first: a wall needs the texts of one or two. */
const STARS_SHOWN: Bound = { most: 2 * MONTHS_SHOWN, bytes: 80_000 };
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
  const latest = stars.filter(([, { month }]) => months.includes(month));
  return Object.fromEntries(fitCards(latest, (star) => toStar(view, star), STARS_SHOWN).shown);
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

/** Only suggestions whose words were released; the owner where the hall says so. */
function toSuggestions(view: BoardView): StarsData['suggestions'] {
  const showsOwner = view.config.profile.voices?.ownerOnWall === true;
  const released = [...view.state.entries.suggestion].flatMap(([id, { text, ...entry }]) =>
    text === undefined ? [] : [[id, { ...entry, text }] as const],
  );
  released.sort(([idA, a], [idB, b]) => b.receivedAt - a.receivedAt || (idA < idB ? -1 : 1));
  const { shown } = fitCards(
    released,
    ({ text, receivedAt, outcome, answer, owner }) => ({
      ...{ text: shorten(text), receivedAt, state: outcome ?? ('open' as const) },
      ...(answer ? { answer: shorten(answer) } : {}),
      ...(showsOwner && owner ? { owner: nameStaff(view, owner) } : {}),
    }),
    SUGGESTIONS_SHOWN,
  );
  return Object.fromEntries(shown);
}
