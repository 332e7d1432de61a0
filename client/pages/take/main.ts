/** The page of a kiosk or counter that gives numbers; its right is a cookie. `?print=off` in its address: no slips. */
import '@fontsource-variable/noto-sans-sc/wght.css';
import { mount } from 'svelte';
import '../../ui/page.ts';
import '../../ui/touch.css';
import '../../display/kiosk.css';
import './slip.css';
import { keepAwake } from '../../display/wake-lock.ts';
import { guardMemory } from '../../live/memory.ts';
import { createRenewal } from '../../live/renewal.ts';
import { Kiosk } from './kiosk.svelte.ts';
import Take from './Take.svelte';

const kiosk = new Kiosk({
  prints: new URLSearchParams(location.search).get('print') !== 'off',
  onBuild: createRenewal({
    origin: '',
    build: import.meta.env['VITE_BUILD'] as string,
    reload: () => location.reload(),
    memory: guardMemory(() => sessionStorage),
  }),
});
mount(Take, { target: document.getElementById('app')!, props: { kiosk } });
kiosk.start();
keepAwake();
