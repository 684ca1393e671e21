/** Chance that is the same for the same seed, for the monkeys. */

/** Even numbers from 0 to 1, the same for the same seed (Marsaglia's xorshift). */
export class Chance {
  #state: number;
  constructor(seed: number) {
    this.#state = seed | 0 || 1;
  }
  next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) / 2 ** 32;
  }
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }
  of<One>(ones: readonly One[]): One {
    const one = ones[this.whole(0, ones.length - 1)];
    if (one === undefined) throw new Error('nothing to choose from');
    return one;
  }
}
