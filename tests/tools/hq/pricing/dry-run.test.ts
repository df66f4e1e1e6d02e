/** A dry run over a shop's days: its total is the sum of its rows, and nothing is written. */
import { expect, test } from "vitest";
import { dryRun } from "../../../../tools/hq/pricing/dry-run.ts";
import type { ChangedCheck, DryRunOptions, DryRunTally } from "../../../../tools/hq/pricing/dry-run.ts";
import { consoleShop, NOW_MS, ZONE_MINUTES } from "../../../support/console-shop.ts";
import { STORE } from "../../../support/hq-history.ts";
import { rulesFrom } from "../../../support/priced-shop.ts";

const EVER = { fromMs: 0, toMs: NOW_MS + 1 };

async function run(document: object, changed: Partial<DryRunOptions> = {}) {
  const { store, context } = await consoleShop();
  const place = { store: "", channel: "counter", zoneMinutes: ZONE_MINUTES };
  const under = {
    rules: rulesFrom(document),
    place,
    categoryOf: (sku: string) => (sku === "tea" ? "drink" : "other"),
  };
  const before = await store.projectionDigests(context.tenant);
  const rows: ChangedCheck[] = [];
  let tally: DryRunTally | null = null;
  for await (const step of dryRun({ tenant: context.tenant, store, span: EVER, under, ...changed })) {
    rows.push(...step.changed);
    tally = step.tally;
  }
  expect(await store.projectionDigests(context.tenant)).toEqual(before);
  if (tally === null) throw new Error("Nothing was sold");
  return { rows, tally, store, context };
}

const TEA10 = { promotions: [{ id: "t", kind: "line_percent", offPpm: 100_000, categories: ["drink"] }] };

test("rules that say nothing change nothing, and a return is left as it was", async () => {
  const { rows, tally } = await run({});
  expect(rows).toEqual([]);
  expect(tally).toMatchObject({
    changedCount: 0,
    beforeMinor: 0n,
    afterMinor: 0n,
    leftByCode: { return: 1 },
  });
  expect(tally.pricedCount).toBe(tally.closingCount - 1);
});

test("the total is the exact sum of the rows, each the half-up share of what was sold", async () => {
  const { rows, tally } = await run(TEA10);
  expect(rows.length).toBe(tally.changedCount);
  let difference = 0n;
  for (const { repriced } of rows) {
    const tea = repriced.lines.find(({ sku }) => sku === "tea");
    const off = Math.floor((tea?.beforeMinor ?? 0) / 10 + 0.5);
    expect(repriced.beforeMinor - repriced.afterMinor).toBe(off);
    difference += BigInt(repriced.afterMinor - repriced.beforeMinor);
  }
  expect(difference).toBe(tally.afterMinor - tally.beforeMinor);
  expect(difference).toBeLessThan(0n);
  expect(rows.every(({ closing }) => closing.terminal === "T1")).toBe(true);
  const instants = rows.map(({ closing }) => closing.atMs);
  expect(instants).toEqual([...instants].sort((a, b) => a - b));
});

test("only what was closed in the span is priced", async () => {
  const dayMs = Date.UTC(2026, 11, 2) - ZONE_MINUTES * 60_000;
  const { rows, tally } = await run(TEA10, { span: { fromMs: dayMs, toMs: dayMs + 86_400_000 } });
  expect(tally.closingCount).toBeGreaterThan(20);
  expect(rows.every(({ closing }) => closing.atMs >= dayMs && closing.atMs < dayMs + 86_400_000)).toBe(true);
});

test("rules for one store are for the terminals that say they stand there", async () => {
  const of = (store: string) => ({ promotions: [{ ...TEA10.promotions[0], stores: [store] }] });
  expect((await run(of(STORE))).tally.changedCount).toBeGreaterThan(0);
  expect((await run(of("elsewhere"))).tally.changedCount).toBe(0);
});

test("a run that is stopped ends between two pages", async () => {
  let asked = 0;
  const { tally } = await run(TEA10, { isStopped: () => (asked += 1) > 1 });
  expect(tally.closingCount).toBeGreaterThan(0);
  expect(asked).toBe(2);
});
