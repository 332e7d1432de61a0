/** The brief on a telephone, from a cold cache with a slowed processor: until its sentence is drawn, and until a press is answered. */
import type { Browser } from 'playwright-core';
import { createZone, dayOf, addDays } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { openBrowser } from '../browser.ts';
import type { BenchContext } from '../context.ts';
import { INGEST_KEY, startProduct, type Product } from '../product.ts';
import { EVENTS_A_VISIT, makeEvents, type History } from '../questions/history.ts';
import { readSeedConfig } from '../seed-config.ts';
import { printLine, writeSpread } from '../stats.ts';
import { openBrief, type Opening } from './open.ts';

const SIZES = {
  full: { days: 365, visitsADay: 56, openings: 10 },
  small: { days: 10, visitsADay: 3, openings: 1 },
} as const;
const BATCH = 500;
const zone = createZone('Asia/Shanghai');

export async function benchBrief(context: BenchContext): Promise<void> {
  const { days, visitsADay } = SIZES[context.size];
  const now = Date.now();
  const history: History = { from: addDays(dayOf(zone, now), 1 - days), days, visitsADay };
  const browser = await openBrowser();
  try {
    const demo = await startProduct(context, 'brief-demo', { HALLPULSE_DEMO: '1' });
    await compare('brief, the demo', browser, context, demo, ['day', 'year']);
    await demo.stop();
    const hall = await startProduct(context, 'brief-year');
    await fill(hall, history, context.root, now);
    const events = (days * visitsADay * EVENTS_A_VISIT).toLocaleString('en-GB');
    await compare(`brief, a hall with ${days} days and ${events} events`, browser, context, hall, ['day', 'year']);
    await hall.stop();
  } finally {
    await browser.close();
  }
}

async function compare(
  title: string,
  browser: Browser,
  { size, rounds }: BenchContext,
  { origin }: Product,
  periods: readonly string[],
): Promise<void> {
  console.log(title);
  for (const period of periods) {
    const seen: Opening[] = [];
    for (let round = 0; round <= rounds; round++)
      for (let i = 0; i < SIZES[size].openings; i++) {
        const opening = await openBrief(browser, `${origin}/brief?period=${period}`);
        if (round > 0) seen.push(opening);
      }
    const print = (what: string, read: (one: Opening) => number) =>
      printLine(`${period}: ${what}`, writeSpread(seen.map(read)));
    print('sentence drawn, ms', (one) => one.saidMs);
    print('pressed at once and answered, ms', (one) => one.answeredMs);
    print('page there, ms', (one) => one.pageMs);
    print('figures asked for, ms', (one) => one.askedMs);
    print('figures there, ms', (one) => one.figuresMs);
    print('its scripts ran for, ms', (one) => one.scriptMs);
    print('styles and places took, ms', (one) => one.layoutMs);
    print('scripts as sent, bytes', (one) => one.scriptBytes);
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
