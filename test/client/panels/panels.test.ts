/** Each panel as what it says: the same picture at its moment, and the edges at which a wall tends to lie. */
import { describe, expect, it } from 'vitest';
import { buildCounts } from '../../../client/panels/counts.ts';
import { buildFollowups } from '../../../client/panels/followups.ts';
import { buildHeader } from '../../../client/panels/header.ts';
import { buildHeroes, measureFigure } from '../../../client/panels/heroes.ts';
import { readMoment } from '../../../client/panels/moment.ts';
import { buildStations } from '../../../client/panels/stations.ts';
import { buildWindows } from '../../../client/panels/windows.ts';
import type { Part } from '../../../client/ui/line.ts';
import { languages, zh } from '../../../client/words/wall.ts';
import type { OverviewData } from '../../../domain/board/topics/data.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import {
  atClock,
  buildCalm,
  buildEmpty,
  buildEvening,
  buildOverview,
  buildTrouble,
  MINUTE,
  NOW,
} from '../fixture-overview.ts';

const zone = createZone('Asia/Shanghai');
const at = (data: OverviewData, now = NOW) => readMoment(data.day, zone, now);
const text = (parts: readonly Part[]) => parts.map((part) => part.text).join('');

describe('the five figures', () => {
  const read = (data: OverviewData, now = NOW) =>
    Object.fromEntries(
      buildHeroes(data, at(data, now), zh).map((hero) => [hero.key, `${hero.value}${hero.unit} ${text(hero.note)}`]),
    );

  it('say the reference picture', () => {
    expect(read(buildOverview())).toEqual({
      window: '21件 比上周一同刻多2件',
      online: '6件 网办率22% · 6/27',
      medical: '4件 试点累计办成968件',
      satisfied: '96.3% 主动评价27次 · 差评1',
      waiting: '0人 半数等4分内 · 九成12分内',
    });
  });

  it('stay blank where there is nothing to divide', () => {
    expect(read(buildEmpty())).toEqual({
      window: '0件 暂无同期可比',
      online: '0件 网办率 —',
      medical: '0件 试点累计办成0件',
      satisfied: '— 今日尚无评价',
      waiting: '— 暂无排队数据',
    });
  });

  it('name default ratings apart, and mark a queue too long', () => {
    const data = buildTrouble();
    const heroes = buildHeroes(data, at(data), zh);
    expect(heroes[3]).toMatchObject({ value: '97.3', aside: '默认172另计' });
    expect(text(heroes[3]!.note)).toBe('主动640/658 · 差评18');
    expect(heroes[4]).toMatchObject({ value: '23', trouble: '排队过长' });
    expect(text(heroes[4]!.note)).toBe('最久等31分 · 半数等17分内');
  });

  it('make no share of ratings that nobody gave', () => {
    const data = buildOverview();
    data.ratings = { satisfied: { n: 40, of: 40 }, activelySatisfied: { n: 0, of: 0 }, byDefault: 40, poor: 0 };
    expect(read(data)['satisfied']).toBe('— 尚无主动评价');
  });

  it('stop timing the tickets that nobody called before closing', () => {
    const data = buildEvening();
    data.queue = Array.from({ length: 9 }, () => atClock(17, 30));
    expect(buildHeroes(data, at(data, atClock(17, 59)), zh)[4]).toHaveProperty('trouble', '排队过长');
    const waiting = buildHeroes(data, at(data, atClock(18, 31)), zh)[4]!;
    expect(waiting).not.toHaveProperty('trouble');
    expect(`${waiting.value} ${text(waiting.note)}`).toBe('9 半数等5分内 · 九成13分内');
  });

  it('lead from what nine in ten waited to the longest waits, and from a floor to its share', () => {
    const behind = (data: OverviewData, now: number, key: string) =>
      buildHeroes(data, at(data, now), zh)
        .find((hero) => hero.key === key)!
        .note.flatMap(({ behind: one }) => (one ? [one] : []));
    expect(behind(buildOverview(), NOW, 'waiting')).toEqual([{ term: 'wait' }, { term: 'wait', order: 'largest' }]);
    expect(behind(buildEvening(), atClock(18, 31), 'satisfied')).toContainEqual({ term: 'satisfiedLowerBound' });
  });

  it('set a stricter reading beside 100 %, and compare whole days once the hours are over', () => {
    const heroes = read(buildEvening(), atClock(18, 31));
    expect(heroes['satisfied']).toBe('100% 主动58/58 · 至少93%');
    expect(heroes['window']).toBe('55件 比上周一全天多1件');
  });

  it.each([
    [21, '比上周一同刻多2件'],
    [19, '比上周一同刻持平'],
    [12, '比上周一同刻少7件'],
  ])('compare %d window cases in words', (windowCases, expected) => {
    const data = buildOverview();
    data.counts.windowCases = windowCases;
    expect(text(buildHeroes(data, at(data), zh)[0]!.note)).toBe(expected);
  });

  it('name the date where the same weekday lies further back than a week', () => {
    const data = buildOverview();
    data.comparison!.day = '2019-11-11';
    expect(text(buildHeroes(data, at(data), zh)[0]!.note)).toBe('比11月11日同刻多2件');
  });

  it('compare no day off with a working day', () => {
    const data = buildOverview();
    data.day.working = false;
    expect(text(buildHeroes(data, at(data), zh)[0]!.note)).toBe('休息日不比同期');
  });

  it('speak of medical cases alone where the hall has no pilot', () => {
    const data = buildOverview();
    delete data.medicalPilot;
    const medical = buildHeroes(data, at(data), zh)[2]!;
    expect([medical.label, text(medical.note)]).toEqual(['医保受理', '占受理4/27']);
  });

  it('measure how much room a figure needs', () => {
    expect(measureFigure('96.3')).toBeCloseTo(2.17);
    expect(measureFigure('1,284')).toBeGreaterThan(measureFigure('128'));
  });
});

