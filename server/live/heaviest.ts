/** How heavy the messages of each topic have been: what one of them weighs must cut nobody who reads. */
import type { Topic } from '../../domain/board/topics/data.ts';

export class Heaviest {
  readonly #answers = new Map<Topic, number>();
  readonly #deltas = new Map<Topic, number>();
  /** Every wall of a building asks for the same snapshot. */
  readonly #weighed = new WeakMap<object, number>();

  noteAnswer(topic: Topic, data: object): void {
    note(this.#answers, topic, this.#weigh(data));
  }

  noteDelta(topic: Topic, set: object): void {
    note(this.#deltas, topic, this.#weigh(set));
  }

  /** Bytes of one answer and one delta of each of the topics, at their heaviest. */
  of(topics: Iterable<Topic>): number {
    let bytes = 0;
    for (const topic of topics) bytes += (this.#answers.get(topic) ?? 0) + (this.#deltas.get(topic) ?? 0);
    return bytes;
  }

  #weigh(part: object): number {
    const known = this.#weighed.get(part);
    if (known !== undefined) return known;
    const bytes = Buffer.byteLength(JSON.stringify(part));
    this.#weighed.set(part, bytes);
    return bytes;
  }
}

function note(heaviest: Map<Topic, number>, topic: Topic, bytes: number): void {
  if (bytes > (heaviest.get(topic) ?? 0)) heaviest.set(topic, bytes);
}
