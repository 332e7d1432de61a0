/** The entry of the page that explains the HTTP contract. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { apiLanguages } from '../../words/api.ts';
import { chooseLanguage } from '../../words/language.ts';
import Contract from './Contract.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = apiLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.api.page;

mount(Contract, { target: document.getElementById('app')!, props: { words } });
