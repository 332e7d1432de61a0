/** One reconciliation from the file to its findings: reads the export, fetches what the ledger has of it, and lays the two together. */
import { createZone, endOfDay, MINUTE_MS, momentOf } from '../../domain/calendar/zone.ts';
import { eventKey, type HallEvent } from '../../domain/events/event.ts';
import { filingOf } from '../../domain/events/filing.ts';
import { isHallItself, isOwnSource } from '../../domain/events/own.ts';
import type { EventType } from '../../domain/events/schema.ts';
import { parseMapping } from '../../domain/mapping/mapping.ts';
import { factOf, feedFor, stationOf, type Feeds } from '../../domain/profile/feed-of.ts';
import type { FeedFact } from '../../domain/profile/feeds.ts';
import { FINDING_KINDS, type FindingKind } from '../../domain/reconcile/finding.ts';
import { keysOf, layDay, type LedgerFact } from '../../domain/reconcile/lay.ts';
import type { FindingCounts } from '../../domain/reconcile/stamp.ts';
import { digestFile } from '../digest-file.ts';
import { ImportProblem } from '../ingest/import/problem.ts';
import { openRows } from '../ingest/import/rows.ts';
import type { Ledger } from '../ledger/port.ts';
import { daysOf, readExport, toldOf } from './read-export.ts';

/** Of one reconciliation so many findings are kept: a list that is longer is of the wrong file, and nobody explains it. */
export const FINDINGS_KEPT = 20_000;
const PAGE = 250;
/** Each page is found anew among all that happened in a slice, so that slices are short. */
const SLICE_MS = 30 * MINUTE_MS;
/** Things that are looked up at once: each may have many events, and the ledger's own thread looks. */
const KEYS_AT_ONCE = 50;
/** What has one history for ever: years of a window say nothing of a day. */
const HAS_HISTORY = /^(case|ticket|request|complaint|appointment|followup):/;

/** All that is needed beside the ledger; plain, as it goes to another thread. */
export interface ReconcileJob {
  readonly file: string;
  /** The mapping as JSON. */
  readonly mapping: unknown;
  readonly zone: string;
  readonly day: string;
  readonly kind: FeedFact | undefined;
  readonly now: number;
  readonly roster: readonly string[];
  readonly feeds: Feeds['named'];
  readonly upTo: number;
}

/** What is asked of the ledger, a piece at a time. */
export type LedgerLooks = Pick<Ledger, 'readSpan' | 'historyOf' | 'readOf'>;

/** A finding on its way to its store: as text it crosses between threads, and into the file, for next to nothing. */
export interface PackedFinding {
  readonly kind: FindingKind;
  readonly station?: string | undefined;
  readonly body: string;
}

export interface ReconcileResult {
  readonly ok: true;
  readonly rows: number;
  readonly matched: number;
  readonly counts: FindingCounts;
  /** At most FINDINGS_KEPT, as they are kept. */
  readonly findings: readonly PackedFinding[];
  readonly fileDigest: string;
}

export type ReconcileFault =
  /** The file as a whole, in both languages. */
  | { readonly ok: false; readonly error: 'file'; readonly zh: string; readonly en: string }
  | { readonly ok: false; readonly error: 'too-many-rows' }
  | { readonly ok: false; readonly error: 'mapping' | 'no-such-facts' }
  /** Nothing in it is of the day; `days` says what is. */
  | { readonly ok: false; readonly error: 'other-day'; readonly days: readonly { readonly day: string }[] };

