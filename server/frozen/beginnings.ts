/** What an audit says where the chain was begun or the ledger is another: told where somebody restored it, else a fault. */
import { dayOf, type Zone } from '../../domain/calendar/zone.ts';
import type { ChainReason, EventData } from '../../domain/events/schema.ts';
import { sealedText } from '../../domain/frozen/chain.ts';
import type { Entry } from './entries.ts';
import type { ChainProof, RestoreNote } from './keys.ts';

type Begun = Entry & { readonly type: 'hall.day.chain-begun' };
type Restore = NonNullable<EventData['hall.day.chain-begun']['restore']>;

export interface Finding {
  readonly said: string;
  readonly isFault: boolean;
}

const BEGUN: Readonly<Record<Exclude<ChainReason, 'first' | 'restored' | 'replaced'>, string>> = {
  'key-lost': 'the key was lost: nobody can tell whether the days before are as they were sealed',
  'head-lost': 'the note of the last entry was lost: nobody can tell whether entries before it were cut off',
  altered: 'the ledger did not hold the last entry that was noted outside it: it was cut off, or written anew',
};
const SAY_BY_HAND =
  'If it was restored by hand, whoever did it says so on this machine: npm run restore -- --by-hand ACCOUNT.';

/** @param said what is known of restores, the notes beside the key among it */
export function judgeBeginning(entry: Begun, zone: Zone, said: readonly Restore[]): Finding | undefined {
  const { reason, outside, restore, mac } = entry.data;
  if (reason === 'first') return undefined;
  const day = dayOf(zone, entry.at);
  const event = `(event ${entry.seq})`;
  const replaced = outside ? `; the one that it replaced had been sealed up to its event ${outside.seq}` : '';
  if (reason === 'restored') {
    if (restore?.answers?.length) return told(`${tellByHand(restore)} ${event}.`);
    const how = restore
      ? tellRestore(restore)
      : 'as a version took it that could not tell this from another ledger put in its place';
    return told(`The ledger was restored from a backup before ${day} ${event}, ${how}${replaced}.`);
  }
  if (reason !== 'replaced') return fault(`The chain was begun anew on ${day} ${event}: ${BEGUN[reason]}.`);
  const another = `Another ledger stands here since ${day} ${event}`;
  const answer = said.find(({ answers }) => answers?.includes(mac));
  return answer
    ? told(`${another}. ${tellByHand(answer)}${replaced}.`)
    : fault(`${another}; nobody restored it by npm run restore${replaced}. ${SAY_BY_HAND}`);
}

/** Of a ledger of another name than the one that was noted last, with which the hall has not run yet. */
export function judgeAnother(ledgerId: string, sealedUpTo: number, note: RestoreNote | undefined): Finding {
  return note?.ledger === ledgerId
    ? told(`This ledger was restored from a backup, ${tellRestore(note)}, and Hallpulse has not run with it since.`)
    : fault(
        `Another ledger stands here than the one whose event ${sealedUpTo} was sealed last; nobody restored it by npm run restore. ${SAY_BY_HAND}`,
      );
}

/** What people said of ledgers that were put here: beside the key, and in entries whose seal fits. */
export function listRestores(entries: readonly Entry[], proof: ChainProof): Restore[] {
  const sealed = entries.flatMap((entry) =>
    entry.type === 'hall.day.chain-begun' &&
    entry.data.restore &&
    proof.isSealed(entry.data.key, sealedText(entry), entry.data.mac) === true
      ? [entry.data.restore]
      : [],
  );
  return [...proof.restores, ...sealed];
}

function tellRestore({ at, backup, by }: Restore): string {
  return by ? `by hand, as ${by} said at ${at}` : `by npm run restore at ${at} of ${backup ?? 'a backup'}`;
}

function tellByHand({ at, by }: Restore): string {
  return `It was restored by hand, as ${by} said at ${at}`;
}

function told(said: string): Finding {
  return { said, isFault: false };
}

function fault(said: string): Finding {
  return { said, isFault: true };
}
