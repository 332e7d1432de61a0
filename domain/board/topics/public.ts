/** 群众屏: built from a list of what may be public, never by taking things out of what may not. */
import { isInForce } from '../../profile/profile.ts';
import type { PublicData } from './data.ts';
import { toStars, toSuggestions } from './stars.ts';
import { nameStation, toDayHead, toHallHead, toSpread, type BoardView } from './view.ts';
import { toQueue } from './windows.ts';

export function buildPublic(view: BoardView): PublicData {
  const { supervisionTelephone, stations } = view.config.profile;
  return {
    hall: toHallHead(view),
    day: toDayHead(view),
    stations: Object.fromEntries(
      stations
        .filter((station) => isInForce(station, view.day) && station.ticketsFrom !== undefined)
        .map(({ id }) => [id, { name: nameStation(view, id).name, waiting: toQueue(view, id).length }]),
    ),
    wait: toSpread(view.today.wait),
    services: view.today.services,
    stars: toStars(view),
    suggestions: toSuggestions(view),
    ...(supervisionTelephone ? { supervisionTelephone } : {}),
  };
}
