/** The entries of the chain as the ledger has them. */
import { createHash } from 'node:crypto';
import type { BoardState } from '../../domain/board/state.ts';
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import type { LedgerEventOf } from '../../domain/events/event.ts';
import { CHAIN_TYPES, frozenId, sealedText, type ChainType } from '../../domain/frozen/chain.ts';
import type { LedgerEvent } from '../../domain/events/event.ts';
import type { Ledger, RowRange } from '../ledger/port.ts';
import type { ChainHead, ChainProof } from './keys.ts';

export type Entry = LedgerEventOf<ChainType>;

/** Beginnings of a chain, whose ids bear the ledger's and a number. */
const BEGUN = 'chain:';
/** Days that are looked through for the last entry: a clock that was ahead may have frozen some out of turn. */
const DAYS_LOOKED = 70;
/** Rows whose digests are asked for at a time. */
const PIECE = 2_000;

export function isEntry(event: LedgerEvent | undefined): event is Entry {
  return event?.source === HALL_DAY_SOURCE && CHAIN_TYPES.some((type) => type === event.type);
}

export function begunId(ledgerId: string, n: number): string {
  return `${BEGUN}${ledgerId}:${n}`;
}

export async function readBegun(ledger: Pick<Ledger, 'readOf'>): Promise<Entry[]> {
  const found = await ledger.readOf(HALL_DAY_SOURCE, BEGUN, `${BEGUN}~`, 10_000);
  return found.map(({ event }) => event).filter(isEntry);
}

/** The last entry of the chain; the newest days are asked for theirs. */
export async function findLast(ledger: Ledger, { days }: BoardState): Promise<Entry | undefined> {
  const entries = await readBegun(ledger);
  const head = ledger.head();
  let found = 0;
  for (const day of [...days.keys()].sort().reverse()) {
    for (let n = days.get(day)!.closings - 1; n >= 0; n--) {
      const entry = await ledger.find(HALL_DAY_SOURCE, frozenId(day, n), head);
      if (!isEntry(entry)) continue;
      entries.push(entry);
      found++;
    }
    if (found >= DAYS_LOOKED) break;
  }
  return entries.reduce<Entry | undefined>((last, entry) => (last && last.seq > entry.seq ? last : entry), undefined);
}

/** The entry at a place in the ledger, if one is there. */
export async function entryAt(ledger: Pick<Ledger, 'read'>, seq: number): Promise<Entry | undefined> {
  const [event] = await ledger.read(seq - 1, 1);
  return event?.seq === seq && isEntry(event) ? event : undefined;
}

/** Whether `last` follows the entry that is known outside the ledger, each of those between sealed and naming the one before it. */
export async function leadsBack(
  ledger: Pick<Ledger, 'read'>,
  last: Entry,
  head: ChainHead,
  proof: Pick<ChainProof, 'isSealed'>,
): Promise<boolean> {
  let entry: Entry | undefined = last;
  while (entry !== undefined && entry.seq > head.seq) {
    const { key, mac, previous }: Entry['data'] = entry.data;
    if (proof.isSealed(key, sealedText(entry), mac) !== true || !previous) return false;
    const before: Entry | undefined = await entryAt(ledger, previous.seq);
    if (before?.data.mac !== previous.mac) return false;
    entry = before;
  }
  return entry?.seq === head.seq && entry.data.mac === head.mac;
}

/** What a range of rows comes to, asked for in pieces between which others have their turn. */
export async function digestRange(ledger: Pick<Ledger, 'rowDigests'>, { after, upTo }: RowRange): Promise<string> {
  const hash = createHash('sha256');
  for (let from = after; from < upTo; from += PIECE)
    hash.update(await ledger.rowDigests({ after: from, upTo: Math.min(from + PIECE, upTo) }));
  return hash.digest('hex');
}
