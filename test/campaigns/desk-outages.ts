// Nothing typed is lost, on the product itself: clerks of two stations work by keyboard and mouse at `/desk` while its server is
// stopped and killed, connections are cut and something between answers in its place; then the ledger is compared with what they did.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from '../e2e/browser.ts';
import {
  act,
  compare,
  KINDS,
  openDeskPage,
  openServedHall,
  STORE_NAME,
  untilShown,
  type Clerk,
  type Deed,
} from '../e2e/desk-deeds.ts';
import { readStore } from '../e2e/desk-work.ts';
import type { Gateway, GatewayMood } from '../e2e/gateway.ts';
import { createChance } from './chance.ts';

export interface DeskOutages {
  /** For the hall. */
  readonly folder: string;
  readonly steps: number;
  readonly seed: number;
  readonly onStep?: (line: string) => void;
}

export interface OutageFigures {
  /** Entries made; one that was taken back is one more. */
  readonly made: number;
  readonly inLedger: number;
  /** Bodies of entries that the pages sent, repetitions included. */
  readonly posts: number;
  /** How often each trouble came. */
  readonly troubles: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

const CLERKS: readonly Clerk[] = [
  { staff: 'chen', station: 'hall' },
  { staff: 'zhou', station: 'meifeng' },
];
/** Bodies cut before, while and after they are taken, and what gateways say. */
const MOODS: Readonly<Record<string, GatewayMood>> = {
  'cut midway': 'cut-midway',
  'cut before': 'cut-before',
  'cut after': 'cut-after',
  502: { status: 502, body: '<html><h1>502 Bad Gateway</h1></html>' },
  503: { status: 503, retryAfter: '1' },
  'a portal': { status: 200, body: '<html>Please sign in to the network</html>' },
};
/** Between two troubles a clerk works, and as often all is put right as a trouble comes. */
const WORK_SHARE = 0.6;

interface Desk {
  readonly clerk: Clerk;
  readonly page: Page;
}

export async function runDeskOutages({ folder, steps, seed, onStep }: DeskOutages): Promise<OutageFigures> {
  const chance = createChance(seed);
  const pick = <T>(list: readonly T[]): T => list[chance.between(0, list.length - 1)]!;
  const hall = await openServedHall(
    join(folder, 'hall'),
    Object.fromEntries(CLERKS.map(({ staff, station }) => [staff, station])),
  );
  const browser = await openBrowser();
  const deeds: Deed[] = [];
  const counts = new Map<string, number>();
  const note = (name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    onStep?.(name);
  };
  try {
    const gateway = await hall.openGateway();
    const desks: Desk[] = [];
    for (const clerk of CLERKS) {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
      desks.push({ clerk, page: await openDeskPage(context, gateway, clerk.staff) });
    }
    const troubles: readonly (readonly [string, () => Promise<void> | void])[] = [
      ['server stopped', () => hall.end('stop')],
      ['server killed', () => hall.end('kill9')],
      ['line cut', () => void (gateway.isOpen = false)],
      ...Object.entries(MOODS).map(([name, mood]) => [name, () => void (gateway.mood = mood)] as const),
    ];
    for (let step = 0; step < steps; step++) {
      if (chance.next() < WORK_SHARE) {
        const { page, clerk } = pick(desks);
        deeds.push(await act(page, clerk, pick(KINDS)));
      } else if (chance.next() < 0.5) await putRight(gateway, hall.begin);
      else {
        const [name, make] = pick(troubles);
        note(name);
        await make();
      }
    }
    await putRight(gateway, hall.begin);
    for (const { page } of desks) {
      await untilShown(page, 0);
      await page.locator('header').getByText('已连接').waitFor();
    }
    const left = (await Promise.all(desks.map(({ page }) => readStore(page, STORE_NAME)))).flat();
    const entries = hall.readEntries();
    return {
      made: deeds.length,
      inLedger: entries.length,
      posts: gateway.posts,
      troubles: Object.fromEntries(counts),
      faults: [...compare(entries, deeds), ...left.map((row) => `${JSON.stringify(row)} is still kept`)],
    };
  } finally {
    await browser.close();
    await hall.close();
  }
}

async function putRight(gateway: Gateway, begin: () => Promise<void>): Promise<void> {
  gateway.mood = 'well';
  gateway.isOpen = true;
  await begin();
}
