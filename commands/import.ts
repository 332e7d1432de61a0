/** `npm run import -- FILE --mapping MAPPING.json`: a CSV or XLSX export into the ledger; `--help` says all it can. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createZone } from '../domain/calendar/zone.ts';
import { parseMapping, type Mapping } from '../domain/mapping/mapping.ts';
import { readSwitches } from '../server/desk/feeds.ts';
import { draftFile, readDraftHall } from '../server/ingest/import/draft-file.ts';
import { readHallIdentity, type HallIdentity } from '../server/ingest/import/hall-zone.ts';
import { createHttpTarget } from '../server/ingest/import/http-target.ts';
import { createCommandTarget } from '../server/ingest/import/ledger-target.ts';
import { ImportProblem } from '../server/ingest/import/problem.ts';
import { createProgress } from '../server/ingest/import/progress.ts';
import type { Language } from '../domain/wire/language.ts';
import { describeReport, describeSource } from '../server/ingest/import/report.ts';
import type { RowSource } from '../server/ingest/import/file-row.ts';
import { describePreview, lookAt } from '../server/ingest/import/preview.ts';
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
  zh: `用法：npm run import -- 文件 --mapping 映射.json [选项]
      npm run import -- 文件 --preview
      npm run import -- 文件 --draft > 映射.json

  --preview       只看文件：编码、分隔符、工作表、列名行、各列和前几行；什么都不写入
  --draft         按列名和内容起草映射，并列出还要由人定的事；什么都不写入
  --dry-run       试运行：逐行核对，显示最先的事件和拒收原因；什么都不写入
  --correct       已有的内容与文件不同时，作废旧的，记入新的（编号后加 ~2、~3……）
  --limit 百分比  拒收和有出入的行超过这一比例（且超过 10 行）时什么都不写入；默认 10
  --sheet 名称    要读的工作表：名称，或从 1 起的序号；"*" 是全部可见的；不写则读第一张可见的
  --demo          导入演示大厅
  --to 网址 --key 密钥  发给运行中的服务器，而不是直接打开数据文件夹
  --lang zh|en    提示所用的语言
  --help          显示本说明

映射怎么写，见 docs/mappings.md。`,
  en: `Usage: npm run import -- FILE --mapping MAPPING.json [options]
       npm run import -- FILE --preview
       npm run import -- FILE --draft > MAPPING.json

  --preview           look at the file alone: encoding, delimiter, sheet, line of the column names, columns and first rows; writes nothing
  --draft             draft a mapping by column names and cells, and list what a person must still decide; writes nothing
  --dry-run           check every row, show the first events and why rows are refused; writes nothing
  --correct           where the file differs from what is known, void that and record what the file says (as id~2, id~3 ...)
  --limit PERCENT     write nothing where more rows than this (and more than 10) are refused or differ; 10 if absent
  --sheet NAME        the sheet to read: its name, its number from 1, or "*" for all that can be seen; the first of these if absent
  --demo              import into the demo's hall
  --to URL --key KEY  send to a running server instead of opening the data folder
  --lang zh|en        the language of what is printed
  --help              show this

How to write a mapping: docs/mappings.md.`,
};

const OPTIONS = {
  mapping: { type: 'string' },
  preview: { type: 'boolean', default: false },
  draft: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  correct: { type: 'boolean', default: false },
  limit: { type: 'string' },
  sheet: { type: 'string' },
  demo: { type: 'boolean', default: false },
  to: { type: 'string' },
  key: { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

interface Arguments {
  readonly file: string;
  /** Absent for a look at the file, or for a draft. */
  readonly mapping: string | undefined;
  readonly draft: boolean;
  readonly dryRun: boolean;
  readonly correct: boolean;
  readonly limit: number | undefined;
  readonly sheet: string | number | undefined;
  readonly demo: boolean;
  readonly remote: { readonly url: string; readonly key: string } | undefined;
}

/** Rows that a look reads, and a draft. */
const LOOKED_AT = 100;
const DRAFTED_FROM = 400;

const language = chooseLanguage();

try {
  const args = readArguments();
  if (args === 'help') console.log(USAGE[language]);
  else process.exitCode = await importFile(args);
} catch (error) {
  const said = error instanceof ImportProblem ? error[language] : describeProblem(error);
  if (said === undefined) throw error;
  console.error(said);
  process.exitCode = 2;
}

