/** References: what they look like, what is newer than what, and numbers that begin anew. */

import { expect, test } from "vitest";
import { isNewer, receiptOf, referenceOf, traceOf } from "../../../../drivers/reader/zvt/reference.ts";

test("a reference is receipt and trace; what was not sent is left out", () => {
  expect(referenceOf({ receipt: "0042", trace: "000017" })).toBe("0042:000017");
  expect(referenceOf({ receipt: "", trace: "000017" })).toBe(":000017");
  expect(receiptOf("0042:000017")).toBe("0042");
  expect(receiptOf("0042:")).toBe("0042");
  expect(receiptOf(":000017")).toBeUndefined();
  expect(traceOf(":000017")).toBe("000017");
  expect(traceOf("0042:")).toBeUndefined();
  expect([receiptOf("42:17"), traceOf("what?"), receiptOf("")]).toEqual([undefined, undefined, undefined]);
});

test.each<[string, string, boolean | undefined]>([
  ["0001:000001", "", true],
  ["0042:000017", "0042:000017", false],
  ["0043:000018", "0042:000017", true],
  ["0041:000016", "0042:000017", false],
  // The day began anew: the receipt went back, the trace did not.
  ["0001:000018", "0042:000017", true],
  // In a circle.
  ["0001:000001", "9999:999999", true],
  ["9999:999999", "0001:000001", false],
  // Receipts where a trace is missing.
  ["0043:", "0042:000017", true],
  ["0042:", "0042:000017", false],
  [":000018", "0042:", undefined],
  ["", "0042:000017", undefined],
])("%s after %s: %s", (reference, watermark, wanted) => {
  expect(isNewer(reference, watermark)).toBe(wanted);
});
