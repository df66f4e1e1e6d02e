/** A failing world becomes a smaller one that fails as well; a good one stays what it is. */
import { expect, test } from "vitest";
import { shrink } from "../../../../tools/sim/world/shrink.ts";

const SMALL = { mix: "builtin", keys: "fast", tillCounts: [1], linesMost: 2, thinkMs: 300 } as const;

test("faults that have no part in a failure are taken away", async () => {
  const planted = { ...SMALL, bus: "direct", acksEarly: true, orderCount: 16, hasPrinters: false } as const;
  const rates = { hq_crash: 64, clock_jump: 8, paper_out: 2 };
  let shrunk: Awaited<ReturnType<typeof shrink>> = null;
  for (let seed = 1; seed < 30 && shrunk === null; seed += 1)
    shrunk = await shrink(seed, { ...planted, rates }, () => {});
  expect((shrunk?.result.violations ?? []).map(({ law }) => law)).toContain("hq_holds");
  expect(Object.keys(shrunk?.options.rates ?? {})).toEqual(["hq_crash"]);
  expect(shrunk?.options.orderCount).toBeLessThan(17);
});

test("a seed that breaks no law has nothing to shrink", async () => {
  expect(await shrink(1, { ...SMALL, rates: {}, orderCount: 1 }, () => {})).toBeNull();
});
