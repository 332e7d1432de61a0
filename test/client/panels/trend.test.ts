/** The day's chart: its bars add up to the figures above them, and its axis holds them. */
import { describe, expect, it } from 'vitest';
import { readMoment } from '../../../client/panels/moment.ts';
import { buildTrend, buildTrendOption, findCeiling } from '../../../client/panels/trend.ts';
import { zh } from '../../../client/words/wall.ts';
import type { OverviewData } from '../../../domain/board/topics/data.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { atClock, buildEmpty, buildEvening, buildOverview, buildTrouble, NOW } from '../fixture-overview.ts';

const zone = createZone('Asia/Shanghai');
const read = (data: OverviewData, now = NOW) => buildTrend(data, readMoment(data.day, zone, now), zh);

describe('buildTrend', () => {
  it.each([
    ['an ordinary morning', buildOverview(), NOW, 18],
    ['with cases filed at night', buildTrouble(), NOW, 19],
    ['a closed day', buildEvening(), atClock(18, 31), 18],
    ['an empty day', buildEmpty(), NOW, 18],
  ])('adds up to the cases accepted: %s', (_name, data, now, bands) => {
    const view = read(data, now);
    expect(view.total).toBe(data.counts.accepted);
    expect(view.bands).toHaveLength(bands);
  });

  it('marks the half hour that is still running, and no other', () => {
    const current = read(buildOverview()).bands.filter((band) => band.current);
    expect(current.map((band) => band.from)).toEqual([630]);
    expect(read(buildEvening(), atClock(18, 31)).bands.some((band) => band.current)).toBe(false);
  });

  it('names other ways only where there is any, and the usual day and the forecast only where they are known', () => {
    expect(read(buildOverview()).legend.map((entry) => entry.text)).toEqual([
      '窗口 21',
      '网上 6',
      '平常周一',
      '预计（八成把握）',
    ]);
    expect(read(buildTrouble()).keys).toContain('other');
    expect(read(buildEmpty()).legend.map((entry) => entry.text)).toEqual(['窗口 0', '网上 0']);
  });

  it('shades lunch', () => {
    expect(read(buildOverview()).breaks).toEqual([[720, 840]]);
  });

  const say = (data: OverviewData, now?: number) =>
    read(data, now)
      .note.map((part) => part.text)
      .join('');

  it('says what the day is likely to end at and how sure that is, and once it is over what it ended at (F2)', () => {
    expect(say(buildOverview())).toMatch(/^预计全天 \d+–\d+ 件$/);
    expect(say(buildTrouble())).toMatch(/^预计全天 \d,\d{3}–\d,\d{3} 件$/);
    expect(say(buildOverview(), atClock(23, 59))).toBe('全天 27 件');
    expect(read(buildEvening(), atClock(18, 31)).note).toEqual([{ text: '全天 68 件' }]);
    expect(read(buildEmpty()).note).toEqual([{ text: '尚无往日可比' }]);
  });

  it('calls no sum that of the day while cases are still filed after hours', () => {
    const data = buildEvening();
    data.trend.usual['38'] = [3, 2, 4, 3, 2, 3, 4, 3];
    expect(say(data, atClock(18, 31))).toMatch(/^预计全天 \d+–\d+ 件/);
    expect(say(data, atClock(19, 31))).toBe('全天 68 件');
  });

  it('shows what the half hours of the next two hours are likely to bring, the running one as a whole (F2)', () => {
    const { bands } = read(buildOverview());
    const expected = bands.filter((band) => band.expected);
    // Lunch, from 12:00, is likely to bring nothing and stays bare.
    expect(expected.map((band) => band.from)).toEqual([630, 660, 690]);
    const running = expected[0]!;
    expect(running.expected!.low).toBeGreaterThanOrEqual(5);
    expect(running.expected!.mid).toBeLessThanOrEqual(running.expected!.high);
    expect(read(buildEvening(), atClock(18, 31)).bands.some((band) => band.expected)).toBe(false);
    expect(read(buildEmpty()).bands.some((band) => band.expected)).toBe(false);
  });

  it('draws a day off over the usual office hours', () => {
    const data = buildOverview();
    data.day.hours = [];
    data.day.working = false;
    expect(read(data).total).toBe(data.counts.accepted);
  });
});

describe('the chart', () => {
  const palette = {
    ink: '#fff',
    soft: '#bbb',
    line: '#222',
    tile: '#111',
    window: '#00f',
    medical: '#90f',
    online: '#0f9',
    other: '#999',
  };

  it('gives every series a stable id', () => {
    const option = buildTrendOption(read(buildOverview()), palette, zh, 1);
    const series = option.series as { id: string; data: unknown[] }[];
    expect(series.map((entry) => entry.id)).toEqual([
      'breaks',
      'window',
      'online',
      'usual',
      'expected-low',
      'expected-range',
      'expected-mid',
    ]);
    expect(series[1]!.data).toHaveLength(18);
    // One tread more than there are bars: the step ends where the last half hour does.
    expect(series[3]!.data).toHaveLength(19);
  });

  it.each([
    [0, 3],
    [3, 3],
    [22, 24],
    [10, 12],
    [13, 15],
    [16, 18],
    [467, 600],
    [1201, 1500],
  ])('an axis for %d ends at %d, in three whole steps', (window, expected) => {
    const counts = { window, online: 0, other: 0 };
    expect(findCeiling([{ kind: 'slot', from: 0, until: 30, counts, usual: 0, current: false }])).toBe(expected);
  });
});
