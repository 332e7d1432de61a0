// Nothing typed is lost: a random day at one PC, of two clerks, in tabs that are opened, closed and reloaded, a browser that is
// killed, a store that is full, sessions that end, a server that is gone, answers that are lost, a date that jumps.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openDeskServer, type DeskServer, type Mood } from '../e2e/desk-server.ts';
import {
  findDifferences,
  look,
  openDesk,
  readStore,
  setStoreFull,
  signIn,
  startKillable,
  until,
  waitForDesk,
  write,
  type KillableBrowser,
  type Told,
} from '../e2e/desk-work.ts';
import { createChance, type Chance } from './chance.ts';

export interface DeskCampaign {
  /** For the browser's profile. */
  readonly folder: string;
  readonly steps: number;
  readonly seed: number;
  readonly onStep?: (line: string) => void;
}

export interface DeskFigures {
  /** Entries that were kept, and those that the page said it could not keep. */
  readonly kept: number;
  readonly unkept: number;
  /** Of the latter: those whose tab went before they were sent, which the page had warned of. */
  readonly diedWithTab: number;
  readonly corrected: number;
  /** How often each trouble came. */
  readonly troubles: Readonly<Record<string, number>>;
  /** What the server was sent in all, repetitions included. */
  readonly sent: number;
  readonly faults: readonly string[];
}

const CLERKS = ['s01', 's02'];
const MOODS: readonly Mood[] = ['well', 'cut-before', 'cut-after', { status: 503, retryAfter: '1' }, { status: 502 }];
const STATIONS = ['hall', 'wuhe'];
/** What the server of this campaign does not take. */
const BAD = '坏';

interface Tab {
  readonly page: Page;
  /** Of entries that lie in it alone, as far as is known. */
  unkept: Told[];
}

export async function runDeskCampaign({ folder, steps, seed, onStep }: DeskCampaign): Promise<DeskFigures> {
  const chance = createChance(seed);
  const server = await openDeskServer();
  const day = new DeskDay(chance, server, folder);
  try {
    await day.begin();
    for (let i = 0; i < steps; i++) {
      const name = await day.step();
      if (name !== 'write') onStep?.(`${i} ${name}`);
    }
    return await day.end();
  } finally {
    await day.stop();
  }
}

class DeskDay {
  readonly #chance: Chance;
  readonly #server: DeskServer;
  readonly #folder: string;
  #browser!: KillableBrowser;
  #tabs: Tab[] = [];
  #isServing = true;
  readonly #told = new Map<string, Told>();
  /** What a page said it could not keep, and which may have gone with its tab. */
  readonly #maybe: Told[] = [];
  readonly #troubles = new Map<string, number>();
  #count = 0;
  #unkeptCount = 0;
  #corrected = 0;

  constructor(chance: Chance, server: DeskServer, folder: string) {
    this.#chance = chance;
    this.#server = server;
    this.#folder = folder;
    server.refuse = ({ act }) =>
      act.type === 'consultation' && act.topic?.endsWith(BAD) ? { reason: 'text', field: 'act.topic' } : undefined;
  }

  async begin(): Promise<void> {
    this.#browser = await startKillable(join(this.#folder, 'profile'));
    await this.#openTab();
    await this.#comeIn();
  }

