/** A wall at past moments begins here: what it takes is fetched only where an address asks for it. */
import { mount } from 'svelte';
import { isScene } from '../../../../domain/board/topics/data.ts';
import { Preferences } from '../../../display/preferences.svelte.ts';
import { drawLetters } from '../../../live/letters.ts';
import { guardMemory } from '../../../live/memory.ts';
import { SPEEDS } from '../../../live/pace.ts';
import { PastBoard } from '../../../live/past-board.svelte.ts';
import './replay.css';
import ReplayWall from './ReplayWall.svelte';

export function startReplay(query: URLSearchParams): void {
  const scene = query.get('scene');
  const speed = SPEEDS.find((one) => String(one) === query.get('speed'));
  const board = new PastBoard({
    topic: isScene(scene) ? scene : 'overview',
    at: query.get('at') ?? '',
    player: drawLetters(),
    ...(speed === undefined ? {} : { speed }),
  });
  const memory = guardMemory(() => localStorage);
  const preferences = new Preferences({ query, memory, browserLanguages: navigator.languages });
  mount(ReplayWall, { target: document.getElementById('app')!, props: { board, preferences } });
  board.start();
}
