/** The public screen's entry: one topic, for everybody who walks in, and no way to any other. */
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/theme.css';
import '../../display/kiosk.css';
import { mount } from 'svelte';
import type { PublicData } from '../../../domain/board/topics/data-public.ts';
import { Preferences } from '../../display/preferences.svelte.ts';
import { keepAwake } from '../../display/wake-lock.ts';
import { LiveBoard } from '../../live/live-board.svelte.ts';
import { createRenewal } from '../../live/renewal.ts';
import { readEmbeddedSnapshot } from '../../live/snapshot-in-page.ts';
import Public from './Public.svelte';

const access = { origin: '' };
const board = new LiveBoard<PublicData>({
  ...access,
  topic: 'public',
  embedded: readEmbeddedSnapshot(document.getElementById('snapshot')?.textContent),
  onBuild: createRenewal({
    ...access,
    build: import.meta.env['VITE_BUILD'] as string,
    reload: () => location.reload(),
    memory: sessionStorage,
  }),
});
const preferences = new Preferences({
  query: new URLSearchParams(location.search),
  memory: localStorage,
  browserLanguages: navigator.languages,
});

mount(Public, { target: document.getElementById('app')!, props: { board, preferences } });
board.start();
keepAwake();
