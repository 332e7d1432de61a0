/** Whether frozen days still stand: their seals, their chain, the rows under them, and their figures derived again. Nothing is written. */
import { createHash } from 'node:crypto';
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import type { LedgerEvent } from '../../domain/events/event.ts';
import type { EventType } from '../../domain/events/schema.ts';
import { isSameRules, presentRules, sealedText, type Rules } from '../../domain/frozen/chain.ts';
import { dayFigures, listChanges } from '../../domain/frozen/figures.ts';
import { MonthSums } from '../../domain/measures/month-sums.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { RowRange } from '../ledger/port.ts';
import { judgeAnother, judgeBeginning, listRestores, type Finding } from './beginnings.ts';
import { isEntry, type Entry } from './entries.ts';
import { readKept } from './kept-documents.ts';
import type { ChainProof } from './keys.ts';
import { replay, type ReplayedLedger } from './replay.ts';

/** What an audit asks of a ledger that others may be writing. */
export interface AuditedLedger extends ReplayedLedger {
  rowDigests(range: RowRange): Uint8Array;
  /** All events of some types up to a place, in order. */
  readOfTypes(types: readonly EventType[], upTo: number): readonly LedgerEvent[];
}

export interface FrozenAuditOptions {
  readonly ledger: AuditedLedger;
  readonly ledgerId: string;
  /** The ledger's head: what comes later plays no part. */
  readonly head: number;
  readonly zone: Zone;
  /** The hall's folder of documents. */
  readonly documentsFolder: string;
  /** Why there is none, where it is a sentence. */
  readonly proof: ChainProof | string;
}

export interface FrozenAudit {
  /** In the order of the ledger. */
  readonly lines: readonly string[];
  /** Differences, gaps and breaks; what is merely told is none. */
  readonly faults: number;
}

const DIGEST_BYTES = 32;
const PIECE = 5_000;
/** Figures that are named of a day; of more their number. */
const FIGURES_NAMED = 12;

export async function auditFrozenDays(options: FrozenAuditOptions): Promise<FrozenAudit> {
  const audit = new Audit(options);
  await audit.run();
  return audit;
}

class Audit implements FrozenAudit {
  readonly lines: string[] = [];
  faults = 0;
  readonly #entries: readonly Entry[];
  readonly #days: readonly LedgerEvent[];
  /** Entries whose rows are as they were. */
  readonly #unchanged = new Set<Entry>();

  constructor(private readonly options: FrozenAuditOptions) {
    const { ledger, head } = options;
    this.#entries = ledger.readOfTypes(['hall.day.frozen', 'hall.day.chain-begun'], head).filter(isEntry);
    this.#days = ledger
      .readOfTypes(['hall.day.opened', 'hall.day.closed'], head)
      .filter(({ source }) => source === HALL_DAY_SOURCE);
  }

  async run(): Promise<void> {
    const { proof } = this.options;
    if (this.#entries.length === 0 && typeof proof !== 'string' && proof.head === undefined) {
      this.#tell('No day has been frozen yet.');
      return;
    }
    if (typeof proof === 'string') this.#fault(proof);
    this.#entries.forEach((entry, i) => this.#checkEntry(entry, this.#entries[i - 1]));
    this.#checkClosings();
    if (typeof proof !== 'string') this.#checkHead(proof);
    const derived = await this.#derive();
    const frozen = this.#entries.filter(({ type }) => type === 'hall.day.frozen').length;
    this.#tell(`${frozen} frozen days, ${derived} derived again.`);
    this.#tell(this.faults === 0 ? 'The frozen days stand.' : `${this.faults} faults in the frozen days.`);
  }

