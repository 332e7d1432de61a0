/** The entry of a star's poster. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import './poster.css';
import { starsPageLanguages } from '../../words/choose-stars.ts';
import { chooseLanguage } from '../../words/language.ts';
import Poster from './Poster.svelte';

const query = new URLSearchParams(location.search);
const language = chooseLanguage(query, navigator.language);
const words = starsPageLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';

mount(Poster, {
  target: document.getElementById('app')!,
  props: { words, month: query.get('month') ?? '', kind: query.get('kind') ?? '' },
});
