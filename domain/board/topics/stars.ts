/** 明星墙 and 监督墙: stars of the months and suggestions with what became of them; who leads the floor, complaints, rules of conduct. */
import type { Profile } from '../../profile/profile.ts';
import { readNameOf } from '../cells.ts';
import type { StarEntry } from '../entries.ts';
import { MONTH } from '../residency.ts';
import { fitCards, shorten, type Bound } from './bounds.ts';
import type { StarCard, StarsData } from './data-stars.ts';
import { findDuty } from './duty.ts';
import { toSceneHead } from './head.ts';
import { nameRole, nameStaff, nameStation, nameWindow, type BoardView } from './view.ts';

/** The newest month and the twelve before it, three stars each. */
const MONTHS_SHOWN = 13;
const SUGGESTIONS_SHOWN: Bound = { most: 12, bytes: 24_000 };
/** Newest months first: a wall needs the texts of one or two. */
const STARS_SHOWN: Bound = { most: 3 * MONTHS_SHOWN, bytes: 80_000 };
/** A portrait has no room for more. */
const REASONS_SHOWN = 6;
const CONDUCT_SHOWN: Bound = { most: 8, bytes: 40_000 };

export function buildStars(view: BoardView): StarsData {
  const { supervisionTelephone } = view.config.profile;
  const duty = findDuty(view);
  return {
    ...toSceneHead(view),
    stars: toStars(view),
    suggestions: toSuggestions(view),
    ...(supervisionTelephone ? { supervisionTelephone } : {}),
    ...(duty ? { duty } : {}),
    complaints: countComplaints(view),
    conduct: toConduct(view),
  };
}

function countComplaints(view: BoardView): StarsData['complaints'] {
  const counts = { received: 0, answered: 0, upheld: 0 };
  for (const names of view.table(MONTH).of('complaint').values())
    for (const [name, n] of names) {
      const { step } = readNameOf('complaint', name);
      if (step === 'received' || step === 'answered' || step === 'upheld') counts[step] += n;
    }
  return counts;
}

function toConduct({ config }: BoardView): StarsData['conduct'] {
  const pasted = (config.noticeboard.conduct ?? []).filter(({ rules }) => rules.length > 0);
  const cards = pasted.map((one, i) => [String(i), one] as const);
  return fitCards(cards, ({ title, rules }) => ({ title, rules: [...rules] }), CONDUCT_SHOWN).shown.map(
    ([, one]) => one,
  );
}

export function toStars(view: BoardView): StarsData['stars'] {
  const stars = [...view.state.entries.star].sort(([a], [b]) => (a < b ? 1 : -1));
  const months = [...new Set(stars.map(([, { month }]) => month))].slice(0, MONTHS_SHOWN);
  const latest = stars.filter(([, { month }]) => months.includes(month));
  return Object.fromEntries(fitCards(latest, (star) => toStar(view, star), STARS_SHOWN).shown);
}

export function toStar(view: BoardView, star: StarEntry): StarCard {
  const { month, kind, staff, window, citation, citationEn, reasons } = star;
  return {
    month,
    kind,
    ...(staff === undefined ? tellWindow(view, window!) : tellPerson(view, staff)),
    ...(citation ? { citation: shorten(citation) } : {}),
    ...(citationEn ? { citationEn: shorten(citationEn) } : {}),
    reasons: reasons.slice(0, REASONS_SHOWN).map((reason) => shorten(reason)),
  };
}

function tellPerson(view: BoardView, staff: string): Omit<StarCard, 'month' | 'kind' | 'reasons'> {
  const known = view.config.profile.staff.find(({ id }) => id === staff);
  if (known && hasLeft(known, view.day))
    return { staff: nameLeaver(known.name, view.config.profile) ?? '', left: true };
  return {
    staff: nameStaff(view, staff),
    staffId: staff,
    ...(known ? { ...nameRole(known), ...tellStation(view, known.station) } : {}),
  };
}

function tellWindow(view: BoardView, window: string): Omit<StarCard, 'month' | 'kind' | 'reasons'> {
  const known = view.config.profile.windows.find(({ id }) => id === window);
  return { staff: nameWindow(view, window), ...(known ? tellStation(view, known.station) : {}) };
}

function tellStation(view: BoardView, id: string): Pick<StarCard, 'stationName' | 'stationNameEn'> {
  const { name, nameEn } = nameStation(view, id);
  return { stationName: name, ...(nameEn ? { stationNameEn: nameEn } : {}) };
}

/** Whether somebody's last day in the roster is past. */
export function hasLeft({ until }: Pick<Profile['staff'][number], 'until'>, day: string): boolean {
  return until !== undefined && until < day;
}

/** What the hall still calls somebody who has left: 某 for the given name, or nothing; the latter unless it says otherwise. */
export function nameLeaver(name: string, { stars }: Profile): string | undefined {
  switch (stars?.leavers) {
    case 'name':
      return name;
    case 'initial':
      return `${[...name][0] ?? ''}某`;
    default:
      return undefined;
  }
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
