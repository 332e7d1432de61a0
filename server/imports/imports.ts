/** The files that administrators have in hand: held until they are brought in or left alone, and nowhere after that. */
import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Zone } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { identityInText } from '../../domain/events/identity.ts';
import { createDraftHall } from '../../domain/mapping/draft/hall.ts';
import type { Feeds } from '../../domain/profile/feed-of.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { IMPORT_SOURCE } from '../../domain/import/source.ts';
import type {
  FileReading,
  ImportAsk,
  ImportLook,
  ImportOutcome,
  ImportRun,
  ImportState,
} from '../../domain/wire/import.ts';
import { INCOMING_FOLDER } from '../hall-files.ts';
import { createLedgerTarget } from '../ingest/import/ledger-target.ts';
import type { ImportTarget } from '../ingest/import/target.ts';
import { LedgerError, type Ledger } from '../ledger/port.ts';
import { findMappings } from '../ingest/mappings.ts';
import { withTime, type RecordEvents } from '../record.ts';
import type { AskImporter, ImportAnswer, ImportNews } from './ask-importer.ts';

/** A file that nobody has asked for so long is gone. */
const HELD_MS = 30 * 60_000;
const LOOK_MS = 60_000;
const TITLE_LIMIT = 200;

export interface ImportsOptions {
  /** The hall's. */
  readonly folder: string;
  readonly ledger: Ledger;
  readonly record: RecordEvents;
  readonly config: () => HallConfig;
  readonly feeds: () => Feeds;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly ask: AskImporter;
  readonly onError: (error: unknown) => void;
}

export type LookAnswer =
  { readonly kind: 'looked'; readonly look: ImportLook } | Extract<ImportAnswer, { kind: 'problem' }>;

export interface Imports {
  /** Where a file is put before it is held. */
  readonly folder: string;
  /** Holds a file in the place of the one that this person held before. @returns `busy` while that one is being brought in */
  hold(file: string, name: string, bytes: number, by: string): string | 'busy';
  /** `undefined`: this person holds no such file. */
  look(id: string, by: string, reading: FileReading, wanted: readonly string[]): Promise<LookAnswer | undefined>;
  state(id: string, by: string): ImportState | undefined;
  /** Begins a run, which goes on by itself. One of the hall at a time. */
  run(id: string, by: string, asked: ImportAsk): 'begun' | 'busy' | undefined;
  /** Ends a run at its next batch. */
  stop(id: string, by: string): boolean;
  /** Removes the file; a run of it ends. */
  drop(id: string, by: string): boolean;
  close(): Promise<void>;
}

interface Held {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  readonly by: string;
  askedAt: number;
  run?: ImportRun;
  /** While a run is under way. */
  isStopped?: boolean;
  work?: Promise<void>;
}

class Stopped extends Error {}

export function openImports(options: ImportsOptions): Imports {
  const folder = join(options.folder, INCOMING_FOLDER);
  // What an end without warning left behind is nobody's any more.
  rmSync(folder, { recursive: true, force: true });
  const held = new Map<string, Held>();
  const { zone, config } = options;

  const find = (id: string, by: string): Held | undefined => {
    const one = held.get(id);
    if (one?.by !== by) return undefined;
    one.askedAt = performance.now();
    return one;
  };
  const drop = (one: Held): void => {
    one.isStopped = true;
    held.delete(one.id);
    rmSync(one.file, { force: true });
  };
  const expiring = setInterval(() => {
    for (const one of held.values()) if (one.work === undefined && performance.now() - one.askedAt > HELD_MS) drop(one);
  }, LOOK_MS);

  return {
    folder,
    hold(file, name, bytes, by) {
      const mine = [...held.values()].filter((one) => one.by === by);
      if (mine.some(({ work }) => work !== undefined)) return 'busy';
      for (const one of mine) drop(one);
      const id = randomUUID();
      held.set(id, { id, name: basename(name), file, bytes, by, askedAt: performance.now() });
      return id;
    },
    async look(id, by, reading, wanted) {
      const one = find(id, by);
      if (one === undefined) return undefined;
      const { profile, catalogue } = config();
      const mappings = (await findMappings(options.folder, zone.name)).filter(({ input }) => input !== undefined);
      const answer = await options.ask(
        {
          ...{ kind: 'look', file: one.file, name: basename(one.name, extname(one.name)), reading, wanted },
          hall: createDraftHall(profile, catalogue),
          mappings: mappings.map(({ id: mapping, input }) => ({ id: mapping, input })),
        },
        NO_TARGET,
        () => {},
      );
      if (answer.kind === 'problem') return answer;
      if (answer.kind !== 'looked') throw new Error(`a look was answered by ${answer.kind}`);
      return { kind: 'looked', look: { id, name: one.name, bytes: one.bytes, ...answer.looked } };
    },
    state(id, by) {
      const one = find(id, by);
      return one && { id, name: one.name, ...(one.run && { run: one.run }) };
    },
    run(id, by, asked) {
      const one = find(id, by);
      if (one === undefined) return undefined;
      if ([...held.values()].some(({ work }) => work !== undefined)) return 'busy';
      one.isStopped = false;
      one.run = { dryRun: asked.dryRun };
      one.work = bring(one, asked, options).finally(() => {
        delete one.work;
        one.askedAt = performance.now();
      });
      return 'begun';
    },
    stop(id, by) {
      const one = find(id, by);
      if (one?.work === undefined) return false;
      one.isStopped = true;
      return true;
    },
    drop(id, by) {
      const one = find(id, by);
      if (one !== undefined) drop(one);
      return one !== undefined;
    },
    async close() {
      clearInterval(expiring);
      const all = [...held.values()];
      for (const one of all) drop(one);
      for (const { work } of all) await work;
    },
  };
}

