/** Things to do later, all of which can be called off at once. */
export class Timers {
  readonly #pending = new Set<ReturnType<typeof setTimeout>>();

  later(waitMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#pending.delete(timer);
      act();
    }, waitMs);
    this.#pending.add(timer);
  }

  clear(): void {
    for (const timer of this.#pending) clearTimeout(timer);
    this.#pending.clear();
  }
}
