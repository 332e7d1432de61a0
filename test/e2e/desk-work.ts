// What a clerk does on a page with a desk, and the count of it: every entry made is with the server once, as it was made.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Recorded } from '../../client/desk/desk.svelte.ts';
import type { Act, Entry } from '../../domain/desk/entry.ts';
import { describeBrowser } from './browser.ts';
import { PASSWORD, type DeskServer } from './desk-server.ts';

/** One that was made, as whoever made it would tell it. */
export interface Told {
  readonly id: string;
  readonly author: string;
  readonly station: string;
  readonly topic: string;
  /** The hall's clock when it was asked for, and when that was done, epoch ms. */
  readonly from: number;
  readonly until: number;
}

export async function openDesk(context: BrowserContext, server: DeskServer): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.origin);
  await waitForDesk(page);
  return page;
}

export async function waitForDesk(page: Page): Promise<void> {
  await page.waitForFunction(() => window.ready && window.desk.session.state !== 'unknown');
}

export function signIn(page: Page, staff: string): Promise<unknown> {
  return page.evaluate(([who, password]) => window.desk.signIn(who!, password!), [staff, PASSWORD]);
}

export function write(page: Page, act: Act, station = 'hall'): Promise<Recorded> {
  return page.evaluate(([what, where]) => window.desk.record({ station: where, act: what }), [act, station] as const);
}

let topics = 0;

/** A consultation of a topic of its own; what came of keeping it must be `kind`. */
export async function record(
  page: Page,
  server: DeskServer,
  more: { kind?: Put; station?: string } = {},
): Promise<Told> {
  const { kind = 'kept', station = 'hall' } = more;
  const topic = `咨询第${++topics}件`;
  const from = server.now();
  const made = await write(page, { type: 'consultation', medium: 'visit', topic }, station);
  if (made.type !== kind) throw new Error(`${JSON.stringify(made)} instead of ${kind}`);
  const { id, author } = (made as { entry: Entry }).entry;
  return { id, author, station, topic, from, until: server.now() };
}
type Put = 'kept' | 'only-in-memory';

export interface Sight {
  readonly unsent: number;
  readonly refused: number;
  readonly state: string;
}

/** What the page shows of whoever is signed in. */
export function look(page: Page): Promise<Sight> {
  return page.evaluate(() => {
    const { unsent = [], refused = [], state = 'none' } = window.desk.outbox ?? {};
    return { unsent: unsent.length, refused: refused.length, state };
  });
}

/** What stands in the browser's store, whoever made it. */
export function readStore(page: Page, name = 'hallpulse:desk:hall:h1'): Promise<{ author: string; state: string }[]> {
  return page.evaluate(
    (database) =>
      new Promise((resolve, reject) => {
        const asked = indexedDB.open(database);
        let isGone = false;
        // A store that was taken away is not made by whoever looks for it: the page makes it anew, with all that is in it.
        asked.onupgradeneeded = () => {
          isGone = true;
          asked.transaction!.abort();
        };
        asked.onerror = () => {
          if (isGone) resolve([]);
          else reject(asked.error!);
        };
        asked.onsuccess = () => {
          const rows = asked.result.transaction('entries').objectStore('entries').getAll();
          rows.onsuccess = () => {
            asked.result.close();
            resolve(rows.result as { author: string; state: string }[]);
          };
        };
      }),
    name,
  );
}

/** Gives the cases that wait in a desk’s store another missing paper, as a release whose check was another might have. */
export function setPaper(page: Page, paper: string, name: string): Promise<void> {
  return page.evaluate(
    ([text, database]) =>
      new Promise<void>((resolve, reject) => {
        const asked = indexedDB.open(database);
        asked.onerror = () => reject(asked.error!);
        asked.onsuccess = () => {
          const writing = asked.result.transaction('entries', 'readwrite');
          const walk = writing.objectStore('entries').openCursor();
          walk.onsuccess = () => {
            const row = walk.result;
            if (!row) return;
            const { entry } = row.value as { entry: { act: { type: string; deferredDocuments?: string[] } } };
            if (entry.act.type === 'case') {
              entry.act.deferredDocuments = [text];
              row.update({ ...(row.value as object), entry });
            }
            row.continue();
          };
          writing.oncomplete = () => {
            asked.result.close();
            resolve();
          };
        };
      }),
    [paper, name] as const,
  );
}

/** What a browser does whose disk is full, until it has room again; one whose room is overridden by its tools writes on. */
export function setStoreFull(page: Page, isFull: boolean): Promise<void> {
  return page.evaluate((full) => {
    const own = window as unknown as { put?: typeof IDBObjectStore.prototype.put };
    own.put ??= IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = full
      ? () => {
          throw new DOMException('No room.', 'QuotaExceededError');
        }
      : own.put;
  }, isFull);
}

/** The clock of a machine and the answer of a server are told apart by no more. */
export const SLACK_MS = 1_000;

/** How what the server took differs from what was made: nothing where each is there, once and as it was made, and no other. */
export function findDifferences(server: DeskServer, told: readonly Told[]): string[] {
  const rest = new Map(server.taken);
  const differences = told.flatMap(({ id, author, station, topic, from, until }) => {
    const entry = rest.get(id);
    rest.delete(id);
    if (!entry) return [`${id} (${topic}) is missing`];
    const at = Date.parse(entry.at);
    return [
      ...(entry.author === author && id.includes(`/${author}/`)
        ? []
        : [`${id}: of ${entry.author}, made by ${author}`]),
      ...(entry.station === station ? [] : [`${id}: at ${entry.station}, made at ${station}`]),
      ...(entry.act.type === 'consultation' && entry.act.topic === topic
        ? []
        : [`${id}: ${JSON.stringify(entry.act)}`]),
      ...(at >= from - SLACK_MS && at <= until + SLACK_MS
        ? []
        : [`${id}: at ${entry.at}, made ${new Date(from).toISOString()}`]),
    ];
  });
  return [...differences, ...[...rest.keys()].map((id) => `${id} was never made`)];
}

/** Waits for what must come; the test's own limit ends a vain wait. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await wait(20);
}

export function untilTaken(server: DeskServer, told: readonly Told[]): Promise<void> {
  return until(() => told.every(({ id }) => server.taken.has(id)));
}

/** Every page's own word that nothing of its author waits. */
export async function untilSent(...pages: Page[]): Promise<void> {
  for (const page of pages) await until(async () => (await look(page)).state === 'sent');
}

/** A browser with its folder, which can be killed and started again. */
export interface KillableBrowser {
  readonly context: BrowserContext;
  /** As by a power cut of the program: nothing of it may still tidy up. Once it is dead nothing happens any more. */
  kill(): Promise<void>;
}

export async function startKillable(folder: string): Promise<KillableBrowser> {
  const { executablePath, args } = describeBrowser();
  const portFile = join(folder, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const own = ['--headless=new', '--remote-debugging-port=0', '--no-first-run', `--user-data-dir=${folder}`];
  const ofHall = ['--accept-lang=zh-CN', '--window-size=1366,768'];
  const child: ChildProcess = spawn(executablePath, [...args, ...own, ...ofHall, 'about:blank'], {
    stdio: 'ignore',
    detached: true,
  });
  const exited = once(child, 'exit');
  await until(() => existsSync(portFile) && readFileSync(portFile, 'utf8').includes('\n'));
  const [port] = readFileSync(portFile, 'utf8').split('\n');
  const browser: Browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  return {
    context: browser.contexts()[0]!,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // Its own group of processes, and nobody else's.
      process.kill(-child.pid!, 'SIGKILL');
      await exited;
      await browser.close();
    },
  };
}
