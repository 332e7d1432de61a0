// Promise 1 and 2 under kill -9: what was acknowledged is there, once, and counts once, however often the server dies.
import { DatabaseSync } from '@photostructure/sqlite';
import { join } from 'node:path';
import { beginProduct, type Product } from '../e2e/product.ts';
import { hallDay, readMeasures } from '../e2e/hall-client.ts';
import { createChance } from './chance.ts';
import { caseOf, eventId, kindOf, SENDER_SOURCE, toWire, type CaseKind } from './kill-events.ts';
import { createSender, type Hall, type SenderLog } from './kill-sender.ts';

export interface KillOptions {
  /** An empty folder for the hall. */
  readonly folder: string;
  readonly cycles: number;
  readonly seed: number;
  readonly senders?: number;
  /** Longest time under load, from the first answer to the kill. */
  readonly mostLoadMs?: number;
  readonly onCycle?: (done: number, acknowledged: number) => void;
}

export interface KillFigures {
  readonly cycles: number;
  /** Kills that fell before the server served. */
  readonly killedWhileStarting: number;
  readonly requests: number;
  /** Requests that were cut off, and sent again later. */
  readonly inDoubt: number;
  readonly acknowledged: number;
  readonly inLedger: number;
  readonly duplicatesAnswered: number;
  /** Acknowledged events that are not in the ledger. */
  readonly lost: number;
  /** Rows beyond one for each event. */
  readonly doubled: number;
  /** Rows that nobody sent, or whose content is not what was sent. */
  readonly foreign: number;
  readonly gaps: number;
  /** Times that a restarted server stood behind a position that it had answered. */
  readonly steppedBack: number;
  /** Answers that were not a 200 for every event sent. */
  readonly badAnswers: readonly string[];
  readonly medianStartupMs: number;
  readonly slowestStartupMs: number;
  readonly measures: CaseCounts;
  readonly expected: CaseCounts;
  readonly seconds: number;
}

export interface CaseCounts {
  readonly accepted: number;
  readonly windowCases: number;
  readonly onlineCases: number;
  readonly finished: number;
  readonly open: number;
}

/** One kill in five falls while the server is starting. */
const STARTING_SHARE = 0.2;

export async function runKillCampaign(options: KillOptions): Promise<KillFigures> {
  const { folder, cycles, seed, senders: senderCount = 4, mostLoadMs = 120 } = options;
  const beganAt = performance.now();
  const startTime = Date.now();
  const chance = createChance(seed);
  const log: SenderLog = {
    acknowledged: new Set(),
    answeredNew: 0,
    answeredDuplicate: 0,
    requests: 0,
    inDoubt: 0,
    highestSeq: 0,
    badAnswers: [],
    onAnswer: () => {},
  };
  const turnstile = createTurnstile();
  const senders = Array.from({ length: senderCount }, (_, i) =>
    createSender({
      hall: turnstile.hall,
      log,
      lane: i,
      lanes: senderCount,
      startTime,
      chance: createChance(seed + i + 1),
    }),
  );
  const running = Promise.all(senders.map((sender) => sender.run()));
  const startups: number[] = [];
  let killedWhileStarting = 0;
  let steppedBack = 0;

  const serve = async (starting: ReturnType<typeof beginProduct>): Promise<Product> => {
    const product = await starting.ready;
    startups.push(product.startupMs);
    const health = (await (await fetch(`${product.url}/healthz`)).json()) as { seq: number };
    if (health.seq < log.highestSeq) steppedBack++;
    return product;
  };
  for (let cycle = 0; cycle < cycles; cycle++) {
    const starting = beginProduct({ folder });
    if (cycle > 0 && chance.next() < STARTING_SHARE) {
      await waitMs(chance.between(0, median(startups)));
      await starting.kill9();
      killedWhileStarting++;
    } else {
      const product = await serve(starting);
      const firstAnswer = nextAnswer(log);
      turnstile.open(product.url);
      // Mostly once answers flow; sometimes before the very first one.
      if (chance.next() < 0.85) await firstAnswer;
      await waitMs(chance.between(0, mostLoadMs));
      await product.kill9();
      turnstile.shut();
    }
    options.onCycle?.(cycle + 1, log.acknowledged.size);
  }

  const last = await serve(beginProduct({ folder }));
  // Whatever is in doubt is sent once more, as every honest sender does.
  for (const sender of senders) sender.finish();
  turnstile.open(last.url);
  await running;
  const measures = await readMeasures(last.url, hallDay(startTime - 2 * 86_400_000), hallDay(Date.now()));
  await last.stop();

  const ledger = readLedger(join(folder, 'ledger.sqlite'), startTime);
  const present = [...log.acknowledged].filter((n) => ledger.present.has(n));
  return {
    cycles,
    killedWhileStarting,
    requests: log.requests,
    inDoubt: log.inDoubt,
    acknowledged: log.acknowledged.size,
    inLedger: ledger.present.size,
    duplicatesAnswered: log.answeredDuplicate,
    lost: log.acknowledged.size - present.length,
    doubled: ledger.doubled,
    foreign: ledger.foreign,
    gaps: ledger.gaps,
    steppedBack,
    badAnswers: log.badAnswers,
    medianStartupMs: Math.round(median(startups)),
    slowestStartupMs: Math.round(Math.max(...startups)),
    measures: pickCounts(measures),
    expected: countCases(ledger.present),
    seconds: Math.round((performance.now() - beganAt) / 100) / 10,
  };
}

