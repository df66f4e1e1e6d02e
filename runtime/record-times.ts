/**
 * When records of the own journal were written, roughly and in little memory: a mark every so many
 * records, twice as far apart each time there are too many. Answers how long something has waited for
 * headquarters; decides nothing.
 */
import type { WallMs } from "../core/time.ts";

/** Marks that are kept: a page of memory for any number of records. */
export const TIME_MARKS_COUNT_MAX = 512;

/** Times by seq; `note` is called with seqs that rise. */
export class RecordTimes {
  #marks: { readonly seq: number; readonly at: WallMs }[] = [];
  #stepCount = 1;

  /** Remembers when the record `seq` was written. */
  note(seq: number, at: WallMs): void {
    const last = this.#marks.at(-1);
    if (last !== undefined && seq < last.seq + this.#stepCount) return;
    this.#marks.push({ seq, at });
    if (this.#marks.length <= TIME_MARKS_COUNT_MAX) return;
    this.#marks = this.#marks.filter((_, index) => index % 2 === 0);
    this.#stepCount *= 2;
  }

  /** When the record `seq` was written, or one not long before it; null when nothing that old is known. */
  timeOf(seq: number): WallMs | null {
    let low = 0;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#marks[middle]?.seq ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    return this.#marks[low - 1]?.at ?? null;
  }
}
