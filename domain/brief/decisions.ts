/** What of the hall needs somebody's decision at this moment: overdue cases, poor ratings that are open, checks that were skipped, stations that nobody hears from. */
import { readConditions } from '../alarms/conditions.ts';
import { readNameOf } from '../board/cells.ts';
import { checkDaysOf, checksRange } from '../board/residency.ts';
import { readFollowups, toFollowupCards } from '../board/topics/followups.ts';
import { itemName, nameStaff, nameStation, type BoardView } from '../board/topics/view.ts';
import { compareText } from '../events/event.ts';
import { checkSettings, isInForce } from '../profile/profile.ts';
import type { Decision, Decisions, Instructed } from '../wire/brief.ts';

/** A page that is glanced at shows no more of a kind. */
const SHOWN = 8;
/** More stations than this that skipped their checks are one thing to decide. */
const APART = 3;

/**
 * @param now the hall's clock, epoch ms
 * @param nameOf what a staff id is called, where an account says it
 * @param station of one station alone
 */
export function readDecisions(
  view: BoardView,
  now: number,
  nameOf: (staff: string) => string | undefined,
  station?: string,
): Decisions {
  const kinds = [
    readOverdue(view, now),
    readPoorRatings(view),
    readSkippedChecks(view, station),
    readUnheard(view, now),
  ].map((all) => all.filter((one) => station === undefined || one.station === station));
  const instructions = readInstructions(view, nameOf);
  const shown = kinds
    .flatMap((all) => all.slice(0, SHOWN))
    .map((one): Decision => {
      const instructed = instructions.get(matterOf(one));
      return instructed ? { ...one, instructed } : one;
    });
  return { shown, count: kinds.reduce((sum, all) => sum + all.length, 0) };
}

/** What names the matter of a decision. */
function matterOf(one: Decision): string {
  if (one.kind === 'overdue') return `overdue:${one.case}`;
  return one.kind === 'rating' ? `rating:${one.followup}` : `${one.kind}:${one.station}`;
}

/** The open instructions by their matter; of several the newest. */
function readInstructions(
  view: BoardView,
  nameOf: (staff: string) => string | undefined,
): ReadonlyMap<string, Instructed> {
  const found = new Map<string, Instructed>();
  for (const [followup, entry] of view.state.entries.followup) {
    const { instruction, station, openedAt: at, owner, dueBy } = entry;
    if (!instruction) continue;
    const { matter, note, of = station } = instruction;
    const key = `${matter}:${matter === 'overdue' ? (entry.case ?? '') : of}`;
    if ((found.get(key)?.at ?? -Infinity) > at) continue;
    const name = owner === undefined ? undefined : (nameOf(owner) ?? nameStaff(view, owner));
    found.set(key, {
      ...{ followup, at, note },
      ...(name === undefined ? {} : { owner: name }),
      ...(dueBy === undefined ? {} : { dueAt: dueBy }),
    });
  }
  return found;
}

/** The one that is late for longest first. */
function readOverdue(view: BoardView, now: number): Decision[] {
  return [...view.state.entries.case]
    .flatMap(([id, { open, dueAt, station, item }]) =>
      open && dueAt !== undefined && dueAt < now ? [{ id, dueAt, station, item }] : [],
    )
    .sort((a, b) => a.dueAt - b.dueAt || compareText(a.id, b.id))
    .map(({ id, dueAt, station, item }) => ({
      kind: 'overdue',
      case: id,
      item: itemName(view, item),
      dueAt,
      ...placed(view, station),
    }));
}

function readPoorRatings(view: BoardView): Decision[] {
  const open = readFollowups(view).filter(([, { entry }]) => entry.about === 'rating');
  return toFollowupCards(view, open).shown.map(([id, card]) => ({
    kind: 'rating',
    followup: id,
    openedAt: card.openedAt,
    ...(card.window === undefined ? {} : { window: card.window }),
    ...(card.owner === undefined ? {} : { owner: card.owner }),
    ...(card.due === undefined ? {} : { dueAt: card.due.at }),
    ...placed(view, card.station),
  }));
}

/** Of the last day on which checks were owed. Before its first day in the ledger a station owed none. */
function readSkippedChecks(view: BoardView, only: string | undefined): Decision[] {
  const { config, state, day } = view;
  const last = checkDaysOf(config, day).findLast((one) => one < day);
  if (last === undefined || state.since === undefined || last < state.since) return [];
  const areas = [...new Set(config.profile.dailyChecks)];
  // Those that every hall has are named by the page.
  const own = checkSettings(config.profile).areas ?? [];
  const nameOwn = (area: string): string => own.find(({ id }) => id === area)?.zh ?? area;
  const skipped = config.profile.stations
    .filter(({ id }) => only === undefined || id === only)
    .filter((station) => isInForce(station, last) && config.calendar.isWorkingDay(last, station.id))
    .flatMap(({ id }) => {
      const names = [...view.table(checksRange(last)).at('check', id)].map(([name]) => name);
      const done = new Set(names.map((name) => readNameOf('check', name).area));
      const missing = areas.filter((area) => !done.has(area));
      return missing.length === 0
        ? []
        : [{ kind: 'check' as const, day: last, areas: missing.map(nameOwn), ...placed(view, id) }];
    });
  const [first] = skipped;
  if (!first || skipped.length <= APART) return skipped;
  const missing = areas.map(nameOwn).filter((area) => skipped.some((one) => one.areas.includes(area)));
  return [{ ...first, areas: missing, stations: skipped.length }];
}

function readUnheard(view: BoardView, now: number): Decision[] {
  return readConditions(view, now, () => 0)
    .filter(({ kind }) => kind === 'station-unheard')
    .map(({ station, since, reading }) => ({
      kind: 'unheard',
      ...(since === undefined ? {} : { since }),
      ...(reading.things === undefined ? {} : { stations: reading.things }),
      ...placed(view, station),
    }));
}

function placed(view: BoardView, station: string): { readonly station: string; readonly stationName: string } {
  return { station, stationName: nameStation(view, station).name };
}
