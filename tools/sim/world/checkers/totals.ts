/**
 * Z1 and Z2, for cash: what staff saw paid is what the journals say is what headquarters reports, each
 * sale once, by terminal, method and tax rate. Where a disk was robbed, headquarters may hold more
 * than the journal that is left, and each of these sales was written once.
 */
import type { CheckClosed } from "../../../../core/types.ts";
import type { Checker, Stage } from "../cast.ts";
import { closingsIn, recordsOf } from "../records.ts";

/** See the header. */
export const totals: Checker = {
  name: "totals",
  laws: ["Z1", "Z2"],
  shows: ["F17", "F21", "F22"],
  promise: "headquarters' turnover, tenders and taxes are the sums of the terminals' closings, each once",
  watch: (world) => ({
    inTheEnd: async () => {
      for (const wrong of await wrongsIn(world)) world.violate("totals", "hq", wrong);
    },
  }),
};

async function wrongsIn(world: Stage): Promise<readonly string[]> {
  const { medium, tenant, tills } = world;
  const wrongs: string[] = [];
  const expected = new Map<string, CheckClosed>();
  for (const [index, till] of tills.entries()) {
    const held = await closingsIn(medium.memory, { tenant, terminal: till.name });
    const own = new Map(
      recordsOf(till).flatMap(({ id, event }) =>
        event.type === "check_closed" ? [[id, event] as const] : [],
      ),
    );
    for (const id of own.keys()) if (!held.has(id)) wrongs.push(`${id} did not arrive`);
    if (till.memory.lossCount === 0) {
      for (const id of held.keys()) if (!own.has(id)) wrongs.push(`${id} arrived and is in no journal`);
      const seenMinor = [...(world.staff[index]?.seen.values() ?? [])].reduce((sum, total) => sum + total, 0);
      const heldMinor = [...held.values()].reduce((sum, closing) => sum + closing.totalMinor, 0);
      if (world.staff[index] !== undefined && seenMinor !== heldMinor)
        wrongs.push(`${till.name}: staff saw ${seenMinor}, headquarters holds ${heldMinor}`);
    }
    for (const [id, closing] of held) expected.set(id, closing);
  }
  return [...wrongs.slice(0, 3), ...(await wrongFigures(world, [...expected.values()]))];
}

async function wrongFigures(world: Stage, closings: readonly CheckClosed[]): Promise<readonly string[]> {
  const { turnovers } = await world.medium.memory.figures(world.tenant);
  const sums = new Map<string, bigint>();
  const add = (key: string, amountMinor: number): void => {
    sums.set(key, (sums.get(key) ?? 0n) + BigInt(amountMinor));
  };
  for (const closing of closings) {
    add("net", closing.totalMinor);
    for (const tax of closing.taxes) add(`tax ${tax.ratePpm}`, tax.taxMinor);
    for (const tender of closing.tenders) add(tender.method, tender.amountMinor);
  }
  const [turnover] = turnovers;
  const found = new Map<string, bigint>([
    ...(turnover === undefined ? [] : [["net", turnover.netMinor] as const]),
    ...(turnover?.taxes ?? []).map((tax) => [`tax ${tax.ratePpm}`, tax.taxMinor] as const),
    ...(turnover?.tenders ?? []).map((tender) => [tender.method, tender.amountMinor] as const),
  ]);
  const keys = new Set([...sums.keys(), ...found.keys()]);
  return [...keys].flatMap((key) =>
    (sums.get(key) ?? 0n) === (found.get(key) ?? 0n)
      ? []
      : [`${key}: journals ${sums.get(key)}, headquarters ${found.get(key)}`],
  );
}
