/** The management wall's entry: reads what the page came with, connects, and mounts the picture. */
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../ui/theme.css';
import { mount } from 'svelte';
import type { OverviewData } from '../../domain/board/topics/data.ts';
import { LiveBoard } from '../live/live-board.svelte.ts';
import { createRenewal } from '../live/renewal.ts';
import { readEmbeddedSnapshot } from '../live/snapshot-in-page.ts';
import Wall from './Wall.svelte';
import { keepAwake } from './wake-lock.ts';

const access = { origin: '' };
const renew = createRenewal({
  ...access,
  build: import.meta.env['VITE_BUILD'] as string,
  reload: () => location.reload(),
  memory: sessionStorage,
});
const board = new LiveBoard<OverviewData>({
  ...access,
  topic: 'overview',
  embedded: readEmbeddedSnapshot(document.getElementById('snapshot')?.textContent, 'overview'),
  onBuild: renew,
});

mount(Wall, { target: document.getElementById('app')!, props: { board } });
board.start();
keepAwake();
