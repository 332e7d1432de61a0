/** What somebody is filling in while others may save the same: nothing that was typed goes, and what they changed is told. */
import { tick } from 'svelte';
import { listChanges, type Change } from '../../../domain/settings/changes.ts';
import { keepMine } from '../../../domain/settings/merge.ts';
import { placeOf } from '../../../domain/settings/path.ts';
import { isSame, type Value } from '../../../domain/settings/rows.ts';
import type { Shape } from '../../../domain/settings/shape.ts';
import type { Reply } from '../../live/request.ts';

/** What somebody else has saved; `isMine` where something else was typed here, and stays. */
export interface Overtaken extends Change {
  readonly isMine: boolean;
}

export class Draft<T extends Value> {
  value = $state() as T;
  /** What others have saved since this was begun. */
  overtaken = $state.raw<readonly Overtaken[]>([]);
  /** As it was when this was begun, and as it was last read. */
  #begun: T;
  #read: T;
  #disputed: readonly string[] = [];
  readonly #shape: Shape;

  constructor(read: T, shape: Shape) {
    this.value = read;
    this.#begun = read;
    this.#read = read;
    this.#shape = shape;
  }

  /** To what is in force now: what was not touched here follows it. */
  follow(next: T): void {
    if (isSame(next, this.#read)) return;
    const mine = $state.snapshot(this.value) as T;
    if (isSame(mine, this.#read) || isSame(mine, next)) return this.take(next);
    const { value, conflicts } = keepMine(this.#read, mine, next, this.#shape);
    this.#disputed = [...this.#disputed, ...conflicts.map(({ path }) => placeOf(path))];
    this.value = value as T;
    this.#read = next;
    this.overtaken = listChanges(this.#begun, next, this.#shape)
      .filter(({ path }) => !path.some((step) => 'order' in step))
      .map((change) => ({
        ...change,
        isMine: this.#disputed.some((place) => isWithin(placeOf(change.path), place)),
      }));
  }

  /** What was typed here is given up for what is in force. */
  take(next: T): void {
    this.value = next;
    this.#hold(next);
  }

  /**
   * Sends what stands here. Where somebody else has saved meanwhile it is read what they did: what touches nothing of
   * this is no reason to ask again, and everything else is to be looked at first.
   * @param reread has `follow` told what is in force
   */
  async save(send: () => Promise<Reply<unknown>>, reread: () => Promise<void>): Promise<Reply<unknown>> {
    const sent = $state.snapshot(this.value) as T;
    const { overtaken } = this;
    let reply = await send();
    if (isConflict(reply)) {
      await reread();
      await tick();
      if (this.overtaken === overtaken || this.overtaken.length === 0) reply = await send();
    }
    // What was typed since then is still to be saved.
    if (reply.type === 'answered') this.#hold(sent);
    return reply;
  }

  #hold(next: T): void {
    this.#begun = next;
    this.#read = next;
    this.#disputed = [];
    this.overtaken = [];
  }
}

/** Whether somebody else has saved meanwhile. */
export function isConflict(reply: Reply<unknown>): boolean {
  return reply.type === 'refused' && reply.error === 'conflict';
}

/** Whether one place holds the other. */
function isWithin(a: string, b: string): boolean {
  const [short = '', long = ''] = [a, b].map((place) => place.slice(0, -1)).sort((x, y) => x.length - y.length);
  return long === short || long.startsWith(`${short},`) || short === '[';
}
