/** Lamps that were lit in a month, of open follow-ups and closed ones: read from the ledger once, then kept up with it. */
import { setImmediate } from 'node:timers/promises';
import { readFollowup } from '../../domain/board/parts/followup.ts';
import type { LampFacts } from '../../domain/board/topics/followups.ts';
import { addDays, lastDayOf, momentOf, type Zone } from '../../domain/calendar/zone.ts';
import { compareEvents, type LedgerEvent } from '../../domain/events/event.ts';
import { filingOf } from '../../domain/events/filing.ts';
import { createTurns } from '../in-turn.ts';
import type { Ledger } from '../ledger/port.ts';

export interface MonthLamps {
  /**
   * By follow-up, those of which a lamp was ever lit in a month.
   * @param month `YYYY-MM`
   * @throws LedgerError
   */
  read(month: string): Promise<ReadonlyMap<string, LampFacts>>;
}

const PAGE = 2_000;
/** Histories that are read between two breaths of the server. */
const AT_ONCE = 500;
/** So many events behind it is quicker to begin anew. */
const MOST_BEHIND = 50_000;
const NOUN = 'followup:';

export function createMonthLamps({
  ledger,
  zone,
}: {
  readonly ledger: Pick<Ledger, 'head' | 'read' | 'readSpan' | 'find' | 'historyOf'>;
  readonly zone: Zone;
}): MonthLamps {
  const inTurn = createTurns();
  let month = '';
  let heard = 0;
  let found = new Map<string, LampFacts>();

  const refresh = async (keys: Iterable<string>, upTo: number): Promise<void> => {
    const [from, until] = spanOf(month, zone);
    const all = [...keys];
    for (let i = 0; i < all.length; i += AT_ONCE) {
      const histories = await ledger.historyOf(all.slice(i, i + AT_ONCE), upTo);
      for (const [key, events] of histories) {
        const facts = readFollowup([...events].sort(compareEvents));
        const followup = key.slice(NOUN.length);
        if (facts?.lamps?.some(({ at }) => at >= from && at < until)) found.set(followup, facts);
        else found.delete(followup);
      }
      if (all.length > AT_ONCE) await setImmediate();
    }
  };
  const note = (keys: Set<string>, event: LedgerEvent): void => {
    const { entity } = filingOf(event, zone);
    if (entity !== null) keys.add(entity);
  };
  const begin = async (upTo: number): Promise<void> => {
    found = new Map();
    const [from, until] = spanOf(month, zone);
    const keys = new Set<string>();
    for (let after = 0; ;) {
      const page = await ledger.readSpan({ types: ['hall.followup.lit'], from, until, upTo, after, limit: PAGE });
      for (const { event } of page) note(keys, event);
      if (page.length < PAGE) break;
      after = page.at(-1)!.event.seq;
    }
    await refresh(keys, upTo);
  };
  /** Whatever was said of a follow-up since, and what is not said any more. */
  const follow = async (upTo: number): Promise<void> => {
    const keys = new Set<string>();
    for (let after = heard; after < upTo;) {
      const page = await ledger.read(after, PAGE);
      for (const event of page) {
        const about = event.type === 'hall.event.voided' ? await findVoided(event, upTo) : event;
        if (about?.type.startsWith('hall.followup.')) note(keys, about);
      }
      after = page.at(-1)?.seq ?? upTo;
    }
    await refresh(keys, upTo);
  };
  const findVoided = ({ data }: LedgerEvent, upTo: number): Promise<LedgerEvent | undefined> => {
    const { source, id } = data as { source: string; id: string };
    return ledger.find(source, id, upTo);
  };

  return {
    read: (asked) =>
      inTurn(async () => {
        const upTo = ledger.head();
        const isNew = asked !== month || upTo - heard > MOST_BEHIND;
        month = asked;
        try {
          await (isNew ? begin(upTo) : follow(upTo));
        } catch (error) {
          // What was read by half is read anew.
          month = '';
          throw error;
        }
        heard = upTo;
        return new Map(found);
      }),
  };
}

function spanOf(month: string, zone: Zone): readonly [from: number, until: number] {
  return [momentOf(zone, `${month}-01`), momentOf(zone, addDays(lastDayOf(month), 1))];
}
