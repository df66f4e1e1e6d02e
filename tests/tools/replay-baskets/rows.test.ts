/** Rows of a file of baskets: what is read, and what is named instead of bent. */
import { expect, test } from "vitest";
import { ReplayFault } from "../../../tools/replay-day/fault.ts";
import { readBasketRows, readProducts } from "../../../tools/replay-baskets/rows.ts";

const HEAD =
  "household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,week,transaction_timestamp";

const bytes = (...lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join("\n")}\n`);

test("amounts are read in cents, counts as counts and the moment as a day", () => {
  const file = readBasketRows(bytes(HEAD, "h,s,b,p,2.0,3.86,0.4,1.0,0.05,5,1485630413.0"));
  expect(file).toEqual({
    rows: [
      {
        rowNumber: 2,
        household: "h",
        store: "s",
        basket: "b",
        product: "p",
        quantityCount: 2,
        salesMinor: 386,
        storeOffMinor: 40,
        couponMinor: 100,
        matchMinor: 5,
        weekNumber: 5,
        dayNumber: 17194,
      },
    ],
    unread: [],
  });
});

test.each([
  [
    "an amount by a power of ten",
    "h,s,b,p,0.0,4.440892e-16,0.0,0.0,0.0,14,1.0",
    "sales_value is 4.440892e-16",
  ],
  ["an amount finer than a cent", "h,s,b,p,1.0,1.005,0.0,0.0,0.0,14,1.0", "sales_value is 1.005"],
  ["an amount below 0", "h,s,b,p,1.0,-1.00,0.0,0.0,0.0,14,1.0", "sales_value is -1.00"],
  ["half a piece", "h,s,b,p,0.5,1.00,0.0,0.0,0.0,14,1.0", "quantity is 0.5"],
  ["nothing at all", "h,s,b,p,,,0.0,0.0,0.0,14,1.0", "quantity is , sales_value is "],
])("a row with %s is named and left out", (_, row, why) => {
  const file = readBasketRows(bytes(HEAD, row));
  expect(file).toEqual({ rows: [], unread: [{ rowNumber: 2, basket: "b", why }] });
});

test("a file without a column, and one that is no table, are refused with replay/file_refused", () => {
  expect(() => readBasketRows(bytes("basket_id", "b"))).toThrow(ReplayFault);
  expect(() => readBasketRows(bytes("basket_id", "b"))).toThrow("there is no column household_id");
  expect(() => readBasketRows(bytes('a"b'))).toThrow("csv/quote");
});

test("products have a category and a type", () => {
  const products = readProducts(bytes("product_id,department,product_type", "7,FUEL,GASOLINE-REG UNLEADED"));
  expect([...products]).toEqual([["7", { category: "FUEL", type: "GASOLINE-REG UNLEADED" }]]);
});
