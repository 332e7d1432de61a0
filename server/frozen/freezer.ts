/** Freezes each day whose books are closed: its figures as of the closing, chained to the day before and sealed. */
import type { BoardState } from '../../domain/board/state.ts';
import { dayClosesAt, HALL_DAY_SOURCE, openedId } from '../../domain/calendar/hall-day.ts';
import { addDays, endOfDay, momentOf, type Zone } from '../../domain/calendar/zone.ts';
import type { LedgerEvent } from '../../domain/events/event.ts';
import type { ChainReason, EventData } from '../../domain/events/schema.ts';
import { frozenId, presentRules, sealedText, type ChainEvent, type ChainType } from '../../domain/frozen/chain.ts';
import { dayFigures } from '../../domain/frozen/figures.ts';
import { listSilentFeeds } from '../../domain/frozen/silent-feeds.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { Board } from '../board/board.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Ledger, RowRange } from '../ledger/port.ts';
import { withTime, type RecordEvents } from '../record.ts';
import { measureClosing } from './closing-again.ts';
import { begunId, digestRange, entryAt, findLast, isEntry, leadsBack, readBegun, type Entry } from './entries.ts';
import { keepDocuments } from './kept-documents.ts';
import { openChainKeys, type ChainKeys, type RestoreNote } from './keys.ts';

const FREEZER: Actor = { kind: 'hall', id: 'frozen-days' };

export interface FreezerOptions {
  readonly ledger: Ledger;
  readonly board: Board;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly record: RecordEvents;
  /** Outside the data folder. */
  readonly keysFolder: string;
  /** The hall's folder of documents. */
  readonly documentsFolder: string;
  /** Told of what keeps a day from being frozen; once for as long as it is the same. */
  readonly onTrouble: (error: Error) => void;
  /** Told why the chain begins anew where nobody is known to have restored a backup. */
  readonly onBroken: (reason: ChainReason) => void;
}

export interface Freezer {
  /** Freezes what is due, beside everything else; what fails is tried at the next call. */
  freeze(): void;
  /** Resolves once nothing is being frozen. */
  settled(): Promise<void>;
  /** As `settled`; nothing follows. */
  stop(): Promise<void>;
}

interface Closing {
  readonly day: string;
  readonly seq: number;
  /** How often the day had been closed before. */
  readonly n: number;
}

export function createFreezer(options: FreezerOptions): Freezer {
  const { board, onTrouble } = options;
  let chain: Chain | undefined;
  let work: Promise<void> | undefined;
  let isAgain = false;
  let isStopped = false;
  let told = '';
  const run = async (): Promise<void> => {
    chain ??= await Chain.open(options);
    for (;;) {
      const [closing] = chain.listDue(board.state);
      if (isStopped) return;
      if (closing === undefined) return board.release(board.state.seq);
      await chain.freeze(closing, () => isStopped);
      told = '';
    }
  };
  const begin = (): void => {
    work = run()
      .catch((error: unknown) => {
        if (isStopped) return;
        const failure = error as Error;
        if (failure.message !== told) onTrouble(failure);
        told = failure.message;
      })
      .finally(() => {
        work = undefined;
        if (isAgain && !isStopped) {
          isAgain = false;
          begin();
        }
      });
  };
  const settled = async (): Promise<void> => {
    while (work) await work;
  };
  return {
    freeze() {
      if (isStopped) return;
      if (work) isAgain = true;
      else begin();
    },
    settled,
    async stop() {
      isStopped = true;
      await settled();
    },
  };
}

/** The chain as it stands, and the next entry of it. */
class Chain {
  private constructor(
    private readonly options: FreezerOptions,
    private readonly keys: ChainKeys,
    private last: Entry,
  ) {}