describe('the second figures', () => {
  it('show every ratio with its sums, and colour only what is due', () => {
    const data = buildOverview();
    expect(buildCounts(data, at(data), zh)).toEqual([
      { key: 'finished', label: '办结', value: '22', behind: { term: 'finished' } },
      { key: 'open', label: '在办', value: '41', behind: { term: 'open' } },
      { key: 'peopleServed', label: '服务人次', value: '97', behind: { term: 'peopleServed' } },
      { key: 'dueSoon', label: '即将超期', value: '2', tone: 'warning' },
      { key: 'overdue', label: '超期在办', value: '1', tone: 'trouble', behind: { term: 'overdueOpen' } },
      { key: 'onTime', label: '按时办结率', value: '95.7%', sum: '22/23', behind: { term: 'onTime' } },
    ]);
    const empty = buildCounts(buildEmpty(), at(buildEmpty()), zh);
    expect(empty.map((count) => count.value)).toEqual(['0', '0', '0', '0', '0', '—']);
    expect(empty.some((count) => count.tone)).toBe(false);
  });

  it('turn a promise into overdue as the clock passes it, without a word from the server', () => {
    const data = buildOverview();
    const [, , , dueSoon, overdue] = buildCounts(data, at(data, atClock(18, 0, 1)), zh);
    expect([dueSoon!.value, overdue!.value]).toEqual(['0', '3']);
  });
});

describe('windows', () => {
  it('say what each is at, and mark the one that takes too long', () => {
    const data = buildOverview();
    const view = buildWindows(data, at(data), zh);
    expect(text(view.note)).toBe('6办理中 · 5空闲 · 1暂停');
    data.stations['hall']!.reusedTickets = 1234;
    expect(text(buildWindows(data, at(data), zh).note)).toBe('6办理中 · 5空闲 · 1暂停 · 1,234个号码与往日重复');
    // One that takes too long says for how long as the others do: that it is too long is its colour and its mark.
    expect(view.tiles.map(({ minutes, text }) => (minutes === undefined ? text : `${minutes}分`)).join(' ')).toBe(
      '3分 空闲 18分 6分 空闲 2分 空闲 11分 空闲 暂停 4分 空闲',
    );
    expect(view.tiles[2]!.state).toBe('over');
  });

  it.each([
    ['the latest case on a quiet morning', buildCalm(), NOW, '少儿医保参保登记', '10:41 刚刚受理 · 06号窗'],
    ['the same a while later', buildCalm(), atClock(10, 55), '少儿医保参保登记', '10:41 最近受理 · 06号窗'],
    ['the day’s sum once it is over', buildEvening(), atClock(18, 31), '已下班', '受理68件，办结61件'],
    ['before opening', buildEmpty(), atClock(8, 10), '尚未开门', '暂无办件'],
  ])('show %s where nothing is wrong', (_name, data, now, title, note) => {
    // The windows' busy times are those of 10:42; a later moment must not turn them into trouble here.
    for (const window of Object.values(data.windows)) if (now !== NOW) delete window.busySince;
    expect(buildWindows(data, at(data, now), zh).bar).toMatchObject({ title, note });
  });

  it('say of a case that nobody brought to a window how it came, also while the hall is shut at noon', () => {
    const data = buildCalm();
    for (const window of Object.values(data.windows)) delete window.busySince;
    data.recent = [{ at: atClock(12, 29), station: '街道大厅', item: '异地就医备案', channel: 'online' }];
    expect(buildWindows(data, at(data, atClock(12, 30)), zh).bar.note).toBe('12:29 刚刚受理 · 网上');
    data.recent = [{ ...data.recent[0]!, channel: 'window' }];
    expect(buildWindows(data, at(data, atClock(12, 30)), zh).bar.note).toBe('12:29 刚刚受理 · 街道大厅');
  });

  it('show at night what each window did', () => {
    const data = buildEvening();
    data.windows['w01'] = { ...data.windows['w01']!, status: 'open', busySince: atClock(17) };
    const view = buildWindows(data, at(data, atClock(20)), zh);
    expect(view.tiles[1]!.text).toBe('6人');
    expect(text(view.note)).toBe('各窗今日接待');
  });
});

