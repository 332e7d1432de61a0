/** The public screen's entry: one topic, for everybody who walks in, and no way to any other. */
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/colours.css';
import '../../ui/display.css';
import '../../ui/type.css';
import '../../display/kiosk.css';
import { startDisplay } from '../../display/start.ts';
import { publicLanguages } from '../../words/public.ts';
import Public from './Public.svelte';

const query = new URLSearchParams(location.search);

startDisplay({
  query,
  chooseTopic: () => 'public' as const,
  page: Public,
  words: publicLanguages,
  props: { isSpoken: query.get('sound') === 'on' },
});
