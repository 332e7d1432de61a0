/** Promise 15: a hall's clock is wrong for a while, and put right: no day is counted twice, none is lost, none stays marked as corrected. */
import { join } from 'node:path';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { pino } from 'pino';
import { addDays, createZone, dayOf, momentOf } from '../../domain/calendar/zone.ts';
import type { OverviewData } from '../../domain/board/topics/data.ts';
import { startServer, type RunningServer } from '../../server/server.ts';
import { openSqliteLedger } from '../../server/ledger/sqlite/engine.ts';
import { openReadingLedger } from '../../server/ledger/sqlite/reading-ledger.ts';
import { createRecount } from '../../server/ledger/sqlite/recount.ts';
import { acceptance, postEvents, readBoard, readMeasures, type WireEvent } from '../e2e/hall-client.ts';
import { findRoot, KEY } from '../e2e/product.ts';

const zone = createZone('Asia/Shanghai');
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface ClockScenario {
  /** What the right clock shows when the hall begins. */
  readonly start: string;
  /** By how much the clock is wrong then, ms. */
  readonly jumpMs: number;
  /** The server is started anew after each change of the clock. */
  readonly restart: boolean;
}

export interface ClockFigures {
  readonly scenario: string;
  readonly acknowledged: number;
  /** `hall.day.*` in the ledger. */
  readonly dayEvents: number;
  readonly faults: readonly string[];
}

/** Half past ten, a second to midnight, a second after it, and both sides of a leap day. */
const STARTS = [
  '2026-11-26T10:30:00+08:00',
  '2026-11-26T23:59:59+08:00',
  '2026-11-27T00:00:01+08:00',
  '2028-02-28T23:59:30+08:00',
  '2028-02-29T10:30:00+08:00',
];
const JUMPS = [SECOND_MS, HOUR_MS, DAY_MS, 365 * DAY_MS, 3_652 * DAY_MS];

/** Every jump each way from every start, with and without restarts. */
export function listScenarios(): ClockScenario[] {
  return STARTS.flatMap((start) =>
    JUMPS.flatMap((jump) =>
      [jump, -jump].flatMap((jumpMs) => [true, false].map((restart) => ({ start, jumpMs, restart }))),
    ),
  );
}

export function nameScenario({ start, jumpMs, restart }: ClockScenario): string {
  const sign = jumpMs < 0 ? '−' : '+';
  const ms = Math.abs(jumpMs);
  const size = ms < HOUR_MS ? `${ms / SECOND_MS} s` : ms < DAY_MS ? `${ms / HOUR_MS} h` : `${ms / DAY_MS} d`;
  return `${start.slice(0, 19)}, ${sign}${size}${restart ? ', with restarts' : ''}`;
}

/** The hall under a clock that the campaign holds in its hand. */
class ClockedHall {
  now: number;
  #server: RunningServer | undefined;
  #ids = 0;
  /** What was acknowledged, by the day on which it happened. */
  readonly acknowledged = new Map<string, number>();

  constructor(
    private readonly folder: string,
    start: number,
  ) {
    this.now = start;
  }

  get server(): RunningServer {
    return this.#server!;
  }

  async open(): Promise<void> {
    const clientFolder = join(this.folder, 'client');
    mkdirSync(join(clientFolder, 'wall'), { recursive: true });
    writeFileSync(join(clientFolder, 'wall', 'index.html'), '<html><body></body></html>');
    this.#server = await startServer({
      port: 0,
      folder: join(this.folder, 'hall'),
      seedFolder: join(findRoot(), 'data/halls/meilin'),
      clientFolder,
      build: 'test',
      demo: false,
      openReading: true,
      ingestKey: KEY,
      trustProxy: 0,
      clock: { now: () => this.now, untilMs: (at) => at - this.now },
      logger: pino({ level: 'silent' }),
      dayLookMs: 5,
      openLedger: (place) =>
        openSqliteLedger({
          ...place,
          writerUrl: new URL(`file://${join(findRoot(), 'dist/server/ledger-writer.js')}`),
        }),
    });
  }

  async setClock(to: number, restart: boolean): Promise<void> {
    if (restart) await this.close();
    this.now = to;
    if (restart) await this.open();
    // A look that began before the clock was set may still be under way: the second one saw it.
    await this.server.looks(2);
    await this.server.board.caughtUp();
  }

  /** Sends acceptances of this very moment; keeps count of what was acknowledged. */
  async send(count: number): Promise<void> {
    const events: WireEvent[] = Array.from({ length: count }, () => acceptance(`e${this.#ids++}`, {}, this.now));
    const { status, body } = await postEvents(this.server.url, events);
    if (status !== 200) throw new Error(`the events were answered with ${status}`);
    const day = dayOf(zone, this.now);
    this.acknowledged.set(day, (this.acknowledged.get(day) ?? 0) + body.accepted);
  }

  async close(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }
}

