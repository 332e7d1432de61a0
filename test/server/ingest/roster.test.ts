/** The names of the hall's own staff pass every door of a real server; anybody else's do not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postEvents, wireEvent } from '../../e2e/hall-client.ts';
import { openAlarmHall, type AlarmHall } from '../alarms/hall.ts';

let hall: AlarmHall;
beforeAll(async () => {
  hall = await openAlarmHall({
    edit: {
      profile: (profile) => {
        (profile['staff'] as { name: string }[])[0]!.name = '王建国';
      },
    },
  });
});
afterAll(() => hall.close());

const star = (id: string, citation: string) =>
  wireEvent(id, 'hall.star.published', { month: '2019-10', kind: 'expert', staff: 's01', citation }, hall.now());

test('in events', async () => {
  const { body } = await postEvents(hall.url, [star('own', '王建国全年无差评'), star('other', '李建国全年无差评')]);
  expect(body).toMatchObject({ accepted: 1 });
  expect(body.rejected).toEqual([{ index: 1, id: 'other', field: 'data.citation', reason: 'identity' }]);
});

test('in what is said of an alarm', async () => {
  const id = await hall.makeOvertime();
  const take = (measure: string) =>
    fetch(`${hall.url}/api/alarms/${encodeURIComponent(id)}/taken`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: hall.url },
      body: JSON.stringify({ measure }),
    });
  const refused = await take('已请李建国到窗口');
  expect(refused.status).toBe(422);
  expect(await refused.json()).toEqual({ error: 'identity', field: 'measure' });
  expect((await take('已请王建国到窗口')).status).toBe(200);
});
