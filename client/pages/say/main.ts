/** The form for suggestions and complaints: on a hall's tablet, whose right is a cookie, and on a citizen's telephone. */
import '@fontsource-variable/noto-sans-sc/wght.css';
import { mount } from 'svelte';
import '../../ui/page.ts';
import '../../ui/touch.css';
import './say.css';
import { keepAwake } from '../../display/wake-lock.ts';
import { fetchHealth } from '../../live/board-http.ts';
import { guardMemory } from '../../live/memory.ts';
import { createRenewal } from '../../live/renewal.ts';
import { Say } from './say.svelte.ts';
import SayPage from './Say.svelte';

const query = new URLSearchParams(location.search);
/** A new version waits until nobody writes: a reload takes away what was written. */
let isNew = false;
const reload = (): void => {
  isNew = true;
  if (say.view === 'choose') location.reload();
};
const renew = createRenewal({
  origin: '',
  build: import.meta.env['VITE_BUILD'] as string,
  reload,
  memory: guardMemory(() => sessionStorage),
});
const say = new Say({
  code: location.hash.slice(1),
  at: query.get('at') ?? undefined,
  prints: query.get('print') === 'on',
  onLook: () => {
    if (isNew) reload();
    else void fetchHealth({ origin: '' }).then((health) => health && renew(health.build));
  },
});
mount(SayPage, { target: document.getElementById('app')!, props: { say } });
say.start();
keepAwake();
