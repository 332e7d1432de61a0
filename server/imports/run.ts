/** A held file on its way into the ledger, or only tried, told in both languages. */
import { parseMapping } from '../../domain/mapping/mapping.ts';
import type { ImportAsk, ImportOutcome, Said } from '../../domain/wire/import.ts';
import { digestFile } from '../digest-file.ts';
import type { Findings } from '../ingest/import/findings.ts';
import type { RowSource } from '../ingest/import/file-row.ts';
import { ImportProblem } from '../ingest/import/problem.ts';
import type { ImportProgress } from '../ingest/import/reading.ts';
import { describeFinding, describeFormats, describeSource, describeWhat } from '../ingest/import/report.ts';
import { openRows } from '../ingest/import/rows.ts';
import { runImport, type ImportReport } from '../ingest/import/run-import.ts';
import type { ImportTarget } from '../ingest/import/target.ts';
import { inBoth } from './look.ts';

/** Kinds of refusals that are told, and rows of each kind of finding. */
const REASONS_TOLD = 60;
const ROWS_TOLD = 50;

export interface RunJob extends ImportAsk {
  readonly kind: 'run';
  readonly file: string;
  readonly timeZone: string;
  readonly roster: ReadonlySet<string>;
  readonly now: number;
}

export interface Ran {
  readonly outcome: ImportOutcome;
  /** Where anything was written. */
  readonly fileDigest?: string;
}

/** @throws ImportProblem where mapping and file do not go together */
export async function run(
  { file, mapping: input, timeZone, roster, now, dryRun, correct, limit }: RunJob,
  target: ImportTarget,
  onProgress: (progress: ImportProgress) => void,
): Promise<Ran> {
  const parsed = parseMapping(input, timeZone);
  if (!parsed.ok) {
    const list = (tell: 'zh' | 'message'): string =>
      parsed.problems.map((one) => `${one.path === '' ? '.' : one.path}: ${one[tell]}`).join('; ');
    throw new ImportProblem(`映射有误：${list('zh')}`, `The mapping is wrong: ${list('message')}`);
  }
  const { mapping } = parsed;
  const source = await openRows(file, mapping.spec.file, mapping.columns);
  const share = limit === undefined ? {} : { limit: limit / 100 };
  const report = await runImport({ source, mapping, target, now, roster, dryRun, correct, onProgress, ...share });
  return { outcome: tellOutcome(report, source), ...(report.written && { fileDigest: await digestFile(file) }) };
}

function tellOutcome(report: ImportReport, source: RowSource): ImportOutcome {
  const { rows, newRows, knownRows, repeatedRows, leftOut, differing, correctedRows, refused, dropped } = report;
  const { accepted, isOverLimit, written, undecided, firstEvents, firstRow } = report;
  const list = (findings: Findings, of: ImportOutcome['findings'][number]['of']) =>
    findings.listed.slice(0, ROWS_TOLD).map((finding) => ({
      of,
      zh: describeFinding(finding, 'zh', source),
      en: describeFinding(finding, 'en', source),
    }));
  return {
    ...{ rows, newRows, knownRows, repeatedRows, leftOut, isOverLimit, written },
    ...{ differing: differing.count, corrected: correctedRows, refused: refused.count, events: accepted },
    how: inBoth((language) => describeSource(source, firstRow, language)),
    reasons: refused.tallies.slice(0, REASONS_TOLD).map((tally) => ({
      ...(tally.found !== undefined && { word: tally.found }),
      ...{ count: tally.count, columns: tally.columns },
      ...{ zh: describeWhat(tally, 'zh'), en: describeWhat(tally, 'en') },
    })),
    findings: [...list(refused, 'refused'), ...list(differing, 'differing'), ...list(dropped, 'dropped')],
    undecided: undecided.map((count): Said => ({
      zh: describeFormats(count, source, 'zh'),
      en: describeFormats(count, source, 'en'),
    })),
    firstEvents: firstEvents.map(({ specversion: _, source: _source, ...event }) => event),
  };
}
