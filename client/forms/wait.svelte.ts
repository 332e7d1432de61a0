/** Counts down the seconds for which it is no use to try again. */
export class Wait {
  /** Whole seconds; 0 where nothing keeps anybody from trying. */
  left = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;

  start(seconds: number): void {
    this.stop();
    const until = performance.now() + seconds * 1000;
    this.left = Math.ceil(seconds);
    this.#timer = setInterval(() => {
      // A page that lay hidden has missed some of its seconds.
      this.left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
      if (this.left === 0) this.stop();
    }, 1000);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.left = 0;
  }
}
