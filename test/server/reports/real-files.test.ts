// Halls that really were: of each export's whole span the measures, the report, its files and its rows say what SQL counts afresh.
import { DatabaseSync } from '@photostructure/sqlite';
import { join } from 'node:path';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, createZone, dayOf, momentOf } from '../../../domain/calendar/zone.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import { readTerm, TERMS, type TermId } from '../../../domain/measures/terms.ts';
import { tellValue, toValue } from '../../../domain/report/tell.ts';
import { partOf } from '../../../domain/rows/find-rows.ts';
import { ledTo } from '../../../domain/rows/led-to.ts';
import type { Report } from '../../../domain/wire/report.ts';
import type { FigureRows } from '../../../domain/wire/rows.ts';
import { createRecount } from '../../../server/ledger/sqlite/recount.ts';
import { withTime } from '../../../server/record.ts';
import { readConfig } from '../../domain/board/topics/fold-story.ts';
import { importReal } from '../ingest/import/import-real.ts';
import { hasRealData, realFile } from '../ingest/import/real-data.ts';
import { openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

const zone = createZone('Asia/Shanghai');
const absent = hasRealData ? '' : ' (SKIPPED: no real data; set HALLPULSE_REAL_DATA to the folder that holds it)';
const FILES = [
  ['receipt.csv', 'receipt', 'accepted'],
  ['pingshan_requests_2018.csv', 'pingshan-requests', 'requests.received'],
  ['technion_bank_august.csv', 'technion-bank', 'tickets.taken'],
] as const;

describe.skipIf(!hasRealData).each(FILES)(`%s${absent}`, (file, mapping, main) => {
  let hall: StaffedHall;
  let leader: Browser;
  let query = '';
  let found: Measures;
  let recounted: Measures;

  beforeAll(async () => {
    const { events } = await importReal(realFile(file), mapping, zone);
    const times = events.map(({ at }) => at).sort((a, b) => a - b);
    const [from, to] = [dayOf(zone, times[0]!), dayOf(zone, times.at(-1)!)];
    const now = momentOf(zone, addDays(to, 1), 600);
    query = `from=${from}&to=${to}`;
    hall = await openStaffedHall({ clock: { now: () => now, untilMs: (at) => at - now } });
    for (let i = 0; i < events.length; i += 2_000)
      await hall.server.record(withTime(events.slice(i, i + 2_000)), { kind: 'command', id: 'test' });
    const db = new DatabaseSync(join(hall.folder, 'ledger.sqlite'));
    const recount = createRecount(db, { config: readConfig(), zone: zone.name });
    recounted = recount.measure({ from, to, now });
    recount.dispose();
    db.close();
    // A recount takes the thread for seconds, in which a connection that was kept would lapse.
    leader = await hall.signIn('leader');
    found = (await leader.ask('GET', `/api/measures?${query}`)).body;
  }, 180_000);
  afterAll(() => hall.close());

  test('measures are what SQL counts', () => {
    expect(readTerm(found, main)).toBeGreaterThan(1_000);
    // The hall itself may have written since, which is in no count.
    expect({ ...found, seq: 0 }).toEqual({ ...recounted, seq: 0 });
  });

  test('the report’s tables, its workbook and its text say them', async () => {
    const report: Report = (await leader.ask('GET', `/api/report?kind=span&${query}`)).body;
    const said = new Map<TermId, unknown>();
    for (const { blocks } of report.sections)
      for (const block of blocks) {
        if (block.type !== 'table') continue;
        const at = block.columns.findIndex(({ kind }, i) => i > 0 && kind !== 'text');
        for (const [i, term] of (block.terms ?? []).entries()) {
          const head = block.rows[i]![0]!;
          // The 90th percentile stands under a name of its own.
          if (head.type === 'text' && head.text === TERMS[term].name.zh) said.set(term, block.rows[i]![at]);
        }
      }
    expect(said.has(main)).toBe(true);
    for (const [term, value] of said) expect([term, value]).toEqual([term, toValue(recounted, term)]);

    const ask = async (extension: string): Promise<Buffer> => {
      const headers = { Cookie: leader.cookie };
      const response = await fetch(`${hall.url}/api/report.${extension}?kind=span&${query}`, { headers });
      return Buffer.from(await response.arrayBuffer());
    };
    const name = TERMS[main].name.zh;
    const cells = (await readExcelFile(await ask('xlsx'))).flatMap(({ data }) => data);
    expect(cells.find(([head]) => head === name)?.[2]).toBe(readTerm(recounted, main));
    const text = (await ask('txt')).toString('utf8');
    expect(text).toContain(`\n${name}：${tellValue(toValue(recounted, main), 'zh')}`);
  });

  test('each figure leads to as many rows', async () => {
    const differing: string[] = [];
    for (const term of Object.keys(TERMS) as TermId[])
      for (const part of ['n', 'of'] as const) {
        if (part === 'of' && TERMS[term].kind !== 'ratio') continue;
        const { body } = await leader.ask('GET', `/api/rows?term=${term}&part=${part}&${query}&limit=1`);
        const { count } = body as FigureRows;
        const led = ledTo(term, part);
        const figure = partOf(readTerm(recounted, led.term), led.part);
        if (count !== figure) differing.push(`${term}.${part}: ${figure}, and ${count} by its rows`);
      }
    expect(differing).toEqual([]);
  });
});
