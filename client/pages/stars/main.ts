/** The entry of the page of stars. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import '../../ui/type.css';
import { keepFocus } from '../../forms/keep-focus.ts';
import { starsPageLanguages } from '../../words/choose-stars.ts';
import { chooseLanguage } from '../../words/language.ts';
import { languages } from '../../words/wall.ts';
import Stars from './Stars.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = starsPageLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.own.page;

mount(Stars, { target: document.getElementById('app')!, props: { words, wall: languages[language] } });
keepFocus(document.body);
