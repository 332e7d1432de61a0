/** Whether this browser lets a page be heard, and by whose leave: the wall's own page asks the same question. */
import { playTone } from '../../alarms/tone.ts';

/**
 * `free`: a page sounds as it opens, so the wall will too. `touched`: only because a key was pressed on this page; the
 * wall's page waits for a touch of its own each time it is opened.
 */
export type SoundState = 'free' | 'touched' | 'locked' | 'absent';

export interface Sound {
  readonly state: () => SoundState;
  /** Called from a key or a touch: only those unlock sound. */
  play(): Promise<void>;
}

export function createSound(): Sound {
  const audio = 'AudioContext' in window ? new AudioContext() : undefined;
  let wasTouched = false;
  return {
    state() {
      if (audio === undefined) return 'absent';
      if (audio.state !== 'running') return 'locked';
      return wasTouched ? 'touched' : 'free';
    },
    async play() {
      if (!audio) return;
      wasTouched ||= audio.state !== 'running';
      // Without a device to play on this never settles: the state says so.
      await Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, 500))]);
      playTone(audio);
    },
  };
}
