/** What a refund comes to before it is made. */
import { expect, test } from "vitest";

import { eventIdFrom } from "../../../core/ids.ts";
import type { LineId } from "../../../core/ids.ts";
import type { SoldLineView } from "../../../runtime/ui/panels.ts";
import { orderDetail } from "../../../runtime/ui/view-order-detail.ts";
import { PricedTill, rulesFrom, sourceOf } from "../../support/priced-shop.ts";
import { MemoryJournal, MemoryStatus } from "../../support/screen-terminal.ts";
import { leftMilli, refundAmount } from "../../../runtime/ui/refund-amount.ts";

function lineId(seq: number): LineId {
  const id = eventIdFrom(`till-1/00000000000000a1/${seq}`);
  if (id === null) throw new Error("no id");
  return id;
}

function line(seq: number, quantityMilli: number, amountMinor: number, returnedMilli = 0): SoldLineView {
  const unitPriceMinor = Math.round((amountMinor * 1000) / quantityMilli);
  return {
    line: lineId(seq),
    sku: "101",
    name: "",
    quantityMilli,
    unitPriceMinor,
    amountMinor,
    taxOnTopMinor: 0,
    note: "",
    returnedMilli,
  };
}

const receipt = (lines: readonly SoldLineView[], roundingMinor = 0) => ({
  lines,
  totalMinor: lines.reduce((total, each) => total + each.amountMinor, 0),
  roundingMinor,
  orderRoundingMinor: 0,
});

test("three units of a total that does not divide come back one by one as the whole total", () => {
  const back = [0, 1000, 2000].map((returnedMilli) =>
    refundAmount(receipt([line(1, 3000, 1000, returnedMilli)]), new Map([[lineId(1), 1000]]), null),
  );
  expect(back).toEqual([333, 334, 333]);
});

test("a choice beyond what is left of a line counts as what is left", () => {
  const sold = receipt([line(1, 2000, 3600, 1000), line(2, 1000, 2800)]);
  expect(refundAmount(sold, new Map([[lineId(1), 9000]]), null)).toBe(1800);
  expect(leftMilli({ quantityMilli: 1000, returnedMilli: 2000 })).toBe(0);
});

test("nothing chosen is nothing to give back, and a free line gives nothing", () => {
  const sold = receipt([line(1, 1000, 0), line(2, 1000, 2800)]);
  expect(refundAmount(sold, new Map(), null)).toBe(0);
  expect(refundAmount(sold, new Map([[lineId(1), 1000]]), null)).toBe(0);
});

test("where small coins are gone, all of a receipt comes back as the cash that was taken", () => {
  const rule = { incrementMinor: 10, tie: "up" } as const;
  const first = receipt([line(1, 1000, 1003), line(2, 1000, 1004)], 3);
  const part = refundAmount(first, new Map([[lineId(1), 1000]]), rule);
  const second = receipt([line(1, 1000, 1003, 1000), line(2, 1000, 1004)], 3);
  const rest = refundAmount(second, new Map([[lineId(2), 1000]]), rule);
  expect(part % 10).toBe(0);
  expect(part + rest).toBe(2010);
});

test("what the screen says of a sale by rules is what the trade pays out, part by part", () => {
  const rules = { tax: { mode: "exclusive" }, rounding: { form: "drop_tenths" }, promotions: [] };
  const till = new PricedTill(sourceOf(rulesFrom(rules))).sell("3.33@8.875 x3", "29.99@25 x0.755", "7.77");
  till.must({ type: "round_order", order: till.order.id, isGiven: true }).pay();
  const sale = till.order;
  const parts = [
    [0, 1000],
    [1, 300],
    [0, 2000],
    [2, 1000],
    [1, 455],
  ] as const;
  for (const [index, quantityMilli] of parts) {
    const source = new MemoryStatus(new MemoryJournal());
    const detail = orderDetail(till.writer.state, source, sale.id, 0);
    const closing = detail?.closings[0];
    const line = closing?.lines[index];
    if (closing === undefined || line === undefined) throw new Error("The sale is there");
    const shown = refundAmount(closing, new Map([[line.line, quantityMilli]]), null);
    expect(till.refund(till.again(sale), [[index, quantityMilli]])).toBe(shown);
  }
});
