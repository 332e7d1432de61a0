/** The scene of ratings as what it says: countdowns on the working calendar, a loop that adds up, shares that can bear it. */
import { describe, expect, it } from 'vitest';
import { readCountdown } from '../../../domain/followups/countdown.ts';
import { buildDistribution } from '../../../client/panels/ratings/distribution.ts';
import { buildLoop } from '../../../client/panels/ratings/loop.ts';
import { buildStationRows, buildWindowRows } from '../../../client/panels/ratings/places.ts';
import { readMoment } from '../../../client/panels/moment.ts';
import type { Part } from '../../../client/ui/line.ts';
import { languages, zh } from '../../../client/words/wall.ts';
import type { RatedStation, RatingLoop, RatingsData } from '../../../domain/board/topics/data-ratings.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { buildHead } from '../fixture-overview.ts';

const zone = createZone('Asia/Shanghai');
const at = (when: string): number => Date.parse(`${when.replace(' ', 'T')}:00+08:00`);
const HOURS: [number, number][] = [
  [540, 720],
  [840, 1080],
];
/** The holiday of 1 to 7 October 2019 and the days that were worked for it. */
const OFF = ['01', '02', '03', '04', '07'].map((day) => `2019-10-${day}`);
const HALL = {
  countdownHours: HOURS,
  calendar: { from: '2018-11-25', to: '2020-11-25', off: OFF, on: ['2019-09-29', '2019-10-12'], unknownYears: [] },
};
const text = (parts: readonly Part[]) => parts.map((part) => part.text).join('');

const loop = (counts: Partial<RatingLoop> = {}): RatingLoop => {
  return { poor: 0, opened: 0, calledBack: 0, rectified: 0, explained: 0, misrated: 0, open: 0, carried: 0, ...counts };
};
const place = (n: number, of: number, poor = of - n, byDefault = 0) => ({ satisfied: { n, of }, poor, byDefault });
const station = (short: string, more: Partial<RatedStation> = {}): RatedStation => {
  return { name: short, short, kind: 'community', ...place(0, 0), windows: {}, ...more };
};

function buildData(more: Partial<RatingsData> = {}): RatingsData {
  const none = { active: {}, byDefault: {} };
  return {
    ...buildHead(),
    ...{ today: none, month: none, earlier: [], stations: {}, loop: loop(), followups: {}, poorRatingDays: 5 },
    order: Object.keys(more.stations ?? {}),
    ...more,
  };
}
const moment = (data: RatingsData, when = '2019-11-25 10:30') => readMoment(data.day, zone, at(when));

describe('the countdown runs while the hall is open, on its calendar', () => {
  it.each([
    ['within the morning', '2019-11-25 10:30', '2019-11-25 11:45', 0, 75],
    ['over lunch', '2019-11-25 10:30', '2019-11-25 14:20', 0, 110],
    ['stands still at lunch', '2019-11-25 12:30', '2019-11-25 14:20', 0, 20],
    ['from one evening to the next morning', '2019-11-25 19:00', '2019-11-26 10:00', 0, 60],
    ['over a weekend', '2019-11-22 17:00', '2019-11-25 10:00', 0, 120],
    ['a working week', '2019-11-25 09:00', '2019-11-29 18:00', 5, 0],
    // 29 September 2019 was a Sunday on which China worked.
    ['a swapped working Sunday', '2019-09-28 12:00', '2019-09-29 18:00', 1, 0],
    // 12 October 2019 a Saturday; 1 to 7 October was the holiday.
    ['over National Day', '2019-09-30 17:00', '2019-10-08 10:00', 0, 120],
    ['a swapped working Saturday', '2019-10-11 18:00', '2019-10-14 09:00', 1, 0],
  ])('%s', (_name, now, due, days, minutes) => {
    expect(readCountdown(at('2019-09-02 09:00'), at(due), at(now), HALL, zone)).toMatchObject({
      state: 'left',
      days,
      minutes,
    });
  });

  it('counts what is late in the same time, and a deadline that is now as kept', () => {
    const opened = at('2019-11-22 09:00');
    const due = at('2019-11-22 17:30');
    expect(readCountdown(opened, due, due, HALL, zone)).toMatchObject({ state: 'left', minutes: 0, share: 0 });
    expect(readCountdown(opened, due, at('2019-11-25 09:10'), HALL, zone)).toMatchObject({
      state: 'late',
      days: 0,
      minutes: 40,
    });
  });

  it('goes by the weekdays where the calendar that came with it says nothing', () => {
    const result = readCountdown(at('2034-12-29 09:00'), at('2035-01-02 10:00'), at('2034-12-29 17:00'), HALL, zone);
    expect(result).toMatchObject({ state: 'left', days: 1, minutes: 120 });
  });
});

