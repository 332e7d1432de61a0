/** The entry of the page on which a hall that is at work is kept up. */
import { mount } from 'svelte';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { keepFocus } from '../../forms/keep-focus.ts';
import './code-sheet.css';
import { chooseLanguage } from '../../words/language.ts';
import { settingsLanguages } from '../../words/settings.ts';
import Settings from './Settings.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = settingsLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.settings.page;

mount(Settings, { target: document.getElementById('app')!, props: { words, language } });
keepFocus(document.body);