describe('follow-ups', () => {
  it('count down in working time (K2), and repeat nothing of the strip above', () => {
    const data = buildOverview();
    const view = buildFollowups(data, at(data), zh);
    expect(text(view.note)).toBe('未销号2 · 今日销号3');
    expect(view.rows.map(({ tone, title, note, due }) => [tone, title, note, due])).toEqual([
      ['warning', '差评回访', '06号窗 · 示例丙', '剩1小时40分'],
      ['plain', '证照未上传', '龙尾社区 · 示例戊', '剩1个工作日'],
    ]);
  });

  it('say how many there are beyond those that are listed', () => {
    const data = buildOverview();
    data.followupCounts.open = 15;
    expect(buildFollowups(data, at(data), zh).rows.at(-1)).toMatchObject({ title: '另有13项', due: '' });
  });

  it('show their lamp, and what was submitted waits without a colour of its own', () => {
    const data = buildOverview();
    data.followups['f1']!.lamp = 'red';
    data.followups['f2']!.lamp = 'blue';
    data.followups['f1']!.submitted = true;
    const rows = buildFollowups(data, at(data, NOW + 5 * 60 * MINUTE), zh).rows;
    expect(rows.find((row) => row.key === 'followup f1')).toMatchObject({
      ...{ tone: 'plain', due: '待销号', lamp: { colour: 'red', name: '红灯' } },
    });
    expect(rows.find((row) => row.key === 'followup f2')).toMatchObject({ lamp: { colour: 'blue', name: '蓝灯' } });
  });

  it('turn red when the time is over, and say who has not been named', () => {
    const data = buildOverview();
    delete data.followups['f1']!.owner;
    delete data.followups['f2']!.due;
    const rows = buildFollowups(data, at(data, NOW + 5 * 60 * MINUTE), zh).rows;
    expect(rows.find((row) => row.key === 'followup f1')).toMatchObject({
      tone: 'trouble',
      note: '06号窗 · 待派单',
      due: '已超1小时20分',
    });
    expect(rows.find((row) => row.key === 'followup f2')).toMatchObject({ tone: 'plain', due: '未定期限' });
  });
});

describe('stations', () => {
  it('add up to what was accepted', () => {
    const data = buildOverview();
    const view = buildStations(data, at(data), zh);
    expect([view.hall, view.communities, view.tiles.length]).toEqual(['20', '7', 13]);
    expect(view.tiles.every((tile) => tile.flag === undefined)).toBe(true);
  });

  it('flag the silent and the unknown, and only while the hall is open', () => {
    const data = buildTrouble();
    const flags = (now: number) =>
      buildStations(data, at(data, now), zh).tiles.flatMap((tile) => (tile.flag ? [`${tile.name} ${tile.flag}`] : []));
    expect(flags(NOW)).toEqual(['新阁 47分前', '翰岭 无数据', 's-77 未登记']);
    expect(flags(atClock(19))).toEqual(['s-77 未登记']);
    // A number that yesterday's visitor had as well.
    data.stations['meifeng']!.reusedTickets = 2;
    data.stations['s-77']!.reusedTickets = 1;
    expect(flags(atClock(19))).toEqual(['梅丰 号码重复', 's-77 未登记']);
  });

  it('draw what does not fit as one tile that keeps the sum', () => {
    const data = buildOverview();
    for (let n = 0; n < 10; n++)
      data.stations[`s${n}`] = { name: `站${n}`, short: `站${n}`, kind: 'community', accepted: 2, waiting: 0 };
    const { tiles, communities } = buildStations(data, at(data), zh);
    expect(tiles).toHaveLength(15);
    expect(tiles.reduce((sum, tile) => sum + Number(tile.value), 0)).toBe(Number(communities));
  });
});

