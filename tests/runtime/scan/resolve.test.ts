/** One scan is one command, one receipt or one reason; what was typed into a page is input like any other. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { receiptCode } from "../../../core/receipt/layout.ts";
import { findClosing } from "../../../core/order/returns.ts";
import { emptyState } from "../../../core/state.ts";
import { resolveText } from "../../../runtime/scan/resolve.ts";
import type { Scanned } from "../../../runtime/scan/resolve.ts";
import { scanRules } from "../../../runtime/scan/rules.ts";
import { epochAt, Writer } from "../../support/core-fixtures.ts";
import { TILL } from "../../support/fake-world.ts";
import { checked, scanCatalogue } from "../../support/scan-world.ts";

const CATALOGUE = scanCatalogue();
const RULES = scanRules(CATALOGUE, "CNY");
const EMPTY = emptyState(TILL, epochAt(1));

function read(text: string, state = EMPTY): Scanned {
  return resolveText(text, RULES, "goods", state, CATALOGUE);
}

test.each([
  ["6900350006025", { sku: "tea", command: { type: "add_item", order: null, quantityMilli: 1000 } }],
  ["]E06900350006025", { sku: "tea", command: { type: "add_item", quantityMilli: 1000 } }],
  ["06900350006032", { sku: "ham", command: { type: "add_item", quantityMilli: 1000 } }],
  [checked("210004200755"), { sku: "ham", command: { type: "add_item", quantityMilli: 755 } }],
  [checked("220004201850"), { sku: "ham", command: { type: "add_labelled_item", unitPriceMinor: 1850 } }],
  // 18 digits hold weight and price: what the label says is what is paid.
  [
    checked("20170004207553012"),
    { sku: "ham", command: { type: "add_labelled_item", unitPriceMinor: 3012 } },
  ],
  ["]C1010690035000603230 5", null],
  ["]C10106900350006032303", { sku: "ham", command: { type: "add_item", quantityMilli: 3000 } }],
  ["]C101069003500060323922001990", { sku: "ham", command: { unitPriceMinor: 1990 } }],
  ["]C101069003500060323932156001990", { sku: "ham", command: { unitPriceMinor: 1990 } }],
  ["https://id.gs1.org/01/06900350006025", { sku: "tea" }],
  ["KUCHEN-7", { sku: "cake" }],
])("%s is an item as its code says", (text, item) => {
  expect(read(text)).toMatchObject(item === null ? { kind: "rejected" } : { kind: "item", ...item });
});

test.each([
  ["", "scan/noise"],
  ["69003\u00076025", "scan/noise"],
  ["＝6900350006025", "scan/noise"],
  ["x".repeat(10_240), "scan/too_long"],
  ["]E06900350006025]E06900350006025", "scan/glued"],
  ["]E06900350006025]E06900350006025]E06900350006025", "scan/glued"],
  ["69003500060256900350006025", "scan/unknown_code"],
  ["6900350006026", "scan/check_digit"],
  [checked("690035000999"), "scan/unknown_item"],
  [checked("210099900755"), "scan/unknown_item"],
  [checked("210004200000"), "scan/measure"],
  ["KUCHEN-8", "scan/unknown_item"],
  ["=cmd|' /C calc'!A0", "scan/unknown_code"],
  ["]C101069003500060323932978001990", "scan/currency"],
  ["https://example.org/tea", "scan/link"],
])("%j is refused with %s", (text, code) => {
  expect(read(text)).toEqual({ kind: "rejected", code });
});

test("a receipt's code is that receipt; half of it, an altered one and another terminal's are not", () => {
  const writer = new Writer("till-1").signOn("boss");
  writer.tap({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
  const [order] = writer.state.orders.keys();
  if (order === undefined) return expect.fail("No order");
  writer.tap({ type: "take_cash", order, handedMinor: 250, leftMinor: null });
  const closing = writer.state.orders.get(order)?.order.checks[0]?.closings[0] ?? expect.fail("No closing");
  const code = receiptCode(closing);
  expect(read(code, writer.state)).toEqual({ kind: "receipt", order, closing: closing.id });
  expect(read(`]Q1${code}`, writer.state)).toEqual({ kind: "receipt", order, closing: closing.id });
  expect(findClosing(writer.state, closing.id)).not.toBeNull();
  for (let length = 1; length < code.length; length += 1) {
    expect(read(code.slice(0, length), writer.state).kind).toBe("rejected");
  }
  const altered = `${code.slice(0, -1)}${code.endsWith("0") ? "1" : "0"}`;
  expect(read(altered, writer.state)).toEqual({ kind: "rejected", code: "scan/unknown_receipt" });
  expect(read(code, EMPTY)).toEqual({ kind: "rejected", code: "scan/unknown_receipt" });
  expect(read(`${code}${code}`, writer.state).kind).toBe("rejected");
});

test("any text is at most one command, and nothing of a refused or paid-with text is in the answer", () => {
  const code = fc.constantFrom("6900350006025", "]E0", checked("210004200755"), "TW1:", "KUCHEN-7", "\u001d");
  const text = fc
    .array(fc.oneof(code, fc.string({ maxLength: 30 }), fc.stringMatching(/^[0-9]{6,30}$/)), { maxLength: 6 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (input) => {
      const scanned = read(input);
      if (scanned.kind === "item") return ["tea", "ham", "cake"].includes(scanned.sku);
      const { code: said, ...rest } = { code: "", ...scanned };
      return /^(scan\/[a-z0-9_]+)?$/.test(said) && Object.keys(rest).length === 1;
    }),
    { numRuns: 2_000 },
  );
});
