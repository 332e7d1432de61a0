/** Keeps the screen on where the browser lets a page ask for it: only over HTTPS or on the machine itself. */

const AGAIN_MS = 60_000;

/** Asks at once, whenever the page comes into sight, and every minute in which the lock is not held. */
export function keepAwake(): void {
  let isHeld = false;
  const ask = async () => {
    if (isHeld || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    isHeld = true;
    try {
      const lock = await navigator.wakeLock.request('screen');
      lock.addEventListener('release', () => (isHeld = false));
    } catch {
      // Refused on low battery, for one: then the screen's own settings rule.
      isHeld = false;
    }
  };
  document.addEventListener('visibilitychange', () => void ask());
  setInterval(() => void ask(), AGAIN_MS);
  void ask();
}