describe('the loop', () => {
  const steps = (data: RatingsData, words = zh) =>
    buildLoop(data, moment(data), words).steps.map(({ label, value, notes }) => `${label}${value} ${notes.join(',')}`);

  it('tells each step, and what is missing between two of them', () => {
    const data = buildData({
      month: { active: { 1: 1, 2: 3 }, byDefault: {} },
      loop: loop({ poor: 4, opened: 3, rectified: 1, explained: 1, open: 1, carried: 2 }),
    });
    expect(steps(data)).toEqual([
      '11月差评4 非常不满意 1,不满意 3',
      '回访单3 待建单 1',
      '回访中1 另有往月 2 件',
      '已闭环2 回访 0,整改 1,解释 1,误评 0',
    ]);
    expect(text(buildLoop(data, moment(data), zh).note)).toBe('回访率 50% 2/4 · 整改率 25% 1/4');
  });

  it.each([
    ['2019-11-21 09:00', '超期 1,另有往月 1 件'],
    ['2019-10-31 09:00', '另有往月 1 件，超期 1'],
  ])('counts what is late of the month apart from what an earlier one left: opened %s', (opened, notes) => {
    const late = { about: 'rating' as const, station: 'hall', stationName: '大厅', openedAt: at(opened) };
    const data = buildData({
      loop: loop({ poor: 1, opened: 1, open: 1, carried: 1 }),
      followups: { late: { ...late, due: { at: at('2019-11-22 17:30'), by: 'followup' } } },
    });
    expect(steps(data)[2]).toBe(`回访中1 ${notes}`);
  });

  it('is blank, not 0 %, where there is nothing to divide', () => {
    const view = buildLoop(buildData(), moment(buildData()), zh);
    expect(text(view.note)).toBe('回访率 — · 整改率 —');
    expect(view.calm.title).toBe('11月尚无差评');
  });

  it.each([
    [{ poor: 1 }, '1件差评待建回访单'],
    [{ poor: 2, opened: 2, rectified: 2 }, '2件差评均已闭环'],
  ])('never calls a loop closed that is not: %o', (counts, title) => {
    const data = buildData({ loop: loop(counts) });
    expect(buildLoop(data, moment(data), zh).calm.title).toBe(title);
  });

  it('puts what is late first, then what is due first, and tells who and where', () => {
    const base = {
      about: 'rating' as const,
      station: 'hall',
      stationName: '梅林街道政务服务大厅',
      openedAt: at('2019-11-25 09:45'),
    };
    const data = buildData({
      stations: { hall: station('街道大厅', { kind: 'hall' }) },
      followups: {
        later: { ...base, due: { at: at('2019-11-29 18:00'), by: 'target' } },
        soon: { ...base, window: '06', owner: '示例丙', due: { at: at('2019-11-25 14:20'), by: 'followup' } },
        late: { ...base, openedAt: at('2019-11-21 09:00'), due: { at: at('2019-11-22 17:30'), by: 'followup' } },
        never: base,
      },
    });
    const { cards } = buildLoop(data, moment(data), zh);
    const left = cards.map((card) => card.left.map(({ n, unit }) => `${n}${unit}`).join(''));
    expect(cards.map(({ key, tone, lead }, i) => `${key} ${tone} ${lead}${left[i]}`)).toEqual([
      'late trouble 已超期2小时',
      'soon warning 还剩1小时50分',
      'later plain 还剩4个工作日5小时',
      'never plain 未定期限',
    ]);
    expect(cards[1]).toMatchObject({
      where: '街道大厅 · 06号窗',
      owner: '示例丙',
      opened: '今日 09:45 建单',
      due: '今日 14:20 前办结',
      clock: '按工作时间计',
    });
    expect(cards[2]!.clock).toBe('按工作时间计 · 限5个工作日');
    expect(cards[2]!.due).toBe('11月29日周五 18:00 前办结');
    expect(buildLoop(data, moment(data, '2019-11-25 12:30'), zh).cards[1]!.clock).toBe('暂停计时');
  });
});

