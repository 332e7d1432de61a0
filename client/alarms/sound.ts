/** How a page is heard: a browser may lock its sound until somebody touches it, and speech is Chinese, as the hall's is. */

export interface Sound {
  readonly audio: AudioContext;
  /** Whether what is played is heard; otherwise the browser waits for somebody to touch the page. */
  readonly isUnlocked: boolean;
  stop(): void;
}

/** @param onChange told whenever that may have changed */
export function openSound(onChange: () => void): Sound {
  const audio = new AudioContext();
  const unlock = (): void => {
    if (audio.state !== 'running') void audio.resume().then(onChange);
  };
  audio.onstatechange = onChange;
  for (const type of ['pointerdown', 'keydown'] as const) addEventListener(type, unlock);
  return {
    audio,
    get isUnlocked() {
      return audio.state === 'running';
    },
    stop() {
      audio.onstatechange = null;
      for (const type of ['pointerdown', 'keydown'] as const) removeEventListener(type, unlock);
      void audio.close();
    },
  };
}

/** Says it after whatever is being said; nothing where the browser cannot speak. */
export function speak(text: string): void {
  if (typeof speechSynthesis === 'undefined') return;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = 'zh-CN';
  speechSynthesis.speak(utterance);
}
