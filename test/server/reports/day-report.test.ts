// A day's report the morning after, as it is sent: what falls due today, what was corrected at a station, what nobody sent, and by item what is overdue.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HALL_DAY_SOURCE } from '../../../domain/calendar/hall-day.ts';
import { frozenId } from '../../../domain/frozen/chain.ts';
import { tellValue } from '../../../domain/report/tell.ts';
import type { Block, Report, Table } from '../../../domain/wire/report.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

const keys = mkdtempSync(join(tmpdir(), 'hallpulse-keys-'));
let now = Date.parse('2019-11-25T10:00:00+08:00');
let hall: StaffedHall;
let leader: Browser;

beforeAll(async () => {
  hall = await openStaffedHall({
    clock: { now: () => now, untilMs: () => 3_600_000 },
    profile: (profile) =>
      (profile['feeds'] = [
        { fact: 'ratings', source: 'urn:pads', station: 'hall' },
        { fact: 'consultations', source: 'urn:phones' },
      ]),
    server: { keysFolder: join(keys, 'own'), dayLookMs: 5 },
  });
  leader = await hall.signIn('leader');
  await accept('c1', '2019-11-25T09:30:00+08:00', {});
  await accept('c2', '2019-11-25T09:40:00+08:00', { station: 'meifeng' });
  // Overdue by the end of the 26th, due on the 27th, due the day after it, and papers that are due on the 27th.
  await accept('c3', '2019-11-25T09:41:00+08:00', { promisedBy: '2019-11-26T12:00:00+08:00' });
  await accept('c4', '2019-11-25T09:42:00+08:00', { promisedBy: '2019-11-26T11:00:00+08:00' });
  await accept('c5', '2019-11-25T09:43:00+08:00', { promisedBy: '2019-11-27T18:00:00+08:00' });
  await accept('c6', '2019-11-25T09:44:00+08:00', { station: 'meifeng', promisedBy: '2019-11-27T17:00:00+08:00' });
  await accept('c7', '2019-11-25T09:45:00+08:00', { promisedBy: '2019-11-28T18:00:00+08:00' });
  await accept('c8', '2019-11-25T09:46:00+08:00', {
    ...{ deferredDocuments: ['身份证复印件'], supplyBy: '2019-11-27T18:00:00+08:00' },
  });
  await closeDay('2019-11-25', '2019-11-26');
  await accept('late', '2019-11-25T16:00:00+08:00', { station: 'meifeng' });
  now = Date.parse('2019-11-26T09:00:00+08:00');
  await accept('c9', '2019-11-26T08:50:00+08:00', {});
  await closeDay('2019-11-26', '2019-11-27');
  now = Date.parse('2019-11-27T08:30:00+08:00');
});
afterAll(async () => {
  await hall.close();
  rmSync(keys, { recursive: true });
});

/** Goes through the night in which a day closes, until it is frozen. */
async function closeDay(day: string, next: string): Promise<void> {
  const { board, ledger } = hall.server;
  const frozen = new Promise<void>((resolve) => {
    const unsubscribe = board.subscribe({
      onAdvance: () =>
        void ledger.find(HALL_DAY_SOURCE, frozenId(day, 0), ledger.head()).then((event) => {
          if (!event) return;
          unsubscribe();
          resolve();
        }),
    });
  });
  now = Date.parse(`${next}T00:00:00+08:00`);
  await hall.server.looks(2);
  now = Date.parse(`${next}T02:00:00+08:00`);
  await frozen;
}

