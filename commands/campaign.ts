/** `npm run campaign -- NAME …`: the long attacks on the product's promises, with size and seed as arguments; prints figures. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isScene } from '../domain/board/topics/data.ts';
import { describeScene, findDeltasFaults, runDeltasCampaign } from '../test/campaigns/deltas.ts';
import { runDeskCampaign } from '../test/campaigns/desk.ts';
import { runDeskOutages } from '../test/campaigns/desk-outages.ts';
import { listScenarios, runClockScenario } from '../test/campaigns/clock.ts';
import { backtestForecast, findForecastFaults, printForecastScore } from '../test/campaigns/forecast.ts';
import { readDemoDays, readRequestDays, type Days } from '../test/campaigns/forecast-days.ts';
import { runFuzzCampaign } from '../test/campaigns/fuzz.ts';
import { describeHourSlope, findHiddenFaults, runHiddenCampaign } from '../test/campaigns/hidden.ts';
import { findFaults, runKillCampaign } from '../test/campaigns/kill.ts';
import {
  backtestQueue,
  BANK_TARGET_SECONDS,
  findQueueFaults,
  printQueueScore,
  readBankCalls,
} from '../test/campaigns/queue.ts';

import { findLateness, findLiveFaults, runLiveCampaign } from '../test/campaigns/live.ts';
import { describeSlope, findGrowth, runMonthsCampaign } from '../test/campaigns/months.ts';
import { findNightFaults, runNightCampaign, writePicture } from '../test/campaigns/night.ts';
import { findNginxFaults, printNginxLines, runNginxCampaign } from '../test/campaigns/nginx.ts';
import { findOfficeFaults, OFFICE_REPORTS, printOfficeLines, runOfficeCampaign } from '../test/campaigns/office.ts';
import { findOutageFaults, runOutageCampaign } from '../test/campaigns/outage.ts';
import { serveTimedHall, type TimedHallOptions } from '../test/campaigns/timed-hall.ts';
import { describeTurnsSlope, findTurnsFaults, runTurnsCampaign } from '../test/campaigns/turns.ts';
import { findWallsFaults, runWallsCampaign } from '../test/campaigns/walls.ts';
import { findBrowser } from './browser.mjs';
import { ensureNginx } from './nginx.mjs';
import { ensureOffice } from './office.mjs';

const USAGE = `Usage: npm run campaign -- kill [--cycles 3000] [--seed 1] [--senders 4]
       npm run campaign -- forecast
       npm run campaign -- months [--days 30] [--speed 1200]
       npm run campaign -- turns [--turns 2000] [--against FOLDER]
       npm run campaign -- hidden [--for 3600] [--speed 600]
       npm run campaign -- outage [--seconds 30,420,3600]
       npm run campaign -- night [--speed 600]
       npm run campaign -- walls [--walls 1000] [--rate 20] [--for 6] [--rounds 5]
       npm run campaign -- deltas [--deltas 400] [--every 250] [--events 1] [--scene overview]
       npm run campaign -- live [--rate 1000] [--for 30]
       npm run campaign -- clock
       npm run campaign -- fuzz [--bodies 100000] [--every 2000] [--seed 1]
       npm run campaign -- desk [--steps 2000] [--seed 1] [--real]
       npm run campaign -- office
       npm run campaign -- nginx

  kill     ends the server with SIGKILL at random moments under load and starts it again, --cycles times;
           then counts what was acknowledged, what is in the ledger, and what the measures say
  forecast tries the forecast on the demo's reference year and on a district's requests of 2018, and the queueing
           model on a bank's call centre; the real files lie where HALLPULSE_REAL_DATA says, or in ../shared/data
  months   lets a wall turn all its scenes through --days simulated days, working hours --speed times as fast,
           and prints how heap, DOM nodes, listeners and charts grow a day
  turns    turns the playlist of a wall --turns times by its key, takes twenty snapshots of the page's heap meanwhile, and
           prints how detached nodes, nodes, listeners and heap grow per 1,000 turns; with --against the same again with
           the pages of another build, whose folder holds client/ and build.json
  hidden   opens two walls on a hall whose days pass --speed times as fast, one of them behind another tab, for --for
           seconds, and prints how each grows an hour; then shows the hidden one, which must stand right
  outage   takes the server away for each of --seconds, really waited out, and beside them a network that is gone,
           a line that swallows everything and a browser that sleeps; each wall must come back with the recounted numbers
  night    watches a wall from the afternoon to the next morning, on a day off, on a swapped working Sunday and on a
           public holiday, and prints every picture that it shows
  walls    opens --walls sockets, restarts the server and waits until all are fresh; then --rounds times in turn
           --for seconds of --rate events a second with all walls reading and with one in twenty that has stopped,
           and prints what the stopped ones cost the others in waiting and the server in processor time
  deltas   opens each scene (or the one named) on a hall with a year behind it, lets --events events come --every so
           many ms, and prints what each of --deltas deltas cost the page in scripting, style and layout, from a trace
  live     posts --rate events a second for --for seconds and prints how long each post took to the wall's text and frame;
           then single events of a quiet day; then a server that stands still, which the wall must say within 15 s
  clock    sets a hall's clock wrong by a second to ten years, each way, at noon, at midnight and on a leap day, with and
           without restarts, puts it right, and counts what every day holds
  fuzz     posts --bodies bodies full of poisons while walls of every topic stand open, with a SIGKILL after each --every
           of them; every topic must answer, no wall be cut, and the audit agree
  desk     lets two clerks write down at one PC in --steps random steps, through tabs that are closed and reloaded, a browser
           that is killed, a full store, ended sessions, lost answers, no server, dates that jump; then compares each entry;
           with --real at the product's own page and server, which is stopped and killed, and from which a line is cut
  office   opens DOCX and XLSX of every kind of report in both languages with LibreOffice, which it installs where it is
           missing and may; every figure must stand in the PDF, text and CSV that come out, and in the product's own PDF
  nginx    puts the demo behind /hall/ of Debian's nginx, which it installs where it is missing and may, by the configuration
           of docs/operations, with the prefix kept and taken away; opens wall, public screen, desk and brief`;

const options = {
  bodies: { type: 'string', default: '100000' },
  cycles: { type: 'string', default: '3000' },
  seed: { type: 'string', default: '1' },
  steps: { type: 'string', default: '2000' },
  senders: { type: 'string', default: '4' },
  days: { type: 'string', default: '30' },
  turns: { type: 'string', default: '2000' },
  against: { type: 'string', default: '' },
  speed: { type: 'string' },
  seconds: { type: 'string', default: '30,420,3600' },
  walls: { type: 'string', default: '1000' },
  rate: { type: 'string' },
  for: { type: 'string' },
  rounds: { type: 'string', default: '5' },
  deltas: { type: 'string', default: '400' },
  every: { type: 'string', default: '250' },
  events: { type: 'string', default: '1' },
  scene: { type: 'string', default: '' },
  real: { type: 'boolean', default: false },
} as const;
type Given = 'speed' | 'rate' | 'for';
type Values = Record<Exclude<keyof typeof options, Given | 'real'>, string> & {
  readonly [G in Given]?: string | undefined;
} & { readonly real: boolean };

const campaigns: Readonly<Record<string, (values: Values) => Promise<readonly string[]>>> = {
  kill: attackWithKills,
  forecast: tryForecasts,
  months: letMonthsPass,
  turns: turnPlaylist,
  hidden: hideWall,
  outage: takeServersAway,
  night: watchNights,
  walls: openManyWalls,
  deltas: weighDeltas,
  live: timeEvents,
  clock: setClocksWrong,
  fuzz: postPoisons,
  desk: workAtDesk,
  office: openInOffice,
  nginx: putBehindNginx,
};

/** A hall for another campaign, in a process of its own. */
if (process.argv[2] === 'hall') await serveTimedHall(JSON.parse(process.argv[3] ?? '{}') as TimedHallOptions);
else await main();

