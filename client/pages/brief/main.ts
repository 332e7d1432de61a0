/** The entry of the brief: in the system's own faces, which a telephone has at once. */
import { mount } from 'svelte';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { keepFocus } from '../../forms/keep-focus.ts';
import './telephone.css';
import { keepForOffline } from '../../offline/keep.ts';
import { briefLanguages } from '../../words/brief.ts';
import { chooseLanguage } from '../../words/language.ts';
import Brief from './Brief.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = briefLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.page;

const keeping = keepForOffline('/brief');
mount(Brief, { target: document.getElementById('app')!, props: { words, language, keeping } });
keepFocus(document.body);
