// One question feeds page and files: on random days every figure of the report, its text, workbook and document is that of `GET /api/measures`.
import fc from 'fast-check';
import { extractRawText, convertToHtml } from 'mammoth';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOfFigure } from '../../../client/pages/report/address.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import { formatCount } from '../../../domain/measures/numbers.ts';
import { readTerm, TERMS, type TermId } from '../../../domain/measures/terms.ts';
import { leadOf } from '../../../domain/report/leads.ts';
import { figuresIn } from '../../../domain/report/phrases.ts';
import { tellValue, toValue } from '../../../domain/report/tell.ts';
import { partOf } from '../../../domain/rows/find-rows.ts';
import { ledTo } from '../../../domain/rows/led-to.ts';
import type { BreakdownAnswer } from '../../../domain/wire/breakdown.ts';
import type { FigureRows } from '../../../domain/wire/rows.ts';
import type { Report, Table, Value } from '../../../domain/wire/report.ts';
import { withTime } from '../../../server/record.ts';
import { createPrint } from '../../../server/reports/print.ts';
import { casesOf, threadsOf } from '../../property/threads.ts';
import { WINDOWS } from '../../property/arbitraries.ts';
import { openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';
import { readPart } from './read-part.ts';

const window = WINDOWS.find(({ zone }) => zone === 'Asia/Shanghai')!;
const NOW = Date.parse('2019-12-03T10:00:00+08:00');
/** What random events bring too few of: several kinds of service, a number that prose rounds, and a training. */
const RARE = (
  [
    ['hall.service.given', { station: 'meifeng', kind: 'home-visit', count: 123 }],
    ['hall.service.given', { station: 'hall', kind: 'copying', count: 7 }],
    ['hall.training.held', { station: 'hall', topic: '窗口礼仪', people: 31 }],
  ] as const
).map(([type, data], i) => {
  const at = Date.parse(`${window.to}T15:0${i}:00+08:00`);
  return { source: 'urn:other', id: `rare${i}`, type, at, subject: 'test', data } as HallEvent;
});
let hall: StaffedHall;
let leader: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({ clock: { now: () => NOW, untilMs: (at) => at - NOW } });
  leader = await hall.signIn('leader');
  const [placed] = fc.sample(
    fc.tuple(threadsOf(window, 120), casesOf(window, 120)).map((lists) => lists.flat()),
    { seed: 20_191_125, numRuns: 1 },
  );
  const events = placed!.map(([, event]) => event).filter(({ at }) => at < NOW);
  // What came first says since when the ledger knows.
  events.sort((a, b) => a.at - b.at);
  expect(events.length).toBeGreaterThan(100);
  await hall.server.record(withTime([...events, ...RARE]), { kind: 'command', id: 'test' });
});
afterAll(() => hall.close());

async function ask(query: string): Promise<Report> {
  const { status, body } = await leader.ask('GET', `/api/report?${query}`);
  expect(status).toBe(200);
  return body;
}
async function measures({ from, to }: Report['span'], station?: string): Promise<Measures> {
  const of = station === undefined ? '' : `&station=${station}`;
  return (await leader.ask('GET', `/api/measures?from=${from}&to=${to}${of}`)).body;
}
async function file(extension: string, query: string): Promise<Buffer> {
  const response = await fetch(`${hall.url}/api/report.${extension}?${query}`, { headers: { Cookie: leader.cookie } });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}
const tablesOf = (report: Report): Table[] =>
  report.sections.flatMap(({ blocks }) => blocks.filter((block) => block.type === 'table'));

const QUERIES = [
  `kind=span&from=${window.from}&to=${window.to}`,
  // Two working days before National Day beside four behind it.
  'kind=span&from=2019-10-06&to=2019-10-12',
  'kind=week&day=2019-10-08&station=hall',
  `kind=month&day=${window.to}`,
  `kind=day&day=${window.from}`,
  `kind=year&day=${window.to}&station=meifeng`,
] as const;