async function main(): Promise<void> {
  try {
    const { values, positionals } = parseArgs({ args: process.argv.slice(2), allowPositionals: true, options });
    const attack = campaigns[positionals[0] ?? ''];
    if (positionals.length !== 1 || !attack) throw new TypeError('Name a campaign.');
    const browser = await findBrowser();
    if (browser !== undefined) process.env['HALLPULSE_BROWSER'] = browser;
    const faults = await attack(values);
    if (faults.length === 0) return;
    console.error(`The promise is broken:\n  ${faults.join('\n  ')}`);
    process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
  }
}

/** Runs in a folder of its own, which stays where something is wrong with it. */
async function inFolder(
  name: string,
  run: (folder: string) => Promise<readonly string[]>,
  parent = tmpdir(),
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(parent, `hallpulse-${name}-`));
  const faults = await run(folder);
  if (faults.length === 0) rmSync(folder, { recursive: true, force: true });
  else console.error(`The ledger is kept in ${folder}.`);
  return faults;
}

function attackWithKills(values: Values): Promise<readonly string[]> {
  const cycles = readWhole('cycles', values.cycles);
  return inFolder('kill', async (folder) => {
    const figures = await runKillCampaign({
      folder,
      cycles,
      seed: readWhole('seed', values.seed),
      senders: readWhole('senders', values.senders),
      onCycle(done, acknowledged) {
        if (done % 50 === 0 || done === cycles) console.error(`${done} kills, ${acknowledged} events acknowledged`);
      },
    });
    console.log(JSON.stringify(figures, undefined, 2));
    return findFaults(figures);
  });
}

