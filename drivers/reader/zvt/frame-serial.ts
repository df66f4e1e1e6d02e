/**
 * Blocks of the serial link (PA00P016 2): `10 02 | APDU, every 10 doubled | 10 03 | CRC low, CRC high`,
 * and the single bytes ACK 06 and NAK 15 between them. Resumable at every byte; knows no meanings.
 *
 * B1  The CRC bytes are not doubled: 10 may stand there bare.
 * B2  A block has a bound; what is longer is thrown away to its end, and told once.
 * B3  Nothing is dropped in silence: what belongs to no block is counted as garbage.
 * B4  The buffer is zeroed as soon as a block has left it, whatever became of it.
 */

import { ownBytes, ownCopy } from "../../port/own-bytes.ts";
import { joinBytes } from "./bytes.ts";

/** Longest APDU that is taken or sent, its three to five header bytes included. A text block needs some 1,100. */
export const ZVT_APDU_BYTES_MAX = 16 * 1024;

const DLE = 0x10;
const STX = 0x02;
const ETX = 0x03;
/** Good block, answered at once. */
export const ZVT_ACK = 0x06;
/** Bad block: send it again. */
export const ZVT_NAK = 0x15;

/** What comes out of a serial line. */
export type SerialItem =
  /** One good block. The receiver's to zero. */
  | { readonly kind: "apdu"; readonly bytes: Uint8Array }
  | { readonly kind: "ack" }
  | { readonly kind: "nak" }
  /** A block that must be answered with NAK. */
  | { readonly kind: "bad_block"; readonly reason: "crc" | "escape" | "too_long" | "cut_off" }
  | { readonly kind: "garbage"; readonly byteCount: number };

type Phase = "outside" | "outside_dle" | "inside" | "inside_dle" | "crc_low" | "crc_high";

/** CRC-16/KERMIT: polynomial 8408 reflected, start 0, no final xor; check("123456789") is 2189h. */
export function crcKermit(bytes: Uint8Array, start = 0): number {
  let crc = start;
  for (const value of bytes) {
    crc ^= value;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 0 ? crc >> 1 : (crc >> 1) ^ 0x8408;
  }
  return crc;
}

/** An APDU as one block. The CRC runs over the plain APDU and ETX. */
export function encodeSerialBlock(apdu: Uint8Array): Uint8Array {
  const stuffed: number[] = [];
  for (const value of apdu) {
    stuffed.push(value);
    if (value === DLE) stuffed.push(DLE);
  }
  const crc = crcKermit(Uint8Array.of(ETX), crcKermit(apdu));
  return joinBytes([
    Uint8Array.of(DLE, STX),
    Uint8Array.from(stuffed),
    Uint8Array.of(DLE, ETX, crc & 0xff, crc >> 8),
  ]);
}

/** Finds blocks, acknowledgements and garbage in a stream of bytes. */
export class SerialFrameReader {
  readonly #buffer = ownBytes(ZVT_APDU_BYTES_MAX);
  #phase: Phase = "outside";
  #length = 0;
  #isTooLong = false;
  #crcLow = 0;
  #garbageCount = 0;
  #items: SerialItem[] = [];

  /** True between the start of a block and its last CRC byte: T1 runs. */
  get isInBlock(): boolean {
    return this.#phase !== "outside" && this.#phase !== "outside_dle";
  }

  /** Takes bytes in any chunks; the items are the same however they were cut, but garbage may come in more parts. */
  push(bytes: Uint8Array): readonly SerialItem[] {
    this.#items = [];
    for (const value of bytes) this.#byte(value);
    this.#flushGarbage();
    return this.#items;
  }

  /** The line was silent for T1, or has ended: an open block is thrown away and must be answered with NAK. */
  cut(): readonly SerialItem[] {
    this.#items = [];
    if (this.#phase === "outside_dle") this.#garbageCount += 1;
    this.#flushGarbage();
    if (this.isInBlock) this.#bad("cut_off");
    this.#phase = "outside";
    return this.#items;
  }

  #byte(value: number): void {
    switch (this.#phase) {
      case "outside":
        return this.#outside(value);
      case "outside_dle":
        return this.#outsideDle(value);
      case "inside":
        if (value === DLE) this.#phase = "inside_dle";
        else this.#store(value);
        return;
      case "inside_dle":
        return this.#insideDle(value);
      case "crc_low":
        this.#crcLow = value;
        this.#phase = "crc_high";
        return;
      case "crc_high":
        this.#endBlock(this.#crcLow | (value << 8));
    }
  }

  #outside(value: number): void {
    if (value === DLE) this.#phase = "outside_dle";
    else if (value === ZVT_ACK) this.#emit({ kind: "ack" });
    else if (value === ZVT_NAK) this.#emit({ kind: "nak" });
    else this.#garbageCount += 1;
  }

  #outsideDle(value: number): void {
    if (value === STX) {
      this.#phase = "inside";
      return;
    }
    this.#garbageCount += 1;
    this.#phase = "outside";
    this.#outside(value);
  }

  #insideDle(value: number): void {
    if (value === DLE) {
      this.#phase = "inside";
      this.#store(value);
    } else if (value === ETX) {
      this.#phase = "crc_low";
    } else if (value === STX) {
      // The sender has begun anew: the answer is owed to the new block alone.
      this.#garbageCount += this.#length + 2;
      this.#clear();
      this.#phase = "inside";
    } else {
      this.#bad("escape");
      this.#phase = "outside";
      this.#outside(value);
    }
  }

  /** B2 */
  #store(value: number): void {
    if (this.#length >= ZVT_APDU_BYTES_MAX) {
      this.#isTooLong = true;
      this.#garbageCount += 1;
      return;
    }
    this.#buffer[this.#length] = value;
    this.#length += 1;
  }

  #endBlock(crc: number): void {
    this.#phase = "outside";
    const apdu = this.#buffer.subarray(0, this.#length);
    if (this.#isTooLong) return this.#bad("too_long");
    if (crcKermit(Uint8Array.of(ETX), crcKermit(apdu)) !== crc) return this.#bad("crc");
    this.#emit({ kind: "apdu", bytes: ownCopy(apdu) });
    this.#clear();
  }

  #bad(reason: "crc" | "escape" | "too_long" | "cut_off"): void {
    this.#garbageCount += this.#length;
    this.#clear();
    this.#emit({ kind: "bad_block", reason });
  }

  #emit(item: SerialItem): void {
    this.#flushGarbage();
    this.#items.push(item);
  }

  /** B3 */
  #flushGarbage(): void {
    if (this.#garbageCount === 0) return;
    this.#items.push({ kind: "garbage", byteCount: this.#garbageCount });
    this.#garbageCount = 0;
  }

  /** B4 */
  #clear(): void {
    this.#buffer.fill(0, 0, this.#length);
    this.#length = 0;
    this.#isTooLong = false;
  }
}
