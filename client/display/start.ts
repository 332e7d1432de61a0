/** How every display on a hall's screens begins: what a browser forbids or cannot do must not keep it from its picture. */
import { mount, type Component } from 'svelte';
import type { Topic } from '../../domain/board/topics/data.ts';
import type { Snapshot } from '../../domain/wire/protocol.ts';
import { LiveBoard, type Shown } from '../live/live-board.svelte.ts';
import { guardMemory } from '../live/memory.ts';
import { useOwnToken } from '../live/own-token.ts';
import { createRenewal } from '../live/renewal.ts';
import { readEmbeddedSnapshot } from '../live/snapshot-in-page.ts';
import type { Language } from '../words/language.ts';
import type { Words } from '../words/wall.ts';
import Display from './Display.svelte';
import { Preferences } from './preferences.svelte.ts';
import { keepAwake } from './wake-lock.ts';

export interface DisplayProps<T extends Topic> {
  board: LiveBoard<Shown<T>>;
  preferences: Preferences;
}

export interface DisplayOptions<T extends Topic, P extends object> {
  readonly query: URLSearchParams;
  /** The first topic, given the snapshot that came with the page. */
  readonly chooseTopic: (embedded: Snapshot | undefined) => T;
  readonly page: Component<DisplayProps<T> & P>;
  /** What this page asks for besides. */
  readonly props: P;
  /** What is said where it cannot be drawn. */
  readonly words: Readonly<Record<Language, Pick<Words, 'undrawnPage'>>>;
}

export function startDisplay<T extends Topic, P extends object>(options: DisplayOptions<T, P>): void {
  const { query, chooseTopic, page, props, words } = options;
  useOwnToken(location.hash);
  const build = import.meta.env['VITE_BUILD'] as string;
  const access = { origin: '' };
  const embedded = readEmbeddedSnapshot(document.getElementById('snapshot')?.textContent);
  const board = new LiveBoard<Shown<T>>({
    ...access,
    topic: chooseTopic(embedded),
    embedded,
    onBuild: createRenewal({
      ...access,
      build,
      reload: () => location.reload(),
      memory: guardMemory(() => sessionStorage),
    }),
  });
  const memory = guardMemory(() => localStorage);
  const preferences = new Preferences({ query, memory, browserLanguages: navigator.languages });

  const own = { ...props, board, preferences };
  // What the page asks for stands beside it, for this page alone.
  const drawn = { page: page as Component<object>, own, preferences, words };
  mount(Display, { target: document.getElementById('app')!, props: drawn });
  board.start();
  // Out of the browser's memory a page comes as it was when it was left: its picture is old, and its socket dead.
  addEventListener('pageshow', ({ persisted }) => persisted && board.wake());
  keepAwake();
}
