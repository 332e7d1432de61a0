/** How the tabs of one browser learn that another of them has changed what they share. */

export interface Tabs {
  /** The other tabs hear of it; this one does not. */
  tell(): void;
  stop(): void;
}

/** Where there is nothing to be told by, it is looked up so often. */
const LOOK_MS = 5_000;

/** Some browsers that keep nothing for a page throw here. */
function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : undefined;
  } catch {
    return undefined;
  }
}

/** @param name of what is shared: tabs that share another thing hear nothing of it */
export function openTabs(name: string, hear: () => void): Tabs {
  const channel = openChannel(name);
  if (channel) {
    channel.onmessage = hear;
    return { tell: () => channel.postMessage(0), stop: () => channel.close() };
  }
  const onStorage = (event: StorageEvent): void => {
    if (event.key === name) hear();
  };
  addEventListener('storage', onStorage);
  const looking = setInterval(hear, LOOK_MS);
  return {
    tell() {
      try {
        // Only a value that changes is told.
        localStorage.setItem(name, `${Date.now()} ${Math.random()}`);
      } catch {
        // They look by themselves.
      }
    },
    stop() {
      removeEventListener('storage', onStorage);
      clearInterval(looking);
    },
  };
}
