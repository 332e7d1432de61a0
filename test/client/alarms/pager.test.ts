/** Which alarm a wall shows: each in its turn, none lost from sight by the order, and a new one in front at once. */
import { describe, expect, it } from 'vitest';
import { followAlarms, NO_PAGE, turnAlarm } from '../../../client/alarms/pager.ts';

const open = (...ids: string[]) => followAlarms(NO_PAGE, ids);

describe('the alarms’ pages', () => {
  it('turn from one to the next and begin again', () => {
    let page = open('a', 'b', 'c');
    const seen = [page.id];
    for (let turn = 0; turn < 3; turn++) {
      page = turnAlarm(page);
      seen.push(page.id);
    }
    expect(seen).toEqual(['a', 'b', 'c', 'a']);
  });

  it('go back to the first when a new alarm comes in front', () => {
    const second = turnAlarm(open('a', 'b'));
    expect(followAlarms(second, ['new', 'a', 'b']).id).toBe('new');
  });

  it('stay with the alarm that is read when others come behind it, go, or change places', () => {
    const second = turnAlarm(open('a', 'b'));
    for (const ids of [['a', 'b', 'c'], ['b'], ['b', 'a'], ['a', 'new', 'b']])
      expect(followAlarms(second, ids).id).toBe('b');
  });

  it('show the first where the one that was read is gone, and nothing where there is none', () => {
    const second = turnAlarm(open('a', 'b', 'c'));
    expect(followAlarms(second, ['a', 'c']).id).toBe('a');
    expect(followAlarms(second, [])).toEqual(NO_PAGE);
    expect(turnAlarm(NO_PAGE)).toEqual(NO_PAGE);
  });

  it('are the very same while the alarms are', () => {
    const page = open('a', 'b');
    expect(followAlarms(page, ['a', 'b'])).toBe(page);
  });
});