const NO_TARGET: ImportTarget = {
  check: () => Promise.reject(new Error('a look asks no ledger')),
  append: () => Promise.reject(new Error('a look asks no ledger')),
};

/** One run to its end, whatever that is; what it came to stands in `one.run`. */
async function bring(one: Held, asked: ImportAsk, options: ImportsOptions): Promise<void> {
  const { ledger, record, config, zone, now } = options;
  const { dryRun } = asked;
  const ledgerTarget = createLedgerTarget({
    ledger,
    record,
    actor: { kind: 'import', id: one.by },
    feeds: options.feeds(),
  });
  let trouble: unknown;
  /** Between two batches is where a run can end: each goes in whole. */
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      // Whoever else waits for this thread comes first: a batch is no reason for a wall to wait.
      await setImmediate();
      if (one.isStopped === true) throw new Stopped('stopped');
      return await work();
    } catch (error) {
      trouble = error;
      throw error;
    }
  };
  const target: Required<ImportTarget> = {
    check: (batch) => guard(() => ledgerTarget.check(batch)),
    append: (batch) => guard(() => ledgerTarget.append(batch)),
    compare: (id: string, event: HallEvent) => guard(() => ledgerTarget.compare!(id, event)),
  };
  let [stage, begun]: [ImportNews['stage'] | undefined, number] = [undefined, 0];
  const onNews = (news: ImportNews): void => {
    if (news.stage !== stage) [stage, begun] = [news.stage, performance.now()];
    one.run = { dryRun, progress: { ...news, ms: Math.round(performance.now() - begun) } };
  };
  try {
    const { roster } = config();
    const job = { kind: 'run', file: one.file, timeZone: zone.name, roster, now: now(), ...asked } as const;
    const answer = await options.ask(job, target, onNews);
    if (answer.kind === 'problem') one.run = { dryRun, problem: { zh: answer.zh, en: answer.en } };
    else if (answer.kind === 'ran') {
      const { outcome, fileDigest } = answer;
      if (fileDigest !== undefined) await tellLedger(one, asked, { outcome, fileDigest }, options);
      one.run = { dryRun, outcome: answer.outcome };
    }
  } catch (error) {
    const cause = trouble ?? error;
    const { progress } = one.run ?? {};
    const problem = cause instanceof Stopped ? 'stopped' : isFull(cause) ? 'disk-full' : 'failed';
    if (problem === 'failed') options.onError(cause);
    one.run = { dryRun, problem, ...(progress && { progress }) };
  }
}

const isFull = (error: unknown): boolean => error instanceof LedgerError && error.problem === 'disk-full';

/** Who brought which file in, and what became of it: one line of the audit, whatever its rows. */
async function tellLedger(
  one: Held,
  { mapping }: ImportAsk,
  { outcome, fileDigest }: { readonly outcome: ImportOutcome; readonly fileDigest: string },
  { record, config, now }: ImportsOptions,
): Promise<void> {
  const { name, source } = mapping as { readonly name: string; readonly source: string };
  const isSafe = identityInText(name, 'full', undefined, config().roster) === undefined;
  const { rows, newRows, knownRows, leftOut, differing, corrected, refused, events } = outcome;
  const run = randomUUID();
  const event: HallEvent = {
    source: IMPORT_SOURCE,
    id: run,
    type: 'hall.file.imported',
    at: now(),
    data: {
      run,
      title: isSafe ? name.slice(0, TITLE_LIMIT) : '',
      source,
      mapping: createHash('sha256').update(JSON.stringify(mapping)).digest('hex'),
      file: fileDigest,
      ...{ rows, newRows, knownRows, leftOut, differing, corrected, refused, events },
    },
  };
  await record(withTime([event]), { kind: 'staff', id: one.by });
}
