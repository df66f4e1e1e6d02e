/** A receipt of an order that was sold by rules, explained: the whole tree, with what it was reckoned by. */
import { expect, test } from "vitest";
import { explainReceipt } from "../../../../tools/proof/replay/explain.ts";
import { PricedTill, rulesFrom, sourceOf } from "../../../support/priced-shop.ts";

test("T08: a receipt is explained as a tree of rules with amounts, stages and the version", () => {
  const promotions = [
    { id: "m100", nameEn: "30 off 100", kind: "spend_once", barMinor: 10_000, offMinor: 3000 },
  ];
  const rules = rulesFrom({ promotions }, 7);
  const till = new PricedTill(sourceOf(rules)).sell("58.00@6", "42.00", "36.00");
  const line = till.order.lines[2]?.id ?? null;
  till.must({
    type: "give_discount",
    order: till.order.id,
    line,
    ratePpm: null,
    amountMinor: 9900,
    reason: "gift",
  });
  till.must({ type: "set_tip", order: till.order.id, ratePpm: null, amountMinor: 100 }).pay();
  const [closing] = till.check.closings;
  if (closing === undefined) throw new Error("The check is closed");
  const hash = Buffer.from(rules.sha256).toString("hex").slice(0, 16);
  expect(explainReceipt(till.order, till.check, closing)).toEqual([
    `receipt A-S1-1 (sale, CNY), by pricing rules 7, ${hash}`,
    "  58.00@6: 40.60 (tax inside 2.30)",
    "    10 list: 58.00",
    "    60 promotion 30 off 100: -17.40",
    "  42.00: 29.40",
    "    10 list: 42.00",
    "    60 promotion 30 off 100: -12.60",
    "  36.00: 0.00",
    "    10 list: 36.00",
    "    31 promotion gift: -36.00",
    "  90 tip: 1.00",
    "  total 71.00",
    "  tax 0 % inside: net 29.40, tax 0.00",
    "  tax 6 % inside: net 38.30, tax 2.30",
    "  gift: 63.00 more than any line could bear",
    "  cash: handed 71.00 less change 0.00 = 71.00",
  ]);
});

test("without rules a clerk's own discount is explained under no version", () => {
  const till = new PricedTill(sourceOf()).sell("58.00");
  const discount = {
    type: "give_discount",
    line: null,
    ratePpm: 100_000,
    amountMinor: 0,
    reason: "regular",
  } as const;
  till.must({ ...discount, order: till.order.id }).pay();
  const [closing] = till.check.closings;
  if (closing === undefined) throw new Error("The check is closed");
  expect(explainReceipt(till.order, till.check, closing)[0]).toContain("by no pricing rules");
});
