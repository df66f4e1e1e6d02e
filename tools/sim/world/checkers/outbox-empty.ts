/**
 * L1: in a healed world every journal is acknowledged to its end in time, and every terminal sells.
 * Which one does not, and where it stands, is said.
 */
import type { Checker } from "../cast.ts";

/** See the header. */
export const outboxEmpty: Checker = {
  name: "outbox_empty",
  laws: ["L1"],
  shows: ["F18", "F19", "F20", "F21"],
  promise:
    "when faults end, every terminal sells, and every journal is acknowledged to its end within the bound",
  watch: (world) => ({
    inTheEnd: async () => {
      if (await world.isQuiet()) return;
      for (const [index, till] of world.tills.entries()) {
        const status = till.terminal?.status();
        if (status === undefined) world.violate("outbox_empty", till.name, "does not start");
        else if (status.ackedSeq !== status.headSeq)
          world.violate(
            "outbox_empty",
            till.name,
            `is ${status.link} at ${status.ackedSeq} of ${status.headSeq}, durable ${status.durableSeq}`,
          );
        if (world.staff[index]?.isDone === false) {
          const refusals = JSON.stringify(Object.fromEntries(world.refusals));
          world.violate("outbox_empty", till.name, `does not sell (${status?.health}; refusals ${refusals})`);
        }
      }
      const lagCount = await world.medium.memory.lagCount(world.tenant);
      if (lagCount > 0) world.violate("outbox_empty", "hq", `${lagCount} records are not projected`);
      if (world.violations.length === 0) world.violate("outbox_empty", "world", "a print job has no end");
    },
  }),
};
