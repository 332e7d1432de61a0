/** Push to 500 displays, against bare Socket.IO that broadcasts the same deltas. */
import { startChild, type Child } from '../child.ts';
import type { BenchContext } from '../context.ts';
import { printLine, ratios, writeSpread } from '../stats.ts';
import type { Delta } from '../../domain/wire/protocol.ts';

const SIZES = {
  full: { displays: 500, flushes: 20, burst: 20, bursts: 6 },
  small: { displays: 20, flushes: 3, burst: 5, bursts: 2 },
} as const;

interface Side {
  readonly server: Child;
  readonly clients: Child;
  readonly displays: number;
  /** Deltas that its clients must have received by now. */
  expected: number;
}

export async function benchPush(context: BenchContext): Promise<void> {
  const size = SIZES[context.size];
  const { displays } = size;
  const start = (role: string): Side => ({
    server: startChild(context.commandFile, role),
    clients: startChild(context.commandFile, 'push-clients'),
    displays,
    expected: 0,
  });
  const ours = start('push-product');
  const bare = start('push-bare');
  try {
    for (const [side, argument] of [
      [ours, context.root],
      [bare, undefined],
    ] as const) {
      const port = await side.server.ask<number>('listen', argument);
      await side.clients.ask('connect', { port, count: displays });
    }
    const seen = {
      oursRate: [] as number[],
      bareRate: [] as number[],
      oursBurst: [] as number[],
      bareBurst: [] as number[],
      oursLive: [] as number[],
      bareLive: [] as number[],
    };
    let made: { deltas: Delta[]; cpuMs: number } = { deltas: [], cpuMs: 0 };
    for (let round = 0; round <= context.rounds; round++) {
      made = await ours.server.ask('live', {
        flushes: size.flushes,
        tag: `r${round}x`,
      });
      await arrive(ours, made.deltas.length);
      await bare.server.ask('take', made.deltas);
      const bareCpuMs = await bare.server.ask<number>('live');
      await arrive(bare, made.deltas.length);
      const bareBurst = await burst(bare, size);
      const oursBurst = await burst(ours, size);
      // The first round is for warming up.
      if (round === 0) continue;
      const delivered = made.deltas.length * displays;
      seen.oursLive.push((made.cpuMs * 1000) / delivered);
      seen.bareLive.push((bareCpuMs * 1000) / delivered);
      seen.oursRate.push(oursBurst.perSecond);
      seen.bareRate.push(bareBurst.perSecond);
      seen.oursBurst.push(oursBurst.cpuUs);
      seen.bareBurst.push(bareBurst.cpuUs);
    }
    const { length } = made.deltas;
    const characters = made.deltas.reduce((sum, delta) => sum + JSON.stringify(delta).length, 0) / length;
    console.log(
      `push: ${displays} displays, ${length} deltas of ${Math.round(characters)} characters a round, ` +
        `median (least to most) of ${context.rounds} rounds`,
    );
    printLine('bare Socket.IO, flat out, deltas delivered a second', writeSpread(seen.bareRate));
    printLine('Hallpulse, flat out, deltas delivered a second', writeSpread(seen.oursRate));
    printLine('ratio of deliveries, flat out', writeSpread(ratios(seen.oursRate, seen.bareRate), 2));
    printLine(
      'ratio of deliveries for the same CPU time, flat out',
      writeSpread(ratios(seen.bareBurst, seen.oursBurst), 2),
    );
    printLine('bare Socket.IO, ten flushes a second, CPU µs a delivery', writeSpread(seen.bareLive, 2));
    printLine('Hallpulse, folding and deriving too, CPU µs a delivery', writeSpread(seen.oursLive, 2));
    printLine('ratio of deliveries for the same CPU time, live', writeSpread(ratios(seen.bareLive, seen.oursLive), 2));
  } finally {
    await Promise.all([ours, bare].flatMap(({ server, clients }) => [server.stop(), clients.stop()]));
  }
}

/** Waits until every display has so many deltas more. */
async function arrive(side: Side, deltas: number): Promise<void> {
  side.expected += deltas * side.displays;
  await side.clients.ask('waitFor', side.expected);
}

/** Bursts that all displays must have received before the next one leaves: no queue grows, and none is measured. */
async function burst(
  side: Side,
  size: { readonly burst: number; readonly bursts: number },
): Promise<{ perSecond: number; cpuUs: number }> {
  const cpuBefore = await side.server.ask<number>('cpu');
  const startedAt = performance.now();
  for (let i = 0; i < size.bursts; i++) {
    await side.server.ask('burst', { from: i * size.burst, count: size.burst });
    await arrive(side, size.burst);
  }
  const ms = performance.now() - startedAt;
  const delivered = size.bursts * size.burst * side.displays;
  const cpuMs = (await side.server.ask<number>('cpu')) - cpuBefore;
  return { perSecond: (delivered / ms) * 1000, cpuUs: (cpuMs * 1000) / delivered };
}
