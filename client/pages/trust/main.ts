/** The page on trusting a hall: its language is that of the address, else the browser's. */
import { mount } from 'svelte';
import type { Language } from '../../words/language.ts';
import { trustLanguages } from '../../words/trust.ts';
import Trust from './Trust.svelte';
import '../../ui/page.ts';
import './trust.css';

const asked = new URLSearchParams(location.search).get('lang');
const isChinese = asked === 'zh' || (asked !== 'en' && /^(zh|$)/i.test(navigator.language ?? ''));
const language: Language = isChinese ? 'zh' : 'en';
const words = trustLanguages[language];
document.documentElement.lang = isChinese ? 'zh-CN' : 'en';
document.title = words.title;

mount(Trust, { target: document.getElementById('app')!, props: { words, language } });
