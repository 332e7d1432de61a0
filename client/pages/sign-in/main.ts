/** The entry of the page of signing in. What stands behind the `#` of its address is a code, and is gone from there at once. */
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '../../ui/page.ts';
import '../../ui/desk.css';
import { chooseLanguage } from '../../words/language.ts';
import { signInLanguages } from '../../words/sign-in.ts';
import SignIn from './SignIn.svelte';

const code = location.hash.slice(1);
// Neither the history nor whoever looks over a shoulder keeps it.
if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);

const query = new URLSearchParams(location.search);
const language = chooseLanguage(query, navigator.language);
const words = signInLanguages[language];
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.signIn.page;

mount(SignIn, { target: document.getElementById('app')!, props: { code, words, asked: query.get('next') } });
