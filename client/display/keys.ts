/** Keys as shortcuts: each page binds its own, and whoever types or composes in a form reaches none of them. */
import { own } from '../../domain/wire/own.ts';
import type { Preferences } from './preferences.svelte.ts';

/** What is done at each key, by `KeyboardEvent.key`; a small letter stands for the capital too. */
export type Keys = Readonly<Record<string, () => void>>;

/** Whatever stands in a form or takes text by itself. */
const FORM = 'form, input, textarea, select, [role="textbox"], [role="searchbox"], [role="combobox"]';
/** What Space and Enter press, where it has the focus. */
const PRESSED = 'button, summary, a[href]';
/** What `keydown` says while an input method takes the key, in browsers that say nothing else. */
const COMPOSING = 229;

/** The page's answer to `keydown`. */
export function bindKeys(keys: Keys): (event: KeyboardEvent) => void {
  return (event) => {
    // A browser's own shortcuts stay what they are.
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTaken(event)) return;
    const act = own(keys, event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (!act) return;
    event.preventDefault();
    act();
  };
}

/** Theme and language, at every display alike. */
export function lookKeys(preferences: Preferences): Keys {
  return { t: () => preferences.turnTheme(), l: () => preferences.turnLanguage() };
}

/** Whether an input method takes the key, in browsers that say so either way. */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === COMPOSING;
}

function isTaken(event: KeyboardEvent): boolean {
  if (isComposing(event)) return true;
  const path = event.composedPath().filter((node) => node instanceof HTMLElement);
  if (path.some((element) => element.isContentEditable || element.matches(FORM))) return true;
  return (event.key === ' ' || event.key === 'Enter') && path.some((element) => element.matches(PRESSED));
}