function letMonthsPass(values: Values): Promise<readonly string[]> {
  return inFolder('months', async (folder) => {
    const figures = await runMonthsCampaign({
      folder,
      days: readWhole('days', values.days),
      speed: readWhole('speed', values.speed ?? '1200'),
      warmUpDays: 2,
      samplesPerDay: 2,
      filled: true,
      onSample: (line) => console.error(line),
    });
    console.log(JSON.stringify(figures, undefined, 2));
    for (const [name, slope] of Object.entries(figures.slopes)) console.log(`${name}: ${describeSlope(slope)}`);
    return findGrowth(figures, { mostShare: 0.05, wallHeap: 150_000, serverHeap: 800_000 });
  });
}

async function turnPlaylist(values: Values): Promise<readonly string[]> {
  const turns = readWhole('turns', values.turns);
  const every = Math.max(1, Math.round(turns / 20));
  const run = (name: string, pagesOf?: string) =>
    inFolder('turns', async (folder) => {
      const figures = await runTurnsCampaign({
        folder,
        turns,
        every,
        warmUpTurns: 4 * every,
        standsMs: 100,
        filled: true,
        ...(pagesOf === undefined ? {} : { pagesOf }),
        onSample: (line) => console.error(`${name}: ${line}`),
      });
      const { slopes, ...rest } = figures;
      console.log(`${name}: ${JSON.stringify(rest, undefined, 2)}`);
      for (const [what, slope] of Object.entries(slopes)) console.log(`${name}, ${what}: ${describeTurnsSlope(slope)}`);
      return findTurnsFaults(figures, { counted: 100, heap: 500_000 });
    });
  const faults = await run('these pages');
  // What another build does is for comparing, and no fault of this one.
  if (values.against !== '') await run(`those of ${values.against}`, resolve(values.against));
  return faults;
}

function hideWall(values: Values): Promise<readonly string[]> {
  const seconds = readWhole('for', values.for ?? '3600');
  return inFolder('hidden', async (folder) => {
    const figures = await runHiddenCampaign({
      folder,
      seconds,
      speed: readWhole('speed', values.speed ?? '600'),
      every: Math.max(1, Math.round(seconds / 20)),
      turnsEach: 5,
      warmUp: 4,
      filled: true,
      onSample: (line) => console.error(line),
    });
    const { shown, hidden, ...rest } = figures;
    console.log(JSON.stringify(rest));
    for (const [which, { turns, slopes }] of Object.entries({ shown, hidden })) {
      console.log(`${which}: ${turns} turns`);
      for (const [what, slope] of Object.entries(slopes)) console.log(`${which}, ${what}: ${describeHourSlope(slope)}`);
    }
    return findHiddenFaults(figures, { counted: 1_000, heap: 5_000_000 });
  });
}

function takeServersAway(values: Values): Promise<readonly string[]> {
  const lengths = values.seconds.split(',').map((text) => readWhole('seconds', text));
  return inFolder('outage', async (folder) => {
    const others = (['offline', 'silent', 'sleep'] as const).map((kind) => ({ kind, seconds: Math.min(...lengths) }));
    const outages = [...lengths.map((seconds) => ({ kind: 'server' as const, seconds })), ...others];
    const figures = await runOutageCampaign({ folder, outages, onDone: (one) => console.log(JSON.stringify(one)) });
    return findOutageFaults(figures);
  });
}

function watchNights(values: Values): Promise<readonly string[]> {
  return inFolder('night', async (folder) => {
    const speed = readWhole('speed', values.speed ?? '600');
    const watches = await runNightCampaign({ folder, speed, untilMinute: 31 * 60, filled: true });
    for (const { name, pictures } of watches) console.log(`${name}\n${pictures.map(writePicture).join('\n')}`);
    return watches.flatMap(findNightFaults);
  });
}

function openManyWalls(values: Values): Promise<readonly string[]> {
  // In memory where there is such a place: what sockets cost one another is not hidden behind what the disk costs.
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const run = async (folder: string): Promise<readonly string[]> => {
    const figures = await runWallsCampaign({
      folder,
      walls: readWhole('walls', values.walls),
      slowShare: 0.05,
      perSecond: readWhole('rate', values.rate ?? '20'),
      seconds: readWhole('for', values.for ?? '6'),
      rounds: readWhole('rounds', values.rounds),
      onStep: (line) => console.error(line),
    });
    console.log(JSON.stringify(figures, undefined, 2));
    return findWallsFaults(figures, { timed: true });
  };
  return inFolder('walls', run, parent);
}

