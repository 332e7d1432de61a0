/** `npm run audit -- [--from DAY --to DAY] [--url URL [--token T]]`: recounts a span from the events and compares. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { calendarSchema } from '../domain/calendar/calendar-document.ts';
import { createZone, dayOf, endOfDay, momentOf } from '../domain/calendar/zone.ts';
import type { Measures } from '../domain/measures/measures.ts';
import { listUncounted, type Uncounted } from '../domain/measures/uncounted.ts';
import { catalogueSchema, createHallConfig, profileSchema, type HallConfig } from '../domain/profile/profile.ts';
import { auditFrozenDays, type FrozenAudit } from '../server/frozen/audit.ts';
import { readChainProof, type ChainProof } from '../server/frozen/keys.ts';
import { DOCUMENTS_FOLDER } from '../server/hall-files.ts';
import { formatActor } from '../server/ledger/actor.ts';
import { LedgerError } from '../server/ledger/port.ts';
import { toLedgerError } from '../server/ledger/sqlite/problems.ts';
import { openReadingLedger, type ReadingLedger } from '../server/ledger/sqlite/reading-ledger.ts';
import { createRecount } from '../server/ledger/sqlite/recount.ts';
import { compareMeasures } from '../server/reports/compare-measures.ts';
import { demoKeysFolder, findRoot, readPlaces } from '../server/settings.ts';
import { describeProblem } from '../server/start-problem.ts';

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  demo: { type: 'boolean', default: false },
} as const;
const USAGE = 'Usage: npm run audit -- [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--demo] [--url URL [--token TOKEN]]';

class AuditProblem extends Error {}

interface Span {
  readonly from: string;
  readonly to: string;
}

/** What somebody was shown for a span and station, and the moments that may have been its `now`. */
interface Shown {
  readonly measures: Measures;
  readonly nows: readonly number[];
}
type Ask = (station: string | undefined) => Promise<Shown>;

try {
  process.exitCode = (await audit()) === 0 ? 0 : 1;
} catch (error) {
  const said = error instanceof AuditProblem ? error.message : describeProblem(error);
  if (said === undefined) throw error;
  console.error(said);
  process.exitCode = 2;
}

/** Answers with how many numbers differ, and how many things cannot be counted. */
async function audit(): Promise<number> {
  const args = readArguments();
  const { dataFolder: store, keysFolder: keys } = readPlaces(process.env, findRoot(import.meta.dirname));
  const folder = args.demo ? join(store, 'demo') : store;
  const config = readConfig(join(folder, 'documents'));
  const ledger = openLedger(folder);
  try {
    const { first, last, lastAt } = findDays(ledger);
    const span = { from: args.from ?? first, to: args.to ?? last };
    if (span.from > span.to) throw new AuditProblem(`${span.from} is after ${span.to}.\n${USAGE}`);
    // The demo's clock is not this machine's; any moment serves, so long as both sides use the same.
    const now = args.demo ? lastAt : Date.now();
    const ask = args.url ? askServer(args.url, args.token, ledger, span) : askStored(ledger, config, { ...span, now });
    const compared = await compareAll(ledger, config, span, ask);
    const keysFolder = args.demo ? demoKeysFolder(store) : keys;
    return report(ledger, config, span, compared, await auditFrozen(ledger, folder, keysFolder));
  } catch (error) {
    throw toLedgerError(error, folder);
  } finally {
    ledger.close();
  }
}

interface Found {
  readonly title: string;
  readonly seq: number;
  readonly differences: ReturnType<typeof compareMeasures>;
}

interface Compared {
  readonly found: readonly Found[];
  readonly uncounted: Uncounted;
}

async function compareAll(ledger: ReadingLedger, config: HallConfig, span: Span, ask: Ask): Promise<Compared> {
  const { zone } = ledger.meta;
  const shown: (Shown & { readonly station: string | undefined })[] = [];
  // All is asked before anything is recounted: a recount takes seconds, in which a living hall moves on.
  for (const station of [undefined, ...config.profile.stations.map(({ id }) => id)])
    shown.push({ station, ...(await ask(station)) });
  const uncounted = new Set(ledger.readUncounted());
  const recountAt = (upTo: number) => createRecount(ledger.db, { config, zone, uncounted, upTo });
  let recount = recountAt(shown[0]!.measures.seq);
  const found: Found[] = [];
  for (const { station, measures, nows } of shown) {
    if (measures.seq !== recount.seq) recount = recountAt(measures.seq);
    const tries = nows.map((now) => compareMeasures(measures, recount.measure({ ...span, now, station })));
    const differences = tries.reduce((best, next) => (next.length < best.length ? next : best));
    found.push({ title: station ?? 'all stations', seq: measures.seq, differences });
  }
  return { found, uncounted: listUncounted(uncounted) };
}

