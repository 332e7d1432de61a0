/** Durable HTTP ingest against the bare SQLite driver, and against an Express route that keeps nothing. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '../child.ts';
import type { BenchContext } from '../context.ts';
import { startProduct } from '../product.ts';
import { printLine, ratios, writeSpread } from '../stats.ts';
import type { LoadResult } from './load.ts';

const BATCH = 100;
const BATCH_CONNECTIONS = 4;
const SINGLE_CONNECTIONS = 64;
const SIZES = {
  full: { batchEvents: 30_000, singleEvents: 6_000 },
  small: { batchEvents: 1_200, singleEvents: 240 },
} as const;

export async function benchIngest(context: BenchContext): Promise<void> {
  const { batchEvents, singleEvents } = SIZES[context.size];
  const bareFolder = join(context.folder, 'bare');
  mkdirSync(bareFolder);
  const bare = startChild(context.commandFile, 'bare-driver');
  const peer = startChild(context.commandFile, 'express-peer');
  const load = startChild(context.commandFile, 'load');
  const product = await startProduct(context, 'product');
  try {
    await bare.ask('open', bareFolder);
    const peerPort = await peer.ask<number>('listen');
    const seen = {
      bare: [] as number[],
      peerBatches: [] as number[],
      batches: [] as number[],
      folded: [] as number[],
      peerSingles: [] as number[],
      singles: [] as number[],
    };
    let refused = 0;
    const drive = async (port: number, tag: string, events: number, batch: number, connections: number) => {
      await load.ask('prepare', { tag, events, batch });
      const startedAt = performance.now();
      const result = await load.ask<LoadResult>('run', { port, connections });
      if (result.accepted !== events) throw new Error(`${result.accepted} of ${events} events were accepted`);
      refused += result.refused;
      if (port === product.port) await product.folded(result.lastSeq);
      return {
        perSecond: (events / result.ms) * 1000,
        foldedPerSecond: (events / (performance.now() - startedAt)) * 1000,
      };
    };

    for (let round = 0; round <= context.rounds; round++) {
      await bare.ask('prepare', { tag: `b${round}x`, events: batchEvents });
      const bareMs = await bare.ask<number>('run', BATCH);
      const peerBatches = await drive(peerPort, `e${round}x`, batchEvents, BATCH, BATCH_CONNECTIONS);
      const batches = await drive(product.port, `p${round}x`, batchEvents, BATCH, BATCH_CONNECTIONS);
      const peerSingles = await drive(peerPort, `f${round}x`, singleEvents, 1, SINGLE_CONNECTIONS);
      const singles = await drive(product.port, `s${round}x`, singleEvents, 1, SINGLE_CONNECTIONS);
      // The first round is for warming up.
      if (round === 0) continue;
      seen.bare.push((batchEvents / bareMs) * 1000);
      seen.peerBatches.push(peerBatches.perSecond);
      seen.batches.push(batches.perSecond);
      seen.folded.push(batches.foldedPerSecond);
      seen.peerSingles.push(peerSingles.perSecond);
      seen.singles.push(singles.perSecond);
    }

    console.log(
      `ingest: ${batchEvents} events in batches of ${BATCH}, ${singleEvents} one by one; ` +
        `events a second, median (least to most) of ${context.rounds} rounds`,
    );
    printLine(`bare driver, a commit each ${BATCH} rows`, writeSpread(seen.bare));
    printLine(`Express that keeps nothing, batches of ${BATCH}`, writeSpread(seen.peerBatches));
    printLine(`Hallpulse, batches of ${BATCH}, answered after fsync`, writeSpread(seen.batches));
    printLine('Hallpulse, the same until the board has folded them', writeSpread(seen.folded));
    printLine(`Express, single events, ${SINGLE_CONNECTIONS} connections`, writeSpread(seen.peerSingles));
    printLine(`Hallpulse, single events, ${SINGLE_CONNECTIONS} connections`, writeSpread(seen.singles));
    if (refused > 0) printLine('answers of 429, each sent again', String(refused));
    printLine('ratio batches / bare driver', writeSpread(ratios(seen.batches, seen.bare), 2));
    printLine('ratio batches until folded / bare driver', writeSpread(ratios(seen.folded, seen.bare), 2));
    printLine('ratio batches / Express', writeSpread(ratios(seen.batches, seen.peerBatches), 2));
    printLine('ratio single events / bare driver', writeSpread(ratios(seen.singles, seen.bare), 2));
    printLine('ratio single events / Express', writeSpread(ratios(seen.singles, seen.peerSingles), 2));
  } finally {
    await Promise.all([product.stop(), bare.stop(), peer.stop(), load.stop()]);
  }
}
