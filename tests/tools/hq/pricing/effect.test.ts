/** What promotions gave in a span, from the facts of what was closed. */
import { expect, test } from "vitest";
import { encodeRecord } from "../../../../protocol/record.ts";
import type { ClosingPagesOptions } from "../../../../tools/hq/pricing/closing-pages.ts";
import { promotionEffects } from "../../../../tools/hq/pricing/effect.ts";
import type { EffectTally } from "../../../../tools/hq/pricing/effect.ts";
import { createProjection } from "../../../../tools/hq/project.ts";
import { projectAll } from "../../../../tools/hq/projector.ts";
import { createMemoryStore } from "../../../../tools/hq/store/memory.ts";
import { consoleShop, NOW_MS } from "../../../support/console-shop.ts";
import { TENANT, TestHistory } from "../../../support/hq-history.ts";
import { PricedTill, rulesFrom, sourceOf } from "../../../support/priced-shop.ts";

const EVER = { fromMs: 0, toMs: NOW_MS + 1 };

/** A store that holds what this till wrote. */
async function storeOf(till: PricedTill): Promise<ClosingPagesOptions> {
  const { records } = till.writer;
  // A test history has written its start already.
  const [first, ...rest] = records;
  if (first === undefined) throw new Error("Nothing was written");
  const history = new TestHistory(first.terminal, first.epoch);
  history.blockOf(rest.map((recorded) => encodeRecord(recorded)));
  const store = createMemoryStore(new Uint8Array(8).fill(1));
  await store.commit([history.arrival()]);
  await projectAll(store, TENANT, createProjection());
  return { tenant: TENANT, store, span: EVER };
}

async function last(options: ClosingPagesOptions): Promise<EffectTally> {
  let tally: EffectTally | null = null;
  for await (tally of promotionEffects(options));
  if (tally === null) throw new Error("Nothing was closed");
  return tally;
}

test("each promotion says how many orders it touched, what it gave and what they came to", async () => {
  const rules = rulesFrom({
    promotions: [
      { id: "m100", nameEn: "30 off 100", kind: "spend_once", barMinor: 10_000, offMinor: 3000 },
      { id: "tea", kind: "line_percent", offPpm: 100_000, categories: ["tea"] },
    ],
  });
  const till = new PricedTill(sourceOf(rules)).sell("tea58.00", "42.00", "36.00").pay();
  till.sell("tea10.00").pay();
  till.sell("8.00").pay();
  expect(await last(await storeOf(till))).toEqual({
    closingCount: 3,
    effects: [
      { id: "m100", name: "30 off 100", orderCount: 1, givenMinor: 3000n, turnoverMinor: 10_020n },
      { id: "tea", name: "tea", orderCount: 2, givenMinor: 680n, turnoverMinor: 10_920n },
    ],
    plainCount: 1,
    plainMinor: 800n,
  });
});

test("a shop without promotions has plain sales alone, and its return is left out", async () => {
  const { store, context } = await consoleShop();
  const { tenant } = context;
  const tally = await last({ tenant, store, span: EVER });
  expect(tally.effects).toEqual([]);
  expect(tally.plainCount).toBe(tally.closingCount - 1);
  const [sums] = await store.console.sales(tenant, EVER, "all", 0);
  expect(tally.plainMinor - 2600n).toBe(sums?.netMinor);
});
