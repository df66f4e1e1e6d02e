/** Which orders a list shows. */
import { expect, test } from "vitest";

import { eventIdFrom } from "../../../../core/ids.ts";
import type { OrderRow } from "../../../../runtime/ui/wire.ts";
import { isListed, ORDER_FILTERS } from "../../../../runtime/ui/web/order-filter.ts";

function row(differs: Partial<OrderRow>): OrderRow {
  const order = eventIdFrom("till-1/00000000000000a1/1");
  if (order === null) throw new Error("no id");
  return {
    order,
    kind: "sale",
    timeText: "12:00",
    phase: "closed",
    isParked: false,
    label: "",
    receipt: "a1-000041",
    totalMinor: 123_450,
    itemCount: 1,
    isReturned: false,
    markCount: 0,
    isStored: true,
    isUnsent: false,
    print: "printed",
    ...differs,
  };
}

test.each([
  ["a paid sale", row({}), "all paid"],
  ["an open order", row({ phase: "open", receipt: "" }), "all open"],
  ["a parked order", row({ phase: "open", isParked: true }), "all open parked"],
  ["an order that is being paid", row({ phase: "frozen" }), "all open"],
  ["a return", row({ kind: "return" }), "all returned"],
  ["a sale of which something came back", row({ isReturned: true }), "all paid returned"],
  ["a sale that headquarters lacks", row({ isUnsent: true }), "all paid unsent"],
  ["a cancelled order", row({ phase: "voided" }), "all"],
])("%s is under its filters", (_name, its, filters) => {
  expect(ORDER_FILTERS.filter((filter) => isListed(its, filter, "", "¥1,234.50")).join(" ")).toBe(filters);
});

test.each(["41", "A1-0", "1234.5", "1,234", "¥1", " 000041 "])("%s finds the receipt", (query) => {
  expect(isListed(row({}), "all", query, "¥1,234.50")).toBe(true);
});

test("a label is found whatever its letter case, and what matches nothing is not listed", () => {
  expect(isListed(row({ label: "Table 4" }), "all", "taBLE", "¥1.00")).toBe(true);
  expect(isListed(row({}), "all", "nobody", "¥1.00")).toBe(false);
});
