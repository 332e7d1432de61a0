/** Makes a wall's figures operable, wherever a scene draws one: pressed, or by Enter and Space from the keyboard. */
import { readFigure, type Behind } from '../../../ui/behind.ts';

export interface Followed {
  readonly behind: Behind;
  /** What the element shows. */
  readonly shown: string;
  /** The figure: what is shown, but of the title of a picture. */
  readonly value: string;
}

export interface FollowOptions {
  /** What a figure is called for whoever hears it, and beside the pointer. */
  readonly nameOf: (followed: Followed) => string;
  readonly onfollow: (followed: Followed) => void;
}

const FIGURES = 'main.wall [data-term]';

/** @returns what ends it and leaves the figures as they were */
export function followFigures(page: Document, { nameOf, onfollow }: FollowOptions): () => void {
  const named = new Set<HTMLElement>();
  const nameAll = (): void => {
    // A scene draws another figure with the same element, or a word.
    for (const element of named) if (!element.isConnected || !element.matches(FIGURES)) forget(element);
    for (const element of page.querySelectorAll<HTMLElement>(FIGURES)) {
      const followed = read(element);
      if (!followed) continue;
      const text = nameOf(followed);
      if (element.title === text) continue;
      named.add(element);
      element.title = text;
      element.tabIndex = 0;
      element.setAttribute('role', 'button');
      element.setAttribute('aria-label', text);
    }
  };
  const forget = (element: HTMLElement): void => {
    named.delete(element);
    for (const attribute of ['title', 'tabindex', 'role', 'aria-label']) element.removeAttribute(attribute);
  };
  const follow = (event: Event): boolean => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>(FIGURES) : null;
    const followed = element && read(element);
    if (followed) onfollow(followed);
    return !!followed;
  };
  const press = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || (event.key !== 'Enter' && event.key !== ' ')) return;
    // The wall's own keys would take an alarm, or hold the scenes.
    if (follow(event)) event.preventDefault();
  };
  const watcher = new MutationObserver(nameAll);
  const seen = { childList: true, characterData: true, subtree: true, attributeFilter: ['data-term', 'data-value'] };
  watcher.observe(page.body, seen);
  page.addEventListener('click', follow);
  page.addEventListener('keydown', press);
  nameAll();
  return () => {
    watcher.disconnect();
    page.removeEventListener('click', follow);
    page.removeEventListener('keydown', press);
    for (const element of named) forget(element);
  };
}

function read(element: HTMLElement): Followed | undefined {
  const behind = readFigure(element);
  if (!behind) return undefined;
  const shown = element.textContent.replace(/\s+/g, ' ').trim();
  return { behind, shown, value: behind.value ?? shown };
}
