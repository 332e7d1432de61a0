/** The self-test page's entry: what an installer opens on the wall's own browser, with or without a right to read. */
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/colours.css';
import '../../ui/display.css';
import { mount } from 'svelte';
import { Preferences } from '../../display/preferences.svelte.ts';
import { guardMemory } from '../../live/memory.ts';
import SelfTest from './SelfTest.svelte';

const query = new URLSearchParams(location.search);
const preferences = new Preferences({
  query,
  memory: guardMemory(() => localStorage),
  browserLanguages: navigator.languages,
});

mount(SelfTest, {
  target: document.getElementById('app')!,
  props: { preferences, query, build: import.meta.env['VITE_BUILD'] as string },
});