describe('the header', () => {
  const read = (data: OverviewData, now: number, link: Parameters<typeof buildHeader>[3]) =>
    buildHeader(data, at(data, link.state === 'stale' ? link.since : now), now, link, zh);

  it('proves that the board lives', () => {
    const view = read(buildOverview(), NOW, { state: 'live' });
    expect(text(view.proof)).toBe('最近办件 10:41 · 近30分14站有数据');
    expect([view.pulse, view.date, view.clock]).toEqual(['live', '11月25日 周一', '10:42']);
    expect(view.chips).toEqual([{ text: '演示数据', tone: 'demo' }]);
    expect(view.band).toBeUndefined();
  });

  it.each([
    ['in the morning before anybody came', buildOverview(), atClock(7, 30)],
    ['in the evening when all have gone', buildEvening(), atClock(21)],
    ['before anybody was ever heard from', buildEmpty(), NOW],
  ])('counts no stations %s', (_name, data, now) => {
    expect(text(read(data, now, { state: 'live' }).proof)).not.toContain('站有数据');
  });

  it('is English in English: the weekday first, and one of a thing singular', () => {
    const { en } = languages;
    const view = buildHeader(buildOverview(), at(buildOverview()), NOW, { state: 'live' }, en);
    expect([view.date, text(view.proof)]).toEqual(['Mon 25 Nov', 'Last case 10:41 · 14 stations in 30 min']);
    expect([en.medical.days('1'), en.medical.weeksTotal('9', 1), en.medical.items(1)]).toEqual([
      '1 day',
      '9 in 1 week',
      '1 item',
    ]);
  });

  it('says that it polls', () => {
    const view = read(buildOverview(), NOW, { state: 'polling' });
    expect([view.pulse, text(view.proof).endsWith('备用连接，每5秒更新')]).toEqual(['polling', true]);
  });

  it('says where the data stopped while the clock goes on', () => {
    const view = read(buildOverview(), NOW + 5 * MINUTE, { state: 'stale', since: NOW, why: 'lost' });
    expect(view.band).toEqual({ tone: 'stopped', title: '数据停在 10:42', note: '正在重连 · 已中断5分' });
    expect(view.clock).toBe('10:47');
  });

  it('says that all is counted anew', () => {
    const view = read(buildOverview(), NOW + 5 * MINUTE, { state: 'stale', since: NOW, why: 'recounting' });
    expect(view.band).toEqual({ tone: 'stopped', title: '数据停在 10:42', note: '正在重算全部数据 · 已中断5分' });
  });

  it.each([
    ['unbuilt', '本屏数据暂缺，其他照常'],
    ['foreign', '网络要求登录，请在本机认证'],
  ] as const)('says what stands in the way: %s', (why, note) => {
    const view = read(buildOverview(), NOW + 5 * MINUTE, { state: 'stale', since: NOW, why });
    expect(view.band).toEqual({ tone: 'stopped', title: '数据停在 10:42', note });
    expect(view.pulse).toBe('none');
  });

  it('has no green light while its copy is known not to be the server’s', () => {
    const view = read(buildOverview(), NOW, { state: 'checking' });
    expect([view.pulse, text(view.proof).endsWith('数据有出入，正在核对')]).toEqual(['polling', true]);
  });

  it('says of which day the data are where they stopped before midnight', () => {
    const view = read(buildEvening(), atClock(24 + 7, 40), {
      state: 'stale',
      since: atClock(21, 40),
      why: 'lost',
    });
    expect(view.band).toMatchObject({ tone: 'stopped', title: '数据停在 11月25日 21:40' });
  });

  it('never shows yesterday as today', () => {
    const view = read(buildEvening(), atClock(24 + 7, 40), { state: 'live' });
    expect(view.band).toMatchObject({ tone: 'other-day', title: '这是11月25日（周一）的数据' });
    expect([view.date, view.clock]).toEqual(['11月26日 周二', '07:40']);
  });

  it('flags a corrected day', () => {
    expect(read(buildTrouble(), NOW, { state: 'live' }).chips).toContainEqual({ text: '更正 3', tone: 'corrected' });
  });
});

describe('a date', () => {
  it.each([
    ['zh', '2026-11-27', '2026-11-28', '11月27日'],
    ['zh', '2019-06-05', '2026-11-28', '2019年6月5日'],
    ['en', '2026-11-27', '2026-11-28', '27 Nov'],
    ['en', '2019-06-05', '2026-11-28', '5 Jun 2019'],
  ] as const)('has its year where that is not this one’s: %s %s seen on %s', (language, day, today, written) => {
    expect(languages[language].date(day, today)).toBe(written);
  });
});
