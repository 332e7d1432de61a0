/** What is wrong with a station's daily checks: the newest first, as much as has room, the rest counted. */
import { describe, expect, it } from 'vitest';
import { describeChecks, fitExceptions, type Exception } from '../../../client/panels/communities/exceptions.ts';
import { buildCommunities } from '../../../client/panels/communities/rows.ts';
import { readMoment } from '../../../client/panels/moment.ts';
import { measureText } from '../../../client/ui/measure.ts';
import { en } from '../../../client/words/en/wall.ts';
import { zh } from '../../../client/words/wall.ts';
import type { CheckResult, CommunitiesData } from '../../../domain/board/topics/data-communities.ts';
import { addDays, createZone, DAY_MS } from '../../../domain/calendar/zone.ts';
import { atClock, NOW } from '../fixture-overview.ts';
import { buildCommunitiesData, buildRow } from './fixture-places.ts';

const zone = createZone('Asia/Shanghai');
type Checks = Record<string, Record<string, CheckResult>>;

/** Of a station with these checks, in words. */
function tell(checks: Checks, { now = NOW, words = zh, change = (_data: CommunitiesData): void => undefined } = {}) {
  const data = buildCommunitiesData();
  change(data);
  const told = describeChecks(data, buildRow('x', { checks }), readMoment(data.day, zone, now), words);
  return { ...told, exceptions: told.exceptions.map(({ text }) => text) };
}

const ok = { cases: 'ok', licences: 'ok' } as const;
const done: Checks = { '2019-11-21': ok, '2019-11-22': ok, '2019-11-25': ok };

describe('the checks of a station', () => {
  it.each<[string, Checks, number, ReturnType<typeof tell>]>([
    ['all is well', done, NOW, { calm: '正常', exceptions: [] }],
    ['all is due', { ...done, '2019-11-25': {} }, NOW, { due: '今日 0/2', exceptions: [] }],
    ['one is due', { ...done, '2019-11-25': { cases: 'ok' } }, NOW, { due: '今日 1/2', exceptions: [] }],
    [
      'what was found today is done',
      { ...done, '2019-11-25': { cases: 'issue' } },
      NOW,
      { due: '今日 1/2', exceptions: ['办件核查 今日有问题'] },
    ],
    [
      'missed and found are two things',
      { ...done, '2019-11-22': { cases: 'issue', licences: 'missing' } },
      NOW,
      { exceptions: ['证照核查 22日漏查', '办件核查 22日有问题'] },
    ],
    [
      'the newest first',
      {
        ...done,
        '2019-11-21': { cases: 'missing', licences: 'ok' },
        '2019-11-22': { cases: 'ok', licences: 'missing' },
      },
      NOW,
      { exceptions: ['证照核查 22日漏查', '办件核查 21日漏查'] },
    ],
    [
      'every check of a day in one',
      { ...done, '2019-11-22': { cases: 'missing', licences: 'missing' } },
      NOW,
      { exceptions: ['各项核查 22日漏查'] },
    ],
    [
      'what was not done by the evening is missed today',
      { ...done, '2019-11-25': { cases: 'ok' } },
      atClock(18, 1),
      { exceptions: ['证照核查 今日漏查'] },
    ],
    ['of a past day by its date', { ...done, '2019-11-25': {} }, NOW + DAY_MS, { exceptions: ['各项核查 25日漏查'] }],
    ['a station that owed nothing', {}, NOW, { exceptions: [] }],
    ['a station that is off today', { '2019-11-21': ok, '2019-11-22': ok }, NOW, { calm: '正常', exceptions: [] }],
  ])('%s', (_what, checks, now, told) => expect(tell(checks, { now })).toEqual(told));

  it('say the month where it is another', () => {
    const change = (data: CommunitiesData) => void (data.checkDays = ['2019-10-31', '2019-11-25']);
    const checks: Checks = { '2019-10-31': { cases: 'missing', licences: 'ok' }, '2019-11-25': ok };
    expect(tell(checks, { change }).exceptions).toEqual(['办件核查 10月31日漏查']);
    expect(tell(checks, { change, words: en }).exceptions).toEqual(['Cases skipped 31 Oct']);
  });

  it('of areas that nobody knows go by their ids, and by the names of the hall', () => {
    const change = (data: CommunitiesData) => {
      data.areas = ['toString', '__proto__', 'patrol', 'patrol'];
      data.areaNames = { patrol: { zh: '值班巡查', en: 'Patrol' } };
    };
    const day = JSON.parse('{"toString":"missing","__proto__":"issue","patrol":"missing"}') as Checks[string];
    const { exceptions } = tell({ '2019-11-22': day }, { change });
    expect(exceptions).toEqual(['toString 22日漏查', '值班巡查 22日漏查', '__proto__ 22日有问题']);
  });

  it('add up in the total, by area', () => {
    const data = buildCommunitiesData();
    data.stations['meifeng']!.checks['2019-11-25'] = { cases: 'issue' };
    delete data.stations['longwei']!.checks['2019-11-25'];
    const read = (now: number) => buildCommunities(data, readMoment(data.day, zone, now), zh).total.checks;
    expect(read(NOW).when).toBe('今日');
    expect(read(NOW).areas.map(({ text }) => text)).toEqual(['办件 1/2', '证照 0/2']);
    expect(read(NOW + DAY_MS).when).toBe('当日');
    data.checkDays.pop();
    expect(read(NOW)).toEqual({ when: '今日不查', areas: [] });
  });
});

