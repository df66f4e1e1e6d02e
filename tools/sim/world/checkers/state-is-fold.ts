/**
 * A4: the state that a terminal lives in is the fold of the records that its journal holds. Compared
 * at the end with records as they went to the disk, folded afresh.
 */
import { businessView } from "../../../../core/order/view.ts";
import { emptyState } from "../../../../core/state.ts";
import type { State } from "../../../../core/state.ts";
import { epochId } from "../../../../core/ids.ts";
import { JournalFold } from "../../../../runtime/boot.ts";
import type { Checker, Till } from "../cast.ts";

/** See the header. */
export const stateIsFold: Checker = {
  name: "state_is_fold",
  laws: ["A4", "I12"],
  shows: ["F1", "F9"],
  promise:
    "one writer's events are folded in their order; orders, receipt numbers, clerks and taps of a running terminal are the fold of its journal",
  watch: (world) => ({
    inTheEnd: () => {
      for (const till of world.tills) {
        const wrong = wrongIn(till);
        if (wrong !== null) world.violate("state_is_fold", till.name, wrong);
      }
    },
  }),
};

function wrongIn(till: Till): string | null {
  const live = till.terminal?.loop.state;
  if (live === undefined) return null;
  // One writer's events of an order stand as they were written, whatever the clocks said.
  for (const [id, { events }] of live.orders) {
    const late = events.find((recorded, index) => recorded.seq < (events[index - 1]?.seq ?? 0));
    if (late !== undefined) return `record ${late.seq} of order ${id} is folded before the one it followed`;
  }
  const faults: string[] = [];
  const fold = new JournalFold(emptyState(till.name, epochId("0000000000000000")), (code, detail) =>
    faults.push(`${code} ${detail}`),
  );
  for (const block of till.memory.lineage) fold.block({ ...block, previousHash: block.hash });
  if (faults.length > 0) return `the journal does not fold: ${faults[0]}`;
  const [left, right] = [figures(live), figures(fold.state)];
  for (const [what, value] of left)
    if (right.get(what) !== value) return `${what} is ${value}, its fold ${right.get(what)}`;
  return left.size === right.size ? null : `holds ${left.size} things, its fold ${right.size}`;
}

function figures(state: State): ReadonlyMap<string, string> {
  return new Map([
    ["seq", String(state.seq)],
    ["lamport", String(state.lamport)],
    ["receipt", `${state.receiptSeries} ${state.nextReceiptNumber}`],
    ["clerks", JSON.stringify([...state.clerks.values()])],
    ["views", JSON.stringify([...state.views])],
    ...[...state.orders].map(([id, { order }]) => [id, businessView(order)] as const),
  ]);
}
