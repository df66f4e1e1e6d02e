/** Facts of a priced check fit one record, for as many lines as a wholesale order has. */
import { expect, test } from "vitest";

import { CHECK_PRICING_BYTES_MAX, PRICED_LINES_COUNT_MAX } from "../../../../core/limits.ts";
import { bytesOfPricing, netOfFact } from "../../../../core/price/order/facts.ts";
import type { CheckPricing } from "../../../../core/price/order/types.ts";
import { sum } from "../../../../core/money.ts";
import { decodeRecord, encodeRecord } from "../../../../protocol/record.ts";
import { PricedTill, rulesFrom, sourceOf } from "../../../support/priced-shop.ts";

const OFF = { id: "w", kind: "order_percent", payPpm: 950_000, nameEn: "Wholesale" };

/** A till with one line of each item; the prices are those of a wholesaler's list. */
function tillWith(lineCount: number, document: object, isDear = false): PricedTill {
  const till = new PricedTill(sourceOf(rulesFrom(document, 5)));
  const price = (index: number): string =>
    `${(isDear ? 2000 : 3) + ((index * 37) % 600)}.${10 + (index % 90)}`;
  return till.sell(...Array.from({ length: lineCount }, (_, index) => `c${price(index)}@13#${index} x1`));
}

function pricingOf(till: PricedTill): CheckPricing {
  const priced = till.priced();
  if (priced === null || !priced.ok) throw new Error("This order is not priced");
  return priced.pricing;
}

test.each([
  ["nothing but its taxes", {}],
  ["a discount on every line", { promotions: [OFF] }],
])(
  "an order of 1,200 lines with %s is frozen in one record, paid and given back to the cent",
  (_, document) => {
    const till = tillWith(PRICED_LINES_COUNT_MAX, document);
    expect(till.refusal({ type: "add_item", order: till.order.id, sku: "c1.00", quantityMilli: 1000 })).toBe(
      "order/too_many_lines",
    );
    const due = till.due();
    till.must({ type: "freeze_check", order: till.order.id });
    const entry = till.writer.state.orders.get(till.order.id);
    const freeze = entry?.events.at(-1);
    if (freeze?.event.type !== "check_frozen" || freeze.event.pricing === null) throw new Error("Not frozen");
    const record = encodeRecord(freeze);
    const decoded = decodeRecord(record, freeze);
    expect(decoded).toMatchObject({ ok: true, value: { event: freeze.event } });
    const { lines } = freeze.event.pricing;
    expect(sum(lines.map(netOfFact))).toBe(due);
    till.pay(due);
    const sold = till.order;
    const parts = [0, 400, 1199].map((index) => till.refund(till.again(sold), [[index, 1000]]));
    expect(parts).toEqual(lines.filter((_line, index) => [0, 400, 1199].includes(index)).map(netOfFact));
  },
);

test("what the bytes of prices are reckoned at is never less than what is written, nor much more", () => {
  const documents = [
    {},
    { promotions: [OFF] },
    {
      promotions: [
        OFF,
        { id: "m", kind: "spend_every", barMinor: 10_000, offMinor: 500, nameEn: "满百减五" },
      ],
      fees: [{ id: "s", nameEn: "Service", ratePpm: 100_000, taxPpm: 60_000 }],
    },
  ];
  for (const document of documents) {
    for (const isDear of [false, true]) {
      const till = tillWith(120, document, isDear);
      const bytes = bytesOfPricing(pricingOf(till));
      till.must({ type: "freeze_check", order: till.order.id });
      const freeze = till.writer.state.orders.get(till.order.id)?.events.at(-1);
      if (freeze === undefined) throw new Error("Not frozen");
      const written = encodeRecord(freeze).length;
      expect(bytes).toBeGreaterThanOrEqual(written - 100);
      expect(bytes).toBeLessThan(written + 300);
    }
  }
});

test("more than one record holds is refused as an order of too many lines, and nothing is frozen", () => {
  const document = {
    promotions: Array.from({ length: 8 }, (_, index) => ({ ...OFF, id: `w${index}` })),
    fees: [{ id: "s", nameEn: "Service", ratePpm: 100_000, taxPpm: 60_000 }],
  };
  const till = tillWith(600, document, true);
  expect(bytesOfPricing(pricingOf(till))).toBeGreaterThan(CHECK_PRICING_BYTES_MAX);
  expect(till.refusal({ type: "freeze_check", order: till.order.id })).toBe("order/too_many_lines");
  expect(till.order.phase).toBe("open");
});