  async stop(): Promise<void> {
    await this.#browser.kill();
    if (this.#isServing) await this.#server.stop();
  }

  async step(): Promise<string> {
    const troubles: Readonly<Record<string, () => Promise<void>>> = {
      reload: () => this.#reload(),
      'another tab': () => (this.#tabs.length < 3 ? this.#openTab() : this.#closeTab()),
      'a tab closed': () => (this.#tabs.length > 1 ? this.#closeTab() : this.#openTab()),
      kill: () => this.#kill(),
      'no server': () => this.#turnServer(false),
      'a server': () => this.#turnServer(true),
      mood: async () => void (this.#server.mood = this.#pick(MOODS)),
      'sessions end': async () => (this.#isServing ? this.#server.endSessions() : undefined),
      'sign in': () => this.#comeIn(),
      leave: () => this.#tab().page.evaluate(() => window.desk.leave()),
      'store full': () => setStoreFull(this.#tab().page, true),
      'store has room': () => setStoreFull(this.#tab().page, false),
      'date jumps': () => this.#jump(),
    };
    // Between two troubles a clerk works.
    const names = Object.keys(troubles);
    const drawn = this.#chance.between(0, names.length * 3);
    const name = names[drawn] ?? 'write';
    if (name === 'write') await this.#write();
    else {
      this.#troubles.set(name, (this.#troubles.get(name) ?? 0) + 1);
      await troubles[name as keyof typeof troubles]!();
    }
    return name;
  }

  /** All is well again, and each clerk signs in once more. */
  async end(): Promise<DeskFigures> {
    await this.#turnServer(true);
    this.#server.mood = 'well';
    for (const tab of this.#tabs) {
      await setStoreFull(tab.page, false);
      await until(async () => (await look(tab.page)).state !== 'not-kept');
      this.#settle(tab);
    }
    for (const staff of CLERKS) {
      const { page } = this.#tab();
      await signIn(page, staff);
      // Until it has read its store a page knows of nothing that waits there.
      const refusedThere = async (): Promise<number> =>
        (await readStore(page)).filter(({ author, state }) => author === staff && state === 'refused').length;
      await until(async () => {
        const { state, refused } = await look(page);
        return state === 'sent' && refused === (await refusedThere());
      });
      for (;;) {
        const [refused] = await page.evaluate(() => window.desk.outbox!.refused);
        if (!refused) break;
        const topic = `改正第${++this.#count}件`;
        const station = refused.entry.station;
        const made = await page.evaluate(
          ([id, where, words]) =>
            window.desk.correct(id!, {
              station: where!,
              act: { type: 'consultation', medium: 'visit', topic: words! },
            }),
          [refused.id, station, topic],
        );
        const old = this.#told.get(refused.id) ?? this.#maybe.find(({ id }) => id === refused.id);
        if (made.type !== 'kept' || !old) throw new Error(`${made.type} in the place of ${refused.id}`);
        this.#told.delete(refused.id);
        this.#told.set(made.entry.id, { ...old, id: made.entry.id, topic });
        this.#corrected++;
        await until(async () => (await look(page)).state === 'sent');
      }
    }
    const { taken } = this.#server;
    const survivors = this.#maybe.filter(({ id }) => taken.has(id) && !this.#told.has(id));
    return {
      kept: this.#count - this.#corrected - this.#unkeptCount,
      unkept: this.#unkeptCount,
      diedWithTab: this.#maybe.filter(({ id }) => !taken.has(id)).length,
      corrected: this.#corrected,
      troubles: Object.fromEntries(this.#troubles),
      sent: this.#server.posts.flat().length,
      faults: findDifferences(this.#server, [...this.#told.values(), ...survivors]),
    };
  }

  async #write(): Promise<void> {
    const tab = this.#tab();
    const station = this.#pick(STATIONS);
    const topic = `第${this.#count + 1}件${this.#chance.next() < 0.15 ? BAD : ''}`;
    const from = this.#server.now();
    const made = await write(tab.page, { type: 'consultation', medium: 'visit', topic }, station);
    if (made.type === 'nobody') return this.#comeIn();
    if (made.type !== 'kept' && made.type !== 'only-in-memory') throw new Error(`${made.type} instead of kept`);
    this.#count++;
    const { id, author } = made.entry;
    const told = { id, author, station, topic, from, until: this.#server.now() };
    if (made.type === 'kept') this.#told.set(id, told);
    else {
      tab.unkept.push(told);
      this.#unkeptCount++;
    }
    if ((await look(tab.page)).state !== 'not-kept') this.#settle(tab);
  }

  /** What lay in the tab alone is in the store or with the server by now. */
  #settle(tab: Tab): void {
    for (const told of tab.unkept) this.#told.set(told.id, told);
    tab.unkept = [];
  }

  #lose(...tabs: Tab[]): void {
    for (const tab of tabs) {
      this.#maybe.push(...tab.unkept);
      tab.unkept = [];
    }
  }

  async #comeIn(): Promise<void> {
    const staff = this.#pick(CLERKS);
    await signIn(this.#tab().page, staff);
  }

  async #openTab(): Promise<void> {
    // Without TLS no page starts while its server is gone.
    await this.#turnServer(true);
    const page = await openDesk(this.#browser.context, this.#server);
    this.#tabs.push({ page, unkept: [] });
  }

  async #closeTab(): Promise<void> {
    const tab = this.#tab();
    this.#tabs = this.#tabs.filter((other) => other !== tab);
    await tab.page.close();
    this.#lose(tab);
  }

  async #reload(): Promise<void> {
    await this.#turnServer(true);
    const tab = this.#tab();
    await tab.page.reload();
    this.#lose(tab);
    await waitForDesk(tab.page);
  }

  async #kill(): Promise<void> {
    await this.#browser.kill();
    this.#lose(...this.#tabs);
    this.#tabs = [];
    this.#browser = await startKillable(join(this.#folder, 'profile'));
    await this.#openTab();
    await this.#comeIn();
  }

  async #turnServer(isServing: boolean): Promise<void> {
    if (isServing === this.#isServing) return;
    this.#isServing = isServing;
    await (isServing ? this.#server.start() : this.#server.stop());
  }

  /** Of a tab's date, in either direction. One that goes ahead while nobody can be asked is put right: it looks like a sleep. */
  async #jump(): Promise<void> {
    const byMs = this.#chance.between(-7_200_000, 7_200_000);
    await this.#tab().page.evaluate(async (jumpMs) => {
      const own = window as unknown as { date?: () => number };
      own.date ??= Date.now.bind(Date);
      const { date } = own;
      const before = Date.now() - date();
      Date.now = () => date() + before + jumpMs;
      await window.desk.refresh();
      if (jumpMs > 0 && window.desk.clock.doubt !== undefined) Date.now = () => date() + before;
    }, byMs);
  }

  #tab(): Tab {
    return this.#pick(this.#tabs);
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#chance.between(0, list.length - 1)]!;
  }
}