  /** @throws KeysProblem, LedgerError */
  static async open(options: FreezerOptions): Promise<Chain> {
    const { ledger, board, keysFolder } = options;
    const keys = openChainKeys(keysFolder, ledger.hall);
    await board.caughtUp();
    const last = await findLast(ledger, board.state);
    const reason = await findReason(options, keys, last);
    if (reason === undefined) {
      // Whoever was killed between an entry and the note of it left the note behind.
      if (last!.seq !== keys.head!.seq) await saveHead(ledger, keys, last!);
      return new Chain(options, keys, await sayByHand(options, keys, last!));
    }
    if (reason !== 'first' && reason !== 'restored') options.onBroken(reason);
    return new Chain(options, keys, await beginChain(options, keys, last, reason));
  }

  /** Closings that stand and are not frozen, in the order of the ledger. */
  listDue(state: BoardState): Closing[] {
    return listClosings(state, this.last.data.rows.upTo);
  }

  /** @throws LedgerError */
  async freeze({ day, seq, n }: Closing, isStopped: () => boolean): Promise<void> {
    const { ledger, board, config: present, zone, documentsFolder } = this.options;
    // Another process may have been first.
    const known = await ledger.find(HALL_DAY_SOURCE, frozenId(day, n), await ledger.readHead());
    if (known !== undefined) {
      this.last = await takeAsOwn(this.options, this.keys, known);
      return board.release(seq);
    }
    const config = present();
    const { profile, calendar } = config;
    const at = dayClosesAt(zone, day, profile.closesAt);
    const stations = profile.stations.map(({ id }) => id);
    const span = { from: day, to: day, now: at };
    const queries = [span, ...stations.map((station) => ({ ...span, station }))];
    // Behind a long pause, or once all is counted anew, what has come since is not kept: it takes longer then.
    const measures =
      (await board.measuresAsOf(seq, queries, config)) ??
      (await measureClosing({ ledger, config, zone }, { day, seq }, queries, isStopped));
    const rows = { after: this.last.data.rows.upTo, upTo: seq };
    const isOpenDay = calendar.hoursOf(day).length > 0;
    const silentFeeds = isOpenDay && profile.feeds ? listSilentFeeds(profile, day, await this.#hear(day, seq)) : [];
    const entry = await append(this.options, this.keys, this.last, rows, {
      id: frozenId(day, n),
      type: 'hall.day.frozen',
      at,
      subject: ledger.hall,
      data: {
        day,
        closing: seq,
        ...dayFigures(stations, measures),
        rules: presentRules(),
        documents: await keepDocuments(documentsFolder, config),
        silentFeeds,
      },
    });
    this.last = entry;
    board.release(seq);
  }

  /** Nothing of a day comes before the day before it was opened. */
  async #hear(day: string, upTo: number) {
    const { ledger, zone } = this.options;
    const first =
      (await ledger.find(HALL_DAY_SOURCE, openedId(addDays(day, -1)), upTo)) ??
      (await ledger.find(HALL_DAY_SOURCE, openedId(day), upTo));
    return ledger.heardIn({
      after: first?.seq ?? 0,
      upTo,
      from: momentOf(zone, day),
      until: endOfDay(zone, day),
    });
  }
}

function listClosings({ days }: BoardState, after: number): Closing[] {
  return [...days]
    .flatMap(([day, { closedAt, closings }]) =>
      closedAt === undefined || closedAt <= after ? [] : [{ day, seq: closedAt, n: closings - 1 }],
    )
    .sort((a, b) => a.seq - b.seq);
}

/** Why the chain cannot go on from where the note outside the ledger says; `undefined` where it can. */
async function findReason(
  { ledger }: FreezerOptions,
  keys: ChainKeys,
  last: Entry | undefined,
): Promise<ChainReason | undefined> {
  const { head } = keys;
  if (head === undefined && last === undefined) return 'first';
  if (last !== undefined && last.data.key !== keys.id) return 'key-lost';
  if (head === undefined) return 'head-lost';
  // Only the last that was noted: an earlier one was replaced in its turn.
  if (head.ledger !== ledger.ledgerId)
    return keys.restores.at(-1)?.ledger === ledger.ledgerId ? 'restored' : 'replaced';
  if (last === undefined || (await entryAt(ledger, head.seq))?.data.mac !== head.mac) return 'altered';
  return (await leadsBack(ledger, last, head, keys)) ? undefined : 'altered';
}

