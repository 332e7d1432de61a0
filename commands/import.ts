/** `npm run import -- FILE --mapping MAPPING.json [--dry-run] [--to URL --key KEY]`: a CSV or XLSX export into the ledger. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createZone } from '../domain/calendar/zone.ts';
import { parseMapping, type Mapping } from '../domain/mapping/mapping.ts';
import { readSwitches } from '../server/desk/feeds.ts';
import { readHallIdentity, type HallIdentity } from '../server/ingest/import/hall-zone.ts';
import { createHttpTarget } from '../server/ingest/import/http-target.ts';
import { createLedgerTarget } from '../server/ingest/import/ledger-target.ts';
import { ImportProblem } from '../server/ingest/import/problem.ts';
import { createProgress } from '../server/ingest/import/progress.ts';
import type { Language } from '../domain/wire/language.ts';
import { describeReport, describeSource } from '../server/ingest/import/report.ts';
import { openRows } from '../server/ingest/import/rows.ts';
import { runImport, type ImportReport } from '../server/ingest/import/run-import.ts';
import type { ImportTarget } from '../server/ingest/import/target.ts';
import { markDemoFolder } from '../server/demo/hall.ts';
import { furnishDemo } from '../server/demo/people.ts';
import { inspectHallFolder, prepareHallFolder } from '../server/hall-folder.ts';
import { openSqliteLedger } from '../server/ledger/sqlite/engine.ts';
import { sqliteKeeper } from '../server/ledger/sqlite/ledger-folder.ts';
import { findRoot, readPlaces } from '../server/settings.ts';
import { describeProblem } from '../server/start-problem.ts';

const USAGE = {
  zh: '用法：npm run import -- 文件 --mapping 映射.json [--dry-run] [--demo] [--to 网址 --key 密钥] [--lang zh|en]',
  en: 'Usage: npm run import -- FILE --mapping MAPPING.json [--dry-run] [--demo] [--to URL --key KEY] [--lang zh|en]',
};

const OPTIONS = {
  mapping: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  demo: { type: 'boolean', default: false },
  to: { type: 'string' },
  key: { type: 'string' },
  lang: { type: 'string' },
} as const;

interface Arguments {
  readonly file: string;
  readonly mapping: string;
  readonly dryRun: boolean;
  readonly demo: boolean;
  readonly remote: { readonly url: string; readonly key: string } | undefined;
}

const language = chooseLanguage();

try {
  const report = await importFile(readArguments());
  process.exitCode = report.refused.count > 0 || report.conflicts.count > 0 ? 1 : 0;
} catch (error) {
  const said = error instanceof ImportProblem ? error[language] : describeProblem(error);
  if (said === undefined) throw error;
  console.error(said);
  process.exitCode = 2;
}

async function importFile(args: Arguments): Promise<ImportReport> {
  const { dataFolder, seedFolder } = readPlaces(process.env, findRoot(import.meta.dirname));
  const folder = args.demo ? join(dataFolder, 'demo') : dataFolder;
  const hall = findHall([join(folder, 'documents'), seedFolder]);
  const mapping = readMapping(args.mapping, hall.timeZone);
  const source = await openRows(args.file, mapping.spec.file);
  const { target, close } = args.remote
    ? { target: createHttpTarget(args.remote), close: async () => {} }
    : await openLedger(folder, seedFolder, args);
  const progress = createProgress({ isTerminal: process.stderr.isTTY, language, write: (line) => console.error(line) });
  try {
    const { dryRun } = args;
    const report = await runImport({
      source,
      mapping,
      target,
      dryRun,
      now: Date.now(),
      roster: hall.roster,
      onProgress: progress.show,
    });
    progress.stop();
    for (const line of describeSource(source, report.firstRow, language)) console.log(line);
    for (const line of describeReport(report, language, dryRun)) console.log(line);
    return report;
  } finally {
    progress.stop();
    await close();
  }
}

function readArguments(): Arguments {
  try {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
    const [file, ...others] = positionals;
    const { mapping, to, key, demo } = values;
    if (!file || others.length > 0 || !mapping || (to === undefined) !== (key === undefined)) throw usage();
    const remote = to !== undefined && key !== undefined ? { url: to, key } : undefined;
    return { file, mapping, dryRun: values['dry-run'], demo, remote };
  } catch (error) {
    throw error instanceof ImportProblem ? error : usage(error);
  }
}

function usage(cause?: unknown): ImportProblem {
  const said = cause instanceof Error ? `${cause.message}\n` : '';
  return new ImportProblem(said + USAGE.zh, said + USAGE.en);
}

function readMapping(file: string, hallZone: string): Mapping {
  let input: unknown;
  try {
    input = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new ImportProblem(
        `映射文件不是 UTF-8 编码：${file}。请另存为 UTF-8。`,
        `The mapping is not UTF-8: ${file}. Save it as UTF-8.`,
      );
    }
    const said = error instanceof Error ? error.message : String(error);
    throw new ImportProblem(`映射文件无法读取：${said}`, `The mapping cannot be read: ${said}`);
  }
  const parsed = parseMapping(input, hallZone);
  if (parsed.ok) return parsed.mapping;
  const list = parsed.problems.map(({ path, message }) => `  ${path === '' ? '.' : path}: ${message}`).join('\n');
  throw new ImportProblem(`映射有误：\n${list}`, `The mapping is wrong:\n${list}`);
}

/** The hall of the data folder, else the seed that such a folder would begin with. */
function findHall(folders: readonly string[]): HallIdentity {
  const found = readHallIdentity(folders);
  if (found) return found;
  throw new ImportProblem('找不到大厅资料 profile.json。', "The hall's profile.json is nowhere to be found.");
}

async function openLedger(
  folder: string,
  seedFolder: string,
  { demo, dryRun }: Arguments,
): Promise<{ target: ImportTarget; close(): Promise<void> }> {
  // A dry run writes nothing: for a hall that is not there yet it compares with an empty one elsewhere.
  const isTrial = dryRun && inspectHallFolder(folder, sqliteKeeper.file) === 'new';
  const place = isTrial ? mkdtempSync(join(tmpdir(), 'hallpulse-trial-')) : folder;
  const leave = (): void => (isTrial ? rmSync(place, { recursive: true, force: true }) : undefined);
  try {
    if (demo) markDemoFolder(place);
    const furnish = demo ? { furnish: furnishDemo(findRoot(import.meta.dirname)) } : {};
    await prepareHallFolder({ folder: place, seedFolder, ...furnish, ledger: sqliteKeeper, now: Date.now() });
    const hall = findHall([join(place, 'documents')]);
    const zone = createZone(hall.timeZone);
    const writerUrl = new URL('../ledger-writer.js', import.meta.url);
    const ledger = await openSqliteLedger({ folder: place, hall: hall.hall, zone, writerUrl });
    const feeds = { named: hall.feeds, switches: await readSwitches(ledger, [...hall.stations]), zone };
    return { target: createLedgerTarget(ledger, Date.now, feeds), close: () => ledger.close().finally(leave) };
  } catch (error) {
    leave();
    throw error;
  }
}

function chooseLanguage(): Language {
  const at = process.argv.indexOf('--lang');
  const asked = at > 0 ? process.argv[at + 1] : process.argv.find((arg) => arg.startsWith('--lang='))?.slice(7);
  const locale = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '';
  return (asked ?? locale).toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
