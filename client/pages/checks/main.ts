/** The entry of the page of the daily checks. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { keepFocus } from '../../forms/keep-focus.ts';
import { checksLanguages } from '../../words/checks.ts';
import { chooseLanguage } from '../../words/language.ts';
import Checks from './Checks.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = checksLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.checks.page;

mount(Checks, { target: document.getElementById('app')!, props: { words, language } });
keepFocus(document.body);
