/** What the public screen says: the hall's door, the calls, the waits, the stations, and the band's pages. */
import { describe, expect, it } from 'vitest';
import type { Phase } from '../../../domain/board/now.ts';
import type { PublicData, PublicQueue } from '../../../domain/board/topics/data-public.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { buildCalls } from '../../../client/panels/public/calls.ts';
import { readDoor, readDuty } from '../../../client/panels/public/door.ts';
import { measureText, splitText } from '../../../client/ui/measure.ts';
import { buildPages, PAGE_WIDTH } from '../../../client/panels/public/pages.ts';
import { buildStations, buildWait, readRange, tellRange } from '../../../client/panels/public/waits.ts';
import { publicWords as en } from '../../../client/words/en/public.ts';
import { publicWords as zh } from '../../../client/words/zh/public.ts';
import { atClock, buildOverview, MINUTE, NOW } from '../fixture-overview.ts';

const zone = createZone('Asia/Shanghai');
const { hall, day } = buildOverview();
const data: PublicData = {
  hall,
  day,
  display: { theme: 'deep', language: 'zh' },
  calls: [
    { number: 'A023', window: '03', at: atClock(10, 41) },
    { number: '017', tail: true, window: '绿色专窗', at: atClock(10, 30) },
  ],
  queue: { waiting: 3, oldestAt: atClock(10, 38), wait: { lowMs: 5 * MINUTE, highMs: 12 * MINUTE } },
  stations: [
    { name: '梅丰社区', short: '梅丰', nameEn: 'Meifeng Community', queue: { waiting: 0, free: true } },
    { name: '梅都社区', short: '梅都', nameEn: 'Meidu Community' },
  ],
  notices: [{ zh: '通知正文', en: 'A notice' }],
  freeServices: ['express', 'copying'],
  stars: [{ month: '2019-10', kind: 'pacesetter', name: '示例甲', citation: '业务全面' }],
  suggestions: [{ text: '增加座椅', answer: '已增加' }],
  supervisionTelephone: '0755-12345',
};
const door = (phase: Phase, minute = 642, words = zh) => readDoor({ day }, { phase, minute }, words);

describe('the door', () => {
  it.each([
    ['past', 1440, false, '暂无今日信息', '请以大厅公告和窗口叫号为准', undefined],
    ['off', 600, false, '今日休息', '大厅今天不办理业务', undefined],
    ['before', 500, true, '09:00 开门', undefined, '今日办理时间 09:00–12:00、14:00–18:00'],
    ['open', 642, true, undefined, undefined, '今日办理时间 09:00–12:00、14:00–18:00'],
    ['break', 740, true, '午间休息', '14:00 继续办理', '今日办理时间 09:00–12:00、14:00–18:00'],
    ['after', 1100, true, '今日办理已结束', '感谢您的到来', '今日办理时间 09:00–12:00、14:00–18:00'],
    ['closed', 1100, true, '今日办理已结束', '感谢您的到来', '今日办理时间 09:00–12:00、14:00–18:00'],
  ] as const)('%s', (phase, minute, isToday, title, note, hours) => {
    const view = door(phase, minute);
    expect([view.isToday, view.title, view.note, view.hours]).toEqual([isToday, title, note, hours]);
    expect(view.isOpen).toBe(phase === 'open');
  });
});

describe('who is on duty', () => {
  const duty = { name: '示例甲' };
  it.each([
    ['before opening', atClock(8), day, duty],
    ['at lunch', atClock(12, 30), day, duty],
    ['once the hours are over', atClock(18, 1), day, undefined],
    ['the day after', atClock(24 + 9), day, undefined],
    ['where the doors stay shut', NOW, { ...day, working: false, hours: [] }, undefined],
    ['on a Saturday on which they are open', NOW, { ...day, working: false }, duty],
  ])('%s', (_name, now, of, expected) => {
    expect(readDuty({ day: of, duty }, zone, now)).toEqual(expected);
  });
});

