/** The stations beside one another: rows that add up, and what is wrong in one sentence. */
import { describe, expect, it } from 'vitest';
import { buildHeadline } from '../../../client/panels/communities/headline.ts';
import { buildCommunities, findScale } from '../../../client/panels/communities/rows.ts';
import { readMoment } from '../../../client/panels/moment.ts';
import { en } from '../../../client/words/en/wall.ts';
import { zh } from '../../../client/words/wall.ts';
import type { CommunitiesData, StationRow } from '../../../domain/board/topics/data-communities.ts';
import { createZone, DAY_MS } from '../../../domain/calendar/zone.ts';
import { atClock, MINUTE, NOW } from '../fixture-overview.ts';
import { buildCommunitiesData, buildRow } from './fixture-places.ts';

const zone = createZone('Asia/Shanghai');
const read = (data: CommunitiesData, now = NOW, words = zh) =>
  buildCommunities(data, readMoment(data.day, zone, now), words);
const say = (data: CommunitiesData, now = NOW, words = zh) =>
  buildHeadline(data, readMoment(data.day, zone, now), words)
    .map((part) => part.text)
    .join('');

function alter(change: (data: CommunitiesData) => void): CommunitiesData {
  const data = buildCommunitiesData();
  change(data);
  return data;
}
const changed = (id: string, more: Partial<StationRow>) => alter((data) => Object.assign(data.stations[id]!, more));

describe('the rows', () => {
  it('set the hall apart and keep the order of the profile', () => {
    const view = read(buildCommunitiesData());
    expect(view.hall?.name).toBe('街道大厅');
    expect(view.rows.map((row) => row.name)).toEqual(['梅丰', '龙尾']);
    expect([view.hallScale, view.scale]).toEqual([50, 5]);
    expect(view.hasWaits).toBe(false);
  });

  it('total what stands in them', () => {
    const { total } = read(buildCommunitiesData());
    expect(total).toMatchObject({
      accepted: '24',
      finished: '19',
      onTime: { value: '5/6' },
      ratings: { value: '10/10', note: '默认2' },
      heard: { value: '3/3' },
    });
    expect(total.checks.areas.map(({ text }) => text)).toEqual(['办件 0/3', '证照 0/3']);
  });

  it('are blank where there is nothing to divide', () => {
    const [, longwei] = read(buildCommunitiesData()).rows;
    expect(longwei).toMatchObject({ onTime: { value: '—' }, ratings: { value: '—' }, waiting: { value: '不取号' } });
  });

  it.each([
    [3, '已等3分', undefined],
    [15, '已等15分', undefined],
    [16, undefined, 'trouble'],
  ])('time the one who waits by the clock: %i min', (minutes, note, tone) => {
    const data = changed('hall', { waiting: 2, waitingSince: NOW - minutes * MINUTE });
    const { waiting } = read(data).hall!;
    expect(waiting.value).toBe('2人');
    expect(waiting.note).toBe(note);
    expect(waiting.flag?.tone).toBe(tone);
  });

  it('count a promise as overdue from the moment at which it passes', () => {
    const promises = { finishedOnTime: 1, finishedPromised: 1, overdueBefore: 1, dueToday: [NOW] };
    const row = (now: number) => read(changed('longwei', { promises }), now).rows[1]!;
    expect(row(NOW).onTime).toMatchObject({ value: '1/2', flag: { text: '超期1' } });
    expect(row(NOW + 1).onTime).toMatchObject({ value: '1/3', flag: { text: '超期2' } });
  });

  it('flag silence while the hall is open, and at no other time', () => {
    const silent = alter((data) => (data.proof.heardAt['longwei'] = NOW - 130 * MINUTE));
    expect(read(silent).rows[1]!.heard.flag).toEqual({ text: '2小时无数据', tone: 'warning' });
    expect(read(silent, atClock(12, 30)).rows[1]!.heard).toEqual({ value: '3小时前' });
    expect(read(silent, NOW + DAY_MS).rows[1]!.heard).toEqual({ value: '11月25日' });
    const never = alter((data) => delete data.proof.heardAt['longwei']);
    expect(read(never).rows[1]!.heard.flag?.text).toBe('无数据');
    expect(read(alter((data) => (data.proof.heardAt = {}))).rows[1]!.heard).toEqual({ value: '尚无数据' });
  });

  it('name a station that the profile does not know', () => {
    const data = alter((all) => {
      all.stations['x'] = buildRow('x', { unknown: true, accepted: 2, checks: {} });
      all.order.push('x');
    });
    const view = read(data);
    expect(view.rows[2]).toMatchObject({ unknown: '未登记', heard: { value: '—' } });
    expect(view.total.accepted).toBe('26');
  });

  it('flag a station whose numbers were given out before', () => {
    const data = alter((all) => void (all.stations['meifeng']!.reusedTickets = 1));
    expect(read(data).rows.map(({ reused }) => reused)).toEqual(['号码重复', undefined]);
  });
});

describe('the headline', () => {
  const overdue = { finishedOnTime: 0, finishedPromised: 0, overdueBefore: 2, dueToday: [] };
  it.each<[string, CommunitiesData, number, string]>([
    ['nothing wrong', buildCommunitiesData(), NOW, '各站正常'],
    ['overdue at one', changed('longwei', { promises: overdue }), NOW, '龙尾2件超期'],
    [
      'silence at one',
      alter((data) => (data.proof.heardAt['longwei'] = NOW - 130 * MINUTE)),
      NOW,
      '龙尾2小时10分无数据',
    ],
    [
      'a check missed on the last working day',
      alter((data) => (data.stations['meifeng']!.checks['2019-11-22'] = { cases: 'missing', licences: 'ok' })),
      NOW,
      '11月22日梅丰漏查',
    ],
    ['nothing checked by the evening', buildCommunitiesData(), atClock(18, 1), '今日3站漏查'],
    [
      'a queue that the day left behind',
      changed('hall', { waiting: 2, waitingSince: NOW }),
      atClock(18, 1),
      '今日3站漏查',
    ],
    [
      'an empty hall',
      alter((data) => ((data.proof.heardAt = {}), (data.checkDays = []))),
      NOW,
      '目前还没有收到任何事件',
    ],
    [
      'a day off',
      alter((data) => ((data.day.working = false), (data.day.hours = []), (data.checkDays = []))),
      NOW,
      '今日休息',
    ],
  ])('%s', (_name, data, now, text) => {
    expect(say(data, now)).toBe(text);
  });

  it('says two things at most, the worst first, in both languages', () => {
    const data = changed('longwei', { promises: overdue });
    data.stations['meifeng']!.ratings.poor = 1;
    data.stations['hall']!.waitingSince = NOW - 20 * MINUTE;
    expect(say(data)).toBe('龙尾2件超期 · 街道大厅有人已等20分');
    expect(say(data, NOW, en)).toBe('龙尾: 2 overdue · 街道大厅: 20 min wait');
  });
});

describe('findScale', () => {
  it.each([
    [[], 5],
    [[5, 2], 5],
    [[6], 10],
    [[11], 20],
    [[51], 100],
    [[2001], 5000],
  ])('%j → %i', (counts, scale) => expect(findScale(counts)).toBe(scale));
});
