/** The entry of the page that sets a hall up. */
import { mount } from 'svelte';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { keepFocus } from '../../forms/keep-focus.ts';
import { chooseLanguage } from '../../words/language.ts';
import { setupLanguages } from '../../words/setup.ts';
import Setup from './Setup.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = setupLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.setup.page;

mount(Setup, { target: document.getElementById('app')!, props: { words } });
keepFocus(document.body);