describe('the calls', () => {
  const read = (phase: Phase, more: Partial<PublicData> = {}) =>
    buildCalls({ ...data, ...more }, door(phase), NOW, zone, zh);

  it('put the newest first and name windows as they are called', () => {
    const view = read('open');
    expect(view.first).toMatchObject({ numberLabel: '票号', number: 'A023', window: '03', clock: '10:41' });
    expect(view.others).toMatchObject([{ numberLabel: '尾号', number: '017', windowName: '绿色专窗' }]);
    expect(buildCalls(data, door('open', 642, en), NOW, zone, en).first).toMatchObject({ windowName: 'window 03' });
  });

  it("show nobody's call as today's on another day, and nobody as called while the hall is shut", () => {
    for (const phase of ['past', 'off'] as const) expect(read(phase)).toMatchObject({ others: [] });
    const lunch = read('break');
    expect([lunch.first, lunch.others.length, lunch.title]).toEqual([undefined, 2, '午间休息']);
  });

  it('say what to do where nobody is called', () => {
    expect(read('open', { calls: [] })).toMatchObject({ title: '现在没有叫号', note: '取号后请留意本屏和广播' });
    const { queue: _queue, ...noTickets } = { ...data, calls: [] };
    expect(buildCalls(noTickets, door('open'), NOW, zone, zh).note).toBe('请直接到窗口办理');
  });
});

describe('a call that is three minutes old', () => {
  it('is nobody’s call any more: who was called is being served', () => {
    const old = { ...data, calls: data.calls.map((call) => ({ ...call, at: NOW - 180_000 })) };
    const view = buildCalls(old, door('open'), NOW, zone, zh);
    expect([view.first, view.title, view.others.length]).toEqual([undefined, '现在没有叫号', old.calls.length]);
    const newer = { ...data, calls: old.calls.map((call) => ({ ...call, at: call.at + 1 })) };
    expect(buildCalls(newer, door('open'), NOW, zone, zh).first).toBeDefined();
  });

  it('says how many windows more are at it', () => {
    const view = buildCalls({ ...data, callsMore: 3 }, door('open'), NOW, zone, zh);
    expect(view.othersTitle).toBe('正在办理 · 另有3个窗口');
  });
});

describe('the next opening', () => {
  const note = (opensNext: PublicData['opensNext'], phase: Phase = 'after', words = zh) =>
    readDoor({ day, ...(opensNext ? { opensNext } : {}) }, { phase, minute: 1100 }, words).note;

  it.each([
    [{ day: '2019-11-26', minute: 540 }, '明天 09:00 开门', 'Open again tomorrow at 09:00'],
    [{ day: '2019-12-02', minute: 570 }, '12月2日 周一 09:30 开门', 'Open again Mon 2 Dec at 09:30'],
    [undefined, '感谢您的到来', 'Thank you for coming'],
  ])('%j', (opening, chinese, english) => {
    expect(note(opening)).toBe(chinese);
    expect(note(opening, 'closed', en)).toBe(english);
  });
});

describe('a range helps whoever stands there', () => {
  it.each([
    [0, 9, '9分钟以内'],
    [2, 14, '约2–14分钟'],
    [0, 18, '20分钟以内'],
    [20, 40, '约20–40分钟'],
    [5, 44, '半小时左右'],
    [62, 90, '1小时以上'],
    [65, 300, '1小时以上'],
    [31, 248, '半小时以上'],
    [12, 248, '可能超过1小时'],
  ])('%d to %d minutes is %s', (low, high, text) => {
    expect(tellRange({ low, high }, zh)).toBe(text);
  });
});

