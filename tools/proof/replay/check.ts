/**
 * `replay verify`: whether a journal holds together: its chain, its numbers, and that every fact which a
 * closing or a Z states is what this build's core makes of the records before it.
 */
import { eventId } from "../../../core/ids.ts";
import { closingView } from "../../../core/order/view.ts";
import type { State } from "../../../core/state.ts";
import type { CheckClosed, Recorded } from "../../../core/types.ts";
import { sha256 } from "../../../protocol/hash.ts";
import type { Disk } from "../../../runtime/disk.ts";
import { replayJournal } from "./journal.ts";
import type { Replay, Step } from "./journal.ts";

/** What was found; no problem is a journal that proves what it says. */
export interface JournalCheck {
  readonly terminal: string;
  /** As the next start would find it: new, clean, torn or rot. */
  readonly opening: string;
  readonly blockCount: number;
  readonly recordCount: number;
  readonly unreadCount: number;
  readonly closingCount: number;
  readonly shiftCount: number;
  /** Each with its record's seq. */
  readonly problems: readonly string[];
}

/** Reads and checks the journal on a disk, or wherever `source` reads it from. */
export async function checkJournal(source: Disk | Replay): Promise<JournalCheck> {
  const book = new Book();
  const replay: Replay = typeof source === "function" ? source : (onStep) => replayJournal(source, onStep);
  const { terminal, recovered, blockCount, recordCount } = await replay((step, state) =>
    book.take(step, state),
  );
  const { verdict, details } = recovered;
  const problems =
    verdict === "rot" ? [`the journal is damaged: ${details.row}`, ...book.problems] : book.problems;
  const { unreadCount, closingCount, shiftCount } = book;
  return {
    terminal,
    opening: verdict,
    blockCount,
    recordCount,
    unreadCount,
    closingCount,
    shiftCount,
    problems,
  };
}

/** The hash of the view that `state` folds this closing to, once the closing is in it; null where its check is not. */
export function viewHashOf(recorded: Recorded, event: CheckClosed, state: State): Uint8Array | null {
  const order = state.orders.get(event.order)?.order;
  const check = order?.checks.find((its) => its.closings.some(({ id }) => id === eventId(recorded)));
  if (order === undefined || check === undefined) return null;
  return sha256(new TextEncoder().encode(closingView(order, check.lines, event, check.pricing)));
}

class Book {
  readonly problems: string[] = [];
  unreadCount = 0;
  closingCount = 0;
  shiftCount = 0;
  readonly #nextBySeries = new Map<string, number>();
  #lamport = 0;

  take({ seq, recorded }: Step, state: State): void {
    if (recorded === null) {
      this.unreadCount += 1;
      return;
    }
    if (recorded.lamport <= this.#lamport) this.#say(seq, "its Lamport time does not rise");
    this.#lamport = recorded.lamport;
    const { event } = recorded;
    if (event.type === "check_closed") this.#closing(recorded, event, state);
    if (event.type === "shift_closed") {
      this.shiftCount += 1;
      const { report, countedMinor, differenceMinor } = event;
      if (countedMinor - report.expectedMinor !== differenceMinor)
        this.#say(seq, "the Z's difference is not its count less what it expects");
    }
  }

  #closing(recorded: Recorded, event: CheckClosed, state: State): void {
    this.closingCount += 1;
    const { seq } = recorded;
    const { series, number } = event.receipt;
    const expected = this.#nextBySeries.get(series);
    if (expected !== undefined && number !== expected)
      this.#say(seq, `receipt ${series} ${number} follows ${expected - 1}`);
    this.#nextBySeries.set(series, number + 1);
    const paidMinor = event.tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    // What two cards paid by mistake is marked, and closed as it is by a second person.
    const isOverpaid = state.orders.get(event.order)?.order.marks.includes("overpaid") === true;
    if (paidMinor !== event.totalMinor + event.roundingMinor && !isOverpaid)
      this.#say(seq, "its tenders are not its total");
    const hash = viewHashOf(recorded, event, state);
    if (hash === null) this.#say(seq, "its check is not in the journal");
    else if (Buffer.compare(hash, event.viewHash) !== 0)
      this.#say(seq, "its view is not what its records fold to");
  }

  #say(seq: number, what: string): void {
    this.problems.push(`record ${seq}: ${what}`);
  }
}
