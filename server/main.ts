/** The process: reads the environment, starts the hall, prints where it is, and stops it when told. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';
import { pino } from 'pino';
import { realClock } from './clock.ts';
import { offerDemoAccounts } from './demo/demo-accounts.ts';
import { createDemoHallRun, isDemoFolder, markDemoFolder } from './demo/hall.ts';
import { furnishDemo } from './demo/people.ts';
import { readDemoParams } from './demo/read-params.ts';
import { prepareHallFolder } from './hall-folder.ts';
import { PRACTICE_FOLDER } from './hall-files.ts';
import { createLastResort } from './jobs/last-resort.ts';
import { openSqliteLedger } from './ledger/sqlite/engine.ts';
import { sqliteKeeper } from './ledger/sqlite/ledger-folder.ts';
import { createPrint } from './reports/print.ts';
import { startServer } from './server.ts';
import { demoFolder, demoKeysFolder, readSettings, SettingsError, type Settings } from './settings.ts';
import { describeProblem, mayPass } from './start-problem.ts';
import { dayOf, readFacts, warnOf } from './tls/facts.ts';
import { tlsFolder } from './tls/files.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
/** A person must mend something: there is no use in starting again. */
const NEEDS_MENDING = 2;
/** A terminal or service manager tells every process of a group, and a supervisor passes it on: one word, said twice. */
const SAME_WORD_MS = 1_000;

async function main(settings: Settings): Promise<void> {
  const logger = pino({ level: process.env['HALLPULSE_LOG'] || 'info', redact: ['req.headers.authorization'] });
  const folder = settings.demo ? demoFolder(settings.dataFolder) : settings.dataFolder;
  if (settings.demo) markDemoFolder(folder);
  else if (isDemoFolder(folder))
    throw new SettingsError(`${folder} holds the demo's ledger; it is not opened as a real one.`);
  await prepareHallFolder({
    folder,
    seedFolder: settings.seedFolder,
    ...(settings.demo ? { furnish: furnishDemo(root) } : {}),
    ledger: sqliteKeeper,
    now: realClock.now(),
  });

  const demo = settings.demo
    ? createDemoHallRun({
        params: await readDemoParams(join(root, 'data/demo/meilin-2019.json')),
        speed: settings.speed,
        onProgress: createProgress('演示数据 demo year'),
      })
    : undefined;
  const lastResort = createLastResort({ folder, now: realClock.now, exit: (code) => process.exit(code) });
  const server = await startServer({
    port: settings.port,
    ...(settings.host ? { host: settings.host } : {}),
    folder,
    seedFolder: settings.seedFolder,
    keysFolder: settings.demo ? demoKeysFolder(settings.dataFolder) : settings.keysFolder,
    practice: {
      folder: join(folder, PRACTICE_FOLDER),
      make: (practice, seedFolder) =>
        prepareHallFolder({ folder: practice, seedFolder, ledger: sqliteKeeper, now: realClock.now() }),
    },
    clientFolder: join(here, '../client'),
    print: createPrint({ clientFolder: join(here, '../client'), browser: settings.browser }),
    build: readBuild(),
    demo: settings.demo,
    openReading: settings.openReading,
    ...(settings.address ? { address: settings.address } : {}),
    hosts: settings.hosts,
    basePath: settings.basePath,
    frameAncestors: settings.frameAncestors,
    ...(settings.ingestKey ? { ingestKey: settings.ingestKey } : {}),
    ...(settings.tls ? { tls: settings.tls } : {}),
    trust: { folder: tlsFolder(settings.dataFolder), isServed: settings.tls !== undefined },
    trustProxy: settings.trustProxy,
    ...(settings.outside ? { outside: settings.outside } : {}),
    clock: demo?.clock ?? realClock,
    logger,
    onLost: (what, error) => {
      if (!lastResort.end(`${what}: ${error.message}`))
        logger.fatal({ what }, 'the server stays as it is: it has ended for this in the last ten minutes');
    },
    openLedger: (place) => openSqliteLedger({ ...place, writerUrl: new URL('./ledger-writer.js', import.meta.url) }),
    reconcilerUrl: new URL('./reconciler.js', import.meta.url),
    importerUrl: new URL('./importer.js', import.meta.url),
    ...(demo ? { prepare: demo.prepare, offerAccounts: offerDemoAccounts } : {}),
  });
  const living = demo?.start(server, (error) => logger.error({ err: error }, 'a demo event could not be written'));
  stopOnSignals(async () => {
    await living?.stop();
    await server.close();
  });
  // Whoever reads where it is may tell it to stop.
  announce(server.url + settings.basePath, server.config.profile.name.zh, settings, server.setUpCode);
}

function announce(url: string, hall: string, { demo, tls }: Settings, setUpCode: string | undefined): void {
  console.log(`\n  ${hall}${demo ? '  (演示数据: demo data)' : ''}`);
  if (tls) announceTls(url, tls.cert);
  console.log(`  Wall   ${url}/`);
  console.log(`  Desk   ${url}/desk`);
  console.log(`  Health ${url}/healthz\n`);
  // Nobody is an administrator yet: whoever reads this on the machine may become the first, within a day.
  if (setUpCode !== undefined) console.log(`  Set up ${url}/sign-in#${setUpCode}\n`);
}

/** A hall whose certificate has ended is served all the same: systems go on sending, and walls can be told to go on. */
function announceTls(url: string, cert: string): void {
  const facts = readFacts(cert);
  const warning = warnOf(facts, realClock.now());
  console.log(`  TLS    ${warning ?? `certificate good until ${dayOf(facts.until)}`}`);
  console.log(`  Trust  ${url.replace('https:', 'http:')}/trust`);
}

function readBuild(): string {
  const build = JSON.parse(readFileSync(join(here, '../build.json'), 'utf8')) as { build?: string };
  return build.build ?? 'dev';
}

function createProgress(title: string): (done: number, total: number) => void {
  if (!process.stderr.isTTY) {
    let tenths = 0;
    return (done, total) => {
      const now = Math.floor((done / total) * 10);
      if (now > tenths) console.error(`${title}: ${(tenths = now) * 10} %`);
    };
  }
  let bar: SingleBar | undefined;
  return (done, total) => {
    if (!bar) {
      bar = new SingleBar({ format: `${title} {bar} {percentage} %`, hideCursor: true });
      bar.start(total, 0);
    }
    bar.update(done);
    if (done === total) bar.stop();
  };
}

function stopOnSignals(stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const begin = (): void => {
    // A second signal means now.
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince >= SAME_WORD_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, begin);
  endOrphan = begin;
}

/** What is done when the process that supervises this one is gone: nobody would ever end it, and the next would find the folder taken. */
let endOrphan = (): void => process.exit(0);
if (process.connected) process.once('disconnect', () => endOrphan());

try {
  await main(readSettings(process.env, process.argv.slice(2), root));
} catch (error) {
  // What a person can mend is said in words; anything else keeps its stack.
  const said = describeProblem(error);
  console.error(said ?? error);
  process.exit(said === undefined || mayPass(error) ? 1 : NEEDS_MENDING);
}
