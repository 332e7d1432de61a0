/** The pilot's figures as they are written: sums that hold, a usual day by the minute, weeks that add up. */
import { describe, expect, it } from 'vitest';
import { buildItems, sumItems } from '../../../client/panels/medical/items.ts';
import { buildPace, buildPilot, writeWorkingTime } from '../../../client/panels/medical/pilot.ts';
import { buildConsultations, buildToday, usualBy } from '../../../client/panels/medical/today.ts';
import { buildWeeks, buildWeeksOption } from '../../../client/panels/medical/weeks.ts';
import { readMoment } from '../../../client/panels/moment.ts';
import { en } from '../../../client/words/en/wall.ts';
import { zh } from '../../../client/words/wall.ts';
import { createZone, DAY_MS } from '../../../domain/calendar/zone.ts';
import { atClock, NOW } from '../fixture-overview.ts';
import { buildMedicalData } from './fixture-places.ts';

const zone = createZone('Asia/Shanghai');
const today = (data = buildMedicalData(), now = NOW) => buildToday(data, readMoment(data.day, zone, now), zh);

describe('the pilot', () => {
  it('says what was approved, since when, and what became of the rest', () => {
    const view = buildPilot(buildMedicalData(), zh);
    expect(view).toMatchObject({
      approved: '968',
      note: '自6月5日起，第174天',
      accepted: '1,005',
      finished: '1,000',
      open: '5',
    });
    expect(view.outcomes.map(({ key, value, share }) => [key, value, share])).toEqual([
      ['approved', '968', '96.8'],
      ['notAccepted', '21', '2.1'],
      ['withdrawn', '11', '1.1'],
    ]);
    expect(view.outcomes.reduce((sum, part) => sum + part.width, 0)).toBeCloseTo(1);
  });

  it('states no share while nothing is finished', () => {
    const data = buildMedicalData();
    data.since.outcomes = { approved: 0, refused: 0, notAccepted: 0, withdrawn: 0 };
    expect(buildPilot(data, zh).outcomes).toEqual([{ key: 'approved', label: '办成', value: '0', width: 0 }]);
  });

  it.each([
    [20_000, '不到1分'],
    [3 * 60_000, '3分'],
    [90 * 60_000, '1.5小时'],
    [1440 * 60_000, '1天'],
    [2500 * 60_000, '1.7天'],
  ])('writes %i ms of working time', (ms, text) => expect(writeWorkingTime(ms, zh)).toBe(text));

  it('shows unknown items only where there are any, and no time without a case', () => {
    const data = buildMedicalData();
    expect(buildPace(data, zh).map((row) => row.key)).toEqual(['instant', 'promised']);
    data.pace = { instant: { n: 0 }, promised: { n: 0 }, other: { n: 1, medianMs: 60_000, p90Ms: 60_000 } };
    expect(buildPace(data, zh).map((row) => row.median)).toEqual(['—', '—', '1分']);
  });
});

describe('today', () => {
  it.each([
    [0, 0],
    [555, 0.5],
    [645, 1.5],
    [1440, 4],
  ])('a usual day has accepted by minute %i: %d', (minute, n) =>
    expect(usualBy(buildMedicalData().usual, minute)).toBeCloseTo(n),
  );

  it('stands beside the usual day at the same moment, and when it is over beside the whole of it', () => {
    expect(today().usual).toEqual([
      { label: '平常周一此刻', value: '1.4' },
      { label: '平常周一全天', value: '4.0' },
    ]);
    expect(today(buildMedicalData(), atClock(18, 30)).usual).toEqual([{ label: '平常周一全天', value: '4.0' }]);
  });

  it('is called by its date once it is over', () => {
    expect(today(buildMedicalData(), NOW + DAY_MS).label).toBe('试点11月25日受理');
  });

  it('compares with nothing where there is nothing, and names what other stations accepted', () => {
    const data = buildMedicalData();
    data.usual = { slotMinutes: 30, days: 0, slots: {} };
    data.elsewhere = 2;
    expect(today(data)).toMatchObject({ usual: [], notes: ['尚无往日可比', '其他站2件'] });
    expect(today(data)).not.toHaveProperty('bar');
  });

  it('adds the questions up', () => {
    expect(buildConsultations(buildMedicalData(), zh).map(({ today, since }) => [today, since])).toEqual([
      ['8', '952'],
      ['4', '587'],
      ['12', '1,539'],
    ]);
  });
});

describe('the items', () => {
  it('keep the order of the catalogue and add up', () => {
    const data = buildMedicalData();
    const rows = buildItems(data, en);
    expect(rows.map((row) => row.key)).toEqual(['mi-01', 'mi-02', 'x/1']);
    expect(rows[2]).toMatchObject({ unknown: 'unknown' });
    const [station, line] = ['hall', 'medical-insurance'];
    expect(sumItems(data)).toEqual({
      ...{ since: '1,005', open: '5', today: '4' },
      behind: {
        since: { term: 'medicalCases', from: '2019-06-05', station },
        open: { term: 'open', line, station },
        today: { term: 'medicalCases', station },
      },
    });
  });
});

describe('the weeks', () => {
  it('stand in their order, mark the one that is not over, and add up to what was approved', () => {
    const data = buildMedicalData();
    const view = buildWeeks(data, zh);
    expect(view.weeks.map(({ approved, current }) => [approved, current])).toEqual([
      [900, false],
      [60, false],
      [8, true],
    ]);
    expect(view.total).toBe(data.since.outcomes.approved);
    expect(view.note).toBe('3周合计 968 件 · 虚线为本周未完');
  });

  it('are called the newest where they are not all', () => {
    const data = buildMedicalData();
    delete data.weeks['2019-11-11'];
    expect(buildWeeks(data, zh).note).toBe('近2周合计 68 件 · 虚线为本周未完');
    // Of the weeks that are drawn, and not since the pilot began.
    const [first] = Object.keys(data.weeks).sort();
    expect(buildWeeks(data, zh).behind).toMatchObject({ term: 'medicalApproved', from: first, value: '68' });
  });

  it('name each month once, and none that has not begun', () => {
    const data = buildMedicalData();
    data.weeks = { '2019-10-21': 1, '2019-10-28': 1, '2019-11-04': 1, '2019-11-25': 1 };
    expect(buildWeeks(data, zh).weeks.map(({ month }) => month)).toEqual([10, 11, undefined, undefined]);
  });

  it('are drawn with an axis that holds the highest', () => {
    const palette = {
      ink: '#fff',
      soft: '#bbb',
      line: '#222',
      tile: '#111',
      window: '#00f',
      medical: '#80f',
      online: '#0ff',
      other: '#888',
    };
    const option = buildWeeksOption(buildWeeks(buildMedicalData(), zh), palette, zh, 1, 1_000);
    expect(option.yAxis).toMatchObject({ min: 0, max: 900 });
    // Letters that stand in no data come too late to be drawn (`drawChart`).
    const { data, axisLabel } = option.xAxis as { data: string[]; axisLabel: { formatter: (week: string) => string } };
    expect(data.map((week) => axisLabel.formatter(week)).filter(Boolean).length).toBeGreaterThan(0);
    for (const week of data) expect(week).toContain(axisLabel.formatter(week));
  });
});
