// Three real exports through the mappings that ship: every figure recounted from the events, in three formats.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { createZone, dayOf } from '../../../domain/calendar/zone.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import { importReal, type RealImport } from './import/import-real.ts';
import { hasRealData, realFile } from './import/real-data.ts';
import { createFileFolder, encodeGb18030 } from './import/sample-files.ts';

const shanghai = createZone('Asia/Shanghai');
const folder = createFileFolder();
afterAll(() => folder.dispose());

const importInShanghai = (file: string, mapping: string) => importReal(file, mapping, shanghai);

const count = <T>(list: readonly T[], holds: (entry: T) => boolean) => list.filter(holds).length;

function checkReceipt({ report, of }: RealImport): void {
  const accepted = of('hall.case.accepted');
  const finished = of('hall.case.finished');
  expect(report).toMatchObject({ rows: 8_577, newRows: 1_434, knownRows: 7_143, leftOut: 0, refused: { count: 0 } });
  expect(report).toMatchObject({ accepted: 2_763, duplicates: 0 });
  const byChannel = (channel: string) => count(accepted, (event) => event.data.channel === channel);
  expect([accepted.length, byChannel('online'), byChannel('window'), byChannel('post')]).toEqual([
    1_434, 1_271, 110, 53,
  ]);
  const finishes = new Map(finished.map((event) => [event.data.case, event.at]));
  expect(finishes.size).toBe(1_329);
  const promise = (event: (typeof accepted)[number]) => Date.parse(event.data.promisedBy ?? '');
  const isOnTime = (event: (typeof accepted)[number]) => finishes.get(event.data.case)! <= promise(event);
  const closed = accepted.filter((event) => finishes.has(event.data.case));
  const open = accepted.filter((event) => !finishes.has(event.data.case));
  const endOfSpan = Date.parse('2012-01-24T00:00:00+01:00');
  const overdue = count(open, (event) => promise(event) < endOfSpan);
  expect([open.length, overdue, count(closed, isOnTime), closed.length + overdue]).toEqual([105, 39, 952, 1_368]);
  expect(count(closed, (event) => finishes.get(event.data.case)! < event.at)).toBe(2);
}

function checkPingshan({ report, events, of }: RealImport): void {
  const received = of('hall.request.received');
  const answered = of('hall.request.answered');
  expect(report).toMatchObject({ rows: 6_952, newRows: 6_952, duplicates: 0, refused: { count: 0 } });
  const onTime = count(answered, (event) => event.data.onTime === true);
  const late = count(answered, (event) => event.data.onTime === false);
  expect([received.length, answered.length, onTime, late]).toEqual([6_952, 6_950, 6_236, 714]);
  expect(of('hall.consultation.given')).toHaveLength(317);
  expect(events).toHaveLength(6_952 + 6_950 + 317);
  expect(new Set(received.map((event) => event.data.station)).size).toBe(24);
  const days = new Map<string, number>();
  for (const event of received) {
    const day = dayOf(shanghai, event.at);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  const names = [...days.keys()].sort();
  expect([names[0], names.at(-1), days.get('2018-10-09'), Math.max(...days.values())]).toEqual([
    '2018-02-08',
    '2018-10-31',
    326,
    326,
  ]);
}

function checkTechnion({ report, events, of }: RealImport): void {
  expect(report).toMatchObject({ rows: 42_078, newRows: 41_768, leftOut: 310, refused: { count: 0 } });
  expect(report.duplicates).toBe(0);
  const [taken, called, served, left] = [
    of('hall.ticket.taken'),
    of('hall.ticket.called'),
    of('hall.ticket.served'),
    of('hall.ticket.left'),
  ];
  expect([taken.length, called.length, served.length, left.length]).toEqual([41_768, 31_402, 31_402, 10_366]);
  expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  const begun = new Map(taken.map((event) => [event.data.ticket, event.at]));
  expect(begun.size).toBe(41_768);
  const calls = new Map(called.map((event) => [event.data.ticket, event.at]));
  const waits = called.map((event) => event.at - begun.get(event.data.ticket)!);
  expect([count(waits, (wait) => wait >= 0), count(waits, (wait) => wait < 0)]).toEqual([31_375, 27]);
  expect(count(served, (event) => event.at < calls.get(event.data.ticket)!)).toBe(0);
  expect(count(left, (event) => event.at < begun.get(event.data.ticket)!)).toBe(0);
  // Nobody waits, or is served, for half a day: whatever crosses midnight has found its day.
  expect(Math.max(...waits) < 3_600_000).toBe(true);
  const inAugust = (list: readonly HallEvent[]) => count(list, (event) => dayOf(shanghai, event.at) <= '2010-08-31');
  expect([taken, called, served, left].map(inAugust)).toEqual([41_768, 31_402, 31_400, 10_366]);
}

const cases = [
  ['receipt.csv', 'receipt', checkReceipt],
  ['pingshan_requests_2018.csv', 'pingshan-requests', checkPingshan],
  ['technion_bank_august.csv', 'technion-bank', checkTechnion],
] as const;

const absent = hasRealData ? '' : ' (SKIPPED: no real data; set HALLPULSE_REAL_DATA to the folder that holds it)';

describe.skipIf(!hasRealData)(`real exports give the figures that are known of them${absent}`, () => {
  test.each(cases)('%s as it came', async (name, mapping, check) => {
    check(await importInShanghai(realFile(name), mapping));
  });

  // The other two are plain ASCII, so their bytes would be the same.
  test('pingshan_requests_2018.csv as GB18030', async () => {
    const bytes = encodeGb18030(readFileSync(realFile('pingshan_requests_2018.csv'), 'utf8'));
    checkPingshan(await importInShanghai(folder.write('gb.csv', bytes), 'pingshan-requests'));
  });

  test.each(cases)('%s as a workbook', async (name, mapping, check) => {
    const rows = parse(readFileSync(realFile(name)), { bom: true }) as string[][];
    const file = join(folder.path, `${name}.xlsx`);
    await writeExcelFile(rows.map((row) => row.map((cell) => (cell === '' ? null : cell)))).toFile(file);
    check(await importInShanghai(file, mapping));
  });

  test('pingshan_requests_2018.csv as a workbook with real dates and numbers in its cells', async () => {
    const rows = parse(readFileSync(realFile('pingshan_requests_2018.csv')), { bom: true }) as string[][];
    const toCell = (text: string) => {
      if (/^\d{1,9}$/.test(text)) return Number(text);
      if (!/^\d{4}-\d{2}-\d{2} /.test(text)) return text;
      return { value: new Date(`${text.replace(' ', 'T')}Z`), type: Date, format: 'yyyy/m/d h:mm:ss' };
    };
    const [header, ...body] = rows;
    const file = join(folder.path, 'typed.xlsx');
    await writeExcelFile([header!, ...body.map((row) => row.map(toCell))] as never).toFile(file);
    const typed = await importInShanghai(file, 'pingshan-requests');
    checkPingshan(typed);
    const plain = await importInShanghai(realFile('pingshan_requests_2018.csv'), 'pingshan-requests');
    expect(typed.events).toEqual(plain.events);
  });
});
