/** The entry of the staff's desk. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { keepForOffline } from '../../offline/keep.ts';
import { deskLanguages } from '../../words/desk.ts';
import { chooseLanguage } from '../../words/language.ts';
import Desk from './Desk.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = deskLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.desk.page;

void keepForOffline('/desk');
mount(Desk, { target: document.getElementById('app')!, props: { words } });
