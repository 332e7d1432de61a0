/** The management wall's entry: which scene comes first, and what an installer may ask about its starts. */
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/colours.css';
import '../../ui/display.css';
import '../../ui/type.css';
import '../../display/kiosk.css';
import { isScene, type Scene } from '../../../domain/board/topics/data.ts';
import { startDisplay } from '../../display/start.ts';
import { guardMemory } from '../../live/memory.ts';
import { findReason, noteStart } from '../../live/reload-log.ts';
import { RENEWED_FOR } from '../../live/renewal.ts';
import { languages } from '../../words/wall.ts';
import Wall from './Wall.svelte';

const query = new URLSearchParams(location.search);
const scene = query.get('scene');
const fixed = isScene(scene) ? scene : undefined;
if (query.has('at')) void import('./replay/start.ts').then(({ startReplay }) => startReplay(query));
else
  startDisplay<Scene, { fixed: Scene | undefined }>({
    query,
    chooseTopic: (embedded) => fixed ?? (isScene(embedded?.topic) ? embedded.topic : 'overview'),
    page: Wall,
    props: { fixed },
    words: languages,
  });

const build = import.meta.env['VITE_BUILD'] as string;
const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
const [renewedFor = null] =
  guardMemory(() => sessionStorage)
    .getItem(RENEWED_FOR)
    ?.split(' ') ?? [];
const reason = findReason(navigation?.type, build, renewedFor);
// A wall in a frame is another page's, be it the self-test's.
if (window.parent === window)
  noteStart(
    guardMemory(() => localStorage),
    { at: Date.now(), build, reason },
  );
