/**
 * Chance in the simulated world: named streams, each grown from the seed and its name alone, so that
 * a new actor with a stream of its own moves nobody else's. Whole-number arithmetic throughout; the
 * one logarithm is a rounded table, so that no processor's last bit shows. Not for secrets.
 */

/** Quantiles of an exponential wait with mean 1, in thousandths; the tail beyond 1 in 256 is cut. */
const WAIT_PERMILLE: readonly number[] = Array.from({ length: 256 }, (_, index) =>
  Math.round(-1000 * Math.log((index + 0.5) / 256)),
);

/** A stream of chance (sfc32). */
export class Stream {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;

  constructor(seed: number, name: string) {
    let [a, b] = [0x9e3779b9 ^ Math.floor(seed / 0x1_0000_0000), seed | 0];
    for (let index = 0; index < name.length; index += 1) {
      a = Math.imul(a ^ name.charCodeAt(index), 0x01000193);
      b = Math.imul(b ^ (a >>> 15), 0x85ebca6b);
    }
    this.#a = a;
    this.#b = b;
    this.#c = Math.imul(a ^ b, 0xc2b2ae35);
    for (let round = 0; round < 12; round += 1) this.next();
  }

  /** 32 bits. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number from 0 to `bound` - 1; `bound` at most 2^32. */
  below(bound: number): number {
    return Math.floor((this.next() * bound) / 0x1_0000_0000);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True with this probability, to a millionth. */
  chance(probability: number): boolean {
    return probability > 0 && this.below(1_000_000) < probability * 1_000_000;
  }

  /** A wait whose mean is `mean`, whole, at least 1. */
  wait(mean: number): number {
    return 1 + Math.floor((mean * (WAIT_PERMILLE[this.below(256)] ?? 0)) / 1000);
  }

  /** One of `items`; throws when there is none. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("random: There is nothing to pick from");
    return item;
  }

  /** A key of `weights`, each as often as its weight says. */
  weighted<K extends string>(weights: readonly (readonly [K, number])[]): K {
    let left = this.below(weights.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [key, weight] of weights) {
      left -= weight;
      if (left < 0) return key;
    }
    throw new Error("random: Weights must be some");
  }

  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let index = 0; index < count; index += 1) bytes[index] = this.next() >>> 24;
    return bytes;
  }
}
