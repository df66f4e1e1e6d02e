/** Explanations of orders that are sold by rules: their parts sum to the whole, at every node. */
import { expect, test } from "vitest";
import { sumWithin } from "../../../../core/money.ts";
import { explainPricedLine, explainPricing } from "../../../../core/price/order/explain.ts";
import type { ExplainedPrice } from "../../../../core/price/order/explain.ts";
import { PricedTill, rulesFrom, sourceOf } from "../../../support/priced-shop.ts";

function shop(): PricedTill {
  return new PricedTill(
    sourceOf(
      rulesFrom(
        {
          tax: { mode: "exclusive" },
          promotions: [
            { id: "m100", nameEn: "30 off 100", kind: "spend_once", barMinor: 10_000, offMinor: 3000 },
          ],
          priceLists: [{ id: "happy", prices: [{ sku: "60.00@10", priceMinor: 5800 }] }],
          fees: [{ id: "s", nameEn: "Service", ratePpm: 100_000, taxPpm: 60_000 }],
          rounding: { form: "drop_tenths" },
        },
        7,
      ),
    ),
  ).sell("60.00@10", "42.00@6", "36.00");
}

function checkSums(node: ExplainedPrice): void {
  if (node.parts.length === 0) return;
  expect(sumWithin(node.parts.map(({ amountMinor }) => amountMinor))).toBe(node.amountMinor);
  node.parts.forEach(checkSums);
}

test("T08: explain leaves sum to each line and to the total, in the order in which rules were taken", () => {
  const till = shop();
  const order = till.order.id;
  till.must({ type: "set_tip", order, ratePpm: 100_000, amountMinor: 0 });
  till.must({ type: "round_order", order, isGiven: true });
  const open = till.priced();
  if (open === null || !open.ok) throw new Error("The order is priced");
  const before = explainPricing(till.order.lines, open.pricing);
  checkSums(before);
  till.pay();
  const { pricing, lines } = till.check;
  if (pricing === null) throw new Error("The check is priced");
  const after = explainPricing(lines, pricing);
  // What was shown before the money is what is explained for ever.
  expect(after).toEqual(before);
  expect(after.parts[0]?.parts.map(({ kind, name, stageNumber }) => [kind, name, stageNumber])).toEqual([
    ["list", "", 10],
    ["price", "happy", 20],
    ["promotion", "30 off 100", 60],
    ["fee", "Service", 70],
    ["tax", "", 80],
  ]);
  expect(after.parts.slice(3).map(({ kind }) => kind)).toEqual(["tip", "rounding"]);
  expect(pricing.rules?.version).toBe(7);
});

test("a line without facts has no explanation, and tax that is inside is said beside the amount", () => {
  const rules = rulesFrom({ fees: [{ id: "s", ratePpm: 100_000, taxPpm: 250_000 }] });
  const till = new PricedTill(sourceOf(rules)).sell("125.00@25").pay();
  const { pricing, lines } = till.check;
  const [line] = lines;
  if (pricing === null || line === undefined) throw new Error("The check is priced");
  expect(explainPricedLine(line, 0, pricing)).toMatchObject({ amountMinor: 13_750, insideTaxMinor: 2750 });
  expect(explainPricedLine(line, 1, pricing)).toBeNull();
});
