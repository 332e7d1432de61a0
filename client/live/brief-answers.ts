/** The last briefs that this browser was given, so that the page can be read without its server: only where the browser keeps the page too. */
import type { Brief } from '../../domain/wire/brief.ts';
import { atBase } from './base.ts';

const CACHE = `hallpulse:${atBase('/brief')} answers`;
/** Of so many addresses the answers are kept, those that were asked last. */
const KEPT = 20;

/** Over plain HTTP a browser has no such store, and opens no page without its server. */
function open(): Promise<Cache> | undefined {
  return typeof caches === 'undefined' ? undefined : caches.open(CACHE);
}

export async function keepAnswer(query: string, brief: Brief): Promise<void> {
  try {
    const cache = await open();
    if (!cache) return;
    const address = new URL(atBase(`/brief/answer${query}`), location.origin).href;
    await cache.delete(address);
    await cache.put(address, new Response(JSON.stringify(brief)));
    const all = await cache.keys();
    for (const old of all.slice(0, Math.max(0, all.length - KEPT))) await cache.delete(old);
  } catch {
    // A store that is full or forbidden keeps nothing: the page is read as without it.
  }
}

export async function readAnswer(query: string): Promise<Brief | undefined> {
  try {
    const found = await (await open())?.match(atBase(`/brief/answer${query}`));
    return found && ((await found.json()) as Brief);
  } catch {
    return undefined;
  }
}

/** Whoever is signed out sees nothing of what was shown before. */
export async function forgetAnswers(): Promise<void> {
  try {
    if (typeof caches !== 'undefined') await caches.delete(CACHE);
  } catch {
    // A browser that lets nobody at its store has kept nothing there.
  }
}
