/**
 * Messages of a NEO 2 over USB-HID: cut into reports of one id byte and 63 bytes, and joined again
 * (guide 80139403, USB-HID chapter). Knows nothing of what a message says.
 *
 *   01 a whole message | 02 its first part | 03 a middle part | 04 its last part; 01 and 04 are zero-padded
 *
 * M1  A part without its beginning means nothing; a new beginning ends what was begun.
 * M2  What was joined is zeroed by `wipe`, by a new beginning and by what is too long: card data lies here.
 */

import { assert } from "../../../core/bug.ts";
import { ownBytes } from "../../port/own-bytes.ts";

/** One report, its id included. */
export const REPORT_BYTES = 64;
/** Parts that one message may have; the longest frame that the guide describes needs half of them. */
export const REPORTS_COUNT_MAX = 64;

const PART_BYTES = REPORT_BYTES - 1;
/** Longest message that fits. */
export const MESSAGE_BYTES_MAX = REPORTS_COUNT_MAX * PART_BYTES;

const ONLY = 0x01;
const FIRST = 0x02;
const MIDDLE = 0x03;
const LAST = 0x04;

/** The reports of a message, in order; at most MESSAGE_BYTES_MAX bytes. */
export function reportsOf(message: Uint8Array): readonly Uint8Array[] {
  assert(message.length <= MESSAGE_BYTES_MAX, "neo2: A message fits its reports");
  const count = Math.max(1, Math.ceil(message.length / PART_BYTES));
  return Array.from({ length: count }, (_, index) => {
    const report = new Uint8Array(REPORT_BYTES);
    const isLast = index + 1 === count;
    report[0] = count === 1 ? ONLY : index === 0 ? FIRST : isLast ? LAST : MIDDLE;
    report.set(message.subarray(index * PART_BYTES, (index + 1) * PART_BYTES), 1);
    return report;
  });
}

/** What a report came to. */
export type Pushed =
  /** A message with its padding; a view that `wipe` and the next `push` end. */
  | { readonly kind: "message"; readonly bytes: Uint8Array }
  | { readonly kind: "partial" }
  /** An unknown id, a part without a beginning, a wrong length, or too many parts. */
  | { readonly kind: "ignored" };

/** Joins reports to messages in one buffer of its own. */
export class ReportAssembler {
  readonly #buffer = ownBytes(MESSAGE_BYTES_MAX);
  #length = 0;
  #isOpen = false;

  /** Takes one report as the device sent it, its id in front. */
  push(report: Uint8Array): Pushed {
    const id = report[0];
    if (id === ONLY || id === FIRST) this.wipe();
    // M1
    const isOfMessage = id === ONLY || id === FIRST || (this.#isOpen && (id === MIDDLE || id === LAST));
    if (!isOfMessage || report.length > REPORT_BYTES) return { kind: "ignored" };
    const isEnd = id === ONLY || id === LAST;
    // Backends may cut the padding off; a part in the middle has none.
    const isTooLong = this.#length + PART_BYTES > MESSAGE_BYTES_MAX;
    if (isTooLong || (!isEnd && report.length !== REPORT_BYTES)) {
      this.wipe();
      return { kind: "ignored" };
    }
    this.#buffer.set(report.subarray(1), this.#length);
    this.#length += PART_BYTES;
    this.#isOpen = !isEnd;
    return isEnd ? { kind: "message", bytes: this.#buffer.subarray(0, this.#length) } : { kind: "partial" };
  }

  /** Forgets and zeroes everything (M2). */
  wipe(): void {
    this.#buffer.fill(0);
    this.#length = 0;
    this.#isOpen = false;
  }
}
