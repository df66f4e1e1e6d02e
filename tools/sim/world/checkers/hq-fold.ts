/**
 * A7: what headquarters shows is the fold of what terminals wrote: every order with the same business
 * view, every closing with the view it was closed under, nothing held back, nothing alarming.
 */
import { businessView } from "../../../../core/order/view.ts";
import { sha256Text } from "../../../../runtime/adapters/machine.ts";
import type { Checker, Stage, Till } from "../cast.ts";

/** Alarms that say that headquarters and a terminal disagree; no injected fault excuses them. */
const NEVER = [
  "history/fork",
  "history/parent_mismatch",
  "event/undecodable",
  "order/unfoldable",
  "order/view_hash_mismatch",
  "store/failed",
  "link/flood",
];

/** See the header. */
export const hqFold: Checker = {
  name: "hq_fold",
  laws: ["A7", "I6"],
  shows: ["F8", "F17", "F18", "F21", "F28"],
  promise: "each order at headquarters has the business view of the terminal that owns it",
  watch: (world) => ({
    inTheEnd: async () => {
      for (const wrong of await wrongsIn(world)) world.violate("hq_fold", "hq", wrong);
    },
  }),
};

async function wrongsIn(world: Stage): Promise<readonly string[]> {
  const { medium, tenant, hq, tills } = world;
  const figures = await medium.memory.figures(tenant);
  const wrongs: string[] = [];
  if (figures.heldRecordCount > 0) wrongs.push(`${figures.heldRecordCount} records are held back`);
  if (figures.quarantineCount > 0) wrongs.push(`${figures.quarantineCount} batches are in quarantine`);
  if (figures.views.differs > 0) wrongs.push(`${figures.views.differs} closings differ from their fold`);
  if (figures.views.pending > 0) wrongs.push(`${figures.views.pending} closings lack their past`);
  const mayFork = tills.some((till) => till.memory.lossCount > 0);
  const told = new Set<string>();
  for (const { code, terminal, detail } of await medium.memory.alarms(tenant)) {
    if (code === "history/second_child") told.add(terminal);
    if (NEVER.includes(code) || (code === "history/second_child" && !mayFork))
      wrongs.push(`alarm ${code} ${terminal} ${detail}`);
  }
  for (const till of tills)
    if (isRewritten(till) && !told.has(till.name))
      wrongs.push(`nobody was told that ${till.name} came back older`);
  if (hq.isUp) wrongs.push(...wrongOrders(world));
  return wrongs;
}

/** Headquarters held records that its journal lost, and the journal went on from before them. */
function isRewritten(till: Till): boolean {
  const kept = new Set(till.memory.lineage);
  return (
    kept.size > 0 &&
    till.memory.lineage[0]?.firstSeq === 1 &&
    till.memory.owed.some((block) => !kept.has(block))
  );
}

function wrongOrders(world: Stage): readonly string[] {
  const wrongs: string[] = [];
  for (const till of world.tills) {
    if (till.memory.lossCount > 0) continue;
    for (const [id, { order }] of till.terminal?.loop.state.orders ?? []) {
      const row = world.hq.orderRows.get(id);
      if (row === undefined) wrongs.push(`order ${id} is not at headquarters`);
      else if (Buffer.compare(row.viewHash, sha256Text(businessView(order))) !== 0)
        wrongs.push(`order ${id} is ${row.phase} at headquarters and ${order.phase} at its terminal`);
    }
  }
  return wrongs.slice(0, 3);
}
