// A process that is killed while citizens write: whoever was given a receipt is heard, and no words lie about without their event.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CODE_SIGNS } from '../../../domain/voices/events.ts';
import { openAccess } from '../../../server/access/access.ts';
import { openVoiceStore } from '../../../server/voices/store.ts';
import { startProduct, type Product } from '../../e2e/product.ts';
import { openInProcessLedger } from '../../property/in-process-ledger.ts';

const ROUNDS = 6;
const WRITERS = 4;
/** The longest that a round writes before it is killed, ms. */
const LONGEST_MS = 250;
let folder: string;
let secrets: string[];
let product: Product | undefined;
beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'hallpulse-voices-')), 'hall');
  mkdirSync(folder);
  // It makes its own folder, and an access file alone would be a part of a lost hall.
  await (await startProduct({ folder })).stop();
  const access = openAccess(folder, { now: Date.now });
  secrets = Array.from(
    { length: WRITERS },
    () => access.displayTokens.add({ hall: 'meilin', audience: { say: 'hall' }, label: 'tablet' }).secret,
  );
  access.close();
});
afterAll(async () => {
  await product?.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

/** A small generator: the moments of the kills are the same each time, what they meet is not. */
let state = 20_191_125;
const chance = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;

let said = 0;
function draw(): { code: string; text: string } {
  let n = ++said;
  let code = '';
  while (code.length < 10) [code, n] = [code + CODE_SIGNS[n % 32]!, Math.floor(n / 32)];
  return { code, text: `第${said}句：等候区的灯` };
}

async function openTablet({ url }: Product, secret: string): Promise<string> {
  const answer = await fetch(`${url}/say?token=${secret}`, { redirect: 'manual' });
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}

/** Writes one after another until the process is gone; tells what was answered. */
async function write({ url }: Product, Cookie: string, onReceipt: (one: ReturnType<typeof draw>) => void) {
  for (;;) {
    const one = draw();
    const kind = ['suggestion', 'cannot-be-done', 'complaint'][said % 3];
    const status = await fetch(`${url}/api/say`, {
      method: 'POST',
      headers: { Cookie, Origin: url, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...one, kind }),
    }).then(
      (answer) => answer.status,
      () => undefined,
    );
    // The tablet's own limit (429) ends a round as well.
    if (status !== 200) return status;
    onReceipt(one);
  }
}

test('every receipt that was answered is found, with its words, whenever the process was killed', async () => {
  const receipts: ReturnType<typeof draw>[] = [];
  let cut = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const running = (product = await startProduct({ folder }));
    const cookies = await Promise.all(secrets.map((secret) => openTablet(running, secret)));
    let first: () => void;
    const begun = new Promise<void>((resolve) => (first = resolve));
    const writers = cookies.map((cookie) =>
      write(running, cookie, (one) => {
        receipts.push(one);
        first();
      }),
    );
    await begun;
    await new Promise((resolve) => setTimeout(resolve, chance() * LONGEST_MS));
    await running.kill9();
    cut += (await Promise.all(writers)).filter((status) => status === undefined).length;
  }
  expect(receipts.length).toBeGreaterThan(ROUNDS);
  // Some were on their way when it died.
  expect(cut).toBeGreaterThan(0);

  product = await startProduct({ folder });
  for (const { code } of receipts) {
    const answer = await fetch(`${product.url}/api/say/look`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: product.url },
      body: JSON.stringify({ code }),
    });
    expect([code, answer.status]).toEqual([code, 200]);
    expect(await answer.json()).toMatchObject({ state: 'waiting' });
  }
  expect(await product.stop()).toBe(0);
  product = undefined;

  const store = openVoiceStore(folder);
  const waiting = store.list();
  store.close();
  const ledger = openInProcessLedger('Asia/Shanghai', join(folder, 'ledger.sqlite'), 'meilin');
  try {
    const events = (await ledger.read(0, 100_000)).filter(({ type }) =>
      /^hall\.(suggestion|request|complaint)\.received$/.test(type),
    );
    const ids = events.map(({ data }) => {
      const { suggestion, request, complaint } = data as Record<string, string>;
      return suggestion ?? request ?? complaint;
    });
    // No words without their event, no event without its words, and each once.
    expect(ids.sort()).toEqual(waiting.map(({ id }) => id).sort());
    expect(new Set(ids).size).toBe(ids.length);
    const words = new Set(waiting.map((one) => one.words));
    expect(receipts.filter(({ text }) => !words.has(text))).toEqual([]);
  } finally {
    await ledger.close();
  }
});
