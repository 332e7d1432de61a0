/** The calls as this page has seen them, for as long as it stands: another language or theme forgets none. */
import type { PublicData } from '../../../domain/board/topics/data-public.ts';
import { hearCalls, passTime, readCalls, type CallList, type CallsNow } from './call-list.ts';
import { openCallVoice, type CallVoice } from './call-voice.ts';

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

export class ShownCalls {
  now = $state.raw<CallsNow>({ calls: [], past: [] });
  /** Sound is wanted, and the browser waits for a touch. */
  isLocked = $state(false);
  #list: CallList | undefined;
  readonly #voice: CallVoice | undefined;

  constructor(isSpoken: boolean) {
    this.#voice = isSpoken ? openCallVoice(() => this.#look()) : undefined;
    this.#look();
  }

  /** To be called with every picture; `hallNow`: the hall's clock, epoch ms. */
  follow({ day, calls }: Pick<PublicData, 'day' | 'calls'>, hallNow: number): void {
    const isFirst = this.#list?.day !== day.day;
    const at = performance.now();
    this.#take(hearCalls(this.#list, { day: day.day, calls, hallNow, at }), at, isFirst);
  }

  /** To be called every moment: this machine's own clock ends the time of a call. */
  pass(): void {
    const at = performance.now();
    if (this.#list) this.#take(passTime(this.#list, at), at);
  }

  #take(list: CallList, at: number, isFirst = false): void {
    const before = this.#list?.large?.call;
    const after = list.large?.call;
    this.#list = list;
    if (after && after !== before && !isFirst) this.#voice?.say(after);
    const next = readCalls(list, at);
    if (!isSameList(next.calls, this.now.calls) || !isSameList(next.past, this.now.past)) this.now = next;
  }

  #look(): void {
    this.isLocked = this.#voice?.isLocked ?? false;
  }
}