/**
 * Three cases before the clock is wrong, two while it is, two after it is right, and two on the next morning; then every
 * day must hold what was acknowledged for it, the wall today's, and nothing may be called a correction.
 */
export async function runClockScenario(parent: string, scenario: ClockScenario): Promise<ClockFigures> {
  const start = Date.parse(scenario.start);
  const folder = mkdtempSync(join(parent, 'clock-'));
  const hall = new ClockedHall(folder, start);
  const faults: string[] = [];
  const expectWall = async (when: string): Promise<void> => {
    const { day, counts, recent } = (await readBoard(hall.server.url)).data as unknown as OverviewData;
    const today = dayOf(zone, hall.now);
    const accepted = hall.acknowledged.get(today) ?? 0;
    // A day that begins within the hour may be that of a clock which has just been set back: nothing is turned for it.
    if (day.day === addDays(today, 1) && day.startsAt - hall.now <= HOUR_MS) return;
    if (day.day !== today) faults.push(`${when}: the wall shows ${day.day} on ${today}`);
    else if (day.closed) faults.push(`${when}: the wall says that ${today} is closed`);
    else if (counts.accepted !== accepted) faults.push(`${when}: ${counts.accepted} instead of ${accepted} accepted`);
    // What an earlier turn of the day had dropped is there again.
    else if (recent.length !== Math.min(6, accepted)) faults.push(`${when}: ${recent.length} cases are listed`);
    else if (counts.corrected !== 0) faults.push(`${when}: ${counts.corrected} corrections`);
  };
  await hall.open();
  try {
    await hall.send(3);
    await expectWall('before');
    await hall.setClock(start + scenario.jumpMs, scenario.restart);
    await hall.send(2);
    await expectWall('while the clock is wrong');
    await hall.setClock(start + 60 * SECOND_MS, scenario.restart);
    await hall.send(2);
    await expectWall('when it is right again');
    await hall.setClock(momentOf(zone, addDays(dayOf(zone, hall.now), 1), 600), scenario.restart);
    await hall.send(2);
    await expectWall('on the next morning');
    for (const [day, accepted] of hall.acknowledged) {
      const measures = await readMeasures(hall.server.url, day);
      if (measures.accepted !== accepted) faults.push(`${day}: ${measures.accepted} instead of ${accepted} accepted`);
      if (measures.corrected !== 0) faults.push(`${day}: ${measures.corrected} corrections`);
    }
    const { config } = hall.server;
    await hall.close();
    const { dayEvents, differences } = recount(join(folder, 'hall'), config, [...hall.acknowledged.keys()], hall.now);
    faults.push(...differences);
    const acknowledged = [...hall.acknowledged.values()].reduce((sum, n) => sum + n, 0);
    return { scenario: nameScenario(scenario), acknowledged, dayEvents, faults };
  } finally {
    await hall.close();
  }
}

function recount(
  folder: string,
  config: RunningServer['config'],
  days: readonly string[],
  now: number,
): { dayEvents: number; differences: string[] } {
  const ledger = openReadingLedger(folder);
  try {
    const { db } = ledger;
    const { gaps, dayEvents } = db
      .prepare(
        `SELECT max(seq) - count(*) AS gaps, count(*) FILTER (WHERE type LIKE 'hall.day.%') AS dayEvents FROM events`,
      )
      .get() as { gaps: number; dayEvents: number };
    const counted = createRecount(db, { config, zone: zone.name });
    const differences = days.flatMap((day) => {
      const { corrected } = counted.measure({ from: day, to: day, now });
      return corrected === 0 ? [] : [`${day}: the recount says ${corrected} corrections`];
    });
    if (gaps !== 0) differences.push(`${gaps} places of the ledger are empty`);
    return { dayEvents, differences };
  } finally {
    ledger.close();
  }
}
