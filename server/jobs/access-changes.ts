/** Tells the ledger of every change to accounts and sessions: noted with the change, told afterwards, forgotten once it is on disk. */
import type { HallEvent } from '../../domain/events/event.ts';
import type { AccountStore, NotedChange } from '../access/account-store.ts';
import { parseActor, type Actor } from '../ledger/actor.ts';
import { withTime, type RecordEvents } from '../record.ts';

const LOOK_MS = 2_000;
const SOURCE = 'urn:hallpulse:access';
const UNKNOWN: Actor = { kind: 'hall', id: 'access' };

export interface AccessChangesOptions {
  readonly store: Pick<AccountStore, 'changes' | 'forgetChanges'>;
  readonly record: RecordEvents;
  /** The hall's clock and the machine's, epoch ms: changes are noted by the machine's. */
  readonly now: () => number;
  readonly machineNow: () => number;
  readonly onError: (error: unknown) => void;
}

export interface AccessChangesJob {
  /** Resolves once all that was noted by then is in the ledger. */
  tell(): Promise<void>;
  stop(): Promise<void>;
}

export function startAccessChanges({
  store,
  record,
  now,
  machineNow,
  onError,
}: AccessChangesOptions): AccessChangesJob {
  let running: Promise<void> = Promise.resolve();
  const drain = async (): Promise<void> => {
    for (let noted = store.changes(); noted.length > 0; noted = store.changes()) {
      for (const change of noted) {
        // By its id, so that one that was told and not yet forgotten is told once.
        await record(withTime([toEvent(change, now() - Math.max(0, machineNow() - change.at))]), actorOf(change));
        store.forgetChanges(change.n);
      }
    }
  };
  const tell = (): Promise<void> => {
    const next = running.then(drain);
    running = next.catch(onError);
    return next;
  };
  // Commands write beside the server, which learns of it by looking.
  const timer = setInterval(() => void tell().catch(() => undefined), LOOK_MS);
  void tell().catch(() => undefined);
  return {
    tell,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

function toEvent({ id, data }: NotedChange, at: number): HallEvent {
  return { source: SOURCE, id, type: 'hall.access.changed', at, data };
}

function actorOf({ actor }: NotedChange): Actor {
  return parseActor(actor) ?? UNKNOWN;
}