describe.each(QUERIES)('%s', (query) => {
  test('every measure of the page is that of /api/measures', async () => {
    const report = await ask(query);
    const found = await measures(report.span, report.station?.id);
    let compared = 0;
    for (const { columns, rows, terms = [] } of tablesOf(report))
      for (const [i, term] of terms.entries()) {
        const { name } = TERMS[term];
        const [head, ...rest] = rows[i]!;
        // The 90th percentile stands under a name of its own.
        if (head?.type !== 'text' || head.text !== name.zh) continue;
        const at = columns.slice(1).findIndex(({ kind }) => kind !== 'text');
        expect([term, rest[at]]).toEqual([term, toValue(found, term)]);
        compared++;
      }
    expect(compared).toBeGreaterThan(5);
    expect(report.comparisons).toHaveLength(/10-06|week/.test(query) ? 1 : 0);
    for (const [i, { kind, span }] of report.comparisons.entries()) {
      const before = await measures(span, report.station?.id);
      const [first] = tablesOf(report);
      expect([kind, first!.rows[0]![3 + 2 * i]]).toEqual([kind, toValue(before, 'accepted')]);
    }
  });

  test('stations and days are theirs', async () => {
    const report = await ask(query);
    const section = report.sections.find(({ id }) => id === 'stations');
    const table = section?.blocks.find((block) => block.type === 'table');
    expect(table === undefined).toBe(report.station !== undefined);
    for (const [i, { id }] of table ? report.stations.entries() : []) {
      const found = await measures(report.span, id);
      expect([id, table!.rows[i]![1]]).toEqual([id, toValue(found, 'accepted')]);
      expect([id, table!.rows[i]!.at(-1)]).toEqual([id, toValue(found, 'activelySatisfied')]);
    }
    const run = report.sections.find(({ id }) => id === 'series')?.blocks.find((block) => block.type === 'table');
    for (const row of run?.columns[0]!.kind === 'date' ? run.rows : []) {
      const { day } = row[0] as { day: string };
      expect([day, row[1]]).toEqual([
        day,
        toValue(await measures({ from: day, to: day }, report.station?.id), 'accepted'),
      ]);
    }
  });

  test('the text says them', async () => {
    const found = await measures((await ask(query)).span, (await ask(query)).station?.id);
    const text = (await file('txt', query)).toString('utf8');
    expect(text).toContain(`\n受理：${tellValue(toValue(found, 'accepted'), 'zh')}件`);
    expect(text).toContain(`\n满意率：${tellValue(toValue(found, 'activelySatisfied'), 'zh')}`);
    expect(text).toContain(`台账位置 ${found.seq}`);
  });

  test('the workbook holds them as numbers, and dates as dates', async () => {
    const report = await ask(query);
    const found = await measures(report.span, report.station?.id);
    const sheets = await readExcelFile(await file('xlsx', query));
    const { data } = sheets.find(({ sheet }) => sheet.endsWith('总体情况'))!;
    const rowOf = (term: TermId) => data.find(([head]) => head === TERMS[term].name.zh)!;
    expect(rowOf('accepted')[2]).toBe(found.accepted);
    expect(rowOf('overdueOpen')[2]).toBe(found.overdueOpen);
    const { n, of } = found.activelySatisfied;
    expect(rowOf('activelySatisfied').slice(2, 5)).toEqual(of === 0 ? [null, null, null] : [n / of, n, of]);
    const run = sheets.find(({ sheet }) => sheet.endsWith('受理走势'));
    const table = report.sections.find(({ id }) => id === 'series')?.blocks.find((block) => block.type === 'table');
    if (table?.columns[0]!.kind === 'date') {
      const dates = run!.data.map(([cell]) => cell).filter((cell) => cell instanceof Date);
      expect(dates.map((date) => date.toISOString().slice(0, 10))).toEqual(
        table.rows.map(([cell]) => (cell as { day: string }).day),
      );
    }
    const about = sheets.find(({ sheet }) => sheet === '口径与说明')!.data.flat();
    expect(about).toContain(TERMS.accepted.definition.zh);
    expect(about.some((cell) => String(cell).includes('Asia/Shanghai'))).toBe(true);
  });

  test('the document says them', async () => {
    const report = await ask(query);
    const found = await measures(report.span, report.station?.id);
    const buffer = await file('docx', query);
    const { value: html } = await convertToHtml({ buffer });
    const cellBehind = (name: string) =>
      new RegExp(`<td><p>${name}</p></td><td><p>[^<]*</p></td><td><p>([^<]*)</p></td>`).exec(html)?.[1];
    expect(cellBehind('受理')).toBe(tellValue(toValue(found, 'accepted'), 'zh'));
    expect(cellBehind('满意率')).toBe(tellValue(toValue(found, 'activelySatisfied'), 'zh'));
    expect(html).toContain(`<h1>一、${report.sections[0]!.heading}</h1>`);
    const { value: text } = await extractRawText({ buffer });
    expect(text).toContain(report.title);
    expect(text).toContain(`台账位置 ${found.seq}`);
  });
});

/** Figures that no row has a part in lead to the rows of another. */
const LED: ReadonlySet<TermId> = new Set(['medicalItems', 'deferredItems', 'satisfiedLowerBound']);

