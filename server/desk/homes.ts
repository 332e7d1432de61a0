/** At which station a case, an appointment, a request, a complaint or a follow-up began: nobody goes on with it from another. */
import type { Zone } from '../../domain/calendar/zone.ts';
import { compareEvents, type HallEvent } from '../../domain/events/event.ts';
import { filingOf } from '../../domain/events/filing.ts';
import type { Ledger } from '../ledger/port.ts';

export interface Home {
  /** The noun of what it is about, such as `case`: an act has its id in a field of that name. */
  readonly noun: string;
  /** `undefined` where its beginning has not come yet. */
  readonly station: string | undefined;
}

/** For one request: what it records itself is known before the ledger has it. */
export interface Homes {
  /** Of what an event is about; `undefined` where that has no home. @throws LedgerError */
  find(event: HallEvent): Promise<Home | undefined>;
  /** Reads at once what `find` would read one by one. @throws LedgerError */
  learn(events: readonly HallEvent[]): Promise<void>;
  /** To be told of what will be recorded. */
  add(events: readonly HallEvent[]): void;
}

const NOUNS = new Set(['case', 'appointment', 'request', 'complaint', 'followup']);
export function createHomes(ledger: Pick<Ledger, 'head' | 'historyOf'>, zone: Zone): Homes {
  const known = new Map<string, string | undefined>();
  const keyOf = (event: HallEvent): string | undefined => {
    const { entity } = filingOf(event, zone);
    return entity !== null && NOUNS.has(nounOf(entity)) ? entity : undefined;
  };
  const learn = async (events: readonly HallEvent[]): Promise<void> => {
    const keys = events
      .map(keyOf)
      .filter(isText)
      .filter((key) => !known.has(key));
    if (keys.length === 0) return;
    for (const [key, history] of await ledger.historyOf(keys, ledger.head()))
      known.set(key, [...history].sort(compareEvents).map(beginningOf).find(isText));
  };
  return {
    async find(event) {
      const key = keyOf(event);
      if (key === undefined) return undefined;
      await learn([event]);
      return { noun: nounOf(key), station: known.get(key) };
    },
    learn,
    add(events) {
      for (const event of events) {
        const key = keyOf(event);
        const station = beginningOf(event);
        if (key !== undefined && station !== undefined && known.get(key) === undefined) known.set(key, station);
      }
    },
  };
}

function nounOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

function beginningOf(event: HallEvent): string | undefined {
  switch (event.type) {
    case 'hall.case.accepted':
    case 'hall.appointment.booked':
    case 'hall.request.received':
    case 'hall.complaint.received':
    case 'hall.followup.opened':
      return event.data.station;
    default:
      return undefined;
  }
}

function isText(text: string | undefined): text is string {
  return text !== undefined;
}
