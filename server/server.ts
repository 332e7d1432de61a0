/** The product as it is started: one hall, served on one port. */
import { join } from 'node:path';
import { createDoors, type Doors, type DoorsOptions } from './access/doors.ts';
import { startHall, type Hall, type HallCore, type HallOptions } from './hall.ts';
import { layPracticeSeed } from './practice.ts';
import { serveHalls } from './serve.ts';
import type { OutsideSettings } from './settings.ts';
import { serveOutside } from './voices/outside.ts';

export interface ServerOptions extends HallOptions, DoorsOptions {
  readonly port: number;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Between two heartbeats of the push; shorter in tests. */
  readonly heartbeatMs?: number;
  /** Where citizens write from outside the hall; without it nowhere. */
  readonly outside?: OutsideSettings;
  /** Where staff may try everything; without it there is no practice hall. */
  readonly practice?: Practice;
}

export interface Practice {
  /** Emptied at each start. */
  readonly folder: string;
  /** Makes a hall's folder of the documents in `seedFolder`. */
  readonly make: (folder: string, seedFolder: string) => Promise<unknown>;
}

export interface RunningServer extends HallCore {
  readonly url: string;
  readonly looks: Hall['looks'];
  readonly setUpCode: Hall['setUpCode'];
  readonly app: Hall['app'];
  /** The port of the listener outside; absent where there is none. */
  readonly outsidePort?: number;
  close(): Promise<void>;
}

/** Starts the hall, then its doors; closes in the other direction: requests, sockets, jobs, board, ledger. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const doors = createDoors(options);
  const others: Hall[] = [];
  const hall = await startHall(options, { doors, isFirst: true, practiceHall: () => others[0]?.id });
  const practice = await startPractice(hall, options, doors);
  if (practice) others.push(practice);
  const closeHalls = async (): Promise<void> => {
    await practice?.close();
    await hall.close();
  };
  const serving = await serveHalls([hall, ...others], { ...options, doors }).catch(async (error: unknown) => {
    await closeHalls();
    throw error;
  });
  const outside =
    hall.outside &&
    options.outside &&
    (await serveOutside(hall.outside, options.outside).catch(async (error: unknown) => {
      await serving.close();
      await closeHalls();
      throw error;
    }));
  return {
    get config() {
      return hall.config;
    },
    zone: hall.zone,
    ledger: hall.ledger,
    board: hall.board,
    record: hall.record,
    voiceForm: hall.voiceForm,
    url: serving.url,
    looks: (count) => hall.looks(count),
    setUpCode: hall.setUpCode,
    app: hall.app,
    ...(outside ? { outsidePort: outside.port } : {}),
    async close() {
      await outside?.close();
      await serving.close();
      await closeHalls();
    },
  };
}

/** A hall is served whether or not there is one to practise in. */
async function startPractice(hall: Hall, options: ServerOptions, doors: Doors): Promise<Hall | undefined> {
  // Nothing there counts, so nothing is frozen.
  const {
    practice,
    ingestKey: _key,
    keysFolder: _keys,
    outside: _outside,
    onLost: _lost,
    prepare: _prepare,
    ...shared
  } = options;
  if (!practice) return undefined;
  try {
    const seedFolder = layPracticeSeed(practice.folder, hall.config);
    const folder = join(practice.folder, 'hall');
    await practice.make(folder, seedFolder);
    // What is made up there is marked as what it is on every screen.
    return await startHall(
      { ...shared, folder, seedFolder, demo: true, practiceOf: options.folder },
      { doors, isFirst: false },
    );
  } catch (error) {
    options.logger.error({ err: error }, 'there is no practice hall');
    return undefined;
  }
}
