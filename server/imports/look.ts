/** A held file as the page shows it: how it reads, its columns and first rows, a mapping drafted, and those kept that fit. */
import { draftMapping } from '../../domain/mapping/draft.ts';
import { describeKind, describeQuestion } from '../../domain/mapping/draft/describe-question.ts';
import type { DraftHall, Named } from '../../domain/mapping/draft/hall.ts';
import { parseMapping } from '../../domain/mapping/mapping.ts';
import type { FileReading, ImportLook, KeptMapping, LookedColumn, Said } from '../../domain/wire/import.ts';
import { placeFile } from '../ingest/import/draft-file.ts';
import type { RowSource } from '../ingest/import/file-row.ts';
import { lookAt, type Preview } from '../ingest/import/preview.ts';
import { ImportProblem } from '../ingest/import/problem.ts';
import { describeFinding, describeSource } from '../ingest/import/report.ts';
import { openRows } from '../ingest/import/rows.ts';
import { showCell } from '../ingest/import/shown-cells.ts';

/** Rows from which a draft is guessed, and rows that are shown. */
const LOOKED_AT = 400;
const SHOWN = 8;
/** Different texts of a column that are told; a longer one is no word of a list. */
const WORDS = 60;
const WORD_LENGTH = 60;

export interface LookJob {
  readonly kind: 'look';
  readonly file: string;
  readonly name: string;
  /** What somebody chose; empty at first. */
  readonly reading: FileReading;
  /** The columns by which the column names are found; none for a first look. */
  readonly wanted: readonly string[];
  readonly hall: DraftHall;
  readonly mappings: readonly { readonly id: string; readonly input: unknown }[];
}

export type Looked = Omit<ImportLook, 'id' | 'name' | 'bytes'>;

/** @throws ImportProblem where the file cannot be read at all */
export async function look({ file, name, reading, wanted, hall, mappings }: LookJob): Promise<Looked> {
  const preview = await lookAt(file, reading, LOOKED_AT, wanted);
  const { source, rows, broken } = preview;
  const { roster } = hall;
  const { mapping, kind, questions } = draftMapping({ name, header: source.header, rows, hall });
  const stated = stateReading(reading, source);
  return {
    format: source.format,
    how: inBoth((language) => describeSource(source, undefined, language)),
    reading: stated,
    sheets: [...(source.sheets ?? []), ...(source.unread ?? [])].map((sheet) => sheet.name),
    headerLine: source.headerLine,
    columns: source.header.map((column, index) => lookAtColumn(column, index, preview, roster)),
    rows: rows.slice(0, SHOWN).map(({ line, cells }) => ({
      line,
      cells: source.header.map((column, index) => showCell(column, cells[index] ?? '', roster).slice(0, WORD_LENGTH)),
    })),
    broken: broken.map(({ line, reason }) => ({
      zh: describeFinding({ line, reason, columns: [] }, 'zh', source),
      en: describeFinding({ line, reason, columns: [] }, 'en', source),
    })),
    draft: {
      ...(mapping && { mapping: { ...placeFile(mapping, stated) } }),
      ...(kind && { kind: { zh: describeKind(kind, 'zh'), en: describeKind(kind, 'en') } }),
      // The page asks for the system's name by itself.
      questions: questions
        .filter(({ kind: asked }) => asked !== 'source')
        .map((question) => ({
          path: question.path,
          zh: describeQuestion(question, 'zh'),
          en: describeQuestion(question, 'en'),
        })),
    },
    names: nameAll(hall),
    kept: await findFitting(file, source, hall.timeZone, mappings),
  };
}

function nameAll({ stations, windows, items, lines, staff }: DraftHall): Looked['names'] {
  const list = (things: readonly Named[]) => things.map(({ id, names }) => ({ id, name: names[0] ?? id }));
  return {
    station: list(stations),
    window: list(windows),
    item: list(items),
    line: list(lines),
    staff: list(staff),
  };
}

/** Each line in both languages, which have as many. */
export function inBoth(tell: (language: 'zh' | 'en') => readonly string[]): Said[] {
  const en = tell('en');
  return tell('zh').map((line, index) => ({ zh: line, en: en[index] ?? line }));
}

/** What a mapping has to state, so that next month's file is read alike. */
function stateReading(chosen: FileReading, { delimiter }: RowSource): FileReading {
  return { ...(delimiter === undefined || delimiter === ',' ? {} : { delimiter }), ...chosen };
}

function lookAtColumn(name: string, index: number, { rows }: Preview, roster: ReadonlySet<string>): LookedColumn {
  const words = new Set<string>();
  for (const { cells } of rows) {
    const text = showCell(name, cells[index] ?? '', roster).trim();
    if (text !== '' && text.length <= WORD_LENGTH) words.add(text);
    if (words.size > WORDS) break;
  }
  return { name, words: [...words].slice(0, WORDS), hasMore: words.size > WORDS };
}

async function findFitting(
  file: string,
  source: RowSource,
  timeZone: string,
  mappings: LookJob['mappings'],
): Promise<KeptMapping[]> {
  const kept: KeptMapping[] = [];
  for (const { id, input } of mappings) {
    const parsed = parseMapping(input, timeZone);
    if (!parsed.ok) continue;
    const { spec, columns, bind } = parsed.mapping;
    const fits = bind(source.header).ok || (await opensWith(file, spec.file, columns, bind));
    kept.push({ id, name: spec.name, mapping: { ...spec }, fits });
  }
  return kept.sort((a, b) => Number(b.fits) - Number(a.fits));
}

/** A mapping may read the file otherwise than the look did: another sheet, another delimiter, names further down. */
async function opensWith(
  file: string,
  reading: FileReading | undefined,
  columns: readonly string[],
  bind: (header: readonly string[]) => { readonly ok: boolean },
): Promise<boolean> {
  try {
    return bind((await openRows(file, reading, columns)).header).ok;
  } catch (error) {
    if (error instanceof ImportProblem) return false;
    throw error;
  }
}