/** What a person said of a ledger that the hall had gone on with already is written into it, once. */
async function sayByHand(options: FreezerOptions, keys: ChainKeys, last: Entry): Promise<Entry> {
  const { ledger } = options;
  const note = keys.restores.at(-1);
  if (note?.ledger !== ledger.ledgerId || note.by === undefined) return last;
  for (const { type, data } of await readBegun(ledger))
    if (type === 'hall.day.chain-begun' && data.restore?.at === note.at && data.restore.by === note.by) return last;
  return beginChain(options, keys, last, 'restored');
}

/** Everything that came before is under the first entry, but for closings which wait to be frozen. */
async function beginChain(
  options: FreezerOptions,
  keys: ChainKeys,
  last: Entry | undefined,
  reason: ChainReason,
): Promise<Entry> {
  const { ledger, board, now } = options;
  const after = last?.data.rows.upTo ?? 0;
  const [waiting] = last === undefined ? [] : listClosings(board.state, after);
  const rows = { after, upTo: waiting === undefined ? ledger.head() : waiting.seq - 1 };
  const number = (await readBegun(ledger)).length;
  const note = reason === 'restored' ? keys.restores.at(-1) : undefined;
  return append(options, keys, last, rows, {
    id: begunId(ledger.ledgerId, number),
    type: 'hall.day.chain-begun',
    at: now(),
    subject: ledger.hall,
    data: { reason, ...(keys.head ? { outside: keys.head } : {}), ...(note ? { restore: withoutLedger(note) } : {}) },
  });
}

/** The entry's own id names the ledger. */
function withoutLedger({ ledger: _ledger, ...restore }: RestoreNote) {
  return restore;
}

type Unlinked<T extends ChainType> = Omit<EventData[T], 'rows' | 'previous' | 'key' | 'mac'>;
interface Draft<T extends ChainType> {
  readonly id: string;
  readonly type: T;
  readonly at: number;
  readonly subject: string;
  readonly data: Unlinked<T>;
}

/** Links, seals and records an entry, and notes it outside the ledger. One that another process wrote first is taken as it is. */
async function append<T extends ChainType>(
  options: FreezerOptions,
  keys: ChainKeys,
  last: Entry | undefined,
  range: RowRange,
  draft: Draft<T>,
): Promise<Entry> {
  const { ledger, record } = options;
  const open = {
    ...draft.data,
    rows: { ...range, digest: await digestRange(ledger, range) },
    ...(last ? { previous: { seq: last.seq, mac: last.data.mac } } : {}),
    key: keys.id,
  };
  const mac = keys.seal(sealedText({ ...draft, data: open }));
  const event = { ...draft, source: HALL_DAY_SOURCE, data: { ...open, mac } } as unknown as ChainEvent;
  const [outcome] = await record(withTime([event]), FREEZER);
  const isNew = typeof outcome === 'object';
  const found = isNew ? undefined : await ledger.find(HALL_DAY_SOURCE, draft.id, await ledger.readHead());
  return takeAsOwn(options, keys, isNew ? ({ ...event, seq: outcome.seq } as LedgerEvent) : found);
}

/** Goes on from an entry that the ledger holds, whoever wrote it with the hall's key. */
async function takeAsOwn({ ledger }: FreezerOptions, keys: ChainKeys, entry: LedgerEvent | undefined): Promise<Entry> {
  if (!isEntry(entry) || keys.isSealed(entry.data.key, sealedText(entry), entry.data.mac) !== true)
    throw new Error(`The ledger holds another entry as ${entry?.id}, which this hall has not sealed.`);
  await saveHead(ledger, keys, entry);
  return entry;
}

function saveHead({ ledgerId }: Ledger, keys: ChainKeys, { seq, data }: Entry): Promise<void> {
  return keys.saveHead({ ledger: ledgerId, seq, mac: data.mac });
}
