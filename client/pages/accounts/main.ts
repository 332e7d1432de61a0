/** The entry of the page of accounts: people, what they did, keys, and one's own account. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { keepFocus } from '../../forms/keep-focus.ts';
import { accountsLanguages } from '../../words/accounts.ts';
import { chooseLanguage } from '../../words/language.ts';
import Accounts from './Accounts.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = accountsLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.accounts.page;

mount(Accounts, { target: document.getElementById('app')!, props: { words } });
keepFocus(document.body);
