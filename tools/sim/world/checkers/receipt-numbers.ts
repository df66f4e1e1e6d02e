/**
 * A5: receipt numbers are unique in their series and leave no gap, along each history of a terminal.
 * A history ends where a disk was robbed: what follows may repeat its newest numbers until
 * headquarters tells, which is what the new series is for. A start that finds records missing by itself
 * has to take that series at once, and in the end nobody sells on in a series with a number on two sales.
 */
import type { EventId } from "../../../../core/ids.ts";
import type { Checker, FoundJournal, Stage, Till } from "../cast.ts";
import { closingsIn, recordsIn, recordsOf } from "../records.ts";

/** See the header. */
export const receiptNumbers: Checker = {
  name: "receipt_numbers",
  laws: ["A5"],
  shows: ["F1", "F3", "F8"],
  promise:
    "receipt numbers rise by one in their series, and a start that finds records missing begins another; seqs and Lamport times rise along the journal",
  watch: (world) => {
    const endedSeries = new Map<Till, string>();
    return {
      found: (till, journal) => endedSeries.set(till, endedIn(till, journal)),
      opened: (till) => {
        const { epoch = "", receiptSeries = "" } = till.terminal?.loop.state ?? {};
        // One start in 65,536 draws the digits of the series that it ends.
        const isDrawn = epoch.startsWith(receiptSeries.toLowerCase());
        if (receiptSeries !== "" && receiptSeries === endedSeries.get(till) && !isDrawn) {
          const wrong = `records are missing and receipts go on in series ${receiptSeries}`;
          world.violate("receipt_numbers", till.name, wrong);
        }
      },
      inTheEnd: async () => {
        for (const till of world.tills) {
          const wrong = wrongIn(till) ?? (await goneOnIn(world, till));
          if (wrong !== null) world.violate("receipt_numbers", till.name, wrong);
        }
      },
    };
  },
};

/** The series that this start may not go on with; empty where it may, and before there is any. */
function endedIn(till: Till, { blocks, recovered }: FoundJournal): string {
  if (recovered.continuity === "kept") return "";
  for (const block of blocks.toReversed()) {
    for (const { event } of recordsIn(till, block).toReversed()) {
      if (event.type === "epoch_started" || event.type === "continuity_lost") return event.series;
    }
  }
  return "";
}

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

/**
 * Headquarters holds a sale that is lost here, under a number that is in use here again. In the end
 * everybody has greeted it once more and was told (A4 of runtime/uplink/aim.ts), however late that sale
 * arrived: the series is over.
 */
async function goneOnIn(world: Stage, till: Till): Promise<string | null> {
  const current = till.terminal?.loop.state.receiptSeries;
  const own = new Map<EventId, number>();
  for (const { id, event } of recordsOf(till))
    if (event.type === "check_closed" && event.receipt.series === current) own.set(id, event.receipt.number);
  const numbers = new Set(own.values());
  const held = await closingsIn(world.medium.memory, { tenant: world.tenant, terminal: till.name });
  for (const [id, { receipt }] of held) {
    const isLost = receipt.series === current && !own.has(id);
    if (isLost && numbers.has(receipt.number))
      return `receipt ${receipt.series} ${receipt.number} is on two sales and the series goes on`;
  }
  return null;
}