const FIELDS = ['station', 'item', 'line', 'window', 'from', 'order', 'service', 'weekday', 'halfHour'] as const;

test.each(QUERIES)('every figure of %s that leads anywhere leads to as many rows as it says', async (query) => {
  const report = await ask(query);
  const narrowed = new Set<string>();
  let followed = 0;
  for (const table of tablesOf(report))
    for (const [r, row] of table.rows.entries())
      for (const [c, value] of row.entries()) {
        const lead = leadOf(table, r, c);
        if (!lead || LED.has(lead.term)) continue;
        const address = new URL(addressOfFigure(report, lead), hall.url);
        const { status, body } = await leader.ask('GET', `/api/rows?${address.searchParams.toString()}`);
        expect([address.search, status]).toEqual([address.search, 200]);
        const { count } = body as FigureRows;
        const told = value.type === 'number' ? value.n : value.type === 'share' ? value[lead.part ?? 'n'] : undefined;
        if (told === undefined) expect([address.search, count > 0]).toEqual([address.search, true]);
        else expect([address.search, count]).toEqual([address.search, told]);
        followed++;
        for (const field of FIELDS) if (lead[field] !== undefined) narrowed.add(field);
        if (lead.term === 'windowCases' && lead.window !== undefined) narrowed.add('cases of a window');
      }
  expect(followed).toBeGreaterThan(5);
  // Some of the hall's cases were accepted at home, and some name no window.
  if (report.kind === 'month')
    expect([...narrowed].sort()).toEqual([
      ...['cases of a window', 'from', 'halfHour', 'item', 'line', 'order', 'service', 'station', 'weekday', 'window'],
    ]);
});

test('every figure in the paragraph of a year leads to as many rows as it is, and a rounded one is said exactly', async () => {
  const report = await ask(`kind=year&day=${window.to}`);
  const affairs = report.sections.find(({ id }) => id === 'affairs')!;
  const figures = affairs.blocks.flatMap((block) => (block.type === 'sentence' ? figuresIn(block) : []));
  const found = await measures(report.span);
  for (const { term, part = 'n', exact, text } of figures) {
    const address = new URL(addressOfFigure(report, { term, part }), hall.url);
    const { body } = await leader.ask('GET', `/api/rows?${address.searchParams.toString()}`);
    const led = ledTo(term, part);
    expect([term, part, body['count']]).toEqual([term, part, partOf(readTerm(found, led.term), led.part)]);
    const { definition } = report.definitions.find((one) => one.term === term)!;
    const told = exact === undefined ? text : formatCount(exact);
    if (exact !== undefined) expect(definition).toContain(`准确数为${told}`);
    if (TERMS[term].kind === 'count') expect(told).toBe(formatCount(readTerm(found, term) as number));
  }
  const terms = figures.map(({ term }) => term);
  expect(terms).toEqual(expect.arrayContaining(['windowCases', 'peopleServed', 'activelySatisfied', 'trained']));
  expect(figures.some(({ exact }) => exact !== undefined)).toBe(true);
});

