/** The entry of the rows behind a figure, and of everything that was said of one of them. */
import { mount } from 'svelte';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { chooseLanguage } from '../../words/language.ts';
import { rowsLanguages } from '../../words/rows.ts';
import Rows from './Rows.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = rowsLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.page;

mount(Rows, { target: document.getElementById('app')!, props: { words, language } });
