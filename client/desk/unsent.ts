/** How much of somebody's is not in the ledger yet, for pages that only say so: the desk itself sends it. */
import type { SignedIn } from '../../domain/wire/desk.ts';
import type { Counts } from './outbox.ts';
import { ENTRIES, isRow, nameStore } from './stored.ts';
import { openTabs } from './tabs.ts';

const NOTHING: Counts = { waiting: 0, refused: 0 };

/** Tells `hear` at once, and again whenever a desk in another tab has changed it; returns its stop. */
export function watchUnsent({ staff, hall }: SignedIn, hear: (counts: Counts) => void): () => void {
  const name = nameStore(hall);
  let looks = 0;
  const look = async (): Promise<void> => {
    const mine = ++looks;
    const counts = await count(name, staff).catch(() => NOTHING);
    if (mine === looks) hear(counts);
  };
  const again = (): void => void look();
  const tabs = openTabs(name, again);
  // A page that the browser brings back as it was has heard nothing meanwhile.
  addEventListener('pageshow', again);
  again();
  return () => {
    looks = Infinity;
    removeEventListener('pageshow', again);
    tabs.stop();
  };
}

/** Held open no longer than it takes, so that whoever clears the browser's data waits for nobody. */
function count(name: string, author: string): Promise<Counts> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name);
    // There is none, and looking makes none.
    asked.onupgradeneeded = () => asked.transaction!.abort();
    asked.onerror = () => reject(asked.error!);
    asked.onsuccess = () => {
      const database = asked.result;
      const reading = database.transaction(ENTRIES);
      const rows = reading.objectStore(ENTRIES).getAll() as IDBRequest<unknown[]>;
      reading.oncomplete = () => {
        const own = rows.result.filter(isRow).filter((row) => row.author === author);
        const refused = own.filter(({ state }) => state === 'refused').length;
        resolve({ waiting: own.length - refused, refused });
      };
      reading.onabort = () => reject(reading.error!);
      database.close();
    };
  });
}
