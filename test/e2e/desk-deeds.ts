// What clerks do at the desk's own page by typing and clicking, in a hall of the built product, and what its ledger says of it.
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { DESK_SOURCE } from '../../domain/desk/entry.ts';
import { entryOf } from '../../domain/desk/from-events.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { openAccess } from '../../server/access/access.ts';
import { LedgerReader } from '../../server/ledger/sqlite/reader.ts';
import { openForReading } from '../../server/ledger/sqlite/schema.ts';
import { addPeople } from '../server/staffed-hall.ts';
import { SLACK_MS, until } from './desk-work.ts';
import { openGateway, type Gateway } from './gateway.ts';
import { startProduct, type Product } from './product.ts';
import { giveNameAndPassword, PASSWORD } from './staff-pages.ts';

/** Of the hall that the product begins with. */
export const STORE_NAME = 'hallpulse:desk:hall:meilin';

/** The built product with clerks, stopped and started on one port. */
export interface ServedHall {
  /** Where there is no server there is nothing to end. */
  end(how: 'stop' | 'kill9'): Promise<void>;
  begin(): Promise<void>;
  openGateway(): Promise<Gateway>;
  readEntries(): LedgerEntry[];
  close(): Promise<void>;
}

/** @param clerks by staff id, the station of each */
export async function openServedHall(folder: string, clerks: Readonly<Record<string, string>>): Promise<ServedHall> {
  let product: Product | undefined = await startProduct({ folder });
  const { port } = product;
  const access = openAccess(folder, { now: Date.now });
  const assign = ([staff, station]: [string, string]) => [staff, { role: 'clerk', station }] as const;
  await addPeople(access, Object.fromEntries(Object.entries(clerks).map(assign)));
  access.close();
  const gateways: Gateway[] = [];
  const end: ServedHall['end'] = async (how) => {
    await product?.[how]();
    product = undefined;
  };
  return {
    end,
    async begin() {
      product ??= await startProduct({ folder, port });
    },
    async openGateway() {
      const gateway = await openGateway(() => port);
      gateways.push(gateway);
      return gateway;
    },
    readEntries: () => readEntries(join(folder, 'ledger.sqlite')),
    async close() {
      for (const gateway of gateways) await gateway.close();
      await end('stop');
    },
  };
}

