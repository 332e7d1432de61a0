// What is wrong at a moment, read from a few events: silence that is grouped, and what the calendar does not know.
import { describe, expect, it } from 'vitest';
import { readConditions, readReading } from '../../../domain/alarms/conditions.ts';
import { toAlarmCards } from '../../../domain/board/topics/alarms.ts';
import { at, event, foldStory } from '../board/topics/fold-story.ts';

const DAY = '2019-11-25';
const heard = (station: string, clock = '09:05') =>
  event('hall.consultation.given', `${DAY} ${clock}`, { station, medium: 'visit' });
const raised = (subject: string, clock: string) => ({
  ...event('hall.alarm.raised', `${DAY} ${clock}`, {
    alarm: `station-unheard:${subject}:${DAY}T${clock}`,
    kind: 'station-unheard',
    station: subject === 'several' ? 'hall' : subject,
  }),
  subject,
});
const subjects = async (events: Parameters<typeof foldStory>[1], clock = '11:50') =>
  readConditions(await foldStory(DAY, events), at(`${DAY} ${clock}`), () => 0).map(({ subject, reading }) =>
    reading.things === undefined ? subject : `${subject} ${reading.things}`,
  );

describe('A3 silence', () => {
  const four = ['hall', 'meifeng', 'longwei', 'xinge'];

  it('is one alarm for more than three stations, and one each for fewer', async () => {
    expect(await subjects(four.map((id) => heard(id)))).toEqual(['several 4']);
    expect(await subjects(four.slice(1).map((id) => heard(id)))).toEqual(['meifeng', 'longwei', 'xinge']);
  });

  it('that is told already stays told when one more station falls silent, and when one speaks', async () => {
    const told = ['meifeng', 'longwei', 'xinge'].map((id) => raised(id, '11:06'));
    const found = await subjects([...four.map((id) => heard(id)), ...told]);
    expect(found.sort()).toEqual(['hall', 'longwei', 'meifeng', 'xinge']);
    const grouped = await subjects([...four.slice(1).map((id) => heard(id)), raised('several', '11:06')]);
    expect(grouped).toEqual(['several 3']);
  });
});

it('A6 a promise beyond the calendar’s years is no alarm (K1)', async () => {
  const promisedBy = '2027-01-01T09:00:00+08:00';
  const acceptance = { case: 'c1', station: 'hall', channel: 'window', item: 'x', promisedBy } as const;
  const view = await foldStory('2026-12-31', [event('hall.case.accepted', '2026-12-31 09:10', acceptance)]);
  expect(readConditions(view, at('2026-12-31 09:30'), () => 0)).toEqual([]);
});

it('A6 an alarm that ends says how many it still stood for', async () => {
  const promisedBy = `${DAY}T18:00:00+08:00`;
  const accepted = ['c1', 'c2'].map((id) =>
    event('hall.case.accepted', `${DAY} 09:10`, {
      case: id,
      station: 'hall',
      channel: 'window',
      item: 'x',
      promisedBy,
    }),
  );
  const view = await foldStory(DAY, accepted);
  const alarm = { day: DAY, kind: 'promise-lapsing', station: 'hall', subject: 'hall', raisedAt: at(`${DAY} 15:01`) };
  expect(readReading(view, alarm, at(`${DAY} 15:10`))).toMatchObject({ things: 2 });
  expect(readReading(view, { ...alarm, kind: 'queue' }, at(`${DAY} 15:10`))).toEqual({ waiting: 0, longestMinutes: 0 });
});

it('every open alarm is on the board, however many ended ones there are', async () => {
  const many = Array.from({ length: 15 }, (_, i) => raised(`s${i}`, `10:${10 + i}`));
  const { cards } = toAlarmCards(await foldStory(DAY, many));
  expect(Object.values(cards).filter(({ endedAt }) => endedAt === undefined)).toHaveLength(15);
});