/** What stands in the figures that must not. */
export function findFaults(figures: KillFigures): string[] {
  const { lost, doubled, foreign, gaps, steppedBack, badAnswers, inLedger, acknowledged } = figures;
  const faults = Object.entries({ lost, doubled, foreign, gaps, steppedBack })
    .filter(([, n]) => n > 0)
    .map(([name, n]) => `${name}: ${n}`);
  // Everything that was ever sent has been acknowledged in the end.
  if (inLedger !== acknowledged) faults.push(`${inLedger} events in the ledger, ${acknowledged} acknowledged`);
  if (JSON.stringify(figures.measures) !== JSON.stringify(figures.expected))
    faults.push(`measures ${JSON.stringify(figures.measures)}, expected ${JSON.stringify(figures.expected)}`);
  return [...faults, ...badAnswers.slice(0, 5)];
}

interface LedgerFacts {
  readonly present: ReadonlySet<number>;
  readonly doubled: number;
  readonly foreign: number;
  readonly gaps: number;
}

/** Reads the file itself, with no code of the product between. */
function readLedger(file: string, startTime: number): LedgerFacts {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const present = new Set<number>();
    let doubled = 0;
    let foreign = 0;
    let gaps = 0;
    let expectedSeq = 1;
    const rows = db.prepare('SELECT seq, source, id, type, at, data FROM events ORDER BY seq').iterate();
    for (const row of rows as Iterable<Record<string, unknown>>) {
      if (row['seq'] !== expectedSeq) gaps++;
      expectedSeq = Number(row['seq']) + 1;
      if (row['source'] !== SENDER_SOURCE) {
        // The hall itself opens and closes its days.
        if (!String(row['type']).startsWith('hall.day.')) foreign++;
        continue;
      }
      const n = Number(String(row['id']).slice(1));
      const sent = toWire(n, startTime);
      const isSame =
        row['id'] === eventId(n) &&
        row['type'] === sent.type &&
        row['at'] === Date.parse(sent.time!) &&
        JSON.stringify(JSON.parse(String(row['data']))) === JSON.stringify(sent.data);
      if (!isSame) foreign++;
      if (present.has(n)) doubled++;
      present.add(n);
    }
    return { present, doubled, foreign, gaps };
  } finally {
    db.close();
  }
}

/** What the measures must say, from nothing but the numbers of the events that are there. */
function countCases(present: ReadonlySet<number>): CaseCounts {
  const counts = { accepted: 0, windowCases: 0, onlineCases: 0, finished: 0, open: 0 };
  const finishes = new Set<number>();
  const acceptances = new Map<number, CaseKind>();
  for (const n of present) {
    const kind = kindOf(n);
    if (kind === 'finish') finishes.add(caseOf(n));
    else acceptances.set(caseOf(n), kind);
  }
  for (const [one, kind] of acceptances) {
    counts.accepted++;
    if (kind === 'window') counts.windowCases++;
    if (kind === 'online') counts.onlineCases++;
    if (finishes.has(one)) counts.finished++;
    else counts.open++;
  }
  return counts;
}

function pickCounts({ accepted, windowCases, onlineCases, finished, open }: CaseCounts): CaseCounts {
  return { accepted, windowCases, onlineCases, finished, open };
}

/** Lets the senders through while a server is there. */
function createTurnstile(): { hall: Hall; open: (url: string) => void; shut: () => void } {
  let open: (url: string) => void = () => {};
  const shut = (): Promise<string> => new Promise((resolve) => (open = resolve));
  let current = shut();
  return { hall: { address: () => current }, open: (url) => open(url), shut: () => void (current = shut()) };
}

function nextAnswer(log: SenderLog): Promise<void> {
  return new Promise((resolve) => (log.onAnswer = resolve));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function waitMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
