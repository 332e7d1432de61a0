/** The runs that the ledger tells of: all of the last months, and of older ones those that wait for a person or are to be tried. */
import { addDays, dayOf, type Zone } from '../../domain/calendar/zone.ts';
import type { LedgerEvent } from '../../domain/events/event.ts';
import { SENDING_SOURCE } from '../../domain/sending/events.ts';
import { isOpen, isWaiting, toRuns, type Run } from '../../domain/sending/runs.ts';
import { LOOK_BACK_DAYS } from '../../domain/sending/slots.ts';
import type { Ledger } from '../ledger/port.ts';

/** Runs of reports whose last day lies no farther back are read each time. */
const RECENT_DAYS = 102;
/** Older ones are looked through once, and each as it becomes old once more: a slot lies up to a month behind the last day of its report. */
const OLD_DAYS = LOOK_BACK_DAYS.year + 40;
/** So many days of them at once. */
const STRETCH_DAYS = 31;
const PAGE = 2_000;

export interface RunBook {
  /** By their slots' ids. */
  read(): Promise<ReadonlyMap<string, Run>>;
  /** One, however old it is. */
  find(slotId: string): Promise<Run | undefined>;
  /** Whether the ledger tells of a run, as far as `read` has looked. */
  has(slotId: string): boolean;
  /** The ledger tells of a run since, which the next `read` looks at, however old it is. */
  note(slotId: string): void;
}

export interface RunBookOptions {
  readonly ledger: Pick<Ledger, 'readOf'>;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
}

export function createRunBook({ ledger, zone, now }: RunBookOptions): RunBook {
  const known = new Set<string>();
  /** Those that waited for a person or were to be tried when they were last read. */
  const unsettled = new Set<string>();
  /** What lies before this day was looked through. */
  let oldUntil: string | undefined;

  /** Of ids from `from` on and before `until`. */
  const readStretch = async (from: string, until: string): Promise<ReadonlyMap<string, Run>> => {
    const events: LedgerEvent[] = [];
    for (let next = from; ;) {
      const page = await ledger.readOf(SENDING_SOURCE, next, until, PAGE);
      events.push(...page.filter(({ voided }) => !voided).map(({ event }) => event));
      if (page.length < PAGE) break;
      // The smallest text behind the last.
      next = `${page.at(-1)!.event.id}\0`;
    }
    const runs = toRuns(events, now());
    for (const run of runs.values()) {
      known.add(run.id);
      if (isWaiting(run, now()) || isOpen(run)) unsettled.add(run.id);
      else unsettled.delete(run.id);
    }
    return runs;
  };

  return {
    async read() {
      const today = dayOf(zone, now());
      const recent = addDays(today, -RECENT_DAYS);
      for (let day = oldUntil ?? addDays(today, -OLD_DAYS); day < recent; day = oldUntil) {
        const end = addDays(day, STRETCH_DAYS);
        oldUntil = end < recent ? end : recent;
        await readStretch(day, oldUntil);
      }
      const old = [...unsettled].filter((id) => id < recent).sort();
      const runs = new Map<string, Run>();
      for (const id of old) for (const [key, run] of await readStretch(...boundsOf(id))) runs.set(key, run);
      for (const [key, run] of await readStretch(recent, '~')) runs.set(key, run);
      return runs;
    },
    find: async (slotId) => (await readStretch(...boundsOf(slotId))).get(slotId),
    has: (slotId) => known.has(slotId),
    note: (slotId) => void unsettled.add(slotId),
  };
}

/** The ids of all that is said of a slot lie between them. */
function boundsOf(slotId: string): [from: string, until: string] {
  return [`${slotId}:`, `${slotId}:~`];
}