describe.each([QUERIES[0], QUERIES[3], `kind=year&day=${window.to}&station=hall`])('what %s is made of', (query) => {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
  const numberIn = (value: Value | undefined): number => (value?.type === 'number' ? value.n : 0);
  const tableOf = (report: Report, id: string): Table =>
    report.sections.find((one) => one.id === id)!.blocks.find((block) => block.type === 'table')!;
  const breakdown = async ({ span: { from, to }, station, seq }: Report): Promise<BreakdownAnswer> => {
    const of = station ? `&station=${station.id}` : '';
    const found = (await leader.ask('GET', `/api/breakdown?from=${from}&to=${to}${of}`)).body as BreakdownAnswer;
    expect(found.seq).toBe(seq);
    return found;
  };

  test('is that of /api/breakdown, and adds up to /api/measures', async () => {
    const report = await ask(query);
    const [made, found] = [await breakdown(report), await measures(report.span, report.station?.id)];
    const items = tableOf(report, 'items');
    const body = items.rows.slice(0, -1);
    expect(body.slice(0, 20).map((row) => numberIn(row[2]))).toEqual(
      made.items.slice(0, 20).map(({ accepted }) => accepted),
    );
    expect(sum(body.map((row) => numberIn(row[2])))).toBe(found.accepted);
    expect(items.rows.at(-1)![2]).toEqual({ type: 'number', n: found.accepted });
    const week = tableOf(report, 'rhythm');
    expect(week.rows.at(-3)!.at(-1)).toEqual({ type: 'number', n: found.windowCases });
    expect(sum(week.rows.slice(0, -3).flatMap((row) => row.slice(1, -1).map(numberIn)))).toBe(found.windowCases);
    const windows = tableOf(report, 'windows');
    expect(sum(windows.rows.slice(0, -1).map((row) => numberIn(row[2])))).toBe(found.windowCases);
    expect(sum(windows.rows.slice(0, -1).map((row) => numberIn(row[3])))).toBe(found.tickets.served);
    const idle = report.sections.find(({ id }) => id === 'idle')!.blocks;
    const listed = idle.flatMap((block) => (block.type === 'table' ? block.rows.map((row) => numberIn(row[1])) : []));
    expect(sum(listed)).toBe(made.idleItems.length + made.idleWindows.length);
  });

  test('stands in the workbook as numbers, shaded where the page is, and in the document and the text', async () => {
    const report = await ask(query);
    const found = await measures(report.span, report.station?.id);
    const sheets = await readExcelFile(await file('xlsx', query));
    const sheetOf = (name: string) => sheets.find(({ sheet }) => sheet.endsWith(name))!.data;
    const items = sheetOf('事项排行');
    const head = items.findIndex((row) => row[0] === '名次');
    const end = items.findIndex((row, i) => i > head && row[1] === '合计');
    expect(sum(items.slice(head + 1, end).map((row) => Number(row[2])))).toBe(found.accepted);
    expect(items[end]![2]).toBe(found.accepted);
    const week = sheetOf('受理时段');
    const sums = week.findIndex(([first]) => first === '合计');
    const heads = week.findIndex(([first]) => first === '时段');
    const cells = week.slice(heads + 1, sums);
    const days = week[heads]!.filter((cell) => String(cell).startsWith('周')).length;
    expect(sum(cells.flatMap((row) => row.slice(1, 1 + days).map(Number)))).toBe(found.windowCases);

    const buffer = await file('docx', query);
    const { value: html } = await convertToHtml({ buffer });
    const rowOf = (table: Table, row: number) =>
      table.rows[row]!.map((value, i) =>
        table.columns[i]!.kind === 'rank' && value.type === 'none' ? '' : tellValue(value, 'zh'),
      );
    const cellsOf = (texts: readonly string[]) =>
      texts.map(
        (text) => `<td>${text === '' ? '' : `<p>(<strong>)?${text.replace(/[.()%/]/g, '\\$&')}(</strong>)?</p>`}</td>`,
      );
    for (const id of ['items', 'rhythm', 'windows']) {
      const table = tableOf(report, id);
      for (const row of [0, table.rows.length - table.foot!])
        expect(html).toMatch(new RegExp(cellsOf(rowOf(table, row)).join('')));
    }
    expect(readPart(buffer, 'word/document.xml')).toMatch(/w:fill="5B97E5"/);
    const text = (await file('txt', query)).toString('utf8');
    const [first] = tableOf(report, 'items').rows;
    expect(text).toContain(`\n1. ${tellValue(first![1]!, 'zh')}：受理 ${tellValue(first![2]!, 'zh')}，`);
  });
});

test('the breakdown is asked for only where a section says it', async () => {
  const week = (await ask(`kind=week&day=${window.from}`)).sections.map(({ id }) => id);
  for (const id of ['items', 'idle', 'windows']) expect(week).not.toContain(id);
});

test('files are called by the hall’s days, for whatever reads UTF-8 and whatever does not', async () => {
  const { headers } = await leader.ask('GET', '/api/report.txt?kind=day&day=2019-11-25');
  const disposition = headers.get('Content-Disposition')!;
  expect(disposition).toContain('filename="report-day-2019-11-25.txt"');
  expect(decodeURIComponent(disposition.split("UTF-8''")[1]!)).toBe('梅林街道政务服务大厅运行日报 2019-11-25.txt');
});

test('a day without an event, and a span before the ledger, state nothing that there is not', async () => {
  const report = await ask('kind=day&day=2016-02-07');
  expect(report.sections.map(({ id }) => id)).not.toContain('ratings');
  expect(report.missing).toContain('评价情况：台账没有评价记录。');
  const text = (await file('txt', 'kind=day&day=2016-02-07')).toString('utf8');
  expect(text).toContain('2016年2月7日（周日），台账没有任何登记。');
  expect(text).not.toMatch(/100%|满意率：0/);
});

test('a span that runs says so', async () => {
  const report = await ask('kind=month');
  expect(report.span).toEqual({ from: '2019-12-01', to: '2019-12-31' });
  expect(report.isRunning).toBe(true);
  expect(report.marks).toContain('统计期尚未结束，数字截至2019-12-03 10:00。');
});

