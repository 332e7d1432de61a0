/** What of the hall needs somebody's decision at this moment: overdue cases, poor ratings that are open, checks that were skipped, stations that nobody hears from. */
import { listSilent, STATIONS_APART } from '../alarms/conditions.ts';
import { readNameOf } from '../board/cells.ts';
import { checkDaysOf, checksRange } from '../board/residency.ts';
import { readFollowups, toFollowupCards, type DueFollowup } from '../board/topics/followups.ts';
import { itemName, nameStaff, nameStation, type BoardView } from '../board/topics/view.ts';
import { compareText } from '../events/event.ts';
import { alarmSettings, checkSettings, isInForce } from '../profile/profile.ts';
import type { AtStations, Decision, Decisions, Instructed } from '../wire/brief.ts';

/** A page that is glanced at shows no more of a kind. */
const SHOWN = 8;

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
  const isHere = (place: { readonly station: string }): boolean => station === undefined || place.station === station;
  const instructions = readInstructions(view, nameOf);
  const withInstruction = (one: Decision): Decision => {
    const instructed = instructions.get(matterOf(one));
    return instructed ? { ...one, instructed } : one;
  };
  // Of what somebody has been instructed about already the first is seen last: nothing hides behind it.
  const overdue = openFirst(listOverdue(view, now).filter(isHere), ({ id }) => instructions.has(`overdue:${id}`));
  const ratings = openFirst(
    readFollowups(view).filter(([, { entry }]) => entry.about === 'rating' && isHere(entry)),
    ([id]) => instructions.has(`rating:${id}`),
  );
  const first = [...overdue.slice(0, SHOWN).map((one) => toOverdue(view, one)), ...toPoorRatings(view, ratings)];
  // At whatever many stations these are, they are few lines.
  const atStations = [readSkippedChecks(view), readUnheard(view, now)].flatMap((all) =>
    gather(all.filter(isHere).map(withInstruction)),
  );
  const rest = {
    ...(overdue.length > SHOWN ? { overdue: overdue.length - SHOWN } : {}),
    ...(ratings.length > SHOWN ? { rating: ratings.length - SHOWN } : {}),
  };
  return {
    shown: [...first.map(withInstruction), ...atStations],
    count: overdue.length + ratings.length + atStations.length,
    ...(Object.keys(rest).length > 0 ? { rest } : {}),
  };
}

function openFirst<T>(all: readonly T[], isInstructed: (one: T) => boolean): T[] {
  return [...all.filter((one) => !isInstructed(one)), ...all.filter(isInstructed)];
}

/** More stations than a page that is glanced at lists are told as one, where each is found. */
function gather(all: readonly Decision[]): (Decision | AtStations)[] {
  const [first] = all;
  const isOne = all.length > STATIONS_APART && (first?.kind === 'check' || first?.kind === 'unheard');
  return isOne ? [{ kind: first.kind, each: all }] : [...all];
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

interface Overdue {
  readonly id: string;
  readonly dueAt: number;
  readonly station: string;
  readonly item: string;
}

/** The one that is late for longest first. */
function listOverdue({ state }: BoardView, now: number): Overdue[] {
  return [...state.entries.case]
    .flatMap(([id, { open, dueAt, station, item }]) =>
      open && dueAt !== undefined && dueAt < now ? [{ id, dueAt, station, item }] : [],
    )
    .sort((a, b) => a.dueAt - b.dueAt || compareText(a.id, b.id));
}

function toOverdue(view: BoardView, { id, dueAt, station, item }: Overdue): Decision {
  return { kind: 'overdue', case: id, item: itemName(view, item), dueAt, ...placed(view, station) };
}

/** Those due first. */
function toPoorRatings(view: BoardView, open: readonly DueFollowup[]): Decision[] {
  return toFollowupCards(view, open.slice(0, SHOWN)).shown.map(([id, card]) => ({
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
function readSkippedChecks(view: BoardView): Decision[] {
  const { config, state, day } = view;
  const last = checkDaysOf(config, day).findLast((one) => one < day);
  if (last === undefined || state.since === undefined || last < state.since) return [];
  const areas = [...new Set(config.profile.dailyChecks)];
  // Those that every hall has are named by the page.
  const own = checkSettings(config.profile).areas ?? [];
  const nameOwn = (area: string): string => own.find(({ id }) => id === area)?.zh ?? area;
  return config.profile.stations
    .filter((station) => isInForce(station, last) && config.calendar.isWorkingDay(last, station.id))
    .flatMap(({ id }) => {
      const names = [...view.table(checksRange(last)).at('check', id)].map(([name]) => name);
      const done = new Set(names.map((name) => readNameOf('check', name).area));
      const missing = areas.filter((area) => !done.has(area));
      return missing.length === 0
        ? []
        : [{ kind: 'check' as const, day: last, areas: missing.map(nameOwn), ...placed(view, id) }];
    });
}

/** Those that an alarm could be raised for; each for itself, however alarms put them together. */
function readUnheard(view: BoardView, now: number): Decision[] {
  if (!(alarmSettings(view.config.profile).kinds['station-unheard'] ?? true)) return [];
  return listSilent(view, now).map(({ id }) => {
    const since = view.state.heardAt.get(id);
    return { kind: 'unheard', ...(since === undefined ? {} : { since }), ...placed(view, id) };
  });
}

function placed(view: BoardView, station: string): { readonly station: string; readonly stationName: string } {
  return { station, stationName: nameStation(view, station).name };
}
