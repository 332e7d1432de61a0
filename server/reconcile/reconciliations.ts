/** The hall's reconciliations: made of files that people bring, kept with what they say of the findings, told to the ledger. */
import { createHash, randomUUID } from 'node:crypto';
import type { HallEvent, LedgerEvent, LedgerEventOf } from '../../domain/events/event.ts';
import { isOfType } from '../../domain/events/event.ts';
import type { FeedFact } from '../../domain/profile/feeds.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { RECONCILE_SOURCE } from '../../domain/reconcile/source.ts';
import type { Cause } from '../../domain/reconcile/causes.ts';
import type { Stamp } from '../../domain/reconcile/stamp.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import { createTurns } from '../in-turn.ts';
import type { Ledger } from '../ledger/port.ts';
import { withTime, type RecordEvents } from '../record.ts';
import type { AskReconciler } from './ask-reconciler.ts';
import { findMappings, type FoundMapping } from '../ingest/mappings.ts';
import type { ReconcileFault } from './reconcile.ts';
import { openReconcileStore, type ReconcileStore } from './store.ts';

/** With what stands behind it a name fits into its field. */
const NAME_LIMIT = 150;
/** Events of this source that are read at once. */
const PAGE = 500;
/** What the ids of stamps and of notes begin with; the ledger finds both by them. */
const RUN = 'run/';
const NOTE = 'note/';
/** The code point behind a slash. */
const behind = (stretch: string): string => `${stretch.slice(0, -1)}0`;

export interface ReconciliationsOptions {
  readonly folder: string;
  readonly ledger: Pick<Ledger, 'head' | 'readSpan' | 'historyOf' | 'readOf' | 'read' | 'readActors'>;
  readonly record: RecordEvents;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly ask: AskReconciler;
}

export interface Reconciliations extends Pick<ReconcileStore, 'stamps' | 'stamp' | 'findings' | 'stationsOf'> {
  mappings(): Promise<FoundMapping[]>;
  /** Lays a file against a day. One at a time; the next waits. @throws LedgerError */
  run(asked: {
    readonly file: string;
    readonly day: string;
    readonly mapping: FoundMapping;
    readonly kind: FeedFact | undefined;
    readonly by: string;
  }): Promise<{ readonly ok: true; readonly stamp: Stamp } | ReconcileFault>;
  /** What somebody says of findings, in the place of what was said before. @throws LedgerError */
  note(
    run: string,
    findings: readonly number[],
    said: { readonly owner: string | undefined; readonly cause: Cause | undefined; readonly note: string | undefined },
    by: string,
  ): Promise<void>;
  close(): void;
}

export async function openReconciliations(options: ReconciliationsOptions): Promise<Reconciliations> {
  const { folder, ledger, record, config, zone, now, ask } = options;
  const store = openReconcileStore(folder, zone);
  const inTurn = createTurns();
  try {
    await agree(store, ledger);
  } catch (error) {
    store.close();
    throw error;
  }
  return {
    stamps: store.stamps,
    stamp: store.stamp,
    findings: store.findings,
    stationsOf: store.stationsOf,
    mappings: () => findMappings(folder, zone.name),
    run: ({ file, day, mapping, kind, by }) =>
      inTurn(async () => {
        const { profile, roster } = config();
        const upTo = ledger.head();
        const job = { file, mapping: mapping.input, zone: zone.name, day, kind, now: now(), upTo };
        const result = await ask({ ...job, roster: [...roster], feeds: profile.feeds ?? [] }, ledger);
        if (!result.ok) return result;
        const run = randomUUID();
        const { counts } = result;
        const event: Omit<LedgerEventOf<'hall.day.reconciled'>, 'seq'> = {
          source: RECONCILE_SOURCE,
          id: `${RUN}${run}`,
          type: 'hall.day.reconciled',
          at: now(),
          data: {
            day,
            run,
            ...nameSystem(mapping, kind),
            mapping: createHash('sha256').update(JSON.stringify(mapping.input)).digest('hex'),
            file: result.fileDigest,
            rows: result.rows,
            matched: result.matched,
            ledgerMissing: counts['ledger-missing'],
            fileMissing: counts['file-missing'],
            differs: counts.differs,
            unread: counts.unread,
            upTo,
          },
        };
        await store.keep(event, by, result.findings);
        const [outcome] = await record(withTime([event]), { kind: 'staff', id: by });
        store.settle(run, typeof outcome === 'object' ? outcome.seq : upTo);
        return { ok: true, stamp: store.stamp(run)! };
      }),
    async note(run, findings, { owner, ...rest }, by) {
      const at = now();
      // Whoever says why it is so answers for it where nobody else does.
      const said = { ...rest, owner: owner ?? (rest.cause === undefined ? undefined : by) };
      const events = findings.map((finding): HallEvent => ({
        source: RECONCILE_SOURCE,
        id: `${NOTE}${randomUUID()}`,
        type: 'hall.reconcile.noted',
        at,
        data: { run, finding, ...said },
      }));
      await record(withTime(events), { kind: 'staff', id: by });
      for (const finding of findings) store.note({ run, finding, ...said, by, at });
    },
    close: store.close,
  };
}

/** What a part of a system's facts is called beside the system: stamps stand under the names that the hall itself gave. */
const PARTS: Readonly<Record<FeedFact, string>> = {
  tickets: '叫号',
  cases: '办件',
  consultations: '咨询',
  services: '服务',
  appointments: '预约',
  ratings: '评价',
  requests: '诉求',
};

/** A part that was laid by itself has a stamp of its own. */
function nameSystem({ id, name }: FoundMapping, kind: FeedFact | undefined): { system: string; title: string } {
  const whole = name.slice(0, NAME_LIMIT);
  return kind === undefined
    ? { system: id, title: whole }
    : { system: `${id}:${kind}`, title: `${whole}·${PARTS[kind]}` };
}

/** The ledger has the last word: what was cut short between the two, and what a restore brought, is put right at the start. */
async function agree(store: ReconcileStore, ledger: ReconciliationsOptions['ledger']): Promise<void> {
  const runs = await readAll(ledger, RUN);
  const known = new Set<string>();
  for (const event of runs) {
    if (!isOfType(event, 'hall.day.reconciled')) continue;
    known.add(event.data.run);
    store.adopt(event, await actorOf(ledger, event.seq));
  }
  store.forget((run) => known.has(run));
  const notes = (await readAll(ledger, NOTE)).sort((a, b) => a.seq - b.seq);
  for (const event of notes) {
    if (!isOfType(event, 'hall.reconcile.noted')) continue;
    const { run, finding, owner, cause, note } = event.data;
    const said = { owner: owner ?? undefined, cause: cause ?? undefined, note: note ?? undefined };
    store.note({ run, finding, ...said, by: await actorOf(ledger, event.seq), at: event.at });
  }
}

async function readAll(ledger: Pick<Ledger, 'readOf'>, stretch: string): Promise<LedgerEvent[]> {
  const all: LedgerEvent[] = [];
  for (let from = stretch; ;) {
    const page = await ledger.readOf(RECONCILE_SOURCE, from, behind(stretch), PAGE);
    all.push(...page.map(({ event }) => event));
    if (page.length < PAGE) return all;
    from = `${page.at(-1)!.event.id}\0`;
  }
}

async function actorOf(ledger: Pick<Ledger, 'readActors'>, seq: number): Promise<string> {
  const [actor] = await ledger.readActors(seq - 1, 1);
  return actor?.id ?? '';
}