function weighDeltas(values: Values): Promise<readonly string[]> {
  const { scene } = values;
  if (scene !== '' && !isScene(scene)) throw new TypeError('--scene takes the name of a scene.');
  const deltas = readWhole('deltas', values.deltas);
  return inFolder('deltas', async (folder) => {
    const figures = await runDeltasCampaign({
      folder,
      ...(scene === '' ? {} : { scenes: [scene] }),
      deltas,
      warmUp: 40,
      rhythm: { everyMs: readWhole('every', values.every), events: readWhole('events', values.events) },
      filled: true,
      onScene: (one) => console.log(describeScene(one)),
    });
    return findDeltasFaults(figures, deltas);
  });
}

function timeEvents(values: Values): Promise<readonly string[]> {
  const perSecond = readWhole('rate', values.rate ?? '1000');
  return inFolder('live', async (folder) => {
    const figures = await runLiveCampaign({
      folder,
      perSecond,
      seconds: readWhole('for', values.for ?? '30'),
      warmUpSeconds: 5,
      quietEvents: 20,
      quietGapMs: 2_000,
      staleSeconds: 30,
      onStep: (line) => console.error(line),
    });
    console.log(JSON.stringify(figures, undefined, 2));
    return [...findLiveFaults(figures), ...findLateness(figures, perSecond)];
  });
}

function postPoisons(values: Values): Promise<readonly string[]> {
  return inFolder('fuzz', async (folder) => {
    const figures = await runFuzzCampaign({
      folder,
      bodies: readWhole('bodies', values.bodies),
      killEvery: readWhole('every', values.every),
      seed: readWhole('seed', values.seed),
      onStep: (line) => console.error(line),
    });
    console.log(JSON.stringify(figures, undefined, 2));
    return figures.faults;
  });
}

function workAtDesk(values: Values): Promise<readonly string[]> {
  return inFolder('desk', async (folder) => {
    const figures = await (values.real ? runDeskOutages : runDeskCampaign)({
      folder,
      steps: readWhole('steps', values.steps),
      seed: readWhole('seed', values.seed),
      onStep: (line) => console.error(line),
    });
    console.log(JSON.stringify(figures, undefined, 2));
    return figures.faults;
  });
}

async function openInOffice(): Promise<readonly string[]> {
  const office = await ensureOffice();
  return inFolder('office', async (folder) => {
    const lines = await runOfficeCampaign({
      folder,
      office,
      kinds: Object.keys(OFFICE_REPORTS) as (keyof typeof OFFICE_REPORTS)[],
      languages: ['zh', 'en'],
      browser: process.env['HALLPULSE_BROWSER'],
      onStep: (line) => console.error(line),
    });
    console.log(printOfficeLines(lines));
    return findOfficeFaults(lines);
  });
}

async function putBehindNginx(): Promise<readonly string[]> {
  const nginx = await ensureNginx();
  return inFolder('nginx', async (folder) => {
    const lines = await runNginxCampaign({ folder, nginx, onStep: (line) => console.error(line) });
    console.log(printNginxLines(lines));
    return findNginxFaults(lines);
  });
}

function setClocksWrong(): Promise<readonly string[]> {
  return inFolder('clock', async (folder) => {
    const faults: string[] = [];
    for (const scenario of listScenarios()) {
      const figures = await runClockScenario(folder, scenario);
      console.log(`${figures.scenario}: ${figures.acknowledged} acknowledged, ${figures.dayEvents} events of days`);
      faults.push(...figures.faults.map((fault) => `${figures.scenario}: ${fault}`));
    }
    return faults;
  });
}

function tryForecasts(): Promise<readonly string[]> {
  const tryDays = (title: string, days: Days | undefined): string[] => {
    if (!days) return skip(title);
    const score = backtestForecast(days);
    console.log(`${printForecastScore(title, score)}\n`);
    return findForecastFaults(score);
  };
  const tryQueue = (calls: ReturnType<typeof readBankCalls>): string[] => {
    if (!calls) return skip('Waits of a bank’s call centre');
    const score = backtestQueue(calls, BANK_TARGET_SECONDS);
    console.log(`${printQueueScore(score)}\n`);
    return findQueueFaults(score);
  };
  return Promise.resolve([
    ...tryDays('Reference year of the demo', readDemoDays()),
    ...tryDays('Requests of a district, 2018', readRequestDays()),
    ...tryQueue(readBankCalls()),
  ]);
}

function skip(title: string): string[] {
  console.log(`${title}: SKIPPED, the file is not here; HALLPULSE_REAL_DATA names the folder that holds it.\n`);
  return [];
}

/** @throws TypeError naming the option */
function readWhole(name: keyof Values, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new TypeError(`--${name} takes a whole number of 1 or more.`);
}
