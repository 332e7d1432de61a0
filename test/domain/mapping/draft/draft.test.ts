// Mappings drafted from small files of many systems: what they give, and what they ask.
import { expect, test } from 'vitest';
import { parseEvent } from '../../../../domain/events/parse.ts';
import { draftMapping, type Draft } from '../../../../domain/mapping/draft.ts';
import { parseMapping } from '../../../../domain/mapping/mapping.ts';
import { hall } from './draft-hall.ts';
import { placeOf } from './row-place.ts';
import { files, type DraftedFile } from './files.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

function readTable(text: string): Table {
  const [header = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(',').map((cell) => cell.trim()));
  return { header, rows: rows.map((cells, index) => ({ line: index + 2, cells })) };
}

function mapRows({ mapping }: Draft, { header, rows }: Table): { events: string[]; refused: string[] } {
  const events: string[] = [];
  const refused: string[] = [];
  const parsed = parseMapping(mapping, hall.timeZone);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const bound = parsed.mapping.bind(header);
  if (!bound.ok) throw new Error(JSON.stringify(bound));
  const seen = new Set<string>();
  for (const { line, cells } of rows) {
    const result = bound.mapRow(cells, placeOf(line, seen));
    if (result.kind === 'refused') refused.push(`${line} ${result.refusal.reason}`);
    if (result.kind !== 'events') continue;
    for (const { event } of result.events) {
      expect(parseEvent(event, { now: NOW, roster: hall.roster })).toMatchObject({ ok: true });
      const local = new Date(Date.parse(event.time) + 8 * 3_600_000)
        .toISOString()
        .replace(/T|:00\.000Z|\.000Z/g, ' ')
        .trim();
      const data = Object.entries(event.data).map(([field, value]) => `${field}=${value}`);
      events.push([event.type.replace('hall.', ''), event.id, '@', local, ...data].join(' '));
    }
  }
  return { events, refused };
}

test.each(files)('$says', ({ text, kind, events, refused = [], questions }: DraftedFile) => {
  const table = readTable(text);
  const draft = draftMapping({ name: '导出', ...table, hall });
  const asked = draft.questions.map(({ kind: asks, columns, values = [], rows = [] }) =>
    [asks, columns.join('+'), values.join('/'), rows.join('/')].join(' ').trim(),
  );
  expect({ kind: draft.kind, asked }).toEqual({ kind, asked: questions });
  if (draft.mapping === undefined) expect(events).toEqual([]);
  else expect(mapRows(draft, table)).toEqual({ events, refused });
});

test("a station that is called as a person might be is the hall's own, and no citizen", () => {
  const named = { ...hall, stations: [...hall.stations, { id: 'jianguo', names: ['陈建国'] }] };
  const header = ['办件编号', '受理时间', '受理单位'];
  const rows = [{ line: 2, cells: ['B-1001', '2019-06-05 09:03', '陈建国'] }];
  expect(draftMapping({ name: '导出', header, rows, hall }).mapping?.maps).toBeUndefined();
  expect(draftMapping({ name: '导出', header, rows, hall: named }).mapping?.maps?.['station']).toMatchObject({
    陈建国: 'jianguo',
  });
});
