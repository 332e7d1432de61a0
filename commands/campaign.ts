/** `npm run campaign -- NAME …`: the long attacks on the product's promises, with size and seed as arguments; prints figures. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findFaults, runKillCampaign } from '../test/campaigns/kill.ts';

const USAGE = `Usage: npm run campaign -- kill [--cycles 3000] [--seed 1] [--senders 4]

  kill   ends the server with SIGKILL at random moments under load and starts it again, --cycles times;
         then counts what was acknowledged, what is in the ledger, and what the measures say`;

const options = {
  cycles: { type: 'string', default: '3000' },
  seed: { type: 'string', default: '1' },
  senders: { type: 'string', default: '4' },
} as const;

try {
  const { values, positionals } = parseArgs({ args: process.argv.slice(2), allowPositionals: true, options });
  if (positionals.length !== 1 || positionals[0] !== 'kill') throw new TypeError('Name a campaign.');
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

/** @throws TypeError naming the option */
function readWhole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new TypeError(`--${name} takes a whole number of 1 or more.`);
}
