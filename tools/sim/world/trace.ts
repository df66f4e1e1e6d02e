/**
 * The running fingerprint of everything that happens in a world: 128 bits mixed from (time, actor,
 * what) in the order of events. Two runs of a seed that differ anywhere differ here.
 */

const PRIMES = [0x01000193, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f] as const;

/** A fingerprint that grows. */
export class Trace {
  readonly #lanes = new Int32Array([0x243f6a88, 0x13198a2e, 0x03707344, 0x29f31d00]);
  /** The newest entries, for people; kept only when asked for. */
  readonly lines: string[] = [];
  readonly #keepCount: number;
  eventCount = 0;

  constructor(keepCount = 0) {
    this.#keepCount = keepCount;
  }

  /** Mixes one happening in. */
  note(timeUs: number, actor: string, what: string): void {
    this.eventCount += 1;
    this.#mix(timeUs | 0);
    this.#mix(Math.floor(timeUs / 0x1_0000_0000));
    this.#text(actor);
    this.#text(what);
    if (this.#keepCount === 0) return;
    this.lines.push(`${(timeUs / 1e6).toFixed(6)} ${actor} ${what}`);
    if (this.lines.length > 2 * this.#keepCount) this.lines.splice(0, this.#keepCount);
  }

  #text(text: string): void {
    let mixed = text.length;
    for (let index = 0; index < text.length; index += 1) {
      mixed = Math.imul(mixed ^ text.charCodeAt(index), PRIMES[0]);
    }
    this.#mix(mixed);
  }

  #mix(value: number): void {
    const lanes = this.#lanes;
    const [a = 0, b = 0, c = 0, d = 0] = lanes;
    const first = Math.imul(a ^ value, PRIMES[1]);
    const second = Math.imul(b + first, PRIMES[2]) ^ (first >>> 13);
    lanes[0] = b ^ second;
    lanes[1] = c + Math.imul(second, PRIMES[3]);
    lanes[2] = d ^ (second >>> 16) ^ first;
    lanes[3] = (first << 7) ^ second;
  }

  /** The fingerprint so far, 32 hex digits. */
  hash(): string {
    return [...this.#lanes].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
  }
}