describe('as many exceptions as have room', () => {
  /** So many checks, the newest first; every third found something. */
  function make(count: number): Exception[] {
    return Array.from({ length: count }, (_one, i) => {
      const fault = i % 3 === 2 ? 'issue' : 'missing';
      const day = addDays('2019-11-22', -Math.floor(i / 3));
      return { key: String(i), fault, text: zh.communities.exception[fault]('办件核查', day), checks: 1 };
    });
  }
  const write = (count: number, room: number) => {
    const { shown, rest } = fitExceptions(make(count), room, zh);
    return [...shown.map(({ key }) => key), ...rest.map(({ text }) => text)];
  };

  it.each([
    [0, 40, []],
    [0, 0, []],
    [1, 40, ['0']],
    [2, 40, ['0', '另有1项']],
    [2, 70, ['0', '1']],
    [42, 40, ['0', '另有41项']],
    [42, 70, ['0', '1', '另有40项']],
    [42, 57, ['0', '另有41项']],
    [1, 10, ['漏查1项']],
    [42, 30, ['漏查28项', '有问题14项']],
    [42, 20, ['28', '14']],
    [42, 0, ['28', '14']],
  ])('%i in %i half characters', (count, room, told) => expect(write(count, room)).toEqual(told));

  it('in every room, of any number, all are told and none is wider than it', () => {
    const exceptions = make(42);
    for (let count = 0; count <= 42; count++)
      for (let room = 0; room < 200; room += 7) {
        const { shown, rest } = fitExceptions(exceptions.slice(0, count), room, zh);
        const told = rest.reduce((sum, { text }) => sum + Number(/\d+/.exec(text)![0]), shown.length);
        expect(told, `${count} in ${room}`).toBe(count);
        const width = [...shown, ...rest].reduce((sum, { text }) => sum + measureText(text), 0);
        if (shown.length > 0) expect(width, `${count} in ${room}`).toBeLessThanOrEqual(room);
      }
  });

  it('counts checks, not lines', () => {
    const all = { key: 'all', fault: 'missing', text: '各项核查 22日漏查', checks: 3 } as const;
    // No room is kept for a rest that there is not.
    expect(fitExceptions([all], 21, zh)).toEqual({ shown: [all], rest: [] });
    expect(fitExceptions([make(1)[0]!, all, { ...all, key: 'more' }], 40, zh).rest).toEqual([{ text: '另有6项' }]);
  });
});