describe('the distribution', () => {
  it('sets a stricter reading beside 100 %, and keeps what nobody gave apart', () => {
    const data = buildData({ today: { active: { 5: 9, 3: 1 }, byDefault: { 4: 2 } } });
    const [today] = buildDistribution(data, moment(data), zh).spans;
    expect(today).toMatchObject({
      title: '今日',
      share: '100',
      sum: '含默认 100%',
      strict: '主动10/10 · 至少72%',
    });
    expect(today!.bars.map(({ score, active, byDefault }) => [score, active, byDefault])).toEqual([
      [5, '9', undefined],
      [4, '0', '2'],
      [3, '1', undefined],
      [2, '0', undefined],
      [1, '0', undefined],
    ]);
    expect(Math.max(...today!.bars.map((bar) => bar.activeShare + bar.defaultShare))).toBe(1);
  });

  it('takes the share of those that people gave, and tells what it would be with the others', () => {
    const data = buildData({ today: { active: { 5: 2, 1: 1 }, byDefault: { 4: 5 } } });
    const read = (counts: RatingsData['today']) =>
      buildDistribution({ ...data, today: counts }, moment(data), zh).spans[0];
    expect(read(data.today)).toMatchObject({
      share: '66.7',
      sum: '含默认 87.5%',
      strict: '主动2/3 · 至少20%',
    });
    expect(read({ active: { 5: 2 }, byDefault: {} })).toMatchObject({ share: '100', sum: '无默认评价' });
    const filledIn = read({ active: {}, byDefault: { 4: 5 } });
    expect(filledIn).toMatchObject({ none: '尚无主动评价' });
    expect(filledIn).not.toHaveProperty('share');
  });

  it('says that nobody rated instead of a share, and names a day that is over by its date', () => {
    const data = buildData();
    expect(buildDistribution(data, moment(data), zh).spans[0]).toMatchObject({ none: '尚无评价' });
    expect(buildDistribution(data, moment(data), zh).spans[0]).not.toHaveProperty('share');
    expect(buildDistribution(data, moment(data, '2019-11-26 08:00'), zh).spans[0]!.title).toBe('11月25日');
  });
});

describe('the places', () => {
  const data = buildData({
    stations: {
      hall: station('街道大厅', {
        kind: 'hall',
        ...place(40, 41, 1, 5),
        windows: { w02: { label: '02', ...place(0, 0) }, w01: { label: '01', ...place(24, 25, 1, 2) } },
      }),
      meifeng: station('梅丰', { nameEn: 'Meifeng Community', ...place(1, 1) }),
      meidu: station('梅都'),
    },
  });
  const write = (rows: ReturnType<typeof buildStationRows>) =>
    rows.map((row) => [row.name, row.rated, row.share, row.low, row.poor, row.byDefault].join(' ').trim());

  it('say a share only where there are enough ratings, and nothing where there are none', () => {
    expect(write(buildStationRows(data, zh))).toEqual([
      '街道大厅 41 97.6% 87% 1 5',
      '梅丰 1 1/1  0 0',
      '梅都 0 —',
      '合计 42 97.6% 87% 1 5',
    ]);
  });

  it('add up by window to the hall, with what named no window in a row of its own', () => {
    expect(write(buildWindowRows(data, zh))).toEqual([
      '01号窗 25 96% 80% 1 2',
      '02号窗 0 —',
      '未标窗口 16 16/16  0 3',
      '合计 41 97.6% 87% 1 5',
    ]);
  });

  it('are named in English without the word that all of them bear', () => {
    expect(buildStationRows(data, languages.en)[1]!.name).toBe('Meifeng');
  });
});
