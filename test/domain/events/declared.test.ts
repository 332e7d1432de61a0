import { describe, expect, it } from 'vitest';
import { declares, keepDeclared } from '../../../domain/events/declared.ts';

describe('what an event type declares', () => {
  it('is read off its schema', () => {
    expect(declares('hall.case.accepted', 'station')).toBe(true);
    expect(declares('hall.case.finished', 'station')).toBe(false);
    expect(declares('hall.rating.given', 'toString')).toBe(false);
  });

  it('is all that is kept, at any depth', () => {
    const data = { case: 'c9', outcome: 'approved', station: { id: 'hall' } };
    expect(keepDeclared('hall.case.finished', data)).toEqual({ case: 'c9', outcome: 'approved' });
    const ended = { alarm: 'a', reading: { waiting: 1, longestMinutes: 2, shade: 'x' }, toString: 'y' };
    expect(keepDeclared('hall.alarm.ended', ended)).toEqual({
      alarm: 'a',
      reading: { waiting: 1, longestMinutes: 2 },
    });
    const whole = { case: 'c9' };
    expect(keepDeclared('hall.case.supplemented', whole)).toBe(whole);
  });

  it('is nothing of a type that is unknown, or of data that are no object', () => {
    expect(keepDeclared('hall.coffee.made', { cup: 1 })).toEqual({});
    expect(keepDeclared('hall.case.finished', null)).toEqual({});
    expect(keepDeclared('hall.case.finished', ['case'])).toEqual({});
  });
});
