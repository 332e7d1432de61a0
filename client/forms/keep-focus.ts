/** Whoever works with the keyboard alone stays where they are: what takes the place of a thing that goes away has its focus. */
import type { Attachment } from 'svelte/attachments';

const FOCUSABLE = ['a[href]', 'button', 'input', 'select', 'textarea']
  .map((tag) => `${tag}:not(:disabled, [tabindex="-1"])`)
  .join();

/** Where the focus was: everything around it, from the inside out, with its place among what can be focused there. */
type Trail = readonly { readonly around: Element; readonly place: number }[];

/** Of all inside an element that lives as long as the page. */
export const keepFocus: Attachment = (root) => {
  let focused: Element | undefined;
  /** Of the page itself, and of the dialog that lies on it: once that is closed the page's is the one that counts. */
  let onPage: Trail = [];
  let inDialog: Trail = [];

  const note = ({ target }: Event): void => {
    if (!(target instanceof Element)) return;
    focused = target;
    const trail = readTrail(target, root);
    if (target.closest('dialog')) inDialog = trail;
    else onPage = trail;
  };
  const look = (): void => {
    const { activeElement, body } = document;
    const isLost = activeElement === body || activeElement === null || activeElement.matches(':disabled');
    if (!isLost || focused === undefined || (focused.isConnected && !focused.matches(':disabled'))) return;
    const dialog = root.querySelector('dialog[open]');
    findSuccessor(dialog ? inDialog.filter(({ around }) => dialog.contains(around)) : onPage)?.focus();
  };

  /** A key that is held presses once: by then something else may have the focus. */
  const holdBack = (event: Event): void => {
    const { key, repeat, target } = event as KeyboardEvent;
    if (repeat && (key === 'Enter' || key === ' ') && target instanceof HTMLButtonElement) event.preventDefault();
  };

  root.addEventListener('focusin', note);
  root.addEventListener('keydown', holdBack);
  const observer = new MutationObserver(look);
  observer.observe(root, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  return () => {
    observer.disconnect();
    root.removeEventListener('focusin', note);
    root.removeEventListener('keydown', holdBack);
  };
};

function readTrail(target: Element, root: Element): Trail {
  const trail: { around: Element; place: number }[] = [];
  for (let around = target.parentElement; around && root.contains(around); around = around.parentElement)
    trail.push({ around, place: listFocusable(around).indexOf(target as HTMLElement) });
  return trail;
}

function findSuccessor(trail: Trail): HTMLElement | undefined {
  for (const { around, place } of trail) {
    if (!around.isConnected) continue;
    const there = listFocusable(around);
    const next = there[Math.min(Math.max(place, 0), there.length - 1)];
    if (next) return next;
  }
  return undefined;
}

function listFocusable(around: Element): HTMLElement[] {
  return [...around.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((one) => one.checkVisibility());
}
