// Reports as an office opens them: LibreOffice turns DOCX and XLSX of every kind into PDF, text and CSV, and each figure of the report is looked for in what comes out.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Language } from '../../domain/wire/language.ts';
import type { Report } from '../../domain/wire/report.ts';
import { startProduct, type Product } from '../e2e/product.ts';
import { findMissingCells, findMissingFigures, findMissingRows, type Looked } from './office-figures.ts';

/** What LibreOffice and poppler are called here. */
export interface Office {
  readonly soffice: string;
  readonly pdftotext: string;
}

/** The reference year, up to where its report was signed. */
export const OFFICE_REPORTS = {
  day: 'kind=day&day=2019-11-20',
  week: 'kind=week&day=2019-11-13',
  month: 'kind=month&day=2019-10-15',
  quarter: 'kind=quarter&day=2019-09-01',
  year: 'kind=year&from=2019-01-01&to=2019-11-22',
} as const;
type OfficeKind = keyof typeof OFFICE_REPORTS;

export interface OfficeOptions {
  /** An empty folder; files, and LibreOffice's own profile, lie in it. */
  readonly folder: string;
  readonly office: Office;
  readonly kinds: readonly OfficeKind[];
  readonly languages: readonly Language[];
  /** A Chromium, for the product's own PDF; without one it is left out. */
  readonly browser?: string | undefined;
  readonly onStep: (line: string) => void;
}

export interface OfficeLine extends Looked {
  readonly report: string;
  /** What was made, and what was read back. */
  readonly file: string;
  readonly pages?: number;
}

/** LibreOffice starts in seconds; one that hangs over a file is ended. */
const MOST_MS = 240_000;
const TRIES = 10;
/** Of one file; the table says how many there are. */
const SHOWN = 5;
/** Comma, quotes, UTF-8, values as they are and not as shown, every sheet into a file of its own. */
const EVERY_SHEET = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1';

export async function runOfficeCampaign(options: OfficeOptions): Promise<OfficeLine[]> {
  const { folder, office, kinds, languages, browser, onStep } = options;
  const parts = ['hall', 'made', 'pdf', 'text', 'csv', 'profile'] as const;
  const at = Object.fromEntries(parts.map((name) => [name, join(folder, name)])) as Record<
    (typeof parts)[number],
    string
  >;
  for (const path of Object.values(at)) mkdirSync(path, { recursive: true });
  onStep('filling the reference year');
  const product = await startProduct({
    folder: at.hall,
    env: { HALLPULSE_DEMO: '1', ...(browser === undefined ? {} : { HALLPULSE_BROWSER: browser }) },
  });
  const formats = ['docx', 'xlsx', ...(browser === undefined ? [] : ['pdf'])];
  const names = languages.flatMap((language) => kinds.map((kind) => `${kind}-${language}`));
  /** By the name of the file that was made of each. */
  const reports = new Map<string, Report>();
  try {
    for (const language of languages)
      for (const kind of kinds) {
        const name = `${kind}-${language}`;
        const query = `${OFFICE_REPORTS[kind]}&lang=${language}`;
        for (const format of formats) {
          const { report, bytes } = await takeTogether(product, query, format);
          reports.set(`${name}.${format}`, report);
          writeFileSync(join(at.made, `${name}.${format}`), bytes);
        }
        onStep(`${name} made`);
      }
  } finally {
    await product.stop();
  }
  const made = (format: string): string[] => names.map((name) => join(at.made, `${name}.${format}`));
  const convert = async (to: string, into: string, files: readonly string[]): Promise<void> => {
    const profile = `-env:UserInstallation=${pathToFileURL(at.profile).href}`;
    await run(office.soffice, [profile, '--headless', '--norestore', '--convert-to', to, '--outdir', into, ...files]);
  };
  for (const format of ['docx', 'xlsx']) {
    mkdirSync(join(at.pdf, format), { recursive: true });
    await convert('pdf', join(at.pdf, format), made(format));
    onStep(`${format} drawn`);
  }
  await convert('txt:Text (encoded):UTF8', at.text, made('docx'));
  await convert(EVERY_SHEET, at.csv, made('xlsx'));
  onStep('text and CSV written');

  const lines: OfficeLine[] = [];
  for (const name of names) {
    const of = (format: string): Report => reports.get(`${name}.${format}`)!;
    const text = readFileSync(join(at.text, `${name}.txt`), 'utf8');
    lines.push({ report: name, file: 'docx → text', ...findMissingRows(of('docx'), text) });
    for (const format of formats) {
      const path = format === 'pdf' ? join(at.made, `${name}.pdf`) : join(at.pdf, format, `${name}.pdf`);
      // In the order of writing: where a line has two faces, that of the eye takes them for two lines.
      const told = await run(office.pdftotext, ['-raw', '-enc', 'UTF-8', path, '-']);
      // A page ends with a form feed.
      const pages = told.split('\f').length - 1;
      const looked = findMissingFigures(of(format), told, format === 'xlsx');
      lines.push({ report: name, file: format === 'pdf' ? 'PDF' : `${format} → PDF`, pages, ...looked });
    }
    const sheets = readdirSync(at.csv)
      .filter((file) => file.startsWith(`${name}-`))
      .map((file) => readFileSync(join(at.csv, file), 'utf8'));
    lines.push({ report: name, file: 'xlsx → CSV', ...findMissingCells(of('xlsx'), sheets) });
  }
  return lines;
}