export async function openDeskPage(context: BrowserContext, gateway: Gateway, staff: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${gateway.url}/sign-in?next=/desk`);
  await giveNameAndPassword(page, staff, PASSWORD);
  await untilLive(page);
  return page;
}

export async function untilLive(page: Page): Promise<void> {
  await page.waitForURL('**/desk');
  await page.locator('header').getByText('已连接').waitFor();
  // What may be recorded has come.
  await page.getByRole('combobox').fill('mz');
  await page.getByRole('option').first().waitFor();
  await page.getByRole('combobox').fill('');
}

/** The page's own word, and an eye on the number that it shows. */
export async function untilShown(page: Page, unsent: number): Promise<void> {
  await page.locator('header').getByText(`待上传 ${unsent} 条`, { exact: true }).waitFor();
}

export const recentOf = (page: Page): Locator =>
  page.locator('section', { has: page.getByRole('heading', { name: '刚才' }) }).locator('li');

/** From now on what comes into the list is the new one: an entry keeps its place in the page as long as it is there. */
async function markRecent(page: Page): Promise<Locator> {
  await recentOf(page).evaluateAll((lines) => lines.forEach((line) => line.setAttribute('data-seen', '')));
  return recentOf(page).and(page.locator(':not([data-seen])')).first();
}

/** What was done, as whoever did it would tell it. */
export interface Deed {
  readonly staff: string;
  readonly station: string;
  /** Before the last key was pressed, and after; this machine's clock is the server's. */
  readonly from: number;
  readonly until: number;
  readonly events: readonly { readonly type: HallEvent['type']; readonly data: Readonly<Record<string, unknown>> }[];
}

export interface Clerk {
  readonly staff: string;
  readonly station: string;
}

export const KINDS = ['case', 'promise', 'consultation', 'service', 'undo'] as const;
export type Kind = (typeof KINDS)[number];

let papers = 0;

/** One entry by keyboard and mouse; it is in the list of this page when it is done. */
export async function act(page: Page, { staff, station }: Clerk, kind: Kind): Promise<Deed> {
  const press = async (done: () => Promise<void>): Promise<{ from: number; until: number }> => {
    const from = Date.now();
    await done();
    return { from, until: Date.now() };
  };
  const box = page.getByRole('combobox');
  const dialog = page.getByRole('dialog');
  const made = await markRecent(page);
  let events: Deed['events'];
  let span: { from: number; until: number };
  switch (kind) {
    case 'case':
      await box.fill('seyb');
      await page.getByRole('option', { name: /少儿医保/ }).waitFor();
      span = await press(() => box.press('Enter'));
      await until(async () => (await box.inputValue()) === '');
      events = [
        { type: 'hall.case.accepted', data: { item: 'mi-01', handling: 'instant', channel: 'window' } },
        { type: 'hall.case.finished', data: { outcome: 'approved' } },
      ];
      break;
    case 'promise': {
      const paper = `材料第${++papers}份`;
      await box.fill('住院报销');
      await page.getByRole('option', { name: /住院报销/ }).waitFor();
      await page.getByRole('button', { name: '容缺' }).click();
      await page.getByLabel(/缺哪些材料/).fill(paper);
      span = await press(() => box.press('Enter'));
      await until(async () => (await box.inputValue()) === '');
      const data = { item: 'mi-04', handling: 'promised', channel: 'window', deferredDocuments: [paper] };
      events = [{ type: 'hall.case.accepted', data }];
      break;
    }
    case 'consultation':
      await page.keyboard.press('F8');
      await dialog.getByText('电话').click();
      span = await press(() => dialog.getByRole('button', { name: '登记咨询' }).click());
      events = [{ type: 'hall.consultation.given', data: { medium: 'phone', result: 'answered' } }];
      break;
    case 'service':
      await page.keyboard.press('F9');
      span = await press(() => dialog.getByRole('button', { name: '复印' }).click());
      events = [{ type: 'hall.service.given', data: { kind: 'copying' } }];
      break;
    case 'undo': {
      // Something of its own: what is taken back must have one event.
      const done = await act(page, { staff, station }, 'service');
      span = await press(() => made.getByRole('button', { name: /撤销/ }).click());
      await made.getByText('已撤销').waitFor();
      return {
        staff,
        station,
        from: done.from,
        until: span.until,
        events: [...done.events, { type: 'hall.event.voided', data: { source: DESK_SOURCE, undo: true } }],
      };
    }
  }
  await dialog.waitFor({ state: 'detached' });
  await made.waitFor();
  return { staff, station, ...span, events };
}

/** An entry as the ledger has it; what took it back stands beside its own events. */
export interface LedgerEntry {
  readonly id: string;
  readonly actor: string;
  readonly at: readonly number[];
  readonly events: readonly HallEvent[];
}

function readEntries(file: string): LedgerEntry[] {
  const db = openForReading(file);
  try {
    const reader = new LedgerReader(db);
    const [events, actors] = [reader.read(0, 1e6), reader.readActors(0, 1e6)];
    const entries = new Map<string, { actor: string; at: number[]; events: HallEvent[] }>();
    for (const [i, event] of events.entries()) {
      if (event.source !== DESK_SOURCE) continue;
      const id = event.type === 'hall.event.voided' ? entryOf(event.data.id) : entryOf(event.id);
      const actor = `${actors[i]?.kind}:${actors[i]?.id}`;
      const entry = entries.get(id) ?? { actor, at: [], events: [] };
      entries.set(id, entry);
      entry.at.push(event.at);
      entry.events.push(event);
      if (entry.actor !== actor) entry.actor += `, ${actor}`;
    }
    return [...entries].map(([id, entry]) => ({ id, ...entry }));
  } finally {
    db.close();
  }
}

/** How the ledger differs from what was done: nothing where each deed is there, once and as it was done, and no other. */
export function compare(entries: readonly LedgerEntry[], deeds: readonly Deed[]): string[] {
  const rest = [...entries].sort((a, b) => a.at[0]! - b.at[0]!);
  const missing: string[] = [];
  for (const deed of [...deeds].sort((a, b) => a.from - b.from)) {
    const place = rest.findIndex((entry) => isOf(entry, deed));
    if (place >= 0) rest.splice(place, 1);
    else missing.push(`${tell(deed)} is missing`);
  }
  return [...missing, ...rest.map((entry) => `${JSON.stringify(entry)} was never made so`)];
}

function isOf({ id, actor, at, events }: LedgerEntry, deed: Deed): boolean {
  return (
    actor === `staff:${deed.staff}` &&
    id.split('/')[1] === deed.staff &&
    at.every((one) => one >= deed.from - SLACK_MS && one <= deed.until + SLACK_MS) &&
    events.length === deed.events.length &&
    deed.events.every(({ type, data }, i) => {
      const event = events[i]!;
      const own = event.data as Readonly<Record<string, unknown>>;
      // A void and a finish name no station: what they are about does.
      const isThere = i > 0 || (own['station'] === deed.station && own['staff'] === nameOf(type, deed.staff));
      return event.type === type && isThere && Object.entries(data).every(([key, value]) => isSame(own[key], value));
    })
  );
}

/** A service says not who gave it; its actor does. */
function nameOf(type: HallEvent['type'], staff: string): string | undefined {
  return type === 'hall.service.given' ? undefined : staff;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function tell({ staff, station, from, events }: Deed): string {
  return `${staff} at ${station}, ${new Date(from).toISOString()}: ${JSON.stringify(events)}`;
}
