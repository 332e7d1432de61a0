/** Sound and speech at a new alarm: off unless the hall wants them, once for each alarm, and honest about being locked. */
import type { AlarmCard, Announcing } from '../../domain/board/topics/data-alarms.ts';
import { isNewsOf, placedTitleOf, proposalOf, titleOf, type WallAlarmWords } from './alarms.ts';
import { openSound, speak, type Sound } from './sound.ts';
import { playTone } from './tone.ts';

/** `off`: not wanted. `locked`: the browser waits for somebody to touch the page. */
export type VoiceState = 'off' | 'locked' | 'unlocked';

/**
 * The alarms to be announced now: raised lately, taken by nobody, and not among those `heard` already.
 * @param now the hall's clock, epoch ms
 */
export function alarmsToAnnounce(
  cards: Record<string, AlarmCard>,
  heard: ReadonlySet<string>,
  now: number,
): [string, AlarmCard][] {
  return Object.entries(cards).filter(([id, card]) => !heard.has(id) && isNewsOf(card, now));
}

/** What is said of an alarm: 请注意，03号窗办理超时，建议值班长到场. */
export function speechOf(card: AlarmCard, words: WallAlarmWords): string {
  const isPlaced = card.kind === 'window-overtime' || card.kind === 'poor-rating';
  return words.spoken(isPlaced ? placedTitleOf(card, words) : titleOf(card, words), proposalOf(card, words));
}

export interface Voice {
  readonly state: VoiceState;
  /**
   * To be called with every picture; `readNow` reads the hall's clock, epoch ms, whenever there is something to say.
   * The words are Chinese whatever the screen's language: the hall hears them.
   */
  announce(cards: Record<string, AlarmCard>, wanted: Announcing, readNow: () => number): void;
  stop(): void;
}

/** @param onState told whenever the state changes, for the header */
export function createVoice(words: WallAlarmWords, onState: (state: VoiceState) => void = () => {}): Voice {
  const heard = new Set<string>();
  let state: VoiceState = 'off';
  let sound: Sound | undefined;
  let isWanted = false;
  let latest: { cards: Record<string, AlarmCard>; wanted: Announcing; readNow: () => number } | undefined;
  const settle = (): void => {
    const next = !isWanted ? 'off' : sound?.isUnlocked ? 'unlocked' : 'locked';
    if (next === state) return;
    state = next;
    onState(state);
    say();
  };
  /** What cannot be said yet waits until it is no news any more. */
  const say = (): void => {
    if (!latest || !sound || state !== 'unlocked') return;
    const { cards, wanted, readNow } = latest;
    const news = alarmsToAnnounce(cards, heard, readNow());
    if (news.length === 0) return;
    for (const [id] of news) heard.add(id);
    if (wanted.sound) playTone(sound.audio);
    if (wanted.speech) for (const [, card] of news) speak(speechOf(card, words));
  };
  return {
    get state() {
      return state;
    },
    announce(cards, wanted, readNow) {
      isWanted = wanted.sound || wanted.speech;
      latest = { cards, wanted, readNow };
      if (isWanted) sound ??= openSound(settle);
      settle();
      for (const id of heard) if (!Object.hasOwn(cards, id)) heard.delete(id);
      say();
    },
    stop: () => sound?.stop(),
  };
}
