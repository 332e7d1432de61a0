// What was corrected of a long span, measured on a hall whose days are frozen: of the hall, of a station, and under another wait target.
import { afterEach, expect, test } from 'vitest';
import { createHallConfig } from '../../../domain/profile/profile.ts';
import { readFrozenMonths } from '../../../server/frozen/frozen-months.ts';
import { openFrozenHall, type FrozenHall } from './frozen-hall.ts';

let hall: FrozenHall;
afterEach(() => hall.close());

const read = (station?: string) => {
  const { ledger, board, config, now } = hall;
  return readFrozenMonths(
    { ledger, board, config: () => config, now },
    { from: '2019-01-01', to: '2019-12-31', station },
  );
};

test('what came in late is in the sums of its month, of the whole hall and of its station alone', async () => {
  hall = await openFrozenHall();
  await hall.accept('c1', '2019-11-29 09:30');
  await hall.accept('c2', '2019-11-30 09:30', 'meifeng');
  await hall.runTo('2019-12-04 09:00');
  expect(await read()).toMatchObject({ months: [], total: [], days: 9, otherwise: 0 });
  await hall.accept('late1', '2019-11-29 10:00');
  await hall.accept('late2', '2019-12-02 10:00');
  const accepted = (before: number, after: number, days: number) =>
    expect.objectContaining({ term: 'accepted', before, after, days }) as object;
  const { months, total } = await read();
  expect(months.map(({ month }) => month)).toEqual(['2019-11', '2019-12']);
  expect(months[0]!.changes).toContainEqual(accepted(2, 3, 1));
  expect(months[1]!.changes).toContainEqual(accepted(0, 1, 1));
  expect(total).toContainEqual(accepted(2, 4, 2));
  expect((await read('hall')).total).toContainEqual(accepted(1, 3, 2));
  expect((await read('meifeng')).total).toEqual([]);
});

test('days that are counted by other documents by now are told apart', async () => {
  hall = await openFrozenHall();
  await hall.accept('c1', '2019-11-25 09:30');
  await hall.runTo('2019-11-28 09:00');
  await hall.accept('late', '2019-11-26 10:00');
  const { profile, catalogue } = hall.config;
  hall.config = createHallConfig({ ...profile, targets: { ...profile.targets, waitMinutes: 7 } }, catalogue);
  expect(await read()).toEqual({ months: [], total: [], days: 0, otherwise: 3 });
});
