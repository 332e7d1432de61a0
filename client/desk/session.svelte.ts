/** Who is signed in here: as the server says it, or, while there is none, as it last said. */
import type { SignedIn } from '../../domain/wire/desk.ts';
import type { Memory } from '../live/memory.ts';
import { forgetAnswers } from '../live/brief-answers.ts';
import { ask } from '../live/ask.ts';
import type { Reply } from '../live/request.ts';
import { signIn } from '../live/session.ts';
import type { DeskClock } from './clock.ts';
import { KEPT_MS, keepSession, noteLeaving, readKeptSession, readLeaving } from './kept-session.ts';

/**
 * `unknown`: nobody has been heard of yet. `in`: the server says so. `kept`: it cannot be reached, and said so last.
 * `expired`: it knows nobody any more, who did not leave: what they typed is still theirs to send. `out`: nobody.
 */
export type SessionState = 'unknown' | 'in' | 'kept' | 'expired' | 'out';

/** A session is asked for all the time: a line that swallows it is noticed sooner so. */
const TIMEOUT_MS = 6_000;

export class DeskSession {
  who = $state.raw<SignedIn>();
  state = $state<SessionState>('unknown');

  readonly #clock: DeskClock;
  readonly #memory: Memory;
  readonly #onChange: () => void;
  /** By this PC's date. */
  #heardAt = 0;
  /** Whether somebody may have worked on this page: one that only just remembered whoever was here shows nothing of theirs. */
  #isAtWork = false;
  /** Counts what people do: an answer to a question from before it is none. */
  #turn = 0;

  constructor(clock: DeskClock, memory: Memory, onChange: () => void) {
    this.#clock = clock;
    this.#memory = memory;
    this.#onChange = onChange;
  }

  /** Before any server has answered: whoever was signed in last. */
  recall(): void {
    if (this.state !== 'unknown' || readLeaving(this.#memory) !== undefined) return;
    const kept = readKeptSession(this.#memory, Date.now());
    if (!kept) return;
    this.#clock.recall(kept.aheadMs);
    this.#heardAt = kept.heardAt;
    this.#set('kept', kept.who);
  }

  /** Asks the server who is signed in, and what time it is. @returns whether anything answered */
  async refresh(): Promise<boolean> {
    const turn = this.#turn;
    const askedAt = this.#clock.mark();
    const reply = await ask('GET /api/session', { timeoutMs: TIMEOUT_MS });
    if (turn !== this.#turn) return reply.type !== 'unreachable';
    if (reply.type === 'answered') {
      if (reply.value.staff === readLeaving(this.#memory)) await this.leave();
      else this.#take(reply.value, askedAt);
    } else if (reply.type === 'refused' && reply.status === 401) this.#takeNobody();
    else this.#missServer();
    return reply.type !== 'unreachable';
  }

  async signIn(staff: string, password: string): Promise<Reply<SignedIn>> {
    const turn = ++this.#turn;
    const askedAt = this.#clock.mark();
    const reply = await signIn({ staff, password });
    if (reply.type === 'answered' && turn === this.#turn) this.#take(reply.value, askedAt);
    return reply;
  }

  /** Signs out, also where no server is there to be told yet. */
  async leave(): Promise<void> {
    this.#turn++;
    const leaving = this.who?.staff ?? readLeaving(this.#memory);
    noteLeaving(this.#memory, leaving);
    keepSession(this.#memory, undefined);
    this.#isAtWork = false;
    this.#set('out', undefined);
    void forgetAnswers();
    const reply = await ask('DELETE /api/session', { timeoutMs: TIMEOUT_MS });
    if (reply.type === 'answered') noteLeaving(this.#memory, undefined);
  }

  #take(who: SignedIn, askedAt: number): void {
    // Somebody else has come since.
    noteLeaving(this.#memory, undefined);
    this.#clock.hear(who.now, askedAt, who.hall.demo);
    this.#heardAt = Date.now();
    this.#isAtWork = true;
    keepSession(this.#memory, { who, heardAt: this.#heardAt, aheadMs: this.#clock.aheadMs });
    this.#set('in', who);
  }

  #takeNobody(): void {
    noteLeaving(this.#memory, undefined);
    keepSession(this.#memory, undefined);
    this.#set(this.#isAtWork ? 'expired' : 'out', this.#isAtWork ? this.who : undefined);
  }

  #missServer(): void {
    this.#isAtWork = this.who !== undefined;
    if (readLeaving(this.#memory) !== undefined) this.#set('out', undefined);
    else if (this.state === 'unknown') this.recall();
    else if (this.state === 'in') this.#set('kept', this.who);
    else if (this.state === 'kept' && Math.abs(Date.now() - this.#heardAt) > KEPT_MS) this.#set('out', undefined);
  }

  #set(state: SessionState, who: SignedIn | undefined): void {
    this.state = state;
    this.who = who;
    this.#onChange();
  }
}
