/** What one tab knows of the entries in this browser: those in the store, those that lie in the tab alone, and what became of them. */
import { isTakingBack, type Entry } from '../../domain/desk/entry.ts';
import type { Refusal, StoreProblem } from './store.ts';
import type { Row } from './stored.ts';

/** An entry that the server refused, until somebody corrects it or throws it away. */
export interface RefusedEntry extends Refusal {
  readonly entry: Entry;
}

/** An entry that the store did not take. */
export interface Unkept {
  readonly entry: Entry;
  /** The refused one whose place it takes. */
  readonly replaces: string | undefined;
  readonly because: StoreProblem;
}

export interface Own {
  /** In the order of making. */
  readonly waiting: readonly Entry[];
  readonly refused: readonly RefusedEntry[];
}

export class Holdings {
  /** As the store was last read. */
  rows: readonly Row[] = [];
  /** In the order of making; all of them later than what is in the store. */
  unkept: readonly Unkept[] = [];
  /** Over and done, for the life of this tab: a store that takes nothing may hold them for longer. */
  readonly #over = new Set<string>();
  readonly #refusals = new Map<string, Refusal>();

  /** One author's alone: nobody else is shown them. */
  of(author: string): Own {
    const replaced = new Set(this.unkept.map(({ replaces }) => replaces));
    const own = this.#all().filter(({ entry }) => entry.author === author && !replaced.has(entry.id));
    return {
      waiting: own.filter(({ refusal }) => !refusal).map(({ entry }) => entry),
      refused: own.flatMap(({ entry, refusal }) => (refusal ? [{ ...refusal, entry }] : [])),
    };
  }

  refusalOf(id: string): Refusal | undefined {
    return this.#all().find(({ entry }) => entry.id === id)?.refusal;
  }

  hold(one: Unkept): void {
    this.unkept = [...this.unkept.filter(({ entry }) => ![one.entry.id, one.replaces].includes(entry.id)), one];
  }

  noteRefusals(refusals: readonly Refusal[]): void {
    for (const refusal of refusals) this.#refusals.set(refusal.id, refusal);
  }

  /** @returns all that goes with them, those included whose place they took */
  noteOver(ids: readonly string[]): string[] {
    const going = new Set(ids);
    const isGoing = ({ entry }: Unkept): boolean => going.has(entry.id);
    const all = [...ids, ...this.unkept.filter(isGoing).flatMap(({ replaces }) => replaces ?? [])];
    for (const id of all) this.#over.add(id);
    this.unkept = this.unkept.filter((one) => !isGoing(one));
    return all;
  }

  /** Whoever took an entry back need not be asked what is to become of it where it was refused. */
  findVainUndos(): string[] {
    const all = this.#all();
    return all.flatMap(({ entry: { id, act } }) => {
      if (!isTakingBack(act)) return [];
      const target = all.find(({ entry }) => entry.id === act.entry);
      return target?.refusal && target.refusal.reason !== 'conflict' ? [id, act.entry] : [];
    });
  }

  #all(): { entry: Entry; refusal: Refusal | undefined }[] {
    const kept = new Set(this.rows.map(({ id }) => id));
    const held = this.unkept.filter(({ entry }) => !kept.has(entry.id));
    return [
      ...this.rows.map((row) => ({ entry: row.entry, refusal: this.#refusals.get(row.id) ?? toRefusal(row) })),
      ...held.map(({ entry }) => ({ entry, refusal: this.#refusals.get(entry.id) })),
    ].filter(({ entry }) => !this.#over.has(entry.id));
  }
}

function toRefusal({ id, state, reason = 'form', field }: Row): Refusal | undefined {
  return state === 'refused' ? { id, reason, ...(field === undefined ? {} : { field }) } : undefined;
}
