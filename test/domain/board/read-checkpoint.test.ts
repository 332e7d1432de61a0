// A checkpoint as it may come back from a disk: a board's state as it was, or nothing.
import { describe, expect, test } from 'vitest';
import { ENTRY_KINDS } from '../../../domain/board/entries.ts';
import { readCheckpoint } from '../../../domain/board/read-checkpoint.ts';
import { serializeState, type BoardState } from '../../../domain/board/state.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import { eventKey } from '../../../domain/events/event.ts';
import { samples } from '../events/samples.ts';
import { event, foldStory } from './topics/fold-story.ts';

/** A board on which every kind of thing lives, each made of the samples, and more. */
async function foldEverything(): Promise<BoardState> {
  const events = Object.entries(samples)
    .filter(([type]) => !type.startsWith('hall.day.') && type !== 'hall.event.voided')
    .map(([type, { good }]) => event(type as 'hall.case.accepted', '2019-11-25 10:00', good as never));
  const living: HallEvent[] = [
    event('hall.case.accepted', '2019-11-25 10:00', {
      case: '__proto__',
      station: 'toString',
      channel: 'window',
      item: '梅',
      promisedBy: '2019-12-24T18:00:00+08:00',
    } as never),
    event('hall.ticket.taken', '2019-11-25 10:01', { ticket: 'B001', station: 'hall' } as never),
    event('hall.appointment.booked', '2019-11-25 10:01', { appointment: 'ap-2', station: 'hall' } as never),
    event('hall.followup.opened', '2019-11-25 10:02', { followup: 'f2', about: 'rating', station: 'hall' } as never),
    event('hall.request.received', '2019-11-25 10:02', { request: 'r2', station: 'hall' } as never),
    event('hall.complaint.received', '2019-11-25 10:02', { complaint: 'k2', station: 'hall' } as never),
    event('hall.star.published', '2019-11-25 10:02', {
      month: '2019-10',
      kind: 'expert',
      staff: 's11',
      reasons: ['x'],
    }),
    event('hall.event.voided', '2019-11-25 10:02', { source: 'urn:else', id: 'not here' } as never),
  ];
  const { state } = await foldStory('2019-11-25', [...events, ...living]);
  return state;
}

const everything = await foldEverything();
const text = serializeState(everything);

describe('a checkpoint', () => {
  test('comes back as it was', () => {
    expect(serializeState(readCheckpoint(text)!)).toBe(text);
    for (const kind of ENTRY_KINDS) expect([kind, everything.entries[kind].size > 0]).toEqual([kind, true]);
    expect(everything.orphanVoids).toContain(eventKey('urn:else', 'not here'));
  });

  test.each([
    '',
    'null',
    '{}',
    '[]',
    '"x"',
    '7',
    '{"seq":1}',
    text.slice(0, -1),
    text.slice(1),
    `${text}}`,
    '['.repeat(100_000),
  ])('that is cut, or something else, is none: %.20s', (damaged) => expect(readCheckpoint(damaged)).toBeUndefined());

  test('is none wherever a part of it is of another kind', () => {
    let taken = 0;
    const trials = listTrials(JSON.parse(text));
    for (const { path, damaged } of trials) {
      const state = readCheckpoint(JSON.stringify(damaged));
      if (state === undefined) continue;
      taken++;
      // What is not always there may be anything: it must still be a state that can be written and read again.
      expect(() => readCheckpoint(serializeState(state)), path).not.toThrow();
      expect(path).toMatch(/^entries\.|^(day|since)$|^days\.\d+\.1\.(closedAt|corrected)$|spec\.(from|to|reduce)$/);
    }
    expect(trials.length).toBeGreaterThan(1_000);
    expect(taken).toBeLessThan(trials.length / 4);
  });
});

/** The same value with each of its parts in turn gone, or of another kind. */
function listTrials(whole: unknown): { path: string; damaged: unknown }[] {
  const trials: { path: string; damaged: unknown }[] = [];
  const visit = (value: unknown, path: string, put: (value: unknown) => unknown): void => {
    for (const other of [null, 'x', {}, [1], true])
      if (kindOf(other) !== kindOf(value)) trials.push({ path, damaged: put(other) });
    if (Array.isArray(value)) {
      value.forEach((part, i) => visit(part, `${path}${path && '.'}${i}`, (next) => put(value.with(i, next))));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value))
        visit(part, `${path}${path && '.'}${key}`, (next) => put({ ...value, [key]: next }));
    }
  };
  visit(whole, '', (value) => value);
  return trials;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}
