// Spans of a brief, and what they are laid beside: like for like, by the working days of the calendar.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  comparisonsOf,
  comparisonsOfSpan,
  periodAfter,
  periodBefore,
  periodOf,
  PERIODS,
} from '../../../domain/brief/periods.ts';
import { DEFAULT_CALENDAR } from '../../../domain/calendar/calendar-document.ts';
import { addDays } from '../../../domain/calendar/zone.ts';
import { createHallConfig } from '../../../domain/profile/profile.ts';
import { readConfig } from '../board/topics/fold-story.ts';

const { calendar } = readConfig();

test.each([
  ['day', '2019-11-25', '2019-11-25', '2019-11-25'],
  ['week', '2019-12-01', '2019-11-25', '2019-12-01'],
  ['week', '2020-01-01', '2019-12-30', '2020-01-05'],
  ['month', '2020-02-10', '2020-02-01', '2020-02-29'],
  ['quarter', '2019-12-31', '2019-10-01', '2019-12-31'],
  ['quarter', '2019-05-01', '2019-04-01', '2019-06-30'],
  ['year', '2019-11-25', '2019-01-01', '2019-12-31'],
] as const)('the %s of %s is %s to %s', (period, day, from, to) => {
  expect(periodOf(period, day)).toEqual({ from, to });
});

test('periods follow one another without a gap, whatever the day', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PERIODS), fc.integer({ min: 0, max: 60_000 }), (period, days) => {
      const day = addDays('1970-01-01', days);
      const span = periodOf(period, day);
      expect(span.from <= day && day <= span.to).toBe(true);
      expect(periodAfter(period, span).from).toBe(addDays(span.to, 1));
      expect(periodBefore(period, span).to).toBe(addDays(span.from, -1));
      expect(periodAfter(period, periodBefore(period, span))).toEqual(span);
    }),
  );
});

describe('a comparison', () => {
  const of = (period: (typeof PERIODS)[number], day: string, today: string, since = '2018-01-01') =>
    comparisonsOf(period, periodOf(period, day), { today, since, calendar });

  test('of a day that is over is with the last working day of its weekday; one that runs has none', () => {
    expect(of('day', '2019-11-25', '2019-11-26')).toMatchObject([{ kind: 'weekday', then: { from: '2019-11-18' } }]);
    // The Monday of the holiday of 2019-10-07 was none.
    expect(of('day', '2019-10-14', '2019-11-26')).toMatchObject([{ then: { from: '2019-09-30' } }]);
    expect(of('day', '2019-11-25', '2019-11-25')).toEqual([]);
  });

  test('of a month that runs is of its working days that are over, with as many of the month before', () => {
    // The 25th runs; 16 working days are over.
    expect(of('month', '2019-11-25', '2019-11-25')).toEqual([
      {
        kind: 'previous',
        now: { from: '2019-11-01', to: '2019-11-24' },
        then: { from: '2019-10-01', to: '2019-10-28' },
        workingDays: 16,
        workingDaysThen: 16,
      },
      {
        kind: 'year-before',
        now: { from: '2019-11-01', to: '2019-11-24' },
        then: { from: '2018-11-01', to: '2018-11-22' },
        workingDays: 16,
        workingDaysThen: 16,
      },
    ]);
  });

  test('of a month that is over is whole with whole, and says of how many working days each is', () => {
    expect(of('month', '2019-10-15', '2019-11-25')).toMatchObject([
      { kind: 'previous', now: { to: '2019-10-31' }, then: { to: '2019-09-30' }, workingDays: 19, workingDaysThen: 21 },
      { kind: 'year-before' },
    ]);
  });

  test('is none before the first working day is over, nor with days before the ledger began', () => {
    expect(of('month', '2019-11-01', '2019-11-01')).toEqual([]);
    expect(of('week', '2019-11-25', '2019-11-25')).toEqual([]);
    expect(of('month', '2019-11-25', '2019-11-25', '2019-06-05')).toMatchObject([{ kind: 'previous' }]);
    const by = { today: '2019-11-25', since: undefined, calendar };
    expect(comparisonsOf('month', periodOf('month', '2019-11-25'), by)).toEqual([]);
  });

  test('of one station counts its own days off', () => {
    const { profile, catalogue, scenes, noticeboard } = readConfig();
    const daysOff = [
      { from: '2019-11-18', stations: ['meifeng'] },
      { from: '2019-10-15', until: '2019-10-16', stations: ['meifeng'] },
    ];
    const own = createHallConfig(profile, catalogue, scenes, noticeboard, { ...DEFAULT_CALENDAR, daysOff });
    const by = { today: '2019-11-26', since: '2018-01-01', calendar: own.calendar };
    const atStation = { ...by, station: 'meifeng' };
    const day = periodOf('day', '2019-11-25');
    expect(comparisonsOf('day', day, by)).toMatchObject([{ then: { from: '2019-11-18' } }]);
    expect(comparisonsOf('day', day, atStation)).toMatchObject([{ then: { from: '2019-11-11' } }]);
    const october = periodOf('month', '2019-10-01');
    expect(comparisonsOf('month', october, by)[0]).toMatchObject({ workingDays: 19 });
    expect(comparisonsOf('month', october, atStation)[0]).toMatchObject({ workingDays: 17 });
    // 17 working days of November are over, 16 of them the station's: as many of October, of which it had two fewer.
    const november = periodOf('month', '2019-11-01');
    expect(comparisonsOf('month', november, by)[0]).toMatchObject({ workingDays: 17, workingDaysThen: 17 });
    expect(comparisonsOf('month', november, atStation)[0]).toMatchObject({ workingDays: 16, workingDaysThen: 16 });
    const span = { from: '2019-11-18', to: '2019-11-22' };
    expect(comparisonsOfSpan(span, atStation)[0]).toMatchObject({ workingDays: 4, workingDaysThen: 3 });
  });
});
