/** `npm run campaign -- NAME …`: the long attacks on the product's promises, with size and seed as arguments; prints figures. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { backtestForecast, findForecastFaults, printForecastScore } from '../test/campaigns/forecast.ts';
import { readDemoDays, readRequestDays, type Days } from '../test/campaigns/forecast-days.ts';
import { findFaults, runKillCampaign } from '../test/campaigns/kill.ts';
import {
  backtestQueue,
  BANK_TARGET_SECONDS,
  findQueueFaults,
  printQueueScore,
  readBankCalls,
} from '../test/campaigns/queue.ts';

const USAGE = `Usage: npm run campaign -- kill [--cycles 3000] [--seed 1] [--senders 4]
       npm run campaign -- forecast

  kill      ends the server with SIGKILL at random moments under load and starts it again, --cycles times;
            then counts what was acknowledged, what is in the ledger, and what the measures say
  forecast  tries the forecast on the demo's reference year and on a district's requests of 2018, and the queueing
            model on a bank's call centre; the real files lie where HALLPULSE_REAL_DATA says, or in ../shared/data`;

const options = {
  cycles: { type: 'string', default: '3000' },
  seed: { type: 'string', default: '1' },
  senders: { type: 'string', default: '4' },
} as const;

try {
  const { values, positionals } = parseArgs({ args: process.argv.slice(2), allowPositionals: true, options });
  const [name] = positionals;
  if (positionals.length !== 1 || (name !== 'kill' && name !== 'forecast')) throw new TypeError('Name a campaign.');
  if (name === 'forecast') tryForecasts();
  else
    await attackWithKills(
      readWhole('cycles', values.cycles),
      readWhole('seed', values.seed),
      readWhole('senders', values.senders),
    );
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}

async function attackWithKills(cycles: number, seed: number, senders: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-kill-'));
  const figures = await runKillCampaign({
    folder,
    cycles,
    seed,
    senders,
    onCycle(done, acknowledged) {
      if (done % 50 === 0 || done === cycles) console.error(`${done} kills, ${acknowledged} events acknowledged`);
    },
  });
  console.log(JSON.stringify(figures, undefined, 2));
  const faults = findFaults(figures);
  if (faults.length === 0) rmSync(folder, { recursive: true, force: true });
  else {
    console.error(`The promise is broken:\n  ${faults.join('\n  ')}\nThe ledger is kept in ${folder}.`);
    process.exitCode = 1;
  }
}

function tryForecasts(): void {
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
  const faults = [
    ...tryDays('Reference year of the demo', readDemoDays()),
    ...tryDays('Requests of a district, 2018', readRequestDays()),
    ...tryQueue(readBankCalls()),
  ];
  if (faults.length === 0) return;
  console.error(`The promise is broken:\n  ${faults.join('\n  ')}`);
  process.exitCode = 1;
}

function skip(title: string): string[] {
  console.log(`${title}: SKIPPED, the file is not here; HALLPULSE_REAL_DATA names the folder that holds it.\n`);
  return [];
}

/** @throws TypeError naming the option */
function readWhole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new TypeError(`--${name} takes a whole number of 1 or more.`);
}