/** @returns the exit code */
async function importFile(args: Arguments): Promise<number> {
  const { dataFolder, seedFolder } = readPlaces(process.env, findRoot(import.meta.dirname));
  const folder = args.demo ? join(dataFolder, 'demo') : dataFolder;
  const hall = findHall([join(folder, 'documents'), seedFolder]);
  const { roster } = hall;
  const sheet = args.sheet === undefined ? {} : { sheet: args.sheet };
  if (args.mapping === undefined && args.draft)
    return printDraft(args.file, sheet, [join(folder, 'documents'), seedFolder]);
  if (args.mapping === undefined) {
    const preview = await lookAt(args.file, sheet, LOOKED_AT);
    for (const line of describePreview(preview, language, roster)) console.log(line);
    return 0;
  }
  const mapping = readMapping(args.mapping, hall.timeZone);
  const source = await openRows(args.file, { ...mapping.spec.file, ...sheet }, mapping.columns);
  const { target, close } = args.remote
    ? { target: createHttpTarget(args.remote), close: async () => {} }
    : await openLedger(folder, seedFolder, args);
  const write = (line: string): void => console.error(line);
  const progress = createProgress({ isTerminal: process.stderr.isTTY, language, write, now: () => performance.now() });
  try {
    const { dryRun, correct, limit } = args;
    const options = { source, mapping, target, dryRun, correct, now: Date.now(), roster, onProgress: progress.show };
    const report = await runImport({ ...options, ...(limit !== undefined && { limit }) });
    progress.stop();
    printReport(report, source, dryRun);
    return report.refused.count > 0 || report.differing.count > report.correctedRows || report.isOverLimit ? 1 : 0;
  } finally {
    progress.stop();
    await close();
  }
}

/** The mapping goes where a shell can send it into a file, what is said of it beside that. */
async function printDraft(
  file: string,
  sheet: { readonly sheet?: string | number },
  folders: readonly string[],
): Promise<number> {
  const hall = readDraftHall(folders);
  if (!hall)
    throw new ImportProblem('找不到大厅资料 profile.json。', "The hall's profile.json is nowhere to be found.");
  const { source, rows } = await lookAt(file, sheet, DRAFTED_FROM);
  const { delimiter, header } = source;
  const stated = { ...(delimiter === undefined || delimiter === ',' ? {} : { delimiter }), ...sheet };
  const reading = Object.keys(stated).length > 0 ? { file: stated } : {};
  const { mapping, lines } = draftFile(
    hall,
    { name: basename(file, extname(file)), header, rows, ...reading },
    language,
  );
  for (const line of [...describeSource(source, undefined, language), ...lines]) console.error(line);
  if (mapping !== undefined) console.log(mapping);
  return mapping === undefined ? 1 : 0;
}

function printReport(report: ImportReport, source: RowSource, dryRun: boolean): void {
  for (const line of describeSource(source, report.firstRow, language)) console.log(line);
  for (const line of describeReport(report, language, dryRun, source)) console.log(line);
  if (!dryRun || report.firstEvents.length === 0) return;
  console.log(language === 'zh' ? '最先的事件：' : 'The first events:');
  for (const event of report.firstEvents) console.log(`  ${JSON.stringify(event)}`);
}

function readArguments(): Arguments | 'help' {
  try {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
    if (values.help) return 'help';
    const [file, ...others] = positionals;
    const { mapping, preview, draft, to, key, demo, correct } = values;
    const wanted = [mapping !== undefined, preview, draft].filter(Boolean).length;
    if (!file || others.length > 0 || wanted !== 1 || (to === undefined) !== (key === undefined)) throw usage();
    const remote = to !== undefined && key !== undefined ? { url: to, key } : undefined;
    const [limit, sheet] = [readLimit(values.limit), readSheet(values.sheet)];
    return { file, mapping, draft, dryRun: values['dry-run'], correct, limit, sheet, demo, remote };
  } catch (error) {
    throw error instanceof ImportProblem ? error : usage(error);
  }
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const percent = /^\d{1,3}(\.\d+)?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (percent >= 0 && percent <= 100) return percent / 100;
  throw new ImportProblem('--limit 应为 0 到 100 的百分比。', '--limit must be a percentage from 0 to 100.');
}

/** A sheet whose name is a number is read by its place, as the mapping's `file.sheet` names it. */
function readSheet(text: string | undefined): string | number | undefined {
  return text !== undefined && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : text;
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
  const list = (tell: 'zh' | 'message'): string =>
    parsed.problems.map((one) => `  ${one.path === '' ? '.' : one.path}: ${one[tell]}`).join('\n');
  throw new ImportProblem(`映射有误：\n${list('zh')}`, `The mapping is wrong:\n${list('message')}`);
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
    return { target: createCommandTarget(ledger, Date.now, feeds), close: () => ledger.close().finally(leave) };
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