test('a year whose holidays nobody knows is marked', async () => {
  const report = await ask('kind=month&day=2031-05-01');
  expect(report.marks.some((mark) => mark.includes('2031年节假日安排未知'))).toBe(true);
});

test('in English the same figures stand under English names', async () => {
  const [zh, en] = [await ask(QUERIES[0]), await ask(`${QUERIES[0]}&lang=en`)];
  const figures = (report: Report) =>
    tablesOf(report).map(({ rows }) =>
      rows.map((row) => row.filter(({ type }) => type === 'number' || type === 'share')),
    );
  expect(figures(en)).toEqual(figures(zh));
  expect(JSON.stringify([en.title, en.sections.map(({ heading }) => heading), en.definitions])).not.toMatch(
    /[\u4e00-\u9fff]/,
  );
});

test.each([
  ['kind=decade', 400, 'bad-query'],
  ['kind=span', 400, 'bad-query'],
  ['kind=span&from=2019-02-30&to=2019-03-01', 400, 'bad-query'],
  ['from=2019-03-02&to=2019-03-01', 400, 'bad-query'],
  ['from=2019-03-02', 400, 'bad-query'],
  ['day=constructor', 400, 'bad-query'],
  ['lang=fr', 400, 'bad-query'],
  ['station=toString', 404, 'unknown-station'],
])('%s is refused', async (query, status, error) => {
  for (const path of ['report', 'report.xlsx', 'report.pdf'])
    expect(await leader.ask('GET', `/api/${path}?${query}`)).toMatchObject({ status, body: { error } });
});

test('what the hall writes stands in page and files with who wrote it, and only managers write', async () => {
  const place = { kind: 'month', from: '2019-11-01', to: '2019-11-30' };
  const manager = await hall.signIn('manager');
  const write = (browser: Browser, text: string) =>
    browser.ask('POST', '/api/reports/words', { ...place, text }).then(({ status }) => status);
  expect(await write(leader, '不行')).toBe(403);
  expect(await write(await hall.signIn('lead'), '不行')).toBe(403);
  const head = await hall.server.ledger.readHead();
  const before = await measures({ from: place.from, to: place.to });
  expect(await write(manager, '第一稿')).toBe(200);
  expect(await write(manager, '11月开展服务礼仪培训一次。\n新增绿色专窗一个。')).toBe(200);
  expect(await write(manager, '请联系张三 13800138000')).toBe(422);
  const report = await ask('kind=month&day=2019-11-11');
  const [block, ...more] = report.sections.find(({ id }) => id === 'work')!.blocks;
  expect(block).toMatchObject({ type: 'words', text: '11月开展服务礼仪培训一次。\n新增绿色专窗一个。' });
  expect(block).toMatchObject({ told: expect.stringMatching(/^示例manager 于2019-12-03 10:00填写$/) as string });
  expect(more).toEqual([]);
  expect((await file('txt', 'kind=month&day=2019-11-11')).toString()).toContain('新增绿色专窗一个。');
  const { value } = await extractRawText({ buffer: await file('docx', 'kind=month&day=2019-11-11') });
  expect(value).toContain('示例manager 于2019-12-03 10:00填写');
  // Of another span nothing was written, and no figure has moved.
  expect((await ask('kind=week&day=2019-11-11')).sections.map(({ id }) => id)).not.toContain('work');
  expect({ ...(await measures({ from: place.from, to: place.to })), seq: head }).toEqual({ ...before, seq: head });
  expect(await write(manager, '')).toBe(200);
  expect((await ask('kind=month&day=2019-11-11')).sections.map(({ id }) => id)).not.toContain('work');
});

test('a wall’s token opens no report', async () => {
  const { secret } = hall.access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
  for (const path of ['report', 'report.docx'])
    expect(
      await hall.browser().ask('GET', `/api/${path}`, undefined, { Authorization: `Bearer ${secret}` }),
    ).toMatchObject({ status: 403 });
});

test('without a browser on the machine there is no PDF, in words', async () => {
  expect(await leader.ask('GET', '/api/report.pdf')).toMatchObject({
    status: 501,
    body: { error: 'no-browser', message: expect.stringContaining('没有找到 Chromium') as string },
  });
  const { body } = await leader.ask('GET', '/api/report.pdf?lang=en');
  expect((body as { message: string }).message).toMatch(/^No Chromium was found/);
  await expect(createPrint({ clientFolder: '', browser: undefined })(await ask(''))).rejects.toThrow('No Chromium');
});