async function accept(id: string, time: string, more: object): Promise<void> {
  const data = { case: id, station: 'hall', channel: 'window', item: 'mi-01', window: 'w01', ...more };
  const event = { specversion: '1.0', source: 'urn:other', id, type: 'hall.case.accepted', time, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}

async function ask(query: string): Promise<Report> {
  const { status, body } = await leader.ask('GET', `/api/report?${query}`);
  expect(status).toBe(200);
  return body;
}
const blocksOf = ({ sections }: Report, id: string): readonly Block[] =>
  sections.find((section) => section.id === id)?.blocks ?? [];
const textsOf = (report: Report, id: string): string =>
  blocksOf(report, id)
    .flatMap((block) => ('text' in block ? [block.text] : []))
    .join('');
const tablesOf = (report: Report, id: string): Table[] =>
  blocksOf(report, id).filter((block) => block.type === 'table');
const cellsOf = ({ rows }: Table): string[][] => rows.map((row) => row.map((value) => tellValue(value, 'zh')));
const cellOf = (report: Report, name: string): string | undefined =>
  cellsOf(tablesOf(report, 'overview')[0]!).find(([head]) => head === name)?.[2];

test('yesterday’s report, as it is sent, says what falls due today, of the hall and of a station', async () => {
  expect(textsOf(await ask('kind=day&day=2019-11-26'), 'tomorrow')).toContain(
    '承诺期限在当天到期、尚未办结的办件2件。容缺材料在当天到期、尚未补齐的1件。',
  );
  const station = textsOf(await ask('kind=day&day=2019-11-26&station=meifeng'), 'tomorrow');
  expect(station).toContain('承诺期限在当天到期、尚未办结的办件1件。');
  expect(station).not.toContain('容缺材料');
  expect(textsOf(await ask('kind=day&day=2019-11-27'), 'tomorrow')).toContain('尚未办结的办件1件');
  // What was open on the evening of an earlier day is not known any more.
  expect(textsOf(await ask('kind=day&day=2019-11-25'), 'tomorrow')).not.toContain('到期');
});

test('a station’s report lists what was corrected of it after the close, and another’s does not', async () => {
  const [table] = tablesOf(await ask('kind=day&day=2019-11-25&station=meifeng'), 'books');
  expect(cellsOf(table!)).toContainEqual(['2019-11-25', '受理', '2', '3']);
  expect(tablesOf(await ask('kind=month&day=2019-11-25&station=meifeng'), 'books')).toHaveLength(1);
  expect(tablesOf(await ask('kind=day&day=2019-11-25&station=hall'), 'books')).toEqual([]);
  expect(cellsOf(tablesOf(await ask('kind=day&day=2019-11-25'), 'books')[0]!)).toContainEqual([
    ...['2019-11-25', '受理', '8', '9'],
  ]);
});

test('of a year the sheet sums what was corrected by month, of the hall and of a station', async () => {
  for (const [place, before, after] of [
    ['', '9', '10'],
    ['&station=meifeng', '2', '3'],
  ] as const) {
    const [table] = tablesOf(await ask(`kind=year&day=2019-11-25${place}`), 'books');
    expect(cellsOf(table!)).toContainEqual(['2019年11月', '受理', '1', before, after]);
    expect(cellsOf(table!)).toContainEqual(['合计', '受理', '1', before, after]);
  }
  expect(tablesOf(await ask('kind=year&day=2019-11-25&station=hall'), 'books')).toEqual([]);
});

test('of more than a year the sheet says that corrections are not listed', async () => {
  const said = '统计期超过366天，不列出结账后变动的数字';
  expect(textsOf(await ask('kind=span&from=2018-11-01&to=2019-11-27'), 'books')).toContain(said);
  expect(textsOf(await ask('kind=year&day=2019-11-25'), 'books')).not.toContain(said);
});

test('what a feed never sent is marked in the cells of the day, of the hall and of its station, and no 0', async () => {
  const whole = await ask('kind=day&day=2019-11-26');
  expect(cellOf(whole, '满意率')).toBe('未收到');
  expect(cellOf(whole, '服务人次')).toBe('未收到');
  expect(cellOf(whole, '受理')).toBe('1');
  expect(textsOf(whole, 'overview')).toContain('没有收到咨询、评价数据，标“未收到”的数字不能当作零。');
  const rows = cellsOf(tablesOf(whole, 'stations')[0]!);
  expect([rows[0]!.at(-1), rows[1]!.at(-1)]).toEqual(['未收到', '—']);
  const station = await ask('kind=day&day=2019-11-26&station=hall');
  expect(cellOf(station, '满意率')).toBe('未收到');
  expect(textsOf(station, 'books')).toContain('没有收到 urn:pads 的评价数据');
  // The pads are of another station; the telephones are everybody's.
  const other = await ask('kind=day&day=2019-11-26&station=meifeng');
  expect(textsOf(other, 'books')).not.toContain('urn:pads');
  expect(textsOf(other, 'books')).toContain('urn:phones');
  const text = await fetch(`${hall.url}/api/report.txt?kind=day&day=2019-11-26`, {
    headers: { Cookie: leader.cookie },
  });
  expect(await text.text()).toContain('\n满意率：未收到\n');
});

test('the day’s report says lines and items, what is overdue of which, and who had no case', async () => {
  const report = await ask('kind=day&day=2019-11-26');
  const [byLine, ...more] = tablesOf(report, 'items');
  expect(textsOf(report, 'items')).toMatch(/^受理的办件涉及1个事项，为.+1件。$/);
  expect(more).toEqual([]);
  expect(cellsOf(byLine!).at(-1)!.slice(1, 3)).toEqual(['合计', '1']);
  const overdue = tablesOf(report, 'timeliness').find(({ caption }) => caption === '期末超期在办，按事项和站点')!;
  expect(cellsOf(overdue).map((row) => row.slice(1))).toEqual([[report.stations[0]!.name, '2']]);
  expect(textsOf(report, 'idle')).toMatch(/目录内的\d+个事项中，有\d+个当天没有受理.*个当天没有受理：/);
  expect(tablesOf(report, 'idle')).toEqual([]);
});

test('of thousands of overdue cases each is in its place', async () => {
  const send = async (first: number, item: string): Promise<void> => {
    const events = Array.from({ length: 500 }, (_, i) => ({
      ...{ specversion: '1.0', source: 'urn:other', id: `many-${first + i}`, type: 'hall.case.accepted' },
      time: '2019-11-26T09:00:00+08:00',
      data: {
        ...{ case: `many-${first + i}`, station: 'hall', channel: 'window', item, window: 'w01' },
        promisedBy: '2019-11-26T12:00:00+08:00',
      },
    }));
    const { status } = await hall.browser().ask('POST', '/api/events', events, { Authorization: `Bearer ${KEY}` });
    expect(status).toBe(200);
  };
  // The oldest are of another item: the newest two thousand would leave them out.
  for (let n = 0; n < 5; n++) await send(n * 500, n < 2 ? 'mi-02' : 'mi-03');
  await hall.server.board.caughtUp();
  const report = await ask('kind=day&day=2019-11-26');
  const [overdue] = tablesOf(report, 'timeliness').filter(({ caption }) => caption === '期末超期在办，按事项和站点');
  expect(cellsOf(overdue!).map((row) => row.at(-1))).toEqual(['1,500', '1,000', '2']);
});
