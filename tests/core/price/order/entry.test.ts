/** What entering a line asks of the rules: its own price and rate, and nothing that grows with the order. */
import { expect, test } from "vitest";

import type { PublishedPromotion } from "../../../../core/price/rules/types.ts";
import { PricedTill, rulesFrom, sourceOf } from "../../../support/priced-shop.ts";

test("a tap looks at no promotion, however long the order; pricing it does", () => {
  const rules = rulesFrom({
    promotions: [{ id: "m", kind: "spend_once", barMinor: 1000, offMinor: 100 }],
    priceLists: [{ id: "list", prices: [{ sku: "c2.00", priceMinor: 150 }] }],
  });
  let lookedCount = 0;
  const watched = {
    ...rules,
    get promotions(): readonly PublishedPromotion[] {
      lookedCount += 1;
      return rules.promotions;
    },
  };
  const till = new PricedTill(sourceOf(watched));
  till.sell("c2.00", ...Array.from({ length: 60 }, (_, index) => `c1.00#${index}`));
  const order = till.order.id;
  const [first] = till.order.lines;
  if (first === undefined) throw new Error("Nothing was entered");
  till.must({ type: "add_units", order, line: first.id, quantityMilli: 1000 });
  till.must({ type: "set_guests", order, guestCount: 4 });
  expect(lookedCount).toBe(0);
  expect(till.order.openTotalMinor).toBe(6300);
  expect(till.due()).toBe(6200);
  expect(lookedCount).toBeGreaterThan(0);
});
