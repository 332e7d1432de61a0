/** One short tone, and whether the browser lets a page be heard. */
export interface Tone {
  readonly state: () => 'unlocked' | 'locked' | 'absent';
  /** Called from a key or a touch: only those unlock sound. */
  play(): Promise<void>;
}

export function createTone(): Tone {
  const context = 'AudioContext' in window ? new AudioContext() : undefined;
  return {
    state: () => (context === undefined ? 'absent' : context.state === 'running' ? 'unlocked' : 'locked'),
    async play() {
      if (!context) return;
      // Without a device to play on this never settles: the state says so.
      await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 500))]);
      const tone = new OscillatorNode(context, { frequency: 660 });
      const volume = new GainNode(context, { gain: 0.2 });
      tone.connect(volume).connect(context.destination);
      tone.start();
      tone.stop(context.currentTime + 0.4);
    },
  };
}
