/** The browser's own store of a hall's desk, in IndexedDB: entries until they are in the ledger, and what must be there offline. */
import type { Entry, EntryReason } from '../../domain/desk/entry.ts';
import { ENTRIES, isRow, type Row } from './stored.ts';

/** Why nothing can be kept: no room, or a browser that has no store or lets nobody use it. */
export type StoreProblem = 'full' | 'forbidden';

export class StoreFault extends Error {
  readonly because: StoreProblem;

  constructor(because: StoreProblem) {
    super(`Nothing can be kept: ${because}.`);
    this.because = because;
  }
}

export interface Refusal {
  readonly id: string;
  readonly reason: EntryReason;
  readonly field?: string;
}

/** A store that does not answer by then, as some browsers' do in private windows, is none; nobody waits so long twice. */
const LIMIT_MS = 5_000;
const SHORT_LIMIT_MS = 300;
const KEPT = 'kept';

/** What a transaction is made of: `when` something asked for is here, `done` says what the whole comes to. */
interface Steps<T> {
  readonly store: IDBObjectStore;
  readonly when: <R>(asked: IDBRequest<R>, act: (result: R) => void) => void;
  readonly done: (value: T) => void;
}

/** Every method fails with a `StoreFault` where the browser keeps nothing. */
export class DeskStore {
  readonly name: string;
  readonly #onLost: () => void;
  #opening: Promise<IDBDatabase> | undefined;
  #limitMs = LIMIT_MS;

  /** @param onLost the browser took the store away while it was open, as when its data are cleared */
  constructor(name: string, onLost: () => void = () => {}) {
    this.name = name;
    this.#onLost = onLost;
  }

  rows(): Promise<Row[]> {
    return this.#run('readonly', ENTRIES, ({ store, when, done }) => {
      when(store.getAll() as IDBRequest<unknown[]>, (rows) => done(rows.filter(isRow)));
    });
  }

  /**
   * Keeps an entry as waiting; one that is here already stays as it is.
   *
   * @param replaces the id of a refused one whose place it takes
   * @returns false where that one is no longer here
   */
  add(entry: Entry, replaces?: string): Promise<boolean> {
    return this.#run<boolean>('readwrite', ENTRIES, ({ store, when, done }) => {
      const write = (place: { readonly n?: number }): void => {
        done(true);
        store.put({ id: entry.id, author: entry.author, entry, state: 'waiting', ...place });
      };
      when(store.index('id').getKey(entry.id), (known) => {
        if (known !== undefined) done(true);
        else if (replaces === undefined) write({});
        else {
          when(store.index('id').get(replaces) as IDBRequest<unknown>, (old) => {
            if (isRow(old) && old.state === 'refused') write({ n: old.n });
            else done(false);
          });
        }
      });
    });
  }

  /** What the server said against entries. One that another tab has dealt with stays gone. */
  refuse(refusals: readonly Refusal[]): Promise<void> {
    return this.#run<void>('readwrite', ENTRIES, ({ store, when }) => {
      for (const { id, reason, field } of refusals)
        when(store.index('id').get(id) as IDBRequest<unknown>, (row) => {
          if (isRow(row)) store.put({ ...row, state: 'refused', reason, ...(field === undefined ? {} : { field }) });
        });
    });
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.#run<void>('readwrite', ENTRIES, ({ store, when }) => {
      for (const id of ids)
        when(store.index('id').getKey(id), (place) => {
          if (place !== undefined) store.delete(place);
        });
    });
  }

  /** Something else than an entry, by its name: what the server can say again. */
  read(key: string): Promise<unknown> {
    return this.#run('readonly', KEPT, ({ store, when, done }) => {
      when(store.get(key) as IDBRequest<unknown>, done);
    });
  }

  write(key: string, value: unknown): Promise<void> {
    return this.#run<void>('readwrite', KEPT, ({ store }) => void store.put(value, key));
  }

  close(): void {
    void this.#opening?.then(
      (database) => database.close(),
      () => {},
    );
    this.#opening = undefined;
  }

  async #run<T>(mode: IDBTransactionMode, name: string, work: (steps: Steps<T>) => void): Promise<T> {
    try {
      const value = await withinLimit(this.#begin(mode, name, work), this.#limitMs);
      this.#limitMs = LIMIT_MS;
      return value;
    } catch (error) {
      if (error instanceof NoAnswer) this.#limitMs = SHORT_LIMIT_MS;
      throw new StoreFault(isFull(error) ? 'full' : 'forbidden');
    }
  }

  /** Ends well only once the transaction is complete: what was said in it before that may still be taken back. */
  async #begin<T>(mode: IDBTransactionMode, name: string, work: (steps: Steps<T>) => void): Promise<T> {
    const transaction = begin(await this.#open(), mode, name) ?? begin(await this.#openAnew(), mode, name);
    if (!transaction) throw new Error('The store was closed.');
    return new Promise<T>((resolve, reject) => {
      let value: T;
      let fault: unknown;
      const orAbort = (act: () => void): void => {
        try {
          act();
        } catch (error) {
          fault = error;
          transaction.abort();
        }
      };
      transaction.oncomplete = () => resolve(value);
      transaction.onabort = () => reject((fault ?? transaction.error ?? new Error('The browser ended it.')) as Error);
      orAbort(() =>
        work({
          store: transaction.objectStore(name),
          when: (asked, act) => void (asked.onsuccess = () => orAbort(() => act(asked.result))),
          done: (told) => void (value = told),
        }),
      );
    });
  }

  #openAnew(): Promise<IDBDatabase> {
    this.#opening = undefined;
    return this.#open();
  }

  #open(): Promise<IDBDatabase> {
    this.#opening ??= openDatabase(this.name, (database) => {
      database.close();
      this.#opening = undefined;
      this.#onLost();
    }).catch((error: unknown) => {
      // Another time it may be there.
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }
}

function openDatabase(name: string, onLost: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      const entries = asked.result.createObjectStore(ENTRIES, { keyPath: 'n', autoIncrement: true });
      entries.createIndex('id', 'id', { unique: true });
      asked.result.createObjectStore(KEPT);
    };
    asked.onerror = () => reject(asked.error ?? new Error('The store does not open.'));
    asked.onsuccess = () => {
      const database = asked.result;
      database.onclose = () => onLost(database);
      database.onversionchange = () => onLost(database);
      resolve(database);
    };
  });
}

/** `undefined` where the browser has closed it meanwhile. */
function begin(database: IDBDatabase, mode: IDBTransactionMode, name: string): IDBTransaction | undefined {
  try {
    // A machine that loses its power loses no entry; older browsers write all through by themselves.
    return database.transaction(name, mode, { durability: name === ENTRIES ? 'strict' : 'relaxed' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') return undefined;
    throw error;
  }
}

class NoAnswer extends Error {}

function withinLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new NoAnswer()), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(limit));
  });
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
