// The figures of a brief: each with its days, and no 0 where what it is made of was not sent.
import { expect, test } from 'vitest';
import { createZone } from '../../../../domain/calendar/zone.ts';
import type { Brief } from '../../../../domain/wire/brief.ts';
import { addressOfFigure } from '../../../../client/pages/brief/address.ts';
import { buildFigures, readFigures } from '../../../../client/pages/brief/figures.ts';
import { briefLanguages } from '../../../../client/words/brief.ts';
import { emptyMeasures } from '../../../domain/measures/empty.ts';

const DAY = '2019-11-22';
const brief: Brief = {
  hall: { id: 'meilin', name: '梅林街道政务服务大厅', demo: false },
  ...{ timeZone: 'Asia/Shanghai', period: 'day', span: { from: DAY, to: DAY }, today: '2019-11-25' },
  ...{ now: Date.parse('2019-11-25T10:00:00+08:00'), isRunning: false, stations: [], workingDays: 1 },
  measures: { ...emptyMeasures, medicalCases: 2 },
  comparisons: [
    {
      ...{ kind: 'weekday', now: { from: DAY, to: DAY }, then: { from: '2019-11-15', to: '2019-11-15' } },
      ...{ workingDays: 1, workingDaysThen: 1 },
      ...{ measures: emptyMeasures, before: { ...emptyMeasures, accepted: 7 } },
    },
  ],
  cautions: [{ type: 'silent-feeds', day: DAY, feeds: [{ fact: 'cases', source: 'urn:windows' }] }],
  days: [
    { day: '2019-11-21', accepted: 4, windowCases: 4, onlineCases: 0, medicalCases: 0, peopleServed: 4 },
    { day: DAY, accepted: 0, windowCases: 0, onlineCases: 0, medicalCases: 2, peopleServed: 0 },
  ],
  seq: 1,
};
const by = { language: 'zh', zone: createZone('Asia/Shanghai'), words: briefLanguages.zh } as const;

test('what a silent feed alone sends is no 0; what did come in, and what it was before, stands', () => {
  const lines = Object.fromEntries(buildFigures(brief, 'zh').map(({ term, now, before }) => [term, [now, ...before]]));
  expect(lines['accepted']).toEqual(['没有数据', '7']);
  expect(lines['medicalCases']).toEqual(['2', '0']);
  const heard = { ...brief, cautions: [] };
  expect(buildFigures(heard, 'zh')[0]).toMatchObject({ term: 'accepted', now: '0' });
  expect(readFigures({ term: 'windowCases', day: DAY }, brief, by)).toEqual([
    { span: { from: DAY, to: DAY }, value: '没有数据', scope: '11月22日（周五）' },
  ]);
});

test('each figure is of its own days, and of a change it is told what it was then', () => {
  const then = { span: { from: '2019-11-15', to: '2019-11-15' }, value: '7', scope: '11月15日（周五）' };
  expect(readFigures({ term: 'accepted', before: 'weekday' }, brief, by)).toEqual([then]);
  expect(readFigures({ term: 'accepted', change: 'weekday' }, brief, by)).toMatchObject([
    { span: { from: DAY, to: DAY }, value: '0' },
    then,
  ]);
  const sunday = { ...brief, span: { from: '2019-11-24', to: '2019-11-24' } };
  expect(readFigures({ term: 'medicalCases', day: DAY }, sunday, by)).toEqual([
    { span: { from: DAY, to: DAY }, value: '2', scope: '11月22日（周五）' },
  ]);
  expect(readFigures({ term: 'windowCases', day: '2019-11-21' }, brief, by)).toEqual([
    { span: { from: '2019-11-21', to: '2019-11-21' }, value: '4', scope: '11月21日（周四）' },
  ]);
});

test('the other side of a same moment leads to what was accepted by then', () => {
  const [day, now] = ['2019-11-21', Date.parse('2019-11-22T10:32:40+08:00')];
  const running: Brief = { ...brief, now, isRunning: true, sameMoment: { day, then: 3, windowCases: 0 } };
  const [, beside] = readFigures({ term: 'windowCases', change: 'same-moment' }, running, by);
  expect(beside).toMatchObject({ span: { from: day, to: day }, value: '3', until: '10:32' });
  const { span, until } = beside!;
  const address = addressOfFigure({ ...running, span }, { term: 'windowCases', part: 'n', until }, 'zh');
  expect(address).toBe('/rows?term=windowCases&from=2019-11-21&to=2019-11-21&until=10%3A32');
});