export async function reconcile(job: ReconcileJob, ledger: LedgerLooks): Promise<ReconcileResult | ReconcileFault> {
  const { day, kind, now } = job;
  const zone = createZone(job.zone);
  const parsed = parseMapping(job.mapping, job.zone);
  if (!parsed.ok) return { ok: false, error: 'mapping' };
  const { mapping } = parsed;
  const told = toldOf(mapping, kind);
  if (told.size === 0) return { ok: false, error: 'no-such-facts' };
  const reading = await openRows(job.file, mapping.spec.file, mapping.columns)
    .then((source) => readExport({ mapping, source, kind, now, roster: new Set(job.roster) }))
    .catch((error: unknown) => {
      if (error instanceof ImportProblem) return error;
      throw error;
    });
  if (reading instanceof ImportProblem) return { ok: false, error: 'file', zh: reading.zh, en: reading.en };
  if (reading === 'too-many') return { ok: false, error: 'too-many-rows' };
  const { facts, unread, rows } = reading;
  const days = daysOf(facts, zone);
  if (days.length > 0 && days.every((one) => one.day !== day))
    return { ok: false, error: 'other-day', days: days.slice(0, 5) };

  const shelf = createShelf(ledger, job.upTo);
  await shelf.takeSpan([...told.keys()], momentOf(zone, day), endOfDay(zone, day));
  const { source } = mapping.spec;
  const feeds = { named: job.feeds, switches: new Map<string, never>(), zone };
  const isExpected = (event: HallEvent): boolean => {
    if (event.source === source) return true;
    // What people entered in the hall should be in the system that is the feed of it, and what has no name cannot be asked for.
    if (!isOwnSource(event.source) || isHallItself(event.source) || keysOf(event, zone).length === 0) return false;
    const [station, fact] = [stationOf(event), factOf(event.type)];
    if (station === undefined || fact === undefined) return true;
    return [undefined, source].includes(feedFor(feeds, station, fact, event.at));
  };
  const lay = () => layDay({ day, zone, file: facts, ledger: shelf.facts(), told, isExpected });
  const first = lay();
  // What the day's ledger lacks may lie on another day, be voided, or be known by what came before it.
  const missing = new Set(first.findings.flatMap(({ facts: of }) => of.flatMap(({ line }) => line ?? [])));
  const wanted = [...facts.filter(({ line }) => missing.has(line)), ...first.otherDays].map(({ event }) => event);
  await shelf.takeIdentities(wanted);
  await shelf.takeHistories(
    new Set([
      ...first.findings.filter((one) => one.station === undefined || one.kind !== 'differs').map(({ thing }) => thing),
      ...wanted.flatMap((event) => filingOf(event, zone).entity ?? []),
    ]),
  );
  const laid = lay();
  const findings = [...laid.findings, ...unread];
  const counts = Object.fromEntries(
    FINDING_KINDS.map((one) => [one, findings.filter((finding) => finding.kind === one).length]),
  ) as FindingCounts;
  const fileDigest = await digestFile(job.file);
  const packed = findings
    .slice(0, FINDINGS_KEPT)
    .map((one): PackedFinding => ({ kind: one.kind, station: one.station, body: JSON.stringify(one) }));
  return { ok: true, rows, matched: laid.matched, counts, findings: packed, fileDigest };
}

/** What has been fetched of the ledger, each event once. */
function createShelf(ledger: LedgerLooks, upTo: number) {
  const held = new Map<string, LedgerFact>();
  const put = (event: HallEvent, voided: boolean): void => {
    const key = eventKey(event.source, event.id);
    if (!held.has(key)) held.set(key, { event, voided });
  };
  return {
    facts: () => [...held.values()],
    async takeSpan(types: readonly EventType[], from: number, until: number): Promise<void> {
      for (let begin = from; begin < until; begin += SLICE_MS) {
        const slice = { types, from: begin, until: Math.min(begin + SLICE_MS, until), upTo, limit: PAGE };
        for (let after = 0, isMore = true; isMore;) {
          const page = await ledger.readSpan({ ...slice, after });
          for (const { event, voided } of page) put(event, voided);
          isMore = page.length === PAGE;
          after = page.at(-1)?.event.seq ?? after;
        }
      }
    },
    async takeIdentities(events: readonly HallEvent[]): Promise<void> {
      for (const { source, id } of events) {
        if (held.has(eventKey(source, id))) continue;
        // No id lies between an id and itself with a NUL behind it.
        const [found] = await ledger.readOf(source, id, `${id}\0`, 1);
        if (found !== undefined && found.event.seq <= upTo) put(found.event, found.voided);
      }
    },
    async takeHistories(things: ReadonlySet<string>): Promise<void> {
      const keys = [...things].filter((thing) => HAS_HISTORY.test(thing));
      for (let i = 0; i < keys.length; i += KEYS_AT_ONCE) {
        const histories = await ledger.historyOf(keys.slice(i, i + KEYS_AT_ONCE), upTo);
        for (const events of histories.values()) for (const event of events) put(event, false);
      }
    },
  };
}
