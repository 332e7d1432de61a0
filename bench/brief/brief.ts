/** The brief on a telephone, from a cold cache with a slowed processor: until its sentence is drawn, and until a press is answered. */
import type { Browser } from 'playwright-core';
import { createZone, dayOf, addDays } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { openBrowser } from '../browser.ts';
import type { BenchContext } from '../context.ts';
import { INGEST_KEY, startProduct, type Product } from '../product.ts';
import { EVENTS_A_VISIT, makeEvents, type History } from '../questions/history.ts';
import { readSeedConfig } from '../seed-config.ts';
import { printLine, ratios, writeSpread } from '../stats.ts';
import { startBarePage, type BarePage } from './bare.ts';
import { openOnTelephone, type Opening } from './open.ts';

const SIZES = {
  full: { days: 365, visitsADay: 56, openings: 6 },
  small: { days: 10, visitsADay: 3, openings: 1 },
} as const;
const PERIODS = ['day', 'year'] as const;
const BATCH = 500;
const zone = createZone('Asia/Shanghai');

export async function benchBrief(context: BenchContext): Promise<void> {
  const { days, visitsADay } = SIZES[context.size];
  const now = Date.now();
  const history: History = { from: addDays(dayOf(zone, now), 1 - days), days, visitsADay };
  const [browser, bare] = await Promise.all([openBrowser(), startBarePage()]);
  try {
    const demo = await startProduct(context, 'brief-demo', { HALLPULSE_DEMO: '1' });
    await compare('brief, the demo', browser, context, demo, bare);
    await demo.stop();
    const hall = await startProduct(context, 'brief-year');
    await fill(hall, history, context.root, now);
    const events = (days * visitsADay * EVENTS_A_VISIT).toLocaleString('en-GB');
    await compare(`brief, a hall with ${days} days and ${events} events`, browser, context, hall, bare);
    await hall.stop();
  } finally {
    await Promise.all([browser.close(), bare.stop()]);
  }
}

async function compare(
  title: string,
  browser: Browser,
  { size, rounds }: BenchContext,
  { origin }: Product,
  bare: BarePage,
): Promise<void> {
  console.log(`${title}: milliseconds from the navigation, processor slowed four times`);
  const bares: Opening[] = [];
  const seen = PERIODS.map((period) => ({ period, openings: [] as Opening[] }));
  for (let i = 0; i < rounds * SIZES[size].openings + 1; i++) {
    const ofBare = await openOnTelephone(browser, bare.url);
    // The first round is for warming up.
    if (i > 0) bares.push(ofBare);
    for (const { period, openings } of seen) {
      const ours = await openOnTelephone(browser, `${origin}/brief?period=${period}`);
      if (i > 0) openings.push(ours);
    }
  }
  const print = (what: string, of: readonly Opening[], read: (one: Opening) => number) =>
    printLine(what, writeSpread(of.map(read)));
  print('a bare page, sentence drawn', bares, (one) => one.saidMs);
  print('a bare page, pressed and answered', bares, (one) => one.answeredMs);
  for (const { period, openings } of seen) {
    print(`${period}, sentence drawn`, openings, (one) => one.saidMs);
    print(`${period}, pressed at once and answered`, openings, (one) => one.answeredMs);
    printLine(
      `ratio, ${period} answered / bare page answered`,
      writeSpread(
        ratios(
          openings.map((one) => one.answeredMs),
          bares.map((one) => one.answeredMs),
        ),
        1,
      ),
    );
    print(`${period}, page there`, openings, (one) => one.pageMs);
    print(`${period}, figures there`, openings, (one) => one.figuresMs);
    print(`${period}, scripts ran for`, openings, (one) => one.scriptMs);
    print(`${period}, styles and places took`, openings, (one) => one.layoutMs);
    print(`${period}, scripts as sent, bytes`, openings, (one) => one.scriptBytes);
  }
}

/** All that has happened by now; what is yet to come stays open. */
async function fill({ origin, folded }: Product, history: History, root: string, now: number): Promise<void> {
  let seq = 0;
  let batch: object[] = [];
  const post = async (): Promise<void> => {
    const answer = await fetch(`${origin}/api/events`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${INGEST_KEY}`, 'Content-Type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(batch),
    });
    if (!answer.ok) throw new Error(`not taken: ${answer.status} ${await answer.text()}`);
    seq += batch.length;
    batch = [];
  };
  for (const events of makeEvents(history, readSeedConfig(root), zone))
    for (const event of events) {
      if (event.source !== 'bench' || event.at > now) continue;
      batch.push(toCloudEvent(event));
      if (batch.length === BATCH) await post();
    }
  if (batch.length > 0) await post();
  await folded(seq);
}

function toCloudEvent({ at, source, id, type, data }: HallEvent): object {
  const time = new Date(at).toISOString();
  return { specversion: '1.0', source, id, type, time, datacontenttype: 'application/json', data };
}
