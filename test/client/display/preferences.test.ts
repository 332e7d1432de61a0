// A screen's look: its address decides, then its own choice, then the hall; the browser only where the hall says so.
import { expect, it } from 'vitest';
import { Preferences } from '../../../client/display/preferences.svelte.ts';
import type { Display } from '../../../domain/board/topics/data.ts';

function look(
  query: string,
  kept: Record<string, string>,
  browser: string[],
  display: Pick<Display, 'theme' | 'language'>,
) {
  const memory = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => void (kept[key] = value),
  };
  const preferences = new Preferences({ query: new URLSearchParams(query), memory, browserLanguages: browser });
  preferences.follow(display);
  return preferences;
}

const kept = { 'hallpulse:lang': 'en', 'hallpulse:theme': 'contrast' };

it.each<[string, string, Record<string, string>, string[], Display['language'], string]>([
  ['the hall, whatever the mini-PC was installed in', '', {}, ['en-US'], 'zh', 'zh'],
  ['a choice made at this screen', '', kept, ['zh-CN'], 'zh', 'en'],
  ['the address before all', 'lang=zh', kept, ['en-US'], 'en', 'zh'],
  ['the hall where the address is nonsense', 'lang=klingon', {}, ['en-US'], 'zh', 'zh'],
  ['the browser where the hall leaves it', '', {}, ['fr-FR', 'en-GB', 'zh-CN'], 'auto', 'en'],
  ['Chinese where the browser knows neither', '', {}, ['fr-FR'], 'auto', 'zh'],
])('%s', (_name, query, memory, browser, language, expected) => {
  expect(look(query, memory, browser, { theme: 'deep', language }).language).toBe(expected);
});

it('keeps what a key chose over the address that the page was opened with', () => {
  const memory: Record<string, string> = {};
  const preferences = look('theme=light', memory, [], { theme: 'deep', language: 'zh' });
  expect(preferences.theme).toBe('light');
  preferences.turnTheme();
  preferences.follow({ theme: 'deep', language: 'zh' });
  expect(preferences.theme).toBe('contrast');
  expect(memory).toEqual({ 'hallpulse:theme': 'contrast' });
});
