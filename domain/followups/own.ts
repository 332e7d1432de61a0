/** What people have to follow up, each for themselves: for their desks. Pure. */
import { findDeadline, type Due } from '../board/topics/followups.ts';
import { nameStation, type BoardView } from '../board/topics/view.ts';
import type { FollowupEntry } from '../board/entries.ts';
import { compareText } from '../events/event.ts';
import type { OwnFollowup, OwnFollowups } from '../wire/followups.ts';
import { gravest, standing } from './lamps.ts';

const SHOWN = 10;

interface Held {
  readonly id: string;
  readonly entry: FollowupEntry;
  readonly due: Due;
}

/** Of each of `staff`, also of whoever has none: one walk over all that is open. */
export function readOwnFollowups(view: BoardView, staff: ReadonlySet<string>): ReadonlyMap<string, OwnFollowups> {
  const held = new Map<string, Held[]>([...staff].map((one) => [one, []]));
  const targets = new Map<string, number>();
  for (const [id, entry] of view.state.entries.followup) {
    if (entry.owner === undefined || entry.submitted) continue;
    held.get(entry.owner)?.push({ id, entry, due: findDeadline(view, entry, targets) });
  }
  return new Map([...held].map(([one, found]) => [one, toOwn(view, found)]));
}

function toOwn(view: BoardView, found: readonly Held[]): OwnFollowups {
  const first = [...found].sort(
    (a, b) =>
      (a.due?.at ?? Infinity) - (b.due?.at ?? Infinity) ||
      a.entry.openedAt - b.entry.openedAt ||
      compareText(a.id, b.id),
  );
  const last = first.reduce<Held | undefined>(
    (latest, one) => ((one.entry.news?.at ?? -Infinity) > (latest?.entry.news?.at ?? -Infinity) ? one : latest),
    undefined,
  );
  return {
    open: first.length,
    first: first.slice(0, SHOWN).map((one) => toCard(view, one)),
    ...(last?.entry.news ? { news: { ...last.entry.news, of: toCard(view, last) } } : {}),
  };
}

function toCard(view: BoardView, { id, entry, due }: Held): OwnFollowup {
  const { name, nameEn } = nameStation(view, entry.station);
  const lamp = gravest(standing(entry, due?.at));
  return {
    followup: id,
    about: entry.about,
    stationName: name,
    ...(nameEn === undefined ? {} : { stationNameEn: nameEn }),
    ...(due ? { dueAt: due.at } : {}),
    ...(lamp === undefined ? {} : { lamp }),
  };
}
