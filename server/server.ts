/** The product as it is started: one hall, served on one port. */
import { join } from 'node:path';
import { createDoors, type Doors, type DoorsOptions } from './access/doors.ts';
import { startHall, type Hall, type HallCore, type HallOptions } from './hall.ts';
import { layPracticeSeed } from './practice.ts';
import { serveHalls } from './serve.ts';

export interface ServerOptions extends HallOptions, DoorsOptions {
  readonly port: number;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Between two heartbeats of the push; shorter in tests. */
  readonly heartbeatMs?: number;
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
  close(): Promise<void>;
}

/** Starts the hall, then its doors; closes in the other direction: requests, sockets, jobs, board, ledger. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const doors = createDoors(options);
  const others: Hall[] = [];
  const hall = await startHall(options, { doors, isFirst: true, practiceHall: () => others[0]?.id });
  const practice = await startPractice(hall, options, doors);
  if (practice) others.push(practice);
  const serving = await serveHalls([hall, ...others], { ...options, doors }).catch(async (error: unknown) => {
    await practice?.close();
    await hall.close();
    throw error;
  });
  return {
    get config() {
      return hall.config;
    },
    zone: hall.zone,
    ledger: hall.ledger,
    board: hall.board,
    record: hall.record,
    url: serving.url,
    looks: (count) => hall.looks(count),
    setUpCode: hall.setUpCode,
    app: hall.app,
    async close() {
      await serving.close();
      await practice?.close();
      await hall.close();
    },
  };
}

/** A hall is served whether or not there is one to practise in. */
async function startPractice(hall: Hall, options: ServerOptions, doors: Doors): Promise<Hall | undefined> {
  // Nothing there counts, so nothing is frozen.
  const { practice, ingestKey: _key, keysFolder: _keys, onLost: _lost, prepare: _prepare, ...shared } = options;
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
