/** Which scene is shown: the playlist's turns, a hand that holds them, an alarm that they give way to. Pure. */
import type { Display, Scene } from '../../../domain/board/topics/data.ts';

export interface PlaylistState {
  readonly scene: Scene;
  /** When this scene was turned to, and until when a hand holds it (ms of the page's own clock). */
  readonly since: number;
  readonly heldUntil?: number;
}

export interface PlaylistInput {
  readonly display: Pick<Display, 'playlist' | 'resumeSeconds'>;
  /** The page's own clock, ms. */
  readonly now: number;
  /** False while the wall has lost its server: another scene could not be had. */
  readonly mayTurn: boolean;
  /** Something new went wrong and nobody has taken it: 总览 shows it. */
  readonly isAlarmed: boolean;
}

/** The state after a moment has passed. */
export function stepPlaylist(state: PlaylistState, { display, now, mayTurn, isAlarmed }: PlaylistInput): PlaylistState {
  if (!mayTurn) return state;
  if (state.heldUntil !== undefined) {
    if (now < state.heldUntil) return state;
    return { scene: state.scene, since: now };
  }
  if (isAlarmed) return state.scene === 'overview' ? { scene: 'overview', since: now } : show('overview', now);
  const { playlist } = display;
  const turn = playlist.find(({ scene }) => scene === state.scene);
  const isOver = turn === undefined || now - state.since >= turn.seconds * 1000;
  if (!isOver) return state;
  const next = neighbour(playlist, state.scene, 1);
  return next === undefined || next === state.scene ? { ...state, since: now } : show(next, now);
}

/** A hand chose a scene, or holds the present one: nothing turns until `resumeSeconds` have passed. */
export function holdPlaylist(
  scene: Scene,
  now: number,
  { resumeSeconds }: Pick<Display, 'resumeSeconds'>,
): PlaylistState {
  return { scene, since: now, heldUntil: now + resumeSeconds * 1000 };
}

/** The scene `steps` turns away; the first one where the present scene is in no turn. */
export function neighbour(playlist: Display['playlist'], scene: Scene, steps: 1 | -1): Scene | undefined {
  const at = playlist.findIndex((turn) => turn.scene === scene);
  if (at < 0) return playlist[0]?.scene;
  return playlist[(at + steps + playlist.length) % playlist.length]?.scene;
}

function show(scene: Scene, now: number): PlaylistState {
  return { scene, since: now };
}
