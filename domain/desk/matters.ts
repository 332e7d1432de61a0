/** What waits at a station for an answer, whoever wrote it down and on whatever day, read off the board. */
import type { ComplaintEntry } from '../board/entries.ts';
import { shorten } from '../board/topics/bounds.ts';
import { nameStaff, type BoardView } from '../board/topics/view.ts';
import { compareText } from '../events/event.ts';
import type { DeskMatter, DeskMatters, DeskPoorRating } from '../wire/desk.ts';

/** Of each kind. */
const SHOWN = 100;

type NameOf = (staff: string) => string | undefined;

/**
 * @param mayReview whether the one who asks may answer complaints and ask citizens again
 * @param nameOf what a person is called, where the profile's staff are not all that there are
 */
export function buildMatters(view: BoardView, station: string, mayReview: boolean, nameOf: NameOf): DeskMatters {
  const name = (staff: string): string => nameOf(staff) ?? nameStaff(view, staff);
  const requests = listOpen(view, 'request', station, name);
  if (!mayReview) return { requests };
  const complaints = listOpen(view, 'complaint', station, name);
  return { requests, complaints, ratings: listRatings(view, station, name) };
}

/** The oldest first: it has waited longest. */
function listOpen(
  view: BoardView,
  kind: 'request' | 'complaint',
  station: string,
  name: (staff: string) => string,
): DeskMatter[] {
  const open: ReadonlyMap<string, ComplaintEntry> = view.state.entries[kind];
  return [...open]
    .filter(([, entry]) => entry.station === station)
    .sort(([idA, a], [idB, b]) => a.at - b.at || compareText(idA, idB))
    .slice(0, SHOWN)
    .map(([id, { at, topic, staff }]) => ({
      id,
      at,
      ...(topic === undefined ? {} : { topic: shorten(topic) }),
      ...(staff === undefined ? {} : { staff: name(staff) }),
    }));
}

function listRatings(view: BoardView, station: string, name: (staff: string) => string): DeskPoorRating[] {
  return [...view.state.entries.followup]
    .filter(([, entry]) => entry.about === 'rating' && entry.station === station)
    .sort(([idA, a], [idB, b]) => a.openedAt - b.openedAt || compareText(idA, idB))
    .slice(0, SHOWN)
    .map(([followup, { openedAt, case: about, owner, again }]) => {
      const item = about === undefined ? undefined : view.state.entries.case.get(about)?.item;
      return {
        followup,
        openedAt,
        ...(about === undefined ? {} : { case: about }),
        ...(item === undefined ? {} : { item }),
        ...(owner === undefined ? {} : { owner: name(owner) }),
        ...(again === undefined ? {} : { again }),
      };
    });
}
