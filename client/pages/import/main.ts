/** The entry of the page of imports: another system's export, looked at, tried and brought in. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { keepFocus } from '../../forms/keep-focus.ts';
import { importLanguages } from '../../words/import.ts';
import { chooseLanguage } from '../../words/language.ts';
import Import from './Import.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = importLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.imports.page;

mount(Import, { target: document.getElementById('app')!, props: { words, language } });
keepFocus(document.body);