export function findOfficeFaults(lines: readonly OfficeLine[]): string[] {
  return lines.flatMap(({ report, file, figures, missing }) => [
    ...(figures === 0 ? [`${report}, ${file}: nothing to look for`] : []),
    ...missing.slice(0, SHOWN).map((one) => `${report}, ${file}: ${one}`),
  ]);
}

/** A line a file, in columns. */
export function printOfficeLines(lines: readonly OfficeLine[]): string {
  const rows = [
    ['report', 'file', 'pages', 'figures', 'missing'],
    ...lines.map(({ report, file, pages, figures, missing }) => [
      report,
      file,
      pages === undefined ? '' : String(pages),
      String(figures),
      String(missing.length),
    ]),
  ];
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows
    .map((row) => row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '))
    .join('\n');
}

/** A file and the report that it is of: the demo lives on, and a minute later a report says another position. */
async function takeTogether(
  product: Product,
  query: string,
  format: string,
): Promise<{ report: Report; bytes: Buffer }> {
  const read = async (): Promise<Report> => (await (await ask(product, `/api/report?${query}`)).json()) as Report;
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await read();
    const bytes = Buffer.from(await (await ask(product, `/api/report.${format}?${query}`)).arrayBuffer());
    const { colophon } = await read();
    if (colophon.join() === before.colophon.join()) return { report: before, bytes };
  }
  throw new Error(`${query}: no ${format} was made between two reports of one position`);
}

async function ask({ url }: Product, path: string): Promise<Response> {
  const response = await fetch(url + path, { signal: AbortSignal.timeout(MOST_MS) });
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
  return response;
}

/** Answers with what it wrote; what it began ends with it, also where it has to be ended. */
async function run(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const [out, errors]: Buffer[][] = [[], []];
  child.stdout.on('data', (part: Buffer) => out!.push(part));
  child.stderr.on('data', (part: Buffer) => errors!.push(part));
  const end = (): void => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // It has gone by itself.
    }
  };
  const timer = setTimeout(end, MOST_MS);
  process.once('exit', end);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) return Buffer.concat(out!).toString('utf8');
    throw new Error(`${program} ended with ${code}: ${Buffer.concat(errors!).toString('utf8')}`);
  } finally {
    clearTimeout(timer);
    process.off('exit', end);
  }
}
