// Days are frozen as of their closing, whatever comes in meanwhile, after a week off and over restarts.
import { afterEach, describe, expect, test } from 'vitest';
import { openFrozenHall, type FrozenHall } from './frozen-hall.ts';

let hall: FrozenHall;
afterEach(() => hall.close());

describe('a day', () => {
  test('is frozen with what came in before two, and not with what came later', async () => {
    hall = await openFrozenHall();
    await hall.accept('c1', '2019-11-25 09:30');
    await hall.runTo('2019-11-26 01:30');
    await hall.accept('straggler', '2019-11-25 17:00', 'meifeng');
    expect(await hall.frozen()).toEqual([]);
    await hall.runTo('2019-11-26 02:00');
    await hall.accept('late', '2019-11-25 17:30');
    const [day, ...others] = await hall.frozen();
    expect(others).toEqual([]);
    expect(day!.data).toMatchObject({
      day: '2019-11-25',
      figures: { accepted: 2, windowCases: 2, open: 2 },
      stations: { hall: { accepted: 1 }, meifeng: { accepted: 1 } },
    });
    expect(day!.data.figures).not.toHaveProperty('corrected');
    expect(await hall.board.measures({ from: '2019-11-25', to: '2019-11-25', now: 0 })).toMatchObject({
      accepted: 3,
      corrected: 1,
    });
    expect(await hall.audit()).toMatchObject({ faults: 0 });
  });
});
