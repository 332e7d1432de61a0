/** Names an asking, so that what is asked again for want of an answer comes about once. */
import { drawLetters } from './letters.ts';
import type { Reply } from './request.ts';

/** What is asked later than that is asked by somebody else, or for something else. */
const KEPT_MS = 60_000;

export class Once {
  #pending: { readonly what: string; readonly id: string; readonly at: number } | undefined;

  /** @param what all that is asked for; @returns the id of this asking: of the one before, where that was the same, a moment ago, and not answered */
  nameOf(what: string): string {
    const now = performance.now();
    const { id, at } =
      this.#pending?.what === what && now - this.#pending.at < KEPT_MS ? this.#pending : { id: drawLetters(), at: now };
    this.#pending = { what, id, at };
    return id;
  }

  /** To be told what became of it: only an answer of the server itself ends it, and no gateway's. */
  hear(reply: Reply<unknown>): void {
    if (reply.type === 'answered' || (reply.type === 'refused' && reply.status < 500)) this.#pending = undefined;
  }
}
