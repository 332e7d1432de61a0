/** The entry of the page of suggestions, requests and complaints. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { keepFocus } from '../../forms/keep-focus.ts';
import { chooseLanguage } from '../../words/language.ts';
import { suggestionsLanguages } from '../../words/suggestions.ts';
import Suggestions from './Suggestions.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = suggestionsLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.suggestions.page;

mount(Suggestions, { target: document.getElementById('app')!, props: { words } });
keepFocus(document.body);
