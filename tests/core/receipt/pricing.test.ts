/** What pricing says on paper, in both languages. */
import { expect, test } from "vitest";
import { receiptBlocks } from "../../../core/receipt/layout.ts";
import { pricingBlocks, rulesBlocks } from "../../../core/receipt/pricing.ts";
import { RECEIPT_WORDS } from "../../../core/receipt/words.ts";
import { PricedTill, rulesFrom, sourceOf } from "../../support/priced-shop.ts";

const RULES = {
  tax: { mode: "exclusive" },
  promotions: [{ id: "m100", nameEn: "30 off 100", kind: "spend_once", barMinor: 10_000, offMinor: 3000 }],
  priceLists: [{ id: "happy", prices: [{ sku: "60.00@10", priceMinor: 5800 }] }],
  fees: [{ id: "s", nameEn: "Service", ratePpm: 100_000, taxPpm: 60_000 }],
  rounding: { form: "drop_tenths" },
};

function paid(): PricedTill {
  const till = new PricedTill(sourceOf(rulesFrom(RULES, 12))).sell("60.00@10", "42.00", "36.00");
  const order = till.order.id;
  till.must({ type: "set_tip", order, ratePpm: null, amountMinor: 500 });
  till.must({ type: "round_order", order, isGiven: true });
  return till.pay();
}

function linesOf(till: PricedTill, language: "en" | "zh"): readonly string[] {
  const [closing] = till.check.closings;
  if (closing === undefined) throw new Error("The check is closed");
  const shop = { name: "Shop", addressLines: [], footer: "", language, zoneMinutes: 0, isTraining: false };
  return receiptBlocks(till.order, closing, shop, 0).flatMap((block) =>
    block.kind === "pair" ? [`${block.left} | ${block.right}`] : block.kind === "text" ? [block.text] : [],
  );
}

test("discounts, fees, taxes on top, tip and rounding stand between the lines and the total", () => {
  const till = paid();
  expect(linesOf(till, "en").slice(3, -1)).toEqual(
    [
      "60.00@10 | 58.00",
      "  List price 60.00",
      "42.00 | 42.00",
      "36.00 | 36.00",
      "Subtotal | 136.00",
      "30 off 100 | -30.00",
      "Service | 10.60",
      "Tax 0 % | 0.00",
      "Tax 6 % | 0.64",
      "Tax 10 % | 4.52",
      "Tip | 5.00",
      "Rounded off | -0.76",
      "Total CNY | 126.00",
      "Cash | 126.00",
      "Tax 0 %  Net 60.79 | 0.00",
      "Tax 6 %  Net 10.60 | 0.64",
      "Tax 10 %  Net 45.21 | 4.52",
      ...linesOf(till, "en").filter((line) => line.startsWith("Prices 12 ")),
    ].filter((line) => line !== "Tax 0 % | 0.00"),
  );
});

test("the same in Chinese", () => {
  const text = linesOf(paid(), "zh").join("\n");
  for (const word of ["小计", "原价", "小费", "抹零", "价格规则 12"]) expect(text).toContain(word);
});

test("a return says what its units brought back, and an order that was not taxed says so", () => {
  const till = paid();
  till.refund(till.order, [[0, 1000]]);
  const text = linesOf(till, "en");
  expect(text).toContain("60.00@10 | 45.21");
  expect(text).toContain("Tax 10 % | 4.52");
  expect(text).toContain("Refunded CNY | 49.43");
  const free = new PricedTill(sourceOf()).sell("112.00@12");
  const treatment = { type: "set_tax_treatment", order: free.order.id, reason: "passport" } as const;
  free.must({ ...treatment, treatment: "reverse_charge" }).pay();
  expect(linesOf(free, "en").join("\n")).toContain("REVERSE CHARGE");
  expect(rulesBlocks(free.check, RECEIPT_WORDS.zh)).toMatchObject([
    { text: expect.stringContaining("反向征税") as string },
  ]);
});

test("a check without pricing has no such rows", () => {
  const till = new PricedTill(sourceOf()).sell("5.00").pay();
  const [closing] = till.check.closings;
  if (closing === undefined) throw new Error("The check is closed");
  expect(pricingBlocks(till.order, closing, till.check, RECEIPT_WORDS.en, String)).toEqual([]);
  expect(rulesBlocks(undefined, RECEIPT_WORDS.en)).toEqual([]);
});