describe('the waits', () => {
  it.each([
    ['nothing known', { waiting: 2, oldestAt: NOW }, undefined],
    ['rounded outwards', { waiting: 0, wait: { lowMs: 119_000, highMs: 121_000 } }, [1, 3]],
    ['never one number', { waiting: 0, wait: { lowMs: 120_000, highMs: 120_000 } }, [2, 3]],
    [
      'never below what somebody has waited already',
      { waiting: 1, oldestAt: NOW - 31 * MINUTE - 1, wait: { lowMs: 60_000, highMs: 120_000 } },
      [1, 32],
    ],
  ] as [string, PublicQueue, [number, number] | undefined][])('%s', (_name, queue, expected) => {
    const range = readRange(queue, NOW);
    expect(range && [range.low, range.high]).toEqual(expected);
  });

  const read = (queue: PublicQueue | undefined, phase: Phase = 'open') => buildWait(queue, door(phase), NOW, zh);

  it('say how many wait and how long, or that it is not known', () => {
    expect(read(data.queue)).toMatchObject({ figure: { value: '3' }, range: '约5–12分钟' });
    expect(read({ waiting: 1, wait: { lowMs: 10_000, highMs: 9 * MINUTE } })).toMatchObject({ range: '9分钟以内' });
    expect(read({ waiting: 2 })).toMatchObject({ label: '今天叫号还少，暂不估算时间' });
  });

  it('claim nothing before the first call of a day', () => {
    expect(read({ waiting: 0, untold: true })).toEqual({ isFree: false, title: '暂无排队数据', label: '', basis: '' });
    expect(read({ waiting: 0, untold: true }, 'after')).toMatchObject({ title: '现在不办理' });
  });
  it('say that there is no queue only where nobody waits and a window is free', () => {
    expect(read({ waiting: 0, free: true })).toMatchObject({ isFree: true, title: '现在不用排队' });
    expect(read({ waiting: 0 })).toMatchObject({ isFree: false, figure: { value: '0' } });
    expect(read({ waiting: 0, free: true }, 'after')).toMatchObject({ isFree: false, title: '现在不办理' });
    expect(read(data.queue, 'past')).toMatchObject({ title: '现在不办理' });
    expect(read(undefined)).toMatchObject({ title: '本厅不取号' });
  });

  it('claim nothing of stations that take no tickets', () => {
    expect(buildStations(data, door('open'), NOW, zh)).toEqual([
      { type: 'queues', queues: [{ name: '梅丰社区', text: '现在不用等', isFree: true }] },
      { type: 'direct', note: '不用取号，到窗口直接办理', names: ['梅都'] },
    ]);
    expect(buildStations(data, door('after'), NOW, en)).toEqual([
      { type: 'queues', queues: [{ name: 'Meifeng Community', text: 'not open now', isFree: false }] },
      { type: 'direct', note: 'Also done here, in opening hours', names: ['Meidu'] },
    ]);
  });

  it('turn pages where a hall has more stations than fit', () => {
    const stations = Array.from({ length: 60 }, (_, i) => ({ name: `第${i}社区`, short: `第${i}社区` }));
    const pages = buildStations({ stations }, door('open'), NOW, zh);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap((page) => (page.type === 'direct' ? page.names : []))).toEqual(stations.map((s) => s.short));
  });
});

describe('the band', () => {
  it('has a page for each thing, in both languages', () => {
    expect(buildPages(data, zh).map(({ kind, lead = '', text }) => `${kind} ${lead}|${text}`)).toEqual([
      'notice |通知正文',
      'free |免费寄递、免费复印',
      'star 2019年10月 业务标兵 示例甲|业务全面',
      'suggestion 增加座椅|答复：已增加',
      'telephone |0755-12345',
    ]);
    expect(buildPages(data, en)[0]!.text).toBe('A notice');
  });

  it('tells in English why somebody is a star where the hall has said so, else in Chinese that is marked as such', () => {
    const page = (more: object, words: typeof zh) =>
      buildPages({ ...data, stars: data.stars.map((star) => ({ ...star, ...more })) }, words).find(
        ({ kind }) => kind === 'star',
      );
    const citationEn = 'At home in every line';
    expect(page({ citationEn }, en)).toMatchObject({ text: citationEn, lang: undefined });
    expect(page({}, en)).toMatchObject({ text: '业务全面', lang: 'zh-CN' });
    expect(page({ citationEn }, zh)).toMatchObject({ text: '业务全面', lang: undefined });
    expect(page({ kind: 'window', name: '03' }, en)?.lead).toBe('October 2019 Window of the month 03');
  });

  it('never cuts a text off: a long one goes on, on the next page', () => {
    const text = '请在等候区增加一些座椅，老人站着很累。'.repeat(40);
    const pages = buildPages({ ...data, notices: [], suggestions: [{ text, answer: text }] }, zh);
    const suggestion = pages.filter(({ kind }) => kind === 'suggestion');
    expect(suggestion.map((page) => page.text).join('')).toBe(`${text}答复：${text}`);
    for (const page of suggestion) expect(measureText(page.text)).toBeLessThanOrEqual(PAGE_WIDTH);
  });

  it.each([
    ['', 10, []],
    ['短', 10, ['短']],
    ['一二三。四五六七', 10, ['一二三。', '四五六七']],
    ['one two three', 11, ['one two', 'three']],
    ['一二三四五六', 5, ['一二', '三四', '五六']],
  ])('%s by %d', (text, most, parts) => {
    expect(splitText(text, most)).toEqual(parts);
  });
});
