// The worked examples of docs/mapping-examples.md, each imported by the real command into a real ledger: the page says what comes of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createZone } from '../../../../domain/calendar/zone.ts';
import type { Measures } from '../../../../domain/measures/measures.ts';
import { catalogueSchema, createHallConfig, profileSchema } from '../../../../domain/profile/profile.ts';
import { openBoard } from '../../../../server/board/runtime.ts';
import { openSqliteLedger } from '../../../../server/ledger/sqlite/engine.ts';
import { writerUrl } from '../../ledger/sqlite-place.ts';
import { runCommand, type CommandRun } from '../../run-command.ts';
import { createFileFolder, type FileFolder } from './sample-files.ts';

const root = join(import.meta.dirname, '../../../..');
const readSeed = (name: string): unknown => JSON.parse(readFileSync(join(root, 'data/halls/meilin', name), 'utf8'));
const config = createHallConfig(
  v.parse(profileSchema, readSeed('profile.json')),
  v.parse(catalogueSchema, readSeed('catalogue.json')),
);
const zone = createZone('Asia/Shanghai');
const page = readFileSync(join(root, 'docs/mapping-examples.md'), 'utf8');

interface Example {
  readonly title: string;
  readonly csv: string;
  readonly mapping: string;
  /** What the page says of the run. */
  readonly says: { readonly rows: number; readonly fresh: number; readonly leftOut: number; readonly events: number };
  readonly figures: readonly (readonly [measure: string, value: string])[];
}

const examples: readonly Example[] = page
  .split(/^## /m)
  .filter((section) => section.includes('```csv'))
  .map((section) => {
    const found = (pattern: RegExp): string[] => [...(pattern.exec(section) ?? [])].slice(1);
    const [rows, fresh, leftOut = 0, events] = found(
      /It reads (\d+) rows, of which (\d+) are new(?: and (\d+) is left out)?, and accepts (\d+) events/,
    ).map(Number);
    return {
      title: section.split('\n')[0]!,
      csv: found(/```csv\n([\s\S]+?)```/)[0]!,
      mapping: found(/```json\n([\s\S]+?)```/)[0]!,
      says: { rows: rows!, fresh: fresh!, leftOut: leftOut || 0, events: events! },
      figures: [...section.matchAll(/^\| `([\w.]+)` +\| ([\d of]+?) +\|$/gm)].map(([, name, value]) => [name!, value!]),
    };
  });

let folder: FileFolder;
beforeAll(() => {
  folder = createFileFolder();
});
afterAll(() => folder.dispose());

/** A hall of its own for each example. */
function runImport(index: number, args: readonly string[]): Promise<CommandRun> {
  return runCommand('import', args, { HALLPULSE_DATA: join(folder.path, `store-${index}`) });
}

async function readMeasures(index: number): Promise<Measures> {
  const ledger = await openSqliteLedger({
    folder: join(folder.path, `store-${index}`),
    hall: 'meilin',
    zone,
    writerUrl,
  });
  try {
    const board = await openBoard({ ledger, config, zone });
    await board.ready;
    const measures = await board.measures({
      from: '2019-06-01',
      to: '2019-06-30',
      now: Date.parse('2019-07-01T00:00:00Z'),
    });
    await board.close();
    return measures;
  } finally {
    await ledger.close();
  }
}

/** As the page writes a figure: a number, or `3 of 4`. */
function sayFigure(measures: Measures, path: string): string {
  const value: unknown = path.split('.').reduce((at: unknown, step) => (at as Record<string, unknown>)[step], measures);
  const { n, of } = (value ?? {}) as { n?: number; of?: number };
  return of === undefined ? String(value) : `${n} of ${of}`;
}

test('the page has an example of each kind', () => {
  expect(examples.map(({ title }) => title)).toEqual([
    'A queue system',
    'A one-window platform',
    'A ratings system',
    'A list of a hotline',
    'Totals of a day',
  ]);
});

test.each(examples.map((example, index) => ({ ...example, index })))(
  '$title: what the page says comes of it, and again adds nothing',
  async ({ index, csv, mapping, says, figures }) => {
    const file = folder.write(`example-${index}.csv`, csv);
    const spec = folder.write(`example-${index}.json`, mapping);
    const first = await runImport(index, [file, '--mapping', spec]);
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain(`rows read: ${says.rows}`);
    expect(first.out).toContain(`new: ${says.fresh}\n`);
    expect(first.out).toContain(`left out by the mapping: ${says.leftOut}\n`);
    expect(first.out).toContain(`events accepted: ${says.events}\n`);
    const again = await runImport(index, [file, '--mapping', spec]);
    expect(again).toMatchObject({ code: 0 });
    expect(again.out).toContain(`events accepted: 0\nduplicates: ${says.events}\n`);
    const measures = await readMeasures(index);
    expect(figures.length).toBeGreaterThan(2);
    expect(figures.map(([name]) => [name, sayFigure(measures, name)])).toEqual(figures);
  },
);

test('a total of cases cannot be entered, as the page says', async () => {
  const { csv } = examples.at(-1)!;
  const file = folder.write('cases-by-total.csv', csv);
  const event = {
    type: 'hall.case.accepted',
    id: '{日期}/{社区}',
    time: { at: '{日期}' },
    data: {
      case: '{日期}',
      station: 'hall',
      channel: 'window',
      item: 'mi-01',
      count: { from: '{受理量}', as: 'number' },
    },
  };
  const spec = folder.write('cases-by-total.json', JSON.stringify({ name: 'a', source: '/a', events: [event] }));
  const { code, err } = await runImport(examples.length, [file, '--mapping', spec]);
  expect(code).toBe(2);
  const said = /`(hall\.case\.accepted has [^`]+)`/.exec(page)![1]!;
  expect(err).toContain(said);
});
