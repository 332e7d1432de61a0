/** The telephone's page for one alarm: its code is the end of its address, its language the telephone's. */
import { mount } from 'svelte';
import { phoneLanguages } from '../../words/alarm.ts';
import Alarm from './Alarm.svelte';
import '../../ui/page.ts';
import './phone.css';

const isChinese = !navigator.language || navigator.language.toLowerCase().startsWith('zh');
const words = phoneLanguages[isChinese ? 'zh' : 'en'];
document.documentElement.lang = isChinese ? 'zh-CN' : 'en';
document.title = words.phone.page;

const code = location.pathname.split('/').at(-1) ?? '';
mount(Alarm, { target: document.getElementById('app')!, props: { code, words, isChinese } });
