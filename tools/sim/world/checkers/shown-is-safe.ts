/**
 * What a screen may show as paid is on disk: whenever the loop says that the state may be shown, every
 * tender and every closing of the orders at hand is within the durable journal. A screen may ask at any
 * moment: here it does whenever a message travels, which is when nobody at the terminal expects it.
 */
import { parseEventId } from "../../../../core/ids.ts";
import type { State } from "../../../../core/state.ts";
import type { Checker, Stage, Till } from "../cast.ts";

/** See the header. */
export const shownIsSafe: Checker = {
  name: "shown_is_safe",
  laws: ["A4"],
  shows: ["F1", "F5", "F6"],
  promise: "no tender and no closing is shown before it is durable",
  watch: (world) => ({
    shown: (till, state, durableSeq) => look(world, till, state, durableSeq),
    travelled: (name) => {
      const till = world.tills.find((its) => its.name === name);
      const terminal = till?.terminal ?? null;
      if (till === undefined || terminal === null || !terminal.loop.isShowable) return;
      look(world, till, terminal.loop.state, terminal.status().durableSeq);
    },
  }),
};

function look(world: Stage, till: Till, state: State, durableSeq: number): void {
  for (const id of world.staff[world.tills.indexOf(till)]?.orderIds ?? []) {
    for (const check of state.orders.get(id)?.order.checks ?? []) {
      const newest = check.closings.at(-1)?.id ?? check.tenders.at(-1)?.id;
      const seq = newest === undefined ? 0 : (parseEventId(newest)?.seq ?? 0);
      if (seq <= durableSeq) continue;
      world.violate("shown_is_safe", till.name, `record ${seq} is shown as paid, durable is ${durableSeq}`);
    }
  }
}
