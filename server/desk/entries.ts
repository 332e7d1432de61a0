/** What desks write down: each entry is judged by itself, the good ones are recorded together, and a repeat is as good as the first. */
import { may } from '../../domain/access/roles.ts';
import { addDays, dayOf, type Zone } from '../../domain/calendar/zone.ts';
import {
  authorOf,
  checkAuthor,
  checkEntry,
  type EntryContext,
  type EntryFault,
} from '../../domain/desk/check-entry.ts';
import { isTakingBack, nameEntry, UNDO_MS, type Act, type Entry, type EntryOutcome } from '../../domain/desk/entry.ts';
import { entryOf, toDeskLines, type DeskLine } from '../../domain/desk/from-events.ts';
import { promiseOf, supplyByOf } from '../../domain/desk/promise.ts';
import { readEntry } from '../../domain/desk/read-entry.ts';
import { toEvents, type EntryFacts } from '../../domain/desk/to-events.ts';
import { compareText, type HallEvent } from '../../domain/events/event.ts';
import { parseMoment } from '../../domain/events/moment.ts';
import { isFed, stationOf, type Feeds } from '../../domain/profile/feed-of.ts';
import { isInForce, type HallConfig, type Item } from '../../domain/profile/profile.ts';
import { canonicalJson } from '../../domain/wire/canonical.ts';
import type { Person } from '../access/person.ts';
import { createTurns } from '../in-turn.ts';
import type { IdentifiedEvent, Ledger } from '../ledger/port.ts';
import { withTime, type RecordEvents } from '../record.ts';
import { createHomes, type Homes } from './homes.ts';
import { LINE_DAYS, readBelow } from './read-below.ts';
import { checkReview, mayVoidOthers, type ReadHistory } from './review.ts';

/** Entries that their author is shown: the latest of these days, since a mistake is often found on the next, after a weekend too. */
const LINES = 200;

export interface DeskEntriesOptions {
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly ledger: Pick<Ledger, 'head' | 'historyOf' | 'readOf'>;
  readonly record: RecordEvents;
  readonly feeds: () => Feeds;
}

export interface DeskEntries {
  /**
   * Judges each of what a person's browser sent, in order, and records what is good, all of it or nothing.
   * @throws LedgerError
   */
  write(inputs: readonly unknown[], person: Person): Promise<readonly EntryOutcome[]>;
  /** What a person has written down today and on the days before it, the newest first. @throws LedgerError */
  mine(staff: string): Promise<readonly DeskLine[]>;
}

export function createDeskEntries(options: DeskEntriesOptions): DeskEntries {
  const { config, zone, now, ledger, record } = options;
  /** Of two tabs that send the same in one moment the second finds what the first recorded. */
  const inTurn = createTurns();
  const readEventsOf = async (entry: string): Promise<HallEvent[]> =>
    (await readBelow(`${entry}/`, ledger)).map(({ event }) => event);

  const judgeAll = async (inputs: readonly unknown[], person: Person): Promise<Judged> => {
    const context: EntryContext = { config: config(), zone, now: now(), person };
    const around: Around = { batch: new Map(), homes: createHomes(ledger, zone) };
    const outcomes: EntryOutcome[] = [];
    for (const input of inputs) {
      const read = readEntry(input);
      const id = read.ok ? read.entry.id : read.id;
      const fault = read.ok ? await judge(read.entry, context, around) : { reason: 'form' as const, ...read.where };
      outcomes.push(fault ? { id, ok: false, ...fault } : { id, ok: true });
    }
    return { outcomes, events: [...around.batch.values()].flat() };
  };

  /** Puts what an entry comes to into the batch, or says why it may not be there. A repeat adds nothing. */
  const judge = async (
    entry: Entry,
    context: EntryContext,
    { batch, homes }: Around,
  ): Promise<EntryFault | undefined> => {
    const foreign = checkAuthor(entry, context);
    if (foreign) return foreign;
    const find = async (id: string): Promise<readonly HallEvent[]> => batch.get(id) ?? (await readEventsOf(id));
    const known = await find(entry.id);
    if (known.length > 0) return compare(entry, known);

    const fault = checkEntry(entry, context);
    if (fault) return fault;
    const { act } = entry;
    // What is no entry's id would name a stretch of them.
    const isStray = isTakingBack(act) && authorOf(act.entry) === undefined;
    if (isStray) return { reason: 'unknown', field: 'act.entry' };
    const target = isTakingBack(act) ? await find(act.entry) : undefined;
    const events = toEvents(entry, { ...readFacts(entry, context), target });
    const feeds = options.feeds();
    if (!events.every((event) => isFed(feeds, event, entry.station))) return { reason: 'feed' };
    const wrong =
      (await (target ? checkTarget(entry, target, homes, context, ledger) : checkHomes(entry, events, homes))) ??
      (await checkReview(entry, batch, ledger, context));
    if (wrong) return wrong;
    batch.set(entry.id, events);
    homes.add(events);
    return undefined;
  };

  return {
    write: (inputs, person) =>
      inTurn(async () => {
        const { outcomes, events } = await judgeAll(inputs, person);
        const recorded = await record(withTime(events), { kind: 'staff', id: person.staff });
        // Another process may have been faster.
        const clashes = new Set(events.filter((_, i) => recorded[i] === 'conflict').map(({ id }) => entryOf(id)));
        return outcomes.map((one) =>
          one.ok && clashes.has(one.id) ? { id: one.id, ok: false, reason: 'conflict' } : one,
        );
      }),
    async mine(staff) {
      const today = dayOf(zone, now());
      const known: IdentifiedEvent[] = [];
      for (let before = 0; before < LINE_DAYS && known.length < LINES; before++)
        known.push(...(await readBelow(nameEntry(addDays(today, -before), staff, ''), ledger)));
      return toDeskLines(known).slice(0, LINES);
    },
  };
}

