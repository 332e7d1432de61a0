/** The playlist: turns by the clock, holds for a hand, gives way to an alarm, and never turns away from a server that is gone. */
import { expect, it } from 'vitest';
import { holdPlaylist, neighbour, stepPlaylist, type PlaylistInput } from '../../../../client/pages/wall/playlist.ts';
import type { Display } from '../../../../domain/board/topics/data.ts';

const display: Pick<Display, 'playlist' | 'resumeSeconds'> = {
  playlist: [
    { scene: 'overview', seconds: 60 },
    { scene: 'medical', seconds: 20 },
    { scene: 'stars', seconds: 30 },
  ],
  resumeSeconds: 90,
};
const at = (now: number, more: Partial<PlaylistInput> = {}): PlaylistInput => ({
  display,
  now,
  mayTurn: true,
  isAlarmed: false,
  ...more,
});

it('turns in order, each scene for its own time, and begins again', () => {
  let state = { scene: 'overview' as const, since: 0 } as Parameters<typeof stepPlaylist>[0];
  const seen: [number, string][] = [];
  for (let now = 0; now <= 200_000; now += 1000) {
    const next = stepPlaylist(state, at(now));
    if (next.scene !== state.scene) seen.push([now, next.scene]);
    state = next;
  }
  expect(seen).toEqual([
    [60_000, 'medical'],
    [80_000, 'stars'],
    [110_000, 'overview'],
    [170_000, 'medical'],
    [190_000, 'stars'],
  ]);
});

it('stays where a hand put it, then takes its full time again', () => {
  const held = holdPlaylist('stars', 5_000, display);
  expect(stepPlaylist(held, at(94_999))).toBe(held);
  const released = stepPlaylist(held, at(95_000));
  expect(released).toEqual({ scene: 'stars', since: 95_000 });
  expect(stepPlaylist(released, at(124_999)).scene).toBe('stars');
  expect(stepPlaylist(released, at(125_000)).scene).toBe('overview');
});

it('gives way to an alarm, but not out of a hand', () => {
  const state = { scene: 'stars' as const, since: 0 };
  expect(stepPlaylist(state, at(1_000, { isAlarmed: true })).scene).toBe('overview');
  const held = holdPlaylist('stars', 0, display);
  expect(stepPlaylist(held, at(1_000, { isAlarmed: true }))).toBe(held);
  const shown = stepPlaylist({ scene: 'overview', since: 0 }, at(300_000, { isAlarmed: true }));
  expect(stepPlaylist(shown, at(301_000)).scene).toBe('overview');
});

it('does not turn while the server is lost', () => {
  const state = { scene: 'overview' as const, since: 0 };
  expect(stepPlaylist(state, at(600_000, { mayTurn: false }))).toBe(state);
});

it('leaves a scene that the configuration has taken out, and stays on the only one', () => {
  expect(stepPlaylist({ scene: 'ratings', since: 0 }, at(1_000)).scene).toBe('overview');
  const single = { ...display, playlist: [{ scene: 'stars' as const, seconds: 30 }] };
  expect(stepPlaylist({ scene: 'stars', since: 0 }, at(31_000, { display: single }))).toEqual({
    scene: 'stars',
    since: 31_000,
  });
  expect(stepPlaylist({ scene: 'stars', since: 0 }, at(1_000, { display: { ...display, playlist: [] } })).scene).toBe(
    'stars',
  );
});

it.each([
  ['overview', 1, 'medical'],
  ['overview', -1, 'stars'],
  ['stars', 1, 'overview'],
  ['ratings', 1, 'overview'],
] as const)('from %s by %i', (scene, steps, expected) => {
  expect(neighbour(display.playlist, scene, steps)).toBe(expected);
});
