/** The entry of the page of sending. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { keepFocus } from '../../forms/keep-focus.ts';
import { chooseLanguage } from '../../words/language.ts';
import { sendingLanguages } from '../../words/sending.ts';
import Sending from './Sending.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = sendingLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.sending.page;

mount(Sending, { target: document.getElementById('app')!, props: { words } });
keepFocus(document.body);