interface Judged {
  readonly outcomes: readonly EntryOutcome[];
  readonly events: readonly HallEvent[];
}

interface Around {
  /** The events of entries that came before in the same request and are good. */
  readonly batch: Map<string, readonly HallEvent[]>;
  readonly homes: Homes;
}

/** What the catalogue and the calendar say now; what was recorded once stays as it was said then. */
function readFacts({ act, at, station }: Entry, { config, zone }: EntryContext): EntryFacts {
  if (act.type !== 'case') return {};
  const moment = parseMoment(at)!;
  const item = findItem(config, act.item, dayOf(zone, moment));
  if (!item) return {};
  const place = { calendar: config.calendar, zone, station };
  return {
    instantApproval: item.instantApproval === 'live',
    promisedBy: promiseOf(item, moment, place),
    supplyBy: supplyByOf(item, moment, place),
  };
}

function findItem({ catalogue }: HallConfig, code: string, day: string): Item | undefined {
  return catalogue.items.find((one) => one.code === code && isInForce(one, day));
}

/** Whether an entry of this id that is there already is this one: its facts are those of its recording. */
function compare(entry: Entry, known: readonly HallEvent[]): EntryFault | undefined {
  const accepted = known.find((event) => event.type === 'hall.case.accepted')?.data;
  const target = known.flatMap((event) => (event.type === 'hall.event.voided' ? [event.data] : []));
  const again = toEvents(entry, {
    instantApproval: accepted?.instantApproval === true,
    promisedBy: readMoment(accepted?.promisedBy),
    supplyBy: readMoment(accepted?.supplyBy),
    target,
  });
  const { act } = entry;
  const isSame =
    describeAll(again) === describeAll(known) &&
    (!isTakingBack(act) || target.every(({ id }) => entryOf(id) === act.entry));
  return isSame ? undefined : { reason: 'conflict' };
}

function readMoment(text: string | null | undefined): number | undefined {
  return text == null ? undefined : parseMoment(text);
}

function describeAll(events: readonly HallEvent[]): string {
  const texts = events.map(({ id, type, at, data }) => canonicalJson([id, type, at, data]));
  return texts.sort(compareText).join();
}

/** Nobody goes on from one station with what began at another. */
async function checkHomes(
  { station }: Entry,
  events: readonly HallEvent[],
  homes: Homes,
): Promise<EntryFault | undefined> {
  for (const event of events) {
    const home = await homes.find(event);
    if (home?.station !== undefined && home.station !== station)
      return { reason: 'not-allowed', field: `act.${home.noun}` };
  }
  return undefined;
}

/** An undoing is one's own and in time; a void is one's own, or for whoever may correct at the station concerned. */
async function checkTarget(
  entry: Entry,
  target: readonly HallEvent[],
  homes: Homes,
  { person, zone }: EntryContext,
  ledger: Pick<Ledger, 'head' | 'historyOf'>,
): Promise<EntryFault | undefined> {
  const act = entry.act as Extract<Act, { type: 'undo' | 'void' }>;
  const field = 'act.entry';
  const [first] = target;
  // A void of a void would change nothing (C3).
  if (!first || target.some(({ type }) => type === 'hall.event.voided')) return { reason: 'unknown', field };
  const at = parseMoment(entry.at)!;
  const isOwn = authorOf(act.entry) === person.staff;
  if (act.type === 'undo') {
    if (!isOwn) return { reason: 'not-allowed', field };
    if (at < first.at) return { reason: 'time', field: 'at' };
    if (at - first.at > UNDO_MS) return { reason: 'too-late', field };
  }
  const station = await findStation(target, homes);
  if (station !== undefined && station !== entry.station) return { reason: 'not-allowed', field: 'station' };
  if (isOwn) return undefined;
  const read: ReadHistory = async (key) => (await ledger.historyOf([key], ledger.head())).get(key)!;
  const mayVoid =
    may(person.assignments, 'correct', dayOf(zone, at), station) && (await mayVoidOthers(target, person.staff, read));
  return mayVoid ? undefined : { reason: 'not-allowed', field };
}

/** `undefined` where nobody can tell: a finish whose acceptance has not come. */
async function findStation(target: readonly HallEvent[], homes: Homes): Promise<string | undefined> {
  for (const event of target) {
    const station = stationOf(event) ?? (await homes.find(event))?.station;
    if (station !== undefined) return station;
  }
  return undefined;
}
