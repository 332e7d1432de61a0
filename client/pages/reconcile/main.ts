/** The entry of the page of reconciliation: other systems' exports laid against the ledger, day by day. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { keepFocus } from '../../forms/keep-focus.ts';
import { chooseLanguage } from '../../words/language.ts';
import { reconcileLanguages } from '../../words/reconcile.ts';
import Reconcile from './Reconcile.svelte';

const language = chooseLanguage(new URLSearchParams(location.search), navigator.language);
const words = reconcileLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.reconcile.page;

mount(Reconcile, { target: document.getElementById('app')!, props: { words, language } });
keepFocus(document.body);
