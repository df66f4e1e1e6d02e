/**
 * A5: receipt numbers are unique in their series and leave no gap, along each history of a terminal.
 * A history ends where a disk was robbed: what follows may repeat its newest numbers until
 * headquarters tells, which is what the new series is for.
 */
import type { Checker, Till } from "../cast.ts";
import { recordsOf } from "../records.ts";

/** See the header. */
export const receiptNumbers: Checker = {
  name: "receipt_numbers",
  laws: ["A5"],
  shows: ["F1", "F8"],
  promise: "receipt numbers rise by one in their series; seqs and Lamport times rise along the journal",
  watch: (world) => ({
    inTheEnd: () => {
      for (const till of world.tills) {
        const wrong = wrongIn(till);
        if (wrong !== null) world.violate("receipt_numbers", till.name, wrong);
      }
    },
  }),
};

function wrongIn(till: Till): string | null {
  const newest = new Map<string, number>();
  let [seq, lamport] = [0, -1];
  for (const recorded of recordsOf(till)) {
    if (recorded.seq !== seq + 1) return `record ${recorded.seq} follows record ${seq}`;
    if (recorded.lamport <= lamport)
      return `record ${recorded.seq} has Lamport time ${recorded.lamport} after ${lamport}`;
    [seq, lamport] = [recorded.seq, recorded.lamport];
    if (recorded.event.type !== "check_closed") continue;
    const { series, number } = recorded.event.receipt;
    const before = newest.get(series) ?? 0;
    if (number !== before + 1) return `receipt ${series} ${number} follows ${before}`;
    newest.set(series, number);
  }
  return null;
}
