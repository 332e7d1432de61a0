/** The alarms as a wall says them: which comes first, in whose hands it is, what it came to, and when it is spoken. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { buildAlarms, isNews, matterOf, measuresOf } from '../../../client/alarms/alarms.ts';
import { takeAlarm } from '../../../client/alarms/take.ts';
import { alarmsToAnnounce, speechOf } from '../../../client/alarms/voice.ts';
import { phoneLanguages } from '../../../client/words/alarm.ts';
import { en as enWords } from '../../../client/words/en/wall.ts';
import { zh as zhWords } from '../../../client/words/zh/wall.ts';
import type { AlarmCard } from '../../../domain/board/topics/data-alarms.ts';
import { createZone, DAY_MS } from '../../../domain/calendar/zone.ts';
import { buildOverview, MINUTE, NOW } from '../fixture-overview.ts';

const { alarms: en } = enWords;
const { alarms: zh } = zhWords;

const time = { ...buildOverview(), zone: createZone('Asia/Shanghai') };

const card = (kind: string, more: Partial<AlarmCard> = {}): AlarmCard => ({
  kind,
  station: 'hall',
  stationName: '梅林街道政务服务大厅',
  raisedAt: NOW - 2 * MINUTE,
  ...more,
});
const overtime = card('window-overtime', { window: '03', since: NOW - 18 * MINUTE, proposal: 'send-lead' });
const say = (one: AlarmCard, words = zh) => {
  const [view] = buildAlarms({ a: one }, NOW, words, time);
  const value = view?.value?.map(({ n, unit }) => `${n} ${unit}`) ?? [];
  return view && [view.lead, view.title, view.note, view.caption, ...value].filter(Boolean).join(' ');
};

describe('an alarm says what is wrong and proposes one action', () => {
  it.each<[string, AlarmCard, string, string]>([
    ['a window', overtime, '03 办理超时 建议值班长到场 已办理 18 分钟', '03 Overtime Send a lead for 18 min'],
    [
      'a community’s window',
      { ...overtime, stationShort: '梅丰', stationShortEn: 'Meifeng' },
      '03 梅丰 办理超时 建议值班长到场 已办理 18 分钟',
      '03 Meifeng: Overtime Send a lead for 18 min',
    ],
    [
      'a queue by its present length and longest wait',
      card('queue', {
        waiting: 12,
        waitingSince: NOW - 22 * MINUTE,
        proposal: 'open-window:w05',
        proposedWindow: '05',
      }),
      '12人等候 建议开05号窗 最久已等 22 分钟',
      '12 waiting Open window 05 longest wait 22 min',
    ],
    [
      'a queue that is gone, as eased',
      card('queue', { waiting: 0, before: { waiting: 12, longestMinutes: 22 }, proposal: 'send-lead' }),
      '排队已缓解 现无人等候',
      'Queue eased Nobody waits now',
    ],
    [
      'a poor rating',
      card('poor-rating', { proposal: 'call-back' }),
      '收到差评 建议尽快回访 已持续 2 分钟',
      'Poor rating Call back soon for 2 min',
    ],
    [
      'a poor rating with its place, who calls back and by when, in working time over lunch',
      card('poor-rating', {
        proposal: 'call-back',
        window: '06',
        followup: { owner: '示例丙', openedAt: NOW - MINUTE, dueAt: NOW + (78 + 120 + 30) * MINUTE },
      }),
      '06号窗收到差评 由示例丙回访 剩 1 小时 48 分',
      'window 06: Poor rating 示例丙 calls left 1 h 48 min',
    ],
    [
      'a poor rating that nobody called back in time',
      card('poor-rating', { proposal: 'call-back', followup: { openedAt: NOW - DAY_MS, dueAt: NOW - 40 * MINUTE } }),
      '收到差评 建议尽快回访 已超 40 分',
      'Poor rating Call back soon late by 40 min',
    ],
    [
      'a silent station, in hours once it is long',
      card('station-unheard', { stationShort: '梅丰', since: NOW - 239 * MINUTE, proposal: 'call-station' }),
      '梅丰无数据 建议电话联系 已 3.9 小时',
      '梅丰: no data Call the station for 3.9 h',
    ],
    [
      'a terminal by its name',
      card('terminal-broken', { subjectName: '社保自助机', proposal: 'refill-paper' }),
      '社保自助机缺纸 建议加纸 已 2 分钟',
      '社保自助机: no paper Refill the paper for 2 min',
    ],
    [
      'promises together',
      card('promise-lapsing', { before: { waiting: 0, longestMinutes: 0, things: 3 }, proposal: 'hasten' }),
      '有办件将超期 建议督办',
      'Cases nearly overdue Hasten these cases',
    ],
    [
      'what somebody else raised, as it is',
      card('烟感', { proposal: '请查看二楼' }),
      '烟感 请查看二楼 已持续 2 分钟',
      '烟感 请查看二楼 for 2 min',
    ],
  ])('%s', (_name, one, chinese, english) => {
    expect(say(one)).toBe(chinese);
    expect(say(one, en)).toBe(english);
  });

  it('taken, it says who and what; ended, what the waits did, for a minute', () => {
    const taken = { ...overtime, takenAt: NOW - MINUTE, takenBy: '示例甲', measure: 'on-site' };
    expect(say(taken)).toBe('03 办理超时 示例甲 已到场 已办理 18 分钟');
    expect(say({ ...taken, measure: '已请副班长' })).toBe('03 办理超时 示例甲 已请副班长 已办理 18 分钟');
    const effect = '等候 12 人→3 人，最长 22 分→6 分';
    const ended: AlarmCard = {
      ...taken,
      endedAt: NOW - 30_000,
      endReason: 'cleared',
      effect,
      before: { waiting: 12, longestMinutes: 22 },
      after: { waiting: 3, longestMinutes: 6 },
    };
    expect(say(ended)).toBe('03 办理超时 已结束 等候12人→3人，最长22分→6分');
    expect(say(ended, en)).toBe('03 Overtime: over Waiting 12→3, longest 22→6 min');
    expect(say({ ...ended, effect: '已换人办理' }, en)).toBe('03 Overtime: over 已换人办理');
    expect(say({ ...overtime, endedAt: NOW - 1000, endReason: 'cleared' })).toBe('03 办理超时 已结束 已恢复');
    expect(say({ ...ended, kind: 'queue' })).toBe('排队过长 已结束 等候12人→3人，最长22分→6分');
    expect(say({ ...ended, endedAt: NOW - 61_000 })).toBeUndefined();
    expect(say({ ...ended, endReason: 'closing' })).toBeUndefined();
  });

  it('puts what nobody has taken first, the worst of it before the rest', () => {
    const cards = {
      promise: card('promise-lapsing'),
      taken: { ...overtime, takenAt: NOW },
      short: { ...overtime, since: NOW - 16 * MINUTE },
      queue: card('queue', { waiting: 3 }),
      long: { ...overtime, since: NOW - 40 * MINUTE },
    };
    const views = buildAlarms(cards, NOW, zh, time);
    expect(views.map(({ id }) => id)).toEqual(['long', 'short', 'queue', 'promise', 'taken']);
    expect(views.map(({ tone, state }) => `${tone} ${state}`)).toEqual([
      'trouble open',
      'trouble open',
      'trouble open',
      'warning open',
      'trouble taken',
    ]);
    expect(views[0]!.code).toBe('/api/alarms/long/code.svg');
  });

  it('is news while any of them was raised lately and is untaken, however long a worse one stands', () => {
    const old = { ...overtime, raisedAt: NOW - 30 * MINUTE };
    const fresh = card('poor-rating', { raisedAt: NOW - MINUTE });
    expect(isNews({ old, fresh }, NOW)).toBe(true);
    expect(isNews({ old }, NOW)).toBe(false);
    expect(isNews({ old, fresh: { ...fresh, takenAt: NOW } }, NOW)).toBe(false);
    expect(isNews({ old, fresh }, NOW + 2 * MINUTE)).toBe(false);
  });

  it('has words in both languages for every measure that it offers', () => {
    for (const kind of [
      'window-overtime',
      'queue',
      'poor-rating',
      'station-unheard',
      'terminal-broken',
      'promise-lapsing',
      '烟感',
    ])
      for (const measure of measuresOf(card(kind))) {
        expect(zh.measure[measure]).toBeTruthy();
        expect(en.measure[measure]).toBeTruthy();
      }
  });
});

describe('the voice', () => {
  it('announces what was raised lately and nobody has taken, once', () => {
    const cards = {
      new: overtime,
      old: { ...overtime, raisedAt: NOW - 10 * MINUTE },
      taken: { ...overtime, takenAt: NOW },
      ended: { ...overtime, endedAt: NOW },
    };
    expect(alarmsToAnnounce(cards, new Set(), NOW).map(([id]) => id)).toEqual(['new']);
    expect(alarmsToAnnounce(cards, new Set(['new']), NOW)).toEqual([]);
    expect(speechOf(overtime, zh)).toBe('请注意，03号窗办理超时，建议值班长到场');
    const community = { ...overtime, stationShort: '梅丰', stationShortEn: 'Meifeng' };
    expect(speechOf(community, zh)).toBe('请注意，梅丰 03号窗办理超时，建议值班长到场');
    expect(speechOf(community, en)).toBe('Attention: Meifeng, window 03: Overtime. Send a lead.');
    expect(phoneLanguages.zh.phone.heading('梅丰', '03', matterOf(community, zh))).toBe('梅丰 03号窗 办理超时');
    expect(alarmsToAnnounce({ eased: card('queue', { waiting: 0 }) }, new Set(), NOW)).toEqual([]);
  });
});

describe('the key on the wall', () => {
  it.each([
    [200, {}, { ok: true }],
    [409, { error: 'already-taken' }, { ok: false, why: 'already-taken' }],
    [409, { error: 'ended' }, { ok: false, why: 'ended' }],
    [404, { error: 'unknown-alarm' }, { ok: false, why: 'ended' }],
    [403, { error: 'foreign-origin' }, { ok: false, why: 'not-allowed' }],
    [503, { error: 'busy' }, { ok: false, why: 'unreachable' }],
  ])('says what an answer of %i means', async (status, body, expected) => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      expect(await takeAlarm('queue:hall:2019', origin)).toEqual(expected);
      expect(asked).toEqual(['POST /api/alarms/queue%3Ahall%3A2019/taken application/json']);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('says that nothing was delivered where there is no server', async () => {
    expect(await takeAlarm('a', 'http://127.0.0.1:1')).toEqual({ ok: false, why: 'unreachable' });
  });
});
