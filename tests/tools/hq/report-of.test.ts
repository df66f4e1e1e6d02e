/** A report's amounts are decimal text, also where a sum is larger than a number holds. */
import { expect, test } from "vitest";
import { createMemoryStore } from "../../../tools/hq/store/memory.ts";
import { decimalTextOf, reportOf } from "../../../tools/hq/report-of.ts";

test.each([
  [0n, 2, "0.00"],
  [5n, 2, "0.05"],
  [-1250n, 2, "-12.50"],
  [700n, 0, "700"],
  [1n, 3, "0.001"],
  [123_456_789_012_345_678_901n, 2, "1234567890123456789.01"],
])("%s with %s digits is %s", (minor, exponent, text) => {
  expect(decimalTextOf(minor, exponent)).toBe(text);
});

test("a report of nothing has no currency and a net of 0.00", async () => {
  expect(await reportOf(createMemoryStore(new Uint8Array(8)), "demo")).toEqual({
    tenant: "demo",
    currency: "",
    net: "0.00",
    saleCount: 0,
    returnCount: 0,
    taxes: [],
    tenders: [],
    turnovers: [],
    orderCount: 0,
    terminals: [],
    eventCount: 0,
    lagCount: 0,
    heldRecordCount: 0,
    quarantineCount: 0,
    views: { matches: 0, differs: 0, pending: 0 },
    shifts: [],
    stock: [],
    alarms: [],
  });
});
