/**
 * What a card said for its bank alone: encrypted tracks, the number of their key, and the transaction's
 * own fields. Handed to the host that can open it, then wiped; no log, journal or screen can hold it,
 * because printing one gives its name and nothing else.
 */

/** Owns one copy of the bytes. */
export class Cryptogram {
  readonly #bytes: Uint8Array;

  /** Joins and copies the parts. */
  static of(parts: readonly Uint8Array[]): Cryptogram {
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return new Cryptogram(bytes);
  }

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /**
   * The attribution byte, then tags and values in the reader's order, lengths in plain BER; all zeros once it
   * was wiped. A view: whoever wants to keep it must not.
   */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Zeroes it; may be called twice. */
  wipe(): void {
    this.#bytes.fill(0);
  }

  /** What JSON says of it. */
  toJSON(): string {
    return "[cryptogram]";
  }
}
