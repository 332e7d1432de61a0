/** The entry of the page of follow-ups. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { keepFocus } from '../../forms/keep-focus.ts';
import { chooseLanguage } from '../../words/language.ts';
import { followupsLanguages } from '../../words/followups.ts';
import Followups from './Followups.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = followupsLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.followups.page;

mount(Followups, { target: document.getElementById('app')!, props: { words } });
keepFocus(document.body);
