/** What was started, each with its stop; it ends in the other direction. */

export type Stop = () => void | Promise<void>;

export class Stops {
  readonly #stops: Stop[] = [];

  add(stop: Stop): void {
    this.#stops.push(stop);
  }

  /** The last that was started first, each once what leaned on it has ended. */
  async run(): Promise<void> {
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) await stop();
  }
}
