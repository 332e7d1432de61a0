// A hall in this process with people who can sign in, and what their browsers would send.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import type { Assignment } from '../../domain/access/roles.ts';
import { openAccess, type Access } from '../../server/access/access.ts';
import { createPasswords } from '../../server/access/passwords.ts';
import { realClock, type Clock } from '../../server/clock.ts';
import { startServer, type RunningServer, type ServerOptions } from '../../server/server.ts';
import { copyDemoSeed } from '../demo-seed.ts';
import { findRoot } from '../e2e/product.ts';
import { findUntold } from './told-answers.ts';
import { openInProcessLedger } from '../property/in-process-ledger.ts';

export const PASSWORD = 'wutong-shan-7-lu';
const CHEAP = { N: 1024, r: 8, p: 1 };
export const KEY = 'ingest-key-of-the-staffed-hall-0123456789abcdef';

/** Who is there: one of each role, and a clerk of another station. */
export const PEOPLE = {
  clerk: { role: 'clerk', station: 'hall' },
  second: { role: 'clerk', station: 'hall' },
  elsewhere: { role: 'clerk', station: 'meifeng' },
  lead: { role: 'lead', station: 'hall' },
  manager: { role: 'manager' },
  leader: { role: 'leader' },
  administrator: { role: 'administrator' },
} as const satisfies Readonly<Record<string, Assignment>>;
export type Who = keyof typeof PEOPLE;

export interface Answer {
  readonly status: number;
  readonly body: never;
  readonly headers: Headers;
}

/** What a browser does: keeps cookies, and names its own origin with whatever it sends. */
export interface Browser {
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  readonly cookie: string;
}

export interface StaffedHall {
  readonly server: RunningServer;
  readonly url: string;
  readonly folder: string;
  readonly access: Access;
  /** A browser that nobody has signed in with. */
  browser(): Browser;
  signIn(who: Who, keep?: boolean): Promise<Browser>;
  /** Ends the server and starts it again, on the same folder and port. @param meanwhile what happens to the folder */
  restart(meanwhile?: () => unknown): Promise<void>;
  close(): Promise<void>;
}

export interface StaffedHallOptions {
  readonly clock?: Clock;
  readonly profile?: (profile: Record<string, unknown>) => void;
  readonly server?: Partial<ServerOptions>;
  /** Without anybody: as a hall begins. */
  readonly isEmpty?: boolean;
}

/** Gives people an account, an assignment, and the password of them all. */
export async function addPeople(
  { accounts }: Pick<Access, 'accounts'>,
  people: Readonly<Record<string, Assignment>>,
): Promise<void> {
  const password = await createPasswords(CHEAP).hash(PASSWORD);
  for (const [staff, assignment] of Object.entries(people)) {
    accounts.addAccount(staff, `示例${staff}`);
    accounts.addAssignment(staff, assignment);
    accounts.setPassword(staff, password);
  }
}

export async function openStaffedHall(options: StaffedHallOptions = {}): Promise<StaffedHall> {
  const parent = mkdtempSync(join(tmpdir(), 'hallpulse-staffed-'));
  const [seedFolder, folder] = [join(parent, 'seed'), join(parent, 'hall')];
  mkdirSync(folder);
  // A real hall begins with the seed alone, which has no people.
  if (options.isEmpty === true && options.server?.demo !== true)
    cpSync(join(findRoot(), 'data/halls/meilin'), seedFolder, { recursive: true });
  else copyDemoSeed(seedFolder);
  if (options.profile) {
    const file = join(seedFolder, 'profile.json');
    const profile = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    options.profile(profile);
    writeFileSync(file, JSON.stringify(profile));
  }
  const access = openAccess(folder, { now: Date.now });
  if (options.isEmpty !== true) {
    await addPeople(access, PEOPLE);
  }
  const start = (port: number) =>
    startServer({
      port,
      host: '127.0.0.1',
      trustProxy: 0,
      folder,
      seedFolder,
      clientFolder: join(findRoot(), 'dist/client'),
      build: 'test',
      demo: false,
      openReading: false,
      ingestKey: KEY,
      clock: options.clock ?? realClock,
      logger: pino({ level: 'silent' }),
      openLedger: ({ hall }) =>
        Promise.resolve(openInProcessLedger('Asia/Shanghai', join(folder, 'ledger.sqlite'), hall)),
      reconcilerUrl: pathToFileURL(join(findRoot(), 'dist/server/reconciler.js')),
      importerUrl: pathToFileURL(join(findRoot(), 'dist/server/importer.js')),
      heartbeatMs: 200,
      passwordCost: CHEAP,
      ...options.server,
    });
  let server = await start(0);
  const { url } = server;
  const browser = (): Browser => {
    const jar = new Map<string, string>();
    const toHeader = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      get cookie() {
        return toHeader();
      },
      async ask(method, path, body, headers = {}) {
        const response = await fetch(`${url}${path}`, {
          method,
          redirect: 'manual',
          headers: {
            ...(jar.size > 0 ? { Cookie: toHeader() } : {}),
            ...(method === 'GET' ? {} : { Origin: url }),
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        });
        for (const line of response.headers.getSetCookie()) {
          const [name, value] = line.split(';')[0]!.split('=') as [string, string];
          if (value === '') jar.delete(name);
          else jar.set(name, value);
        }
        const text = await response.text();
        const isJson = response.headers.get('content-type')?.includes('json') === true;
        const answered: unknown = isJson ? JSON.parse(text) : text;
        const untold = isJson && response.ok ? findUntold(method, path, answered) : [];
        if (untold.length > 0) throw new Error(`The contract tells otherwise: ${untold.join('; ')}`);
        return {
          status: response.status,
          body: answered as never,
          headers: response.headers,
        };
      },
    };
  };
  return {
    get server() {
      return server;
    },
    url,
    folder,
    access,
    browser,
    async signIn(who, keep = false) {
      const one = browser();
      const { status } = await one.ask('POST', '/api/session', { staff: who, password: PASSWORD, keep });
      if (status !== 200) throw new Error(`${who} was not let in: ${status}`);
      return one;
    },
    async restart(meanwhile) {
      await server.close();
      await meanwhile?.();
      server = await start(Number(new URL(url).port));
    },
    async close() {
      await server.close();
      access.close();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
