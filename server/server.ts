/** The product as it is started: one hall, served on one port. */
import { createDoors, type DoorsOptions } from './access/doors.ts';
import { startHall, type Hall, type HallCore, type HallOptions } from './hall.ts';
import { serveHalls } from './serve.ts';

export interface ServerOptions extends HallOptions, DoorsOptions {
  readonly port: number;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Between two heartbeats of the push; shorter in tests. */
  readonly heartbeatMs?: number;
}

export interface RunningServer extends HallCore {
  readonly url: string;
  readonly looks: Hall['looks'];
  readonly setUpCode: Hall['setUpCode'];
  close(): Promise<void>;
}

/** Starts the hall, then its doors; closes in the other direction: requests, sockets, jobs, board, ledger. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const doors = createDoors(options);
  const hall = await startHall(options, { doors, isFirst: true });
  const serving = await serveHalls([hall], { ...options, doors }).catch(async (error: unknown) => {
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
    async close() {
      await serving.close();
      await hall.close();
    },
  };
}
