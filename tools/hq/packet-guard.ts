/**
 * Watches the bytes of one MQTT connection for packets that are longer than allowed, before the
 * broker collects them. Reads only fixed headers (MQTT 3.1.1 section 2.2); resumable at every byte.
 */

/** "too_long": a packet over the bound. "malformed": a length that no packet may have. */
export type GuardVerdict = "ok" | "too_long" | "malformed";

/** "head": a packet begins. "length": digits of its remaining length follow. "body": bytes to skip. */
type Phase = "head" | "length" | "body";

const LENGTH_DIGITS_COUNT_MAX = 4;

export class PacketGuard {
  readonly #packetBytesMax: number;
  #phase: Phase = "head";
  #remainingBytes = 0;
  #digitCount = 0;

  constructor(packetBytesMax: number) {
    this.#packetBytesMax = packetBytesMax;
  }

  /** Takes the next bytes of the stream. After anything but "ok" the connection is to be closed. */
  feed(bytes: Uint8Array): GuardVerdict {
    let offset = 0;
    while (offset < bytes.length) {
      if (this.#phase === "body") {
        const skipped = Math.min(this.#remainingBytes, bytes.length - offset);
        this.#remainingBytes -= skipped;
        offset += skipped;
        if (this.#remainingBytes === 0) this.#phase = "head";
        continue;
      }
      const verdict = this.#phase === "head" ? this.#head() : this.#length(bytes[offset] ?? 0);
      if (verdict !== "ok") return verdict;
      offset += 1;
    }
    return "ok";
  }

  #head(): GuardVerdict {
    this.#phase = "length";
    this.#remainingBytes = 0;
    this.#digitCount = 0;
    return "ok";
  }

  #length(digit: number): GuardVerdict {
    this.#remainingBytes += (digit & 0x7f) * 128 ** this.#digitCount;
    this.#digitCount += 1;
    if (this.#remainingBytes > this.#packetBytesMax) return "too_long";
    if ((digit & 0x80) !== 0) return this.#digitCount < LENGTH_DIGITS_COUNT_MAX ? "ok" : "malformed";
    this.#phase = this.#remainingBytes === 0 ? "head" : "body";
    return "ok";
  }
}
