/**
 * APDUs on a TCP stream (PA00P016 3): bare, one behind the other, in any segmentation. There is no way
 * back into step: a length that cannot be is the end of the connection. Knows no meanings.
 *
 * B1  An APDU has a bound; a longer one is an error and everything after it is dropped.
 * B2  The buffer is zeroed as soon as an APDU has left it.
 */

import { ownBytes, ownCopy } from "../../port/own-bytes.ts";
import { ZVT_APDU_BYTES_MAX } from "./frame-serial.ts";

/** What comes out of a stream. */
export type TcpItem =
  /** One APDU. The receiver's to zero. */
  | { readonly kind: "apdu"; readonly bytes: Uint8Array }
  /** The stream is out of step: nothing that follows can be read. Told once. */
  | { readonly kind: "too_long"; readonly apduBytes: number };

/** Cuts a stream into APDUs. */
export class TcpFrameReader {
  readonly #buffer = ownBytes(ZVT_APDU_BYTES_MAX);
  #length = 0;
  #isBroken = false;

  /** True while part of an APDU has come. */
  get isInApdu(): boolean {
    return this.#length > 0;
  }

  /** Takes bytes in any chunks; the items are the same however they were cut. */
  push(bytes: Uint8Array): readonly TcpItem[] {
    const items: TcpItem[] = [];
    for (const value of bytes) {
      if (this.#isBroken) break;
      this.#buffer[this.#length] = value;
      this.#length += 1;
      const apduBytes = this.#apduBytes();
      if (apduBytes !== undefined && apduBytes > ZVT_APDU_BYTES_MAX) {
        this.#isBroken = true;
        this.#clear();
        items.push({ kind: "too_long", apduBytes });
      } else if (apduBytes === this.#length) {
        items.push({ kind: "apdu", bytes: ownCopy(this.#buffer.subarray(0, this.#length)) });
        this.#clear();
      }
    }
    return items;
  }

  /** The connection has ended. Returns how many bytes of an unfinished APDU are thrown away. */
  cut(): number {
    const byteCount = this.#length;
    this.#clear();
    return byteCount;
  }

  #apduBytes(): number | undefined {
    if (this.#length < 3) return undefined;
    const short = this.#buffer[2] ?? 0;
    if (short !== 0xff) return 3 + short;
    if (this.#length < 5) return undefined;
    return 5 + (this.#buffer[3] ?? 0) + (this.#buffer[4] ?? 0) * 256;
  }

  /** B2 */
  #clear(): void {
    this.#buffer.fill(0, 0, this.#length);
    this.#length = 0;
  }
}
