// A hall in this process that stands at a moment of its own, on the built pages: what it holds was told to it over HTTP.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Noticeboard } from '../../domain/profile/noticeboard.ts';
import type { Catalogue, Profile } from '../../domain/profile/profile.ts';
import { readBuild } from '../../commands/prepare.mjs';
import { createDemoClock } from '../../server/demo/clock.ts';
import { startServer, type RunningServer } from '../../server/server.ts';
import { copyDemoSeed } from '../demo-seed.ts';
import { openInProcessLedger } from '../property/in-process-ledger.ts';
import { postEvents, type WireEvent } from './hall-client.ts';
import { findRoot, KEY } from './product.ts';

export interface Documents {
  profile: Profile;
  catalogue: Catalogue;
  noticeboard: Noticeboard;
}

export interface ToldHall {
  readonly url: string;
  /** Ends the server alone; its pages stay open and lose it. */
  leave(): Promise<void>;
  /** The same ledger at another moment and the same address, told what happened meanwhile. */
  goTo(moment: string, story?: readonly WireEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** Between two looks for alarms: while a story is told, and while it is looked at, which may last minutes. */
const LOOK_MS = { told: 20, seen: 1_000 };
const BATCH = 5_000;

/** @param moment where the hall's clock starts, RFC 3339; it runs as fast as any */
export async function openToldHall(
  moment: string,
  story: readonly WireEvent[] = [],
  edit: (documents: Documents) => void = () => {},
): Promise<ToldHall> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-told-'));
  const seedFolder = join(folder, 'seed');
  copyDemoSeed(seedFolder);
  editDocuments(seedFolder, edit);
  mkdirSync(join(folder, 'hall'));
  let looks = 0;
  let isTelling = true;
  const open = (at: string, port: number): Promise<RunningServer> => {
    isTelling = true;
    const clock = createDemoClock({ startAt: Date.parse(at), speed: 1, realNow: () => performance.now() });
    return startServer({
      port,
      folder: join(folder, 'hall'),
      seedFolder,
      clientFolder: join(findRoot(), 'dist/client'),
      build: String(readBuild()),
      demo: false,
      openReading: true,
      ingestKey: KEY,
      trustProxy: 0,
      clock: { now: () => (looks++, clock.now()), untilMs: clock.untilMs },
      logger: pino({ level: 'silent' }),
      alarmLookMs: () => (isTelling ? LOOK_MS.told : LOOK_MS.seen),
      openLedger: ({ folder: place, hall, zone }) =>
        Promise.resolve(openInProcessLedger(zone.name, join(place, 'told.sqlite'), hall)),
    });
  };
  let server = await open(moment, 0);
  let isOpen = true;
  const leave = async () => {
    if (isOpen) await server.close();
    isOpen = false;
  };
  const port = Number(new URL(server.url).port);
  const tell = async (events: readonly WireEvent[]) => {
    for (let i = 0; i < events.length; i += BATCH) {
      const batch = events.slice(i, i + BATCH);
      const { status, body } = await postEvents(server.url, batch);
      if (body.accepted !== batch.length) throw new Error(`the story was refused: ${status} ${JSON.stringify(body)}`);
    }
    await server.board.caughtUp();
    // A job asks for the time once a look, and looks again only when it is done.
    const before = looks;
    while (looks < before + 4) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.board.caughtUp();
    isTelling = false;
  };
  await tell(story);
  return {
    url: server.url,
    leave,
    async goTo(next, meanwhile = []) {
      await leave();
      server = await open(next, port);
      isOpen = true;
      await tell(meanwhile);
    },
    async close() {
      await leave();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function editDocuments(folder: string, edit: (documents: Documents) => void): void {
  const fileOf = (name: string) => join(folder, `${name}.json`);
  const names = ['profile', 'catalogue', 'noticeboard'] as const;
  const read = (name: string): unknown => JSON.parse(readFileSync(fileOf(name), 'utf8'));
  const documents = Object.fromEntries(names.map((name) => [name, read(name)])) as unknown as Documents;
  edit(documents);
  for (const name of names) writeFileSync(fileOf(name), JSON.stringify(documents[name]));
}
