/** Keeps the screen on where the browser lets a page ask for it: only over HTTPS or on the machine itself. */
export function keepAwake(): void {
  const ask = () => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    // Refused on low battery, for one: then the screen's own settings rule.
    navigator.wakeLock.request('screen').catch(() => undefined);
  };
  document.addEventListener('visibilitychange', ask);
  ask();
}
