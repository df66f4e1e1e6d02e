/**
 * What a screen may show as paid is on disk: whenever the loop says that the state may be shown, every
 * tender and every closing of the orders at hand is within the durable journal.
 */
import { parseEventId } from "../../../../core/ids.ts";
import type { Checker } from "../cast.ts";

/** See the header. */
export const shownIsSafe: Checker = {
  name: "shown_is_safe",
  laws: ["A4"],
  shows: ["F1", "F5", "F6"],
  promise: "no tender and no closing is shown before it is durable",
  watch: (world) => ({
    shown: (till, state, durableSeq) => {
      const index = world.tills.indexOf(till);
      for (const id of world.staff[index]?.orderIds ?? []) {
        for (const check of state.orders.get(id)?.order.checks ?? []) {
          const newest = check.closings.at(-1)?.id ?? check.tenders.at(-1)?.id;
          const seq = newest === undefined ? 0 : (parseEventId(newest)?.seq ?? 0);
          if (seq > durableSeq)
            world.violate(
              "shown_is_safe",
              till.name,
              `record ${seq} is shown as paid, durable is ${durableSeq}`,
            );
        }
      }
    },
  }),
};
