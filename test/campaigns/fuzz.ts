/** Promise 17: whatever is posted, the hall stands: bodies with poisons through open walls, kills between them, and an audit at the end. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { TOPICS } from '../../domain/board/topics/data.ts';
import { digestData } from '../../domain/wire/digest.ts';
import { findRoot, keysOf, startProduct, type Product } from '../e2e/product.ts';
import { postEvents } from '../e2e/hall-client.ts';
import { openLiveClient, type LiveClient } from '../server/live/live-client.ts';
import { createChance } from './chance.ts';
import { createPoison, drawFrom, writeBody } from './poison.ts';

export interface FuzzOptions {
  readonly folder: string;
  /** Bodies in all; each holds one to twenty events. */
  readonly bodies: number;
  /** A SIGKILL after so many bodies. */
  readonly killEvery: number;
  readonly seed: number;
  readonly onStep?: (line: string) => void;
}

export interface FuzzFigures {
  readonly bodies: number;
  readonly events: number;
  readonly accepted: number;
  readonly kills: number;
  /** By status. */
  readonly answers: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

const BODIES_AT_ONCE = 8;

export async function runFuzzCampaign(options: FuzzOptions): Promise<FuzzFigures> {
  const { folder, bodies, killEvery, seed, onStep = () => undefined } = options;
  const chance = drawFrom(createChance(seed));
  const answers: Record<string, number> = {};
  const faults: string[] = [];
  let [sent, events, accepted, kills] = [0, 0, 0, 0];
  let product = await startProduct({ folder });
  let walls = await openWalls(product);

  const post = async (): Promise<void> => {
    const batch = Array.from({ length: 1 + chance.below(20) }, (_, i) =>
      createPoison(chance, `n${sent}-${i}`, Date.now()),
    );
    sent++;
    events += batch.length;
    const { status, body } = await postEvents(product.url, writeBody(batch));
    answers[status] = (answers[status] ?? 0) + 1;
    accepted += body.accepted ?? 0;
    if (status >= 500) faults.push(`body ${sent} was answered with ${status}`);
  };
  while (sent < bodies) {
    const until = Math.min(bodies, sent + killEvery);
    while (sent < until) await Promise.all(Array.from({ length: Math.min(BODIES_AT_ONCE, until - sent) }, post));
    faults.push(...(await look(product, walls)));
    onStep(`${sent} bodies, ${accepted} of ${events} events accepted, ${faults.length} faults`);
    if (sent >= bodies || faults.length > 20) break;
    for (const wall of walls) wall.close();
    await product.kill9();
    kills++;
    product = await startProduct({ folder });
    walls = await openWalls(product);
    faults.push(...(await look(product, walls)));
  }
  for (const wall of walls) wall.close();
  const code = await product.stop();
  if (code !== 0) faults.push(`the server ended with ${code}`);
  const { said, status } = await audit(folder);
  if (status !== 0) faults.push(`the audit ended with ${status}: ${said.slice(-600)}`);
  return { bodies: sent, events, accepted, kills, answers, faults };
}

function openWalls(product: Product): Promise<LiveClient[]> {
  return Promise.all(
    TOPICS.map(async (topic) => {
      const wall = await openLiveClient(product.url);
      const answer = await wall.subscribe({ topic });
      if (!answer.ok) throw new Error(`${topic} cannot be subscribed to: ${answer.error}`);
      return wall;
    }),
  );
}

/** Every topic answers, every wall is still connected, health is good, and a fresh copy has the digest that it says. */
async function look(product: Product, walls: readonly LiveClient[]): Promise<string[]> {
  const faults: string[] = [];
  const health = await fetch(`${product.url}/healthz`);
  const { uncounted, ...rest } = (await health.json()) as { uncounted?: unknown };
  if (health.status !== 200) faults.push(`health says ${health.status}: ${JSON.stringify(rest)}`);
  if (uncounted) faults.push(`the door let in what cannot be counted: ${JSON.stringify(uncounted)}`);
  for (const [i, topic] of TOPICS.entries()) {
    const response = await fetch(`${product.url}/api/board?topic=${topic}`);
    if (response.status !== 200) faults.push(`${topic} answers ${response.status}`);
    else {
      const { data } = (await response.json()) as { data: unknown };
      if (!/^[0-9a-f]{8}$/.test(digestData(data))) faults.push(`${topic} has no digest`);
    }
    if (!walls[i]!.socket.connected) faults.push(`the wall of ${topic} was cut`);
  }
  return faults;
}

function audit(folder: string): Promise<{ said: string; status: number }> {
  const command = join(findRoot(), 'dist/server/commands/audit.js');
  const env = { ...process.env, HALLPULSE_DATA: folder, HALLPULSE_KEYS: keysOf(folder) };
  return new Promise((resolve) => {
    execFile(process.execPath, [command], { env, maxBuffer: 1e8 }, (error, out, err) =>
      resolve({ said: out + err, status: error === null ? 0 : Number(error.code) }),
    );
  });
}
