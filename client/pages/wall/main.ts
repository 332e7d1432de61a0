/** The management wall's entry: reads what the page came with, connects, and mounts the picture. */
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/theme.css';
import '../../display/kiosk.css';
import { mount } from 'svelte';
import { isScene, type Scene } from '../../../domain/board/topics/data.ts';
import type { TopicData } from '../../../domain/board/topics/topic-data.ts';
import { Preferences } from '../../display/preferences.svelte.ts';
import { keepAwake } from '../../display/wake-lock.ts';
import { LiveBoard } from '../../live/live-board.svelte.ts';
import { findReason, noteStart } from '../../live/reload-log.ts';
import { createRenewal, RENEWED_FOR } from '../../live/renewal.ts';
import { readEmbeddedSnapshot } from '../../live/snapshot-in-page.ts';
import Wall from './Wall.svelte';

const access = { origin: '' };
const query = new URLSearchParams(location.search);
const scene = query.get('scene');
const fixed = isScene(scene) ? scene : undefined;
const embedded = readEmbeddedSnapshot(document.getElementById('snapshot')?.textContent);
const build = import.meta.env['VITE_BUILD'] as string;
const renew = createRenewal({
  ...access,
  build,
  reload: () => location.reload(),
  memory: sessionStorage,
});
const board = new LiveBoard<TopicData[Scene]>({
  ...access,
  topic: fixed ?? (isScene(embedded?.topic) ? embedded.topic : 'overview'),
  embedded,
  onBuild: renew,
});
const preferences = new Preferences({ query, memory: localStorage, browserLanguages: navigator.languages });

mount(Wall, { target: document.getElementById('app')!, props: { board, preferences, fixed } });
board.start();
const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
const [renewedFor] = sessionStorage.getItem(RENEWED_FOR)?.split(' ') ?? [];
const reason = findReason(navigation?.type, build, renewedFor ?? null);
noteStart(localStorage, { at: Date.now(), build, reason });
keepAwake();