  #tell(line: string): void {
    this.lines.push(line);
  }

  #fault(line: string): void {
    this.faults++;
    this.#tell(line);
  }

  #add(finding: Finding | undefined): void {
    if (finding?.isFault) this.#fault(finding.said);
    else if (finding) this.#tell(finding.said);
  }

  #checkEntry(entry: Entry, before: Entry | undefined): void {
    const { data } = entry;
    const name = this.#nameOf(entry);
    this.#checkSeal(entry, name);
    const { previous, rows } = data;
    if (previous?.seq !== before?.seq || previous?.mac !== before?.data.mac)
      this.#fault(
        `${name} follows ${previous ? `event ${previous.seq}` : 'nothing'}, and the ledger has ${before ? `event ${before.seq}` : 'nothing'} before it: an entry was deleted or written anew.`,
      );
    if (rows.after !== (before?.data.rows.upTo ?? 0))
      this.#fault(
        `${name} vouches for what came after event ${rows.after}, which is not where the entry before it ends.`,
      );
    this.#checkRows(entry, name);
    if (entry.type === 'hall.day.chain-begun') this.#checkBeginning(entry, before);
  }

  #checkBeginning(entry: Entry & { readonly type: 'hall.day.chain-begun' }, before: Entry | undefined): void {
    const { proof, zone } = this.options;
    if (entry.data.reason === 'first' && before)
      this.#fault(`The chain was begun at event ${entry.seq} as if there had been none, and there is one before it.`);
    this.#add(judgeBeginning(entry, zone, typeof proof === 'string' ? [] : listRestores(this.#entries, proof)));
  }

  #checkSeal(entry: Entry, name: string): void {
    const { proof } = this.options;
    if (typeof proof === 'string') return;
    const isSealed = proof.isSealed(entry.data.key, sealedText(entry), entry.data.mac);
    if (isSealed === false) this.#fault(`${name} was changed or made up: its seal does not fit.`);
    // Where the key was lost, the chain's beginning anew says so.
    const isKnownLost = this.#entries.some(
      ({ seq, type, data }) => type === 'hall.day.chain-begun' && seq > entry.seq && data.key !== entry.data.key,
    );
    if (isSealed === undefined && !isKnownLost)
      this.#fault(`The seal of ${name} cannot be checked: its key is not there.`);
  }

  #checkRows(entry: Entry, name: string): void {
    const { after, upTo, digest } = entry.data.rows;
    const hash = createHash('sha256');
    let found = 0;
    for (let from = after; from < upTo; from += PIECE) {
      const digests = this.options.ledger.rowDigests({ after: from, upTo: Math.min(from + PIECE, upTo) });
      found += digests.length / DIGEST_BYTES;
      hash.update(digests);
    }
    const missing = upTo - after - found;
    if (missing > 0)
      this.#fault(`${missing} of the events from ${after + 1} to ${upTo} are gone, for which ${name} vouches.`);
    else if (hash.digest('hex') !== digest)
      this.#fault(`Of the events from ${after + 1} to ${upTo}, for which ${name} vouches, one was changed since.`);
    else this.#unchanged.add(entry);
  }

  /** Each closing that stands must be frozen, and each day frozen at its closing. */
  #checkClosings(): void {
    const first = this.#entries[0]?.data.rows.upTo ?? Infinity;
    const last = this.#entries.at(-1)?.data.rows.upTo ?? 0;
    const frozen = new Map<number, Entry & { readonly type: 'hall.day.frozen' }>();
    for (const entry of this.#entries) if (entry.type === 'hall.day.frozen') frozen.set(entry.data.closing, entry);
    const standing = new Map<string, number>();
    const closings = new Map<number, string>();
    for (const { seq, type, data } of this.#days as readonly (LedgerEvent & { data: { day: string } })[]) {
      if (type === 'hall.day.opened') standing.delete(data.day);
      else {
        closings.set(seq, data.day);
        if (!standing.has(data.day)) standing.set(data.day, seq);
      }
    }
    for (const [closing, entry] of frozen)
      if (closings.get(closing) !== entry.data.day)
        this.#fault(`${this.#nameOf(entry)} names event ${closing} as the closing of that day, which it is not.`);
    for (const [day, seq] of standing)
      if (seq > first && seq <= last && !frozen.has(seq))
        this.#fault(`${day} was closed (event ${seq}) and never frozen.`);
    const open = [...standing].filter(([, seq]) => seq > last && this.#entries.length > 0);
    if (open.length > 0) this.#tell(`Not frozen yet: ${open.map(([day]) => day).join(', ')}.`);
  }

  #checkHead({ head: noted, restores }: ChainProof): void {
    const { ledgerId, head } = this.options;
    if (noted === undefined) {
      this.#fault(
        'There is no note of the last entry outside the ledger: nobody can tell whether the end was cut off.',
      );
      return;
    }
    if (noted.ledger !== ledgerId) {
      this.#add(judgeAnother(ledgerId, noted.seq, restores.at(-1)));
      return;
    }
    const entry = this.#entries.find(({ seq }) => seq === noted.seq);
    if (entry?.data.mac === noted.mac) return;
    const last = this.#entries.at(-1);
    if (noted.seq > head)
      this.#fault(
        `The end of the ledger was cut off: it ends at event ${head}, and its last entry was event ${noted.seq}.`,
      );
    else if (entry)
      this.#fault(`The chain was written anew: ${this.#nameOf(entry)} is not the entry that was sealed there last.`);
    else
      this.#fault(
        `The entry that was sealed last, event ${noted.seq}, is not in the ledger${last ? `, whose chain ends at event ${last.seq}` : ''}: it was cut off or written anew.`,
      );
  }

  /** @returns how many days could be */
  async #derive(): Promise<number> {
    const { ledger, zone } = this.options;
    const rules = presentRules();
    const wanted = new Map<number, (Entry & { readonly type: 'hall.day.frozen' })[]>();
    const others: string[] = [];
    let otherRules: Rules | undefined;
    for (const entry of this.#entries) {
      if (entry.type !== 'hall.day.frozen') continue;
      if (!isSameRules(entry.data.rules, rules)) {
        others.push(entry.data.day);
        otherRules = entry.data.rules;
      } else wanted.set(entry.data.closing, [...(wanted.get(entry.data.closing) ?? []), entry]);
    }
    if (otherRules)
      this.#tell(
        `${others.length} days cannot be derived again by this version, whose rules are others (fold ${otherRules.fold}, measures ${otherRules.measures}, calendar ${otherRules.calendar}): ${others[0]} to ${others.at(-1)}. That their events are as they were is checked all the same.`,
      );
    const configs = new Map<string, { config: HallConfig; sums: MonthSums } | string>();
    const configOf = (entry: Entry & { readonly type: 'hall.day.frozen' }) => {
      const key = JSON.stringify(entry.data.documents);
      let found = configs.get(key);
      if (found === undefined) {
        const config = readKept(this.options.documentsFolder, entry.data.documents);
        found = typeof config === 'string' ? config : { config, sums: new MonthSums(config, zone) };
        configs.set(key, found);
      }
      return found;
    };
    let derived = 0;
    const stops = [...wanted.keys()].sort((a, b) => a - b);
    await replay(ledger, zone, stops, (cells, stop) => {
      for (const entry of wanted.get(stop)!) {
        const found = configOf(entry);
        if (typeof found === 'string') {
          this.#fault(`${this.#nameOf(entry)} cannot be derived again: its documents are not as they were (${found}).`);
          continue;
        }
        const { day } = entry.data;
        const stations = found.config.profile.stations.map(({ id }) => id);
        const span = { from: day, to: day, now: entry.at };
        const queries = [span, ...stations.map((station) => ({ ...span, station }))];
        const now = dayFigures(
          stations,
          queries.map((query) => found.sums.measure(cells, query)),
        );
        derived++;
        this.#compare(entry, listChanges(entry.data, now));
      }
    });
    return derived;
  }

  #compare(entry: Entry & { readonly type: 'hall.day.frozen' }, changes: ReturnType<typeof listChanges>): void {
    if (changes.length === 0) return;
    const why = this.#unchanged.has(entry)
      ? 'although its events are as they were: its figures were changed, or this version counts otherwise than it says'
      : 'as what came in before its closing was changed';
    this.#fault(`${this.#nameOf(entry)} does not come out again, ${why}:`);
    for (const { station, name, before, after } of changes.slice(0, FIGURES_NAMED))
      this.#tell(`  ${station ?? 'all stations'}, ${name}: frozen as ${before}, derived as ${after}`);
    if (changes.length > FIGURES_NAMED) this.#tell(`  and ${changes.length - FIGURES_NAMED} more`);
  }

  #nameOf(entry: Entry): string {
    return entry.type === 'hall.day.frozen'
      ? `${entry.data.day} (event ${entry.seq})`
      : `the beginning of the chain (event ${entry.seq})`;
  }
}