/** Of all days, whatever span is recounted: a chain is whole or it is not. */
function auditFrozen({ db, meta, reader }: ReadingLedger, folder: string, keysFolder: string): Promise<FrozenAudit> {
  const { head } = db.prepare('SELECT coalesce(max(seq), 0) AS head FROM events').get() as { head: number };
  let proof: ChainProof | string;
  try {
    proof = readChainProof(keysFolder, meta.hall);
  } catch (error) {
    proof = (error as Error).message;
  }
  return auditFrozenDays({
    ledger: reader,
    ledgerId: meta.ledgerId,
    head,
    zone: createZone(meta.zone),
    documentsFolder: join(folder, DOCUMENTS_FOLDER),
    proof,
  });
}

function report(
  ledger: ReadingLedger,
  config: HallConfig,
  { from, to }: Span,
  { found, uncounted }: Compared,
  frozen: FrozenAudit,
): number {
  console.log(`${config.profile.name.zh}: ${from} to ${to}, ledger ${ledger.meta.ledgerId}`);
  for (const { title, seq, differences } of found) {
    console.log(
      `  ${title}, up to event ${seq}: ${differences.length === 0 ? 'same' : `${differences.length} differ`}`,
    );
    for (const { name, shown, recounted } of differences)
      console.log(`    ${name}: shown ${JSON.stringify(shown)}, recounted ${JSON.stringify(recounted)}`);
  }
  const count = found.reduce((sum, { differences }) => sum + differences.length, 0);
  console.log(count === 0 ? 'The recount agrees.' : `${count} numbers differ.`);
  for (const line of frozen.lines) console.log(line);
  const { n, first } = uncounted;
  reportActors(ledger, { from, to });
  if (n > 0) console.log(`${n} things cannot be counted, and are in neither count: ${first.join(', ')}`);
  return count + n + frozen.faults;
}

/** Who recorded what happened in the span, voided or not; of rows of an older version nobody knows. */
function reportActors(ledger: ReadingLedger, { from, to }: Span): void {
  const zone = createZone(ledger.meta.zone);
  console.log('Recorded by:');
  for (const { actor, n } of ledger.countByActor(momentOf(zone, from), endOfDay(zone, to)))
    console.log(`  ${actor ? formatActor(actor) : 'nobody known'}: ${n} events`);
}

function askStored(ledger: ReadingLedger, config: HallConfig, query: Span & { now: number }): Ask {
  return (station) => {
    const measures = ledger.measure({ ...query, ...(station === undefined ? {} : { station }) }, config);
    return Promise.resolve({ measures, nows: [query.now] });
  };
}

/** What the running server answers, with its clock before and after. */
function askServer(url: string, token: string | undefined, ledger: ReadingLedger, { from, to }: Span): Ask {
  // A connection of its own for each question: one that was kept may have been closed while this side was counting.
  const headers = { connection: 'close', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(new URL(path, url), { headers }).catch((error: unknown) => {
      throw new AuditProblem(`${url} cannot be reached: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (!response.ok) throw new AuditProblem(`${url} answers ${response.status} to ${path}.`);
    return (await response.json()) as T;
  };
  const readNow = async (): Promise<number> => {
    const { now, epoch } = await get<{ now: number; epoch: string }>('/healthz');
    if (!epoch.startsWith(`${ledger.meta.ledgerId}.`)) throw new AuditProblem(`${url} serves another ledger.`);
    return now;
  };
  return async (station) => {
    const before = await readNow();
    const query = new URLSearchParams({ from, to, ...(station === undefined ? {} : { station }) });
    const measures = await get<Measures>(`/api/measures?${query.toString()}`);
    return { measures, nows: [before, await readNow()] };
  };
}

function openLedger(folder: string): ReadingLedger {
  try {
    return openReadingLedger(folder);
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw new AuditProblem(`The ledger in ${folder} cannot be opened: ${(error as Error).message}`);
  }
}

function findDays({ db, meta }: ReadingLedger): { first: string; last: string; lastAt: number } {
  const { first, last } = db.prepare('SELECT min(at) AS first, max(at) AS last FROM events').get() as {
    first: number | null;
    last: number | null;
  };
  if (first === null || last === null) throw new AuditProblem('The ledger is empty.');
  const zone = createZone(meta.zone);
  return { first: dayOf(zone, first), last: dayOf(zone, last), lastAt: last };
}

function readConfig(folder: string): HallConfig {
  const read = <T>(name: string, schema: v.GenericSchema<unknown, T>): T => {
    try {
      return v.parse(schema, JSON.parse(readFileSync(join(folder, name), 'utf8')));
    } catch (error) {
      throw new AuditProblem(`The hall's ${name} cannot be read: ${(error as Error).message}`);
    }
  };
  return createHallConfig(
    read('profile.json', profileSchema),
    read('catalogue.json', catalogueSchema),
    undefined,
    undefined,
    // It came with a later version: a hall without one has an empty one.
    existsSync(join(folder, 'calendar.json')) ? read('calendar.json', calendarSchema) : undefined,
  );
}

function readArguments() {
  try {
    const { values } = parseArgs({ options: OPTIONS });
    for (const day of [values.from, values.to])
      if (day !== undefined && !v.is(v.pipe(v.string(), v.isoDate()), day)) throw new Error(`${day} is not a day.`);
    return values;
  } catch (error) {
    throw new AuditProblem(`${(error as Error).message}\n${USAGE}`);
  }
}
