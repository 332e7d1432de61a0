/** The entry of the page of reports: in the product's own faces, so that paper looks the same from every machine. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { keepFocus } from '../../forms/keep-focus.ts';
import './paper.css';
import { chooseLanguage } from '../../words/language.ts';
import { reportLanguages } from '../../words/report.ts';
import Page from './Page.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = reportLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.page;

mount(Page, { target: document.getElementById('app')!, props: { words, language } });
keepFocus(document.body);
