// The exports of docs/mapping-examples.md, drafted: what the drafts give beside what the page's own mappings give.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { draftMapping } from '../../../../domain/mapping/draft.ts';
import { createDraftHall } from '../../../../domain/mapping/draft/hall.ts';
import { parseMapping } from '../../../../domain/mapping/mapping.ts';
import { placeOf } from './row-place.ts';
import { catalogueSchema, profileSchema } from '../../../../domain/profile/profile.ts';

const root = join(import.meta.dirname, '../../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const hall = createDraftHall(
  v.parse(profileSchema, JSON.parse(read('data/halls/meilin/profile.json'))),
  v.parse(catalogueSchema, JSON.parse(read('data/halls/meilin/catalogue.json'))),
);

const examples = [
  ...read('docs/mapping-examples.md').matchAll(/```csv\n([\s\S]+?)```[\s\S]+?```json\n([\s\S]+?)```/g),
].map(([, csv, json]) => {
  const [header, ...rows] = csv!
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return {
    header: header!,
    rows: rows.map((cells, index) => ({ line: index + 2, cells })),
    mapping: JSON.parse(json!) as unknown,
  };
});

/** Type, time and data of each event, by row; a ticket's or case's event id is each mapping's own. */
function giveEvents(mapping: unknown, { header, rows }: (typeof examples)[number]): string[] {
  const parsed = parseMapping(mapping, hall.timeZone);
  const bound = parsed.ok ? parsed.mapping.bind(header) : undefined;
  if (!bound?.ok) throw new Error(JSON.stringify(parsed));
  const seen = new Set<string>();
  return rows.flatMap(({ line, cells }) => {
    const result = bound.mapRow(cells, placeOf(line, seen));
    if (result.kind !== 'events') return [`${line} ${result.kind}`];
    return result.events.map(
      ({ event }) => `${line} ${event.type} ${event.time} ${JSON.stringify(Object.entries(event.data).sort())}`,
    );
  });
}

const compare = (index: number): { lacks: string[]; adds: string[] } => {
  const example = examples[index]!;
  const draft = draftMapping({ name: '导出', header: example.header, rows: example.rows, hall });
  const [wanted, given] = [giveEvents(example.mapping, example), giveEvents(draft.mapping, example)];
  return {
    lacks: wanted.filter((event) => !given.includes(event)),
    adds: given.filter((event) => !wanted.includes(event)),
  };
};

test.each(['a queue system', 'a one-window platform'].map((says, index) => ({ says, index })))(
  '$says: the draft gives what the page does',
  ({ index }) => {
    expect(compare(index)).toEqual({ lacks: [], adds: [] });
  },
);

test('a ratings system: only what the vendor alone knows is missing', () => {
  const { lacks, adds } = compare(2);
  // 系统默认: which score it stands for nobody can guess, so the row is refused; the row without a rating gives nothing.
  expect(lacks.map((event) => event.slice(0, 20))).toEqual(['5 hall.rating.given ', '7 left-out']);
  expect(adds).toEqual(['5 refused']);
});

test("a list of a hotline: complaints of the hall's own conduct are asked about, and requests until then", () => {
  const { lacks, adds } = compare(3);
  const types = (events: readonly string[]) => [...new Set(events.map((event) => event.split(' ')[1]))];
  expect(types(lacks.filter((event) => event.startsWith('5 ')))).toEqual([
    'hall.complaint.received',
    'hall.complaint.answered',
  ]);
  expect(types(adds.filter((event) => event.startsWith('5 ')))).toEqual([
    'hall.request.received',
    'hall.request.answered',
  ]);
});

test('totals of a day: those that can be kept', () => {
  expect(compare(4)).toEqual({ lacks: [], adds: [] });
});
