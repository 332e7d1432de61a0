/** Calls that are spoken, where the screen's address asks for sound: each once, as it takes the large place. */
import type { PublicCall } from '../../../domain/board/topics/data-public.ts';
import { openSound, speak, type Sound } from '../../alarms/sound.ts';
import { playTone } from '../../alarms/tone.ts';
import { publicWords } from '../../words/zh/public.ts';

/** 请A零三二号到3号窗口办理: a number is read digit by digit, as it stands on the slip. */
export function speechOfCall({ number, tail, window }: PublicCall): string {
  const { spoken, spokenTail, spokenWindow, digits } = publicWords.calls;
  const spelled = number.replace(/\d/g, (digit) => digits[Number(digit)]!);
  const place = /^0*\d+$/.test(window) ? spokenWindow(String(Number(window))) : window;
  return (tail ? spokenTail : spoken)(spelled, place);
}

export interface CallVoice {
  /** Whether the browser waits for somebody to touch the page. */
  readonly isLocked: boolean;
  say(call: PublicCall): void;
  stop(): void;
}

/** @param onChange told whenever `isLocked` may have changed */
export function openCallVoice(onChange: () => void): CallVoice {
  const sound: Sound | undefined = 'AudioContext' in window ? openSound(onChange) : undefined;
  return {
    get isLocked() {
      return sound?.isUnlocked === false;
    },
    say(call) {
      // What was called while nothing could be heard is not said afterwards.
      if (!sound?.isUnlocked) return;
      playTone(sound.audio);
      speak(speechOfCall(call));
    },
    stop: () => sound?.stop(),
  };
}
